"""A tag's names besides its path: for sorting and typing by sound, and for search."""

from __future__ import annotations

from linkshot.errors import LibraryLocked
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.pinyin import initials, sound_key, spelled
from linkshot.store.search.folding import fold
from linkshot.store.search.tokens import index_text
from linkshot.store.tag_paths import last_level, tag_key

# Row ids of `tag_index` from `tag_id * NAMES_PER_TAG` on are that tag's.
NAMES_PER_TAG = 65_536
# Parts the levels of a sort key; sorts before every character of a name.
_LEVEL = "\x01"


def fill_names(library: Library) -> None:
    """Write the keys of tags and aliases made or renamed since; nothing where none were."""
    if library.database.value(_WAITING):
        try:
            with library.transaction():
                _fill(library.database)
        except LibraryLocked:
            return  # They are filled by the next reader; until then the path stands for them.


_WAITING = """
    SELECT EXISTS (SELECT 1 FROM tag WHERE name_key IS NULL)
        OR EXISTS (SELECT 1 FROM tag_alias WHERE name_key IS NULL)
"""


def _fill(database: Database) -> None:
    database.run_many(
        "UPDATE tag SET sort_key = ?, name_key = ?, pinyin = ?, initials = ? WHERE id = ?",
        [
            (_sort_key(path), *_keys(path), tag_id)
            for tag_id, path in database.rows("SELECT id, path FROM tag WHERE name_key IS NULL")
        ],
    )
    rows = database.rows("SELECT alias_key, alias FROM tag_alias WHERE name_key IS NULL")
    database.run_many(
        "UPDATE tag_alias SET name_key = ?, pinyin = ?, initials = ? WHERE alias_key = ?",
        [(*_keys(alias), alias_key) for alias_key, alias in rows],
    )


def _sort_key(path: str) -> str:
    return _LEVEL.join(sound_key(level) for level in tag_key(path).split("/"))


def _keys(path: str) -> tuple[str, str, str]:
    name = fold(tag_key(last_level(path)))
    return name, spelled(name).replace(" ", ""), initials(name).replace(" ", "")


def index_names(database: Database, tag_id: int) -> None:
    """Index the tag's own name and its aliases anew, inside the caller's transaction."""
    unindex_names(database, tag_id)
    path = database.value("SELECT path FROM tag WHERE id = ?", (tag_id,))
    rows = database.rows("SELECT alias FROM tag_alias WHERE tag_id = ?", (tag_id,))
    names = [path, *(alias for (alias,) in rows)][: NAMES_PER_TAG - 1]
    database.run_many(
        "INSERT INTO tag_index (rowid, name, tag_id) VALUES (?, ?, ?)",
        [
            (tag_id * NAMES_PER_TAG + number, index_text(last_level(name)), tag_id)
            for number, name in enumerate(names)
        ],
    )


def unindex_names(database: Database, tag_id: int) -> None:
    """Take the tag's names out of the index."""
    first = tag_id * NAMES_PER_TAG
    database.run(
        "DELETE FROM tag_index WHERE rowid BETWEEN ? AND ?", (first, first + NAMES_PER_TAG - 1)
    )
