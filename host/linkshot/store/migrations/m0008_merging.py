"""The text index is merged by who writes readings, a little each time (`search.index.merge_index`).

FTS5 by itself does it for some dozen pages at once, which one of them then waits for.
"""

STATEMENTS = ("INSERT INTO link_index (link_index, rank) VALUES ('automerge', 0)",)
