"""The text index is merged by who writes readings and by the idle host (`search.index.merge_index`).

FTS5 by itself does it for some dozen pages at once, which one of them then waits for. Pieces are joined
by two, as a search has to look into each of them.
"""

STATEMENTS = (
    "INSERT INTO link_index (link_index, rank) VALUES ('automerge', 0)",
    "INSERT INTO link_index (link_index, rank) VALUES ('usermerge', 2)",
)
