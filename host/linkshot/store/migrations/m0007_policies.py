"""What an authority's document says of itself, for search; its own day in place of the website's.

A link has a row where the page that it shows has a policy card. Kept as written: a search compares
folded words, of the few values that there are.
"""

_SAID = ("topic", "validity", "written", "issued")

STATEMENTS = (
    """
    CREATE TABLE policy (
        link_id {bigint} NOT NULL PRIMARY KEY REFERENCES link (id) ON DELETE CASCADE,
        topic TEXT NOT NULL,
        validity TEXT NOT NULL,
        written TEXT NOT NULL,
        issued TEXT NOT NULL
    )
    """,
    f"""
    INSERT INTO policy (link_id, {", ".join(_SAID)})
    SELECT link_id, {", ".join(f"coalesce(json_extract(card, '$.{name}'), '')" for name in _SAID)}
    FROM (
        SELECT link.id AS link_id, json_extract(CAST(reading.fields AS TEXT), '$.policy') AS card
        FROM link
        JOIN reading ON reading.tree_id = (
            SELECT snapshot.tree_id
            FROM snapshot
            JOIN tree ON tree.id = snapshot.tree_id
            WHERE snapshot.link_id = link.id AND tree.reading_state = 'read'
            ORDER BY snapshot.captured_at DESC, snapshot.id DESC
            LIMIT 1
        )
    )
    WHERE card IS NOT NULL
    """,  # noqa: S608 - our own names
    "UPDATE policy SET written = substr(written, 1, 10), issued = substr(issued, 1, 10)",
    """
    UPDATE link
    SET dated_on = (SELECT written FROM policy WHERE link_id = link.id)
    WHERE id IN (SELECT link_id FROM policy WHERE written <> '')
    """,
)
