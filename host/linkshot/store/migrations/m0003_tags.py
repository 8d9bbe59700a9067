"""Tags kept in order: names by sound, what was done and can be undone, refusals, rules.

`sort_key`, `name_key`, `pinyin` and `initials` are NULL until `tag_names.fill_names` has written
them. An entry of `tag_index` has a row id of its tag's, so that renaming one tag reads no other.
"""

_NAMES = ("sort_key", "name_key", "pinyin", "initials")


def _clustered(table: str, key: str, other: str) -> tuple[str, ...]:
    """The table made anew as its own index: a third less to write for each of its rows."""
    index = f"{table}_{'tag' if table == 'link_tag' else 'link'}"
    return (
        f"DROP INDEX {index}",
        f"ALTER TABLE {table} RENAME TO {table}_before",
        f"""
        CREATE TABLE {table} (
            link_id {{bigint}} NOT NULL REFERENCES link (id) ON DELETE CASCADE,
            tag_id {{bigint}} NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
            PRIMARY KEY ({key})
        ) {{clustered}}
        """,
        f"""
        INSERT INTO {table} (link_id, tag_id)
        SELECT link_id, tag_id FROM {table}_before ORDER BY {key}
        """,  # noqa: S608 - our own names
        f"DROP TABLE {table}_before",
        f"CREATE INDEX {index} ON {table} ({other})",
    )


STATEMENTS = (
    *(f"ALTER TABLE tag ADD COLUMN {column} TEXT" for column in _NAMES),
    *(f"ALTER TABLE tag_alias ADD COLUMN {column} TEXT" for column in _NAMES[1:]),
    "CREATE INDEX tag_name ON tag (name_key)",
    "CREATE INDEX tag_alias_name ON tag_alias (name_key)",
    """
    CREATE TABLE tag_index_before AS
    SELECT tag_id * 65536 + row_number() OVER (PARTITION BY tag_id) AS id, name, tag_id
    FROM tag_index
    """,
    "DELETE FROM tag_index",
    "INSERT INTO tag_index (rowid, name, tag_id) SELECT id, name, tag_id FROM tag_index_before",
    "DROP TABLE tag_index_before",
    *_clustered("link_tag", "link_id, tag_id", "tag_id, link_id"),
    *_clustered("tag_reach", "tag_id, link_id", "link_id, tag_id"),
    """
    CREATE TABLE undo (
        id {id},
        done_at {bigint} NOT NULL,
        kind TEXT NOT NULL,
        tags TEXT NOT NULL,
        target TEXT NOT NULL,
        links INTEGER NOT NULL,
        facts {bytes} NOT NULL
    )
    """,
    """
    CREATE TABLE tag_distinct (
        first_id {bigint} NOT NULL,
        second_id {bigint} NOT NULL,
        PRIMARY KEY (first_id, second_id)
    )
    """,
    """
    CREATE TABLE rule (
        id {id},
        site TEXT NOT NULL,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        is_on INTEGER NOT NULL DEFAULT 0,
        created_at {bigint} NOT NULL
    )
    """,
    """
    CREATE TABLE rule_tag (
        rule_id {bigint} NOT NULL REFERENCES rule (id) ON DELETE CASCADE,
        tag_id {bigint} NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        PRIMARY KEY (rule_id, tag_id)
    )
    """,
    "CREATE INDEX rule_tag_tag ON rule_tag (tag_id)",
    """
    CREATE TABLE rule_link (
        rule_id {bigint} NOT NULL REFERENCES rule (id) ON DELETE CASCADE,
        link_id {bigint} NOT NULL REFERENCES link (id) ON DELETE CASCADE,
        PRIMARY KEY (rule_id, link_id)
    )
    """,
    "CREATE INDEX rule_link_link ON rule_link (link_id)",
)
