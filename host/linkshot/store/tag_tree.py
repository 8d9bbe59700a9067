"""The rows of the tree of tags: made, moved, merged, dropped; every call is part of a `TagChange`."""

from __future__ import annotations

from collections.abc import Iterable

from linkshot.errors import TagNameTaken, TagNotFound
from linkshot.store.database import Database
from linkshot.store.tag_change import TagChange
from linkshot.store.tag_names import index_names, unindex_names
from linkshot.store.tag_paths import ancestors, last_level, parse_tag, tag_key
from linkshot.store.tag_rows import ensure_tag, find_tag

_BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT ?
        UNION
        SELECT tag.id
        FROM tag
        JOIN below ON tag.parent_id = below.id
    )
    SELECT tag.id, tag.path
    FROM tag
    JOIN below ON below.id = tag.id
"""


def existing(database: Database, path: str) -> int:
    """The id of the tag with this path or alias.

    Raises:
        TagNotFound: there is none.
    """
    tag_id = find_tag(database, path)
    if tag_id is None:
        raise TagNotFound(tag=path)
    return tag_id


def path_of(database: Database, tag_id: int) -> str | None:
    """The tag's path; None where it is gone."""
    path: str | None = database.value("SELECT path FROM tag WHERE id = ?", (tag_id,))
    return path


def below(database: Database, tag_id: int) -> list[tuple[int, str]]:
    """A tag and all below it, with their paths."""
    return [(found, path) for found, path in database.rows(_BELOW, (tag_id,))]


def move(database: Database, tag_id: int, path: str) -> None:
    """Give a tag another path and take all below it along; levels above are made as needed.

    Raises:
        TagTooLong: one of the paths below it.
        TagNameTaken: another tag has the path, or a level above, or one above that, is another name of what moves.
    """
    old = path_of(database, tag_id) or ""
    rows = below(database, tag_id)
    database.run("UPDATE tag SET parent_id = NULL WHERE id = ?", (tag_id,))
    # So that `a` can become `a/b`: the new `a` is made after the old one left.
    _hide(database, [found for found, _ in rows])
    levels = ancestors(path)
    parent_id = ensure_tag(database, levels[-1]) if levels else None
    if parent_id is not None:
        # also one just made below it, under another name of what moves
        if parent_id in dict(below(database, tag_id)):
            raise TagNameTaken(tag=levels[-1])
        # The level above as it is written already, or as the tag that its alias means.
        path = f"{path_of(database, parent_id)}/{last_level(path)}"
    _take_from_aliases(database, tag_id, path)
    write_paths(database, [(found, path + old_path[len(old) :]) for found, old_path in rows])
    database.run("UPDATE tag SET parent_id = ? WHERE id = ?", (parent_id, tag_id))
    index_names(database, tag_id)


def _take_from_aliases(database: Database, tag_id: int, path: str) -> None:
    """Let an alias of this tag become its path; one of another tag stays that tag's."""
    key = (tag_key(path),)
    if database.value("SELECT tag_id FROM tag_alias WHERE alias_key = ?", key) not in (
        None,
        tag_id,
    ):
        raise TagNameTaken(tag=path)
    database.run("DELETE FROM tag_alias WHERE alias_key = ?", key)


def _hide(database: Database, tag_ids: Iterable[int]) -> None:
    """Let tags stand under no path for a while, so that theirs are free."""
    database.run_many(
        "UPDATE tag SET path_key = ? WHERE id = ?",
        [(f"\x00{tag_id}", tag_id) for tag_id in tag_ids],
    )


def write_paths(database: Database, paths: Iterable[tuple[int, str]]) -> None:
    """Write paths; their keys may change places among each other.

    Raises:
        TagTooLong: one of them.
        TagNameTaken: a tag that is not among them has one of the paths.
    """
    renamed = [(tag_id, parse_tag(path)) for tag_id, path in paths]
    _hide(database, [tag_id for tag_id, _ in renamed])
    for _, path in renamed:
        if is_path(database, path):
            raise TagNameTaken(tag=path)
    database.run_many(
        """
        UPDATE tag
        SET path = ?, path_key = ?, sort_key = NULL, name_key = NULL
        WHERE id = ?
        """,
        [(path, tag_key(path), tag_id) for tag_id, path in renamed],
    )


def is_path(database: Database, path: str) -> bool:
    """Whether a tag, not an alias, has this path."""
    return database.row("SELECT 1 FROM tag WHERE path_key = ?", (tag_key(path),)) is not None


def merge(change: TagChange, source_id: int, target_id: int) -> None:
    """Give the source's links and what is below it to the target; its name becomes an alias.

    A source that stands above the target stays, without links of its own.
    """
    database = change.database
    change.give(target_id, change.take(source_id))
    if any(found == target_id for found, _ in below(database, source_id)):
        return
    source_path, target_path = path_of(database, source_id), path_of(database, target_id)
    # Its path is free from here on: what is below it may come to stand there.
    _hide(database, [source_id])
    rows = database.rows("SELECT id, path FROM tag WHERE parent_id = ?", (source_id,))
    for child_id, child_path in rows:
        path = f"{target_path}/{last_level(child_path)}"
        found = find_tag(database, path)
        if found is None or found in dict(below(database, child_id)):
            move(database, child_id, path)
        else:
            merge(change, child_id, found)
    _pass_on(database, source_id, target_id)
    if not is_path(database, str(source_path)):
        write_alias(database, target_id, str(source_path))


def drop(change: TagChange, tag_id: int) -> None:
    """Remove a tag that has nothing below it; its links lose it."""
    change.take(tag_id)
    unindex_names(change.database, tag_id)
    change.database.run("DELETE FROM tag WHERE id = ?", (tag_id,))


def write_alias(database: Database, tag_id: int, alias: str) -> None:
    """Let a name mean a tag, whatever it meant before."""
    database.run(
        """
        INSERT INTO tag_alias (alias_key, alias, tag_id)
        VALUES (?, ?, ?)
        ON CONFLICT (alias_key) DO UPDATE
        SET alias = excluded.alias, tag_id = excluded.tag_id
        """,
        (tag_key(alias), alias, tag_id),
    )
    index_names(database, tag_id)


def _pass_on(database: Database, source_id: int, target_id: int) -> None:
    """Remove the source of a merge; its names and its rules are the target's from now on."""
    database.run("UPDATE tag_alias SET tag_id = ? WHERE tag_id = ?", (target_id, source_id))
    database.run(
        """
        INSERT INTO rule_tag (rule_id, tag_id)
        SELECT rule_id, ? FROM rule_tag WHERE tag_id = ?
        ON CONFLICT DO NOTHING
        """,
        (target_id, source_id),
    )
    unindex_names(database, source_id)
    database.run("DELETE FROM tag WHERE id = ?", (source_id,))
    index_names(database, target_id)
