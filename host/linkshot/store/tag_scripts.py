"""繁体 and 简体 as one name or as two: the person's choice, kept in the library.

By default they are two, offered for merging (`tag_duplicates`). Where they are one, a tag typed in the
other script is the tag there is already, which stays written as it is.
"""

from __future__ import annotations

import re

from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.search.folding import fold
from linkshot.store.tag_paths import last_level, tag_key

_CHOICE = "tag_scripts"
_SAME = "same"
_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def are_scripts_same(database: Database) -> bool:
    """Whether 繁体 and 简体 name the same tag."""
    chosen: str | None = database.value("SELECT value FROM choice WHERE name = ?", (_CHOICE,))
    return chosen == _SAME


def set_scripts(library: Library, *, same: bool) -> None:
    """Choose; tags that stand apart already stay until they are merged."""
    with library.transaction():
        library.database.run(
            """
            INSERT INTO choice (name, value)
            VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE
            SET value = excluded.value
            """,
            (_CHOICE, _SAME if same else "apart"),
        )


def find_in_other_script(database: Database, path: str) -> int | None:
    """The oldest tag whose path or alias differs from this only in its script, where they are one."""
    if not are_scripts_same(database):
        return None
    name = fold(tag_key(last_level(path)))
    rows = database.rows(
        """
        SELECT id, path FROM tag WHERE name_key = ? OR name_key IS NULL
        UNION ALL
        SELECT tag_id, alias FROM tag_alias WHERE name_key = ? OR name_key IS NULL
        """,
        (name, name),
    )
    wanted = _script_key(path)
    return min((tag_id for tag_id, other in rows if _script_key(other) == wanted), default=None)


def _script_key(path: str) -> str:
    """A tag's key in 简体; other writing is left alone, as `fold` would drop its accents."""
    return _HAN.sub(lambda found: fold(found[0]), tag_key(path))
