"""The tree of tags changed: renamed, moved, merged, split, deleted, coloured, given other names.

Each is one transaction and one entry of the journal (`undo`); nothing is half done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from linkshot.errors import ColorInvalid, TagBelowItself, TagNameTaken, TagNotFound
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.records import TagPlan
from linkshot.store.tag_change import TagChange, state_of
from linkshot.store.tag_names import index_names
from linkshot.store.tag_paths import ancestors, last_level, parse_tag, tag_key
from linkshot.store.tag_reach import rebuild_all_reach
from linkshot.store.tag_rows import check_links, ensure_tag, find_tag
from linkshot.store.tag_tree import (
    below,
    drop,
    existing,
    is_path,
    merge,
    move,
    path_of,
    write_alias,
)
from linkshot.store.undo import undoable

_COLOR = re.compile("#[0-9a-f]{6}")


def rename_tag(library: Library, old: str, new: str) -> str:
    """Give a tag another path, which is answered as it is written; all below it moves along.

    Levels above are made as needed.

    Raises:
        TagNotFound: there is no tag `old`.
        TagNameTaken: another tag has the new path, or an alias of another tag is like it.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: the new path.
    """
    path = parse_tag(new)
    with undoable(library, "rename", [old], path) as change:
        return _give_path(change.database, existing(change.database, old), path)


def move_tag(library: Library, tag: str, under: str = "") -> str:
    """Hang a tag, with all below it, under another, or at the top; its new path.

    Raises:
        TagNotFound: there is no such tag.
        TagBelowItself: `under` is the tag itself or below it.
        TagNameTaken: there is a tag of this name already.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: the path under which it should hang.
    """
    moved = move_tags(library, [tag], under)
    return moved[0][1] if moved else tag


def move_tags(library: Library, tags: Sequence[str], under: str = "") -> list[tuple[str, str]]:
    """Hang several tags under another, or at the top, as one entry; their old and new paths.

    A tag that stands below another of them goes along with it.

    Raises:
        TagNotFound: one of the tags; nothing is moved.
        TagBelowItself: `under` is one of the tags or below it; nothing is moved.
        TagNameTaken: there is a tag of such a name already; nothing is moved.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: the path under which they should hang.
    """
    target = _below(under, tags[0]) if len(tags) == 1 else under
    with undoable(library, "rename", tags, target) as change:
        found = [existing(change.database, tag) for tag in tags]
        for tag, tag_id in zip(tags, found, strict=True):
            _check_not_inside(change.database, tag, tag_id, under)
        ids = {path_of(change.database, tag_id) or "": tag_id for tag_id in found}
        moved = []
        for old, tag_id in ids.items():
            path = parse_tag(_below(under, old))
            if path != old and ids.keys().isdisjoint(ancestors(old)):
                moved.append((old, _give_path(change.database, tag_id, path)))
        return moved


def _check_not_inside(database: Database, tag: str, tag_id: int, under: str) -> None:
    inside = [one_id for one_id, _ in below(database, tag_id)]
    if under and find_tag(database, parse_tag(under)) in inside:
        raise TagBelowItself(tag=tag, under=under)


def _below(under: str, path: str) -> str:
    return f"{under}/{last_level(path)}" if under else last_level(path)


def _give_path(database: Database, tag_id: int, path: str) -> str:
    """Rename the tag; the path it has then, its levels above as they are written already."""
    if find_tag(database, path) not in (None, tag_id):
        raise TagNameTaken(tag=path)
    move(database, tag_id, path)
    return path_of(database, tag_id) or path


def merge_tags(library: Library, sources: Sequence[str], target: str) -> TagPlan:
    """Make one tag of several: their links and what is below them go to `target`; what was done.

    The names of the sources stay as aliases of the target, so that typing one gives the other.
    A source that stands above the target stays, with its own links moved.

    Raises:
        TagNotFound: one of the sources; nothing is changed.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: the target.
    """
    path = parse_tag(target)
    with undoable(library, "merge", sources, path) as change:
        source_ids = [existing(change.database, source) for source in sources]
        target_id = ensure_tag(change.database, path)
        for source_id in source_ids:
            if source_id != target_id and path_of(change.database, source_id) is not None:
                merge(change, source_id, target_id)
        kept = path_of(change.database, target_id) or path
    return msgspec.structs.replace(describe(change), target=kept)


def split_tag(
    library: Library, tag: str, into: Sequence[str], link_ids: Sequence[int] | None = None
) -> TagPlan:
    """Give links of a tag other tags instead: all its links, or those named; what was done.

    With all links split off and nothing below it, the tag goes.

    Raises:
        TagNotFound: there is no such tag.
        LinkNotFound: one of the links.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: one of the new tags.
    """
    paths = [parse_tag(path) for path in into]
    with undoable(library, "split", [tag], ", ".join(paths)) as change:
        tag_id = existing(change.database, tag)
        if link_ids is not None:
            check_links(change.database, link_ids)
        target_ids = [ensure_tag(change.database, path) for path in paths]
        moved = change.take(tag_id, link_ids)
        for target_id in target_ids:
            change.give(target_id, moved)
        if (
            link_ids is None
            and tag_id not in target_ids
            and len(below(change.database, tag_id)) == 1
        ):
            drop(change, tag_id)
    return describe(change)


def delete_tags(library: Library, tags: Sequence[str]) -> TagPlan:
    """Delete tags with all below them; their links stay, without them; what was done.

    Raises:
        TagNotFound: one of the tags; nothing is changed.
    """
    with undoable(library, "delete", tags) as change:
        tag_ids = [existing(change.database, tag) for tag in tags]
        for tag_id in tag_ids:
            for found, _ in reversed(below(change.database, tag_id)):
                drop(change, found)
    return describe(change)


def set_color(library: Library, tag: str, color: str | None) -> None:
    """Colour a tag (`#rrggbb`), or take its colour away.

    Raises:
        TagNotFound: there is no such tag.
        ColorInvalid: this is no colour.
    """
    if color is not None and not _COLOR.fullmatch(color.lower()):
        raise ColorInvalid(color=color)
    with undoable(library, "color", [tag], color or "") as change:
        tag_id = existing(change.database, tag)
        change.database.run(
            "UPDATE tag SET color = ? WHERE id = ?", (color and color.lower(), tag_id)
        )


def add_alias(library: Library, tag: str, alias: str) -> None:
    """Let another name mean the tag, when given and when searched.

    Raises:
        TagNotFound: there is no such tag.
        TagNameTaken: a tag, or another tag's alias, has the name.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: the alias.
    """
    path = parse_tag(alias)
    with undoable(library, "alias", [tag], path) as change:
        tag_id = existing(change.database, tag)
        taken = find_tag(change.database, path)
        if taken is not None and (taken != tag_id or is_path(change.database, path)):
            raise TagNameTaken(tag=path)
        write_alias(change.database, tag_id, path)


def remove_alias(library: Library, tag: str, alias: str) -> None:
    """Take an alias away.

    Raises:
        TagNotFound: there is no such tag, or it has no such alias.
    """
    with undoable(library, "alias", [tag], alias) as change:
        tag_id = existing(change.database, tag)
        removed = change.database.run(
            "DELETE FROM tag_alias WHERE alias_key = ? AND tag_id = ?", (tag_key(alias), tag_id)
        )
        if not removed:
            raise TagNotFound(tag=alias)
        index_names(change.database, tag_id)


class _OnlyPlanned(Exception):
    """Takes a change back that was made to see what it does."""


def plan(library: Library, change: Callable[[], TagPlan]) -> TagPlan:
    """What a change would do: it is done, described and taken back, in one transaction.

    `plan(library, lambda: merge_tags(library, sources, target))`
    """
    planned: list[TagPlan] = []
    try:
        with library.transaction():
            planned.append(change())
            raise _OnlyPlanned
    except _OnlyPlanned:
        return planned[0]


def describe(change: TagChange) -> TagPlan:
    """What a finished change did."""
    changed = [change.tags[tag_id] for tag_id in change.changed_tags()]
    return TagPlan(
        links=len(change.links()),
        gain=_numbers(change, change.given),
        lose=_numbers(change, change.taken),
        made=sorted(now.path for was, now in changed if now and not was),
        vanish=sorted(was.path for was, now in changed if was and not now),
        moved=[
            (was.path, now.path) for was, now in changed if was and now and was.path != now.path
        ],
        aliases=sorted(now.alias for was, now in change.aliases.values() if now and not was),
    )


def _numbers(change: TagChange, changed: dict[int, set[int]]) -> dict[str, int]:
    """How many links, by the path of each tag as it is, or as it was last."""
    states = {
        tag_id: state_of(change.database, tag_id) or change.before(tag_id) for tag_id in changed
    }
    return {
        state.path: len(changed[tag_id])
        for tag_id, state in states.items()
        if state and changed[tag_id]
    }


def rebuild_names(database: Database) -> None:
    """Index the names and aliases of all tags anew, inside the caller's transaction."""
    database.run("DELETE FROM tag_index")
    for (tag_id,) in database.rows("SELECT id FROM tag"):
        index_names(database, tag_id)


rebuild_reach = rebuild_all_reach
