"""The list of all tags, read from one index in its order: to sort ten thousand takes longer than to read them."""

STATEMENTS = (
    """
    CREATE INDEX tag_list
    ON tag (coalesce(sort_key, path_key), path_key, path, links, links_below, color)
    """,
)
