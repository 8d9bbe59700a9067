"""Tags: given to links, taken, counted, completed; renamed, merged, given aliases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from linkshot.store.library import Library
from linkshot.store.records import TagRecord
from linkshot.store.tag_edits import add_alias, merge_tags, remove_alias, rename_tag
from linkshot.store.tag_paths import last_level, parse_tag, tag_key
from linkshot.store.tag_rows import (
    check_links,
    ensure_tag,
    find_tag,
    give_tags,
    tags_of,
    take_tags,
)

__all__ = [
    "add_alias",
    "add_tags",
    "complete_tag",
    "link_tags",
    "merge_tags",
    "parse_tag",
    "remove_alias",
    "remove_tags",
    "rename_tag",
    "tag_counts",
]


def add_tags(library: Library, link_ids: Sequence[int], tags: Iterable[str]) -> None:
    """Give tags to links; a tag that does not exist yet is made, an alias means its tag.

    Raises:
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: one of the tags; nothing is changed.
        LinkNotFound: one of the links; nothing is changed.
    """
    paths = [parse_tag(tag) for tag in tags]
    with library.transaction():
        check_links(library.database, link_ids)
        tag_ids = [ensure_tag(library.database, path) for path in paths]
        for link_id in link_ids:
            give_tags(library.database, link_id, tag_ids)


def remove_tags(library: Library, link_ids: Sequence[int], tags: Iterable[str]) -> None:
    """Take tags from links; a tag that a link does not have is passed over.

    Raises:
        LinkNotFound: one of the links; nothing is changed.
    """
    paths = [parse_tag(tag) for tag in tags]
    with library.transaction():
        check_links(library.database, link_ids)
        found = (find_tag(library.database, path) for path in paths)
        tag_ids = [tag_id for tag_id in found if tag_id is not None]
        for link_id in link_ids:
            take_tags(library.database, link_id, tag_ids)


def link_tags(library: Library, link_id: int) -> list[str]:
    """The link's own tags, by name."""
    return tags_of(library.database, [link_id])[link_id]


def tag_counts(library: Library) -> list[TagRecord]:
    """All tags with their counts, by path."""
    database = library.database
    aliases: dict[int, list[str]] = {}
    for tag_id, alias in database.rows("SELECT tag_id, alias FROM tag_alias ORDER BY alias_key"):
        aliases.setdefault(tag_id, []).append(alias)
    rows = database.rows("SELECT id, path, links, links_below, color FROM tag ORDER BY path_key")
    return [_tag_record(row, aliases.get(row[0], [])) for row in rows]


def complete_tag(library: Library, text: str, limit: int = 10) -> list[TagRecord]:
    """Tags that `text` may be the beginning of: name or path first, then inside; most used first."""
    key = tag_key(text.replace("／", "/"))
    rows = library.database.rows(
        """
        SELECT id, path, links, links_below, color, path_key, NULL
        FROM tag
        WHERE instr(path_key, ?)
        UNION ALL
        SELECT tag.id, path, links, links_below, color, alias_key, alias
        FROM tag_alias
        JOIN tag ON tag.id = tag_id
        WHERE instr(alias_key, ?)
        """,
        (key, key),
    )
    rows.sort(key=lambda row: (_fit(row[5], key), -row[3], row[5]))
    best: dict[int, TagRecord] = {}
    for row in rows:
        best.setdefault(row[0], _tag_record(row[:5], [row[6]] if row[6] else []))
    return list(best.values())[:limit]


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
