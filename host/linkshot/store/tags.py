"""Tags: given to links, taken, counted, completed; renamed, merged, given aliases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from linkshot.store.library import Library
from linkshot.store.records import TagPlan, TagRecord
from linkshot.store.search.folding import fold
from linkshot.store.tag_edits import (
    add_alias,
    delete_tags,
    describe,
    merge_tags,
    move_tag,
    remove_alias,
    rename_tag,
    set_color,
    split_tag,
)
from linkshot.store.tag_names import fill_names
from linkshot.store.tag_paths import last_level, parse_tag, tag_key
from linkshot.store.tag_rows import (
    check_links,
    ensure_tag,
    find_tag,
    tags_of,
)
from linkshot.store.undo import undoable

__all__ = [
    "add_alias",
    "complete_tag",
    "delete_tags",
    "link_tags",
    "merge_tags",
    "move_tag",
    "parse_tag",
    "remove_alias",
    "rename_tag",
    "retag_links",
    "set_color",
    "split_tag",
    "tag_counts",
    "tag_list",
]

TagOrder = Literal["name", "count"]
_ORDERS: dict[TagOrder, str] = {
    "name": "coalesce(sort_key, path_key), path_key",
    "count": "links_below DESC, coalesce(sort_key, path_key), path_key",
}
_SOUND = re.compile("[a-z0-9]+")


def retag_links(
    library: Library, link_ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()
) -> TagPlan:
    """Give tags to many links and take others from them, as one entry of the journal; what was done.

    A tag that is both given and taken is given.

    Raises:
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: one of the tags; nothing is changed.
        LinkNotFound: one of the links; nothing is changed.
    """
    given, taken = ([parse_tag(tag) for tag in tags] for tags in (add, remove))
    with undoable(library, "give" if given else "take", [*given, *taken]) as change:
        check_links(change.database, link_ids)
        gone = {find_tag(change.database, path) for path in taken} - {None}
        new = {ensure_tag(change.database, path) for path in given}
        for tag_id in gone - new:
            change.take(tag_id or 0, link_ids)
        for tag_id in new:
            change.give(tag_id, link_ids)
    return describe(change)


def link_tags(library: Library, link_id: int) -> list[str]:
    """The link's own tags, by name."""
    return tags_of(library.database, [link_id])[link_id]


def tag_counts(library: Library, *, order: TagOrder = "name") -> list[TagRecord]:
    """All tags with their counts: by name, Chinese by sound, or the most used first."""
    fill_names(library)
    database = library.database
    aliases: dict[int, list[str]] = {}
    for tag_id, alias in database.rows("SELECT tag_id, alias FROM tag_alias ORDER BY alias_key"):
        aliases.setdefault(tag_id, []).append(alias)
    rows = database.rows(
        f"SELECT id, path, links, links_below, color FROM tag ORDER BY {_ORDERS[order]}"  # noqa: S608 - our own clauses
    )
    return [_tag_record(row, aliases.get(row[0], [])) for row in rows]


def tag_list(library: Library) -> tuple[str, str]:
    """All tags by name, and all aliases, each as one JSON array for a window to show.

    A tag is `[path, links, links_below, color]`, an alias `[path of its tag, alias]`. The database
    writes them itself: ten thousand tags as records take three times as long.
    """
    fill_names(library)
    database = library.database
    tags = database.value(
        f"""
        SELECT json_group_array(json_array(path, links, links_below, color))
        FROM (SELECT path, links, links_below, color FROM tag ORDER BY {_ORDERS["name"]})
        """  # noqa: S608 - our own clauses
    )
    aliases = database.value(
        """
        SELECT json_group_array(json_array(path, alias))
        FROM (
            SELECT tag.path, alias
            FROM tag_alias
            JOIN tag ON tag.id = tag_id
            ORDER BY alias_key
        )
        """
    )
    return tags, aliases


def complete_tag(library: Library, text: str, limit: int = 10) -> list[TagRecord]:
    """Tags that `text` may be the beginning of: name or path first, then inside; most used first.

    After all of these, tags that sound so: by their pinyin or its initials (`xczx` for 乡村振兴).
    """
    fill_names(library)
    key = tag_key(text.replace("／", "/"))
    # The tag's own name in the other script too: 國務院 for 国务院.
    folded = fold(key)
    rows = library.database.rows(
        """
        SELECT id, path, links, links_below, color,
            CASE WHEN instr(path_key, ?) THEN path_key ELSE name_key END, NULL
        FROM tag
        WHERE instr(path_key, ?) OR instr(name_key, ?)
        UNION ALL
        SELECT tag.id, path, links, links_below, color,
            CASE WHEN instr(alias_key, ?) THEN alias_key ELSE tag_alias.name_key END, alias
        FROM tag_alias
        JOIN tag ON tag.id = tag_id
        WHERE instr(alias_key, ?) OR instr(tag_alias.name_key, ?)
        """,
        (key, key, folded, key, key, folded),
    )
    rows.sort(key=lambda row: (_fit(row[5], key if key in row[5] else folded), -row[3], row[5]))
    best: dict[int, TagRecord] = {}
    for row in [*rows, *_sounding(library, key)]:
        best.setdefault(row[0], _tag_record(row[:5], [row[6]] if row[6] else []))
    return list(best.values())[:limit]


def _sounding(library: Library, key: str) -> list[tuple[Any, ...]]:
    """Tags whose name or alias, typed by sound, begins with what was typed; initials first."""
    sound = key.replace(" ", "").replace("'", "").replace("ü", "v")
    if not _SOUND.fullmatch(sound):
        return []
    return library.database.rows(
        """
        SELECT id, path, links, links_below, color, initials, alias
        FROM (
            SELECT id, path, links, links_below, color, name_key, pinyin, initials, NULL AS alias
            FROM tag
            UNION ALL
            SELECT tag.id, path, links, links_below, color, tag_alias.name_key, tag_alias.pinyin,
                tag_alias.initials, alias
            FROM tag_alias
            JOIN tag ON tag.id = tag_id
        )
        WHERE pinyin <> name_key AND (instr(initials, ?) = 1 OR instr(pinyin, ?) = 1)
        ORDER BY initials <> ?, instr(initials, ?) <> 1, links_below DESC, path
        LIMIT 200
        """,
        (sound, sound, sound, sound),
    )


def _fit(found: str, key: str) -> int:
    if found == key:
        return 0
    if last_level(found).startswith(key):
        return 1
    return 2 if found.startswith(key) else 3


def _tag_record(row: Sequence[Any], aliases: list[str]) -> TagRecord:
    tag_id, path, links, links_below, color = row
    return TagRecord(
        tag_id=tag_id,
        path=path,
        links=links,
        links_below=links_below,
        color=color,
        aliases=aliases,
    )
