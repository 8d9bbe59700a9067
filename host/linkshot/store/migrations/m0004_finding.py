"""The text index without its prefix index, the text first; links that wait to be indexed.

FTS5 writes two bytes more for each term of a page that stands in another column than the first.
A single character is found as the prefix of its pairs, or, where that are too many, by the list of
common characters that `search/tokens.py` puts behind each text. The entries are made anew in slices
(`search/waiting.py`).

`sound_index` has titles by their sound, filled later than the text (`sounds` in `indexed`). The order
by site can be read off its index now, and so can snapshots that miss something.
"""

STATEMENTS = (
    "DROP TABLE link_index",
    """
    CREATE VIRTUAL TABLE link_index USING fts5 (
        text, title, url, note, doc, office, extra,
        content = '', tokenize = 'ascii'
    )
    """,
    "DELETE FROM indexed",
    "CREATE TABLE index_waiting (link_id {bigint} NOT NULL PRIMARY KEY)",
    "INSERT INTO index_waiting (link_id) SELECT id FROM link",
    """
    CREATE VIRTUAL TABLE sound_index USING fts5 (
        spelled, initials, syllables UNINDEXED, tokenize = 'trigram'
    )
    """,
    "ALTER TABLE indexed ADD COLUMN sounds INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX indexed_soundless ON indexed (link_id) WHERE sounds = 0",
    "DROP INDEX link_site",
    "CREATE INDEX link_site ON link (trashed_at, site, last_captured_at DESC, id DESC)",
    """
    CREATE INDEX snapshot_missing ON snapshot (id)
    WHERE json_array_length(CAST(receipt AS TEXT), '$.missing') > 0
    """,
)
