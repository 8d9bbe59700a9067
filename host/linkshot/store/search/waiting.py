"""Links that wait to be indexed: after a change of the index's format, or when it is made anew.

Whoever reads pages in the background takes them in slices, newest first. Until the last is done,
the library is usable, and a search says how many it cannot see yet.
"""

from __future__ import annotations

from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.search.folding import FOLD_VERSION
from linkshot.store.search.index import merge_index, refresh_link


def empty_index(database: Database) -> None:
    """Take everything out of the text index and let all links wait."""
    database.run("INSERT INTO link_index (link_index) VALUES ('delete-all')")
    database.run("DELETE FROM indexed")
    database.run("DELETE FROM sound_index")
    database.run("DELETE FROM index_waiting")
    database.run("INSERT INTO index_waiting (link_id) SELECT id FROM link")


def ensure_version(library: Library) -> None:
    """Let all links wait where the index was written by another way of folding or cutting."""
    # All entries are of one version, as the index is emptied when it changes: one tells.
    found = library.database.value("SELECT fold_version FROM indexed LIMIT 1")
    if found not in (None, FOLD_VERSION):
        with library.transaction():
            empty_index(library.database)


def waiting_links(database: Database) -> int:
    """How many links wait."""
    count: int = database.value("SELECT count(*) FROM index_waiting")
    return count


def is_any_waiting(library: Library) -> bool:
    """Whether links wait, those included whose entries were written by another way."""
    ensure_version(library)
    return library.database.row("SELECT 1 FROM index_waiting LIMIT 1") is not None


def index_waiting(library: Library, limit: int) -> int:
    """Index up to `limit` links that wait, in one transaction; how many were dealt with."""
    if not is_any_waiting(library):
        return 0
    database = library.database
    with library.transaction():
        rows = database.rows(
            "SELECT link_id FROM index_waiting ORDER BY link_id DESC LIMIT ?", (limit,)
        )
        # Oldest first within the slice: FTS5 writes out what it has gathered at each smaller rowid.
        for (link_id,) in reversed(rows):
            refresh_link(database, link_id)
        merge_index(database, len(rows))
        database.run_many("DELETE FROM index_waiting WHERE link_id = ?", rows)
    return len(rows)
