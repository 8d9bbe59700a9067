"""The tree of tags changed: renamed, moved, merged, given aliases. Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linkshot.errors import TagNameTaken, TagNotFound
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.tag_paths import ancestors, last_level, parse_tag, tag_key
from linkshot.store.tag_rows import ensure_tag, find_tag, index_tag_name

_BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT ?
        UNION
        SELECT tag.id
        FROM tag
        JOIN below ON tag.parent_id = below.id
    )
"""
_ABOVE = """
    WITH RECURSIVE above (id) AS (
        SELECT parent_id FROM tag WHERE id = ?
        UNION
        SELECT tag.parent_id
        FROM tag
        JOIN above ON above.id = tag.id
    )
    SELECT id FROM above
"""


def rename_tag(library: Library, old: str, new: str) -> None:
    """Give a tag another path; all below it moves along, levels above are made as needed.

    Raises:
        TagNotFound: there is no tag `old`.
        TagNameTaken: another tag has the new path, or an alias of another tag is like it.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: the new path.
    """
    path = parse_tag(new)
    database = library.database
    with library.transaction():
        tag_id = _existing(database, old)
        taken = find_tag(database, path)
        if taken not in (None, tag_id):
            raise TagNameTaken(tag=path)
        before = _above(database, tag_id)
        _move(database, tag_id, path)
        _rebuild(database, before ^ _above(database, tag_id))


def merge_tags(library: Library, sources: Sequence[str], target: str) -> None:
    """Make one tag of several: their links and what is below them go to `target`.

    The names of the sources stay as aliases of the target, so that typing one gives the other.
    A source that stands above the target stays, with its own links moved.

    Raises:
        TagNotFound: one of the sources; nothing is changed.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: the target.
    """
    path = parse_tag(target)
    database = library.database
    with library.transaction():
        source_ids = [_existing(database, source) for source in sources]
        target_id = ensure_tag(database, path)
        changed: set[int] = set()
        for source_id in source_ids:
            if source_id != target_id and _is_there(database, source_id):
                changed |= _above(database, source_id)
                _merge(database, source_id, target_id, changed)
        _rebuild(database, changed | _above(database, target_id))


def add_alias(library: Library, tag: str, alias: str) -> None:
    """Let another name mean the tag, when given and when searched.

    Raises:
        TagNotFound: there is no such tag.
        TagNameTaken: a tag, or another tag's alias, has the name.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: the alias.
    """
    path = parse_tag(alias)
    database = library.database
    with library.transaction():
        tag_id = _existing(database, tag)
        taken = find_tag(database, path)
        if taken is not None and (taken != tag_id or _is_path(database, path)):
            raise TagNameTaken(tag=path)
        _write_alias(database, tag_id, path)


def remove_alias(library: Library, tag: str, alias: str) -> None:
    """Take an alias away.

    Raises:
        TagNotFound: there is no such tag, or it has no such alias.
    """
    database = library.database
    with library.transaction():
        tag_id = _existing(database, tag)
        removed = database.run(
            "DELETE FROM tag_alias WHERE alias_key = ? AND tag_id = ?", (tag_key(alias), tag_id)
        )
        if not removed:
            raise TagNotFound(tag=alias)
        _index_names(database, tag_id)


def rebuild_names(database: Database) -> None:
    """Index the names and aliases of all tags anew, inside the caller's transaction."""
    database.run("DELETE FROM tag_index")
    for (tag_id,) in database.rows("SELECT id FROM tag"):
        _index_names(database, tag_id)


def rebuild_reach(database: Database) -> None:
    """Reach and counts of all tags anew, inside the caller's transaction."""
    _rebuild(database, {tag_id for (tag_id,) in database.rows("SELECT id FROM tag")})


def _existing(database: Database, path: str) -> int:
    tag_id = find_tag(database, path)
    if tag_id is None:
        raise TagNotFound(tag=path)
    return tag_id


def _is_there(database: Database, tag_id: int) -> bool:
    return database.row("SELECT 1 FROM tag WHERE id = ?", (tag_id,)) is not None


def _is_path(database: Database, path: str) -> bool:
    return database.row("SELECT 1 FROM tag WHERE path_key = ?", (tag_key(path),)) is not None


def _above(database: Database, tag_id: int) -> set[int]:
    rows = database.rows(_ABOVE, (tag_id,))
    return {found for (found,) in rows if found is not None}


def _move(database: Database, tag_id: int, path: str) -> None:
    """Rewrite the paths of a tag and all below it, then hang it under its new parent.

    In this order, so that `a` can become `a/b`: the new `a` is made after the old one left.
    """
    old: str = database.value("SELECT path FROM tag WHERE id = ?", (tag_id,))
    rows = database.rows(
        f"{_BELOW} SELECT tag.id, tag.path FROM tag JOIN below ON below.id = tag.id",  # noqa: S608 - our own clauses
        (tag_id,),
    )
    database.run("DELETE FROM tag_alias WHERE alias_key = ?", (tag_key(path),))
    database.run("UPDATE tag SET parent_id = NULL WHERE id = ?", (tag_id,))
    renamed = [(path + below_path[len(old) :], below_id) for below_id, below_path in rows]
    for new_path, _ in renamed:
        parse_tag(new_path)
    # Two steps: a key may be free only once another of these rows has left it.
    database.run_many(
        "UPDATE tag SET path = ?, path_key = ? WHERE id = ?",
        [(new, f"\x00{below_id}", below_id) for new, below_id in renamed],
    )
    database.run_many(
        "UPDATE tag SET path_key = ? WHERE id = ?",
        [(tag_key(new), below_id) for new, below_id in renamed],
    )
    above = ancestors(path)
    parent_id = ensure_tag(database, above[-1]) if above else None
    database.run("UPDATE tag SET parent_id = ? WHERE id = ?", (parent_id, tag_id))
    _index_names(database, tag_id)


def _merge(database: Database, source_id: int, target_id: int, changed: set[int]) -> None:
    changed |= {source_id, target_id}
    _move_links(database, source_id, target_id)
    if source_id in _above(database, target_id):
        return
    target_path = database.value("SELECT path FROM tag WHERE id = ?", (target_id,))
    rows = database.rows("SELECT id, path FROM tag WHERE parent_id = ?", (source_id,))
    for child_id, child_path in rows:
        path = f"{target_path}/{last_level(child_path)}"
        existing = find_tag(database, path)
        if existing is None:
            _move(database, child_id, path)
        else:
            _merge(database, child_id, existing, changed)
    _replace_by_alias(database, source_id, target_id)


def _move_links(database: Database, source_id: int, target_id: int) -> None:
    database.run(
        """
        INSERT INTO link_tag (link_id, tag_id)
        SELECT link_id, ? FROM link_tag WHERE tag_id = ?
        ON CONFLICT DO NOTHING
        """,
        (target_id, source_id),
    )
    database.run("DELETE FROM link_tag WHERE tag_id = ?", (source_id,))
    database.run(
        """
        UPDATE link
        SET tag_count = (SELECT count(*) FROM link_tag WHERE link_tag.link_id = link.id)
        WHERE id IN (SELECT link_id FROM link_tag WHERE tag_id = ?)
        """,
        (target_id,),
    )


def _replace_by_alias(database: Database, source_id: int, target_id: int) -> None:
    path: str = database.value("SELECT path FROM tag WHERE id = ?", (source_id,))
    database.run("UPDATE tag_alias SET tag_id = ? WHERE tag_id = ?", (target_id, source_id))
    database.run("DELETE FROM tag_index WHERE tag_id = ?", (source_id,))
    database.run("DELETE FROM tag WHERE id = ?", (source_id,))
    _write_alias(database, target_id, path)


def _write_alias(database: Database, tag_id: int, alias: str) -> None:
    database.run(
        """
        INSERT INTO tag_alias (alias_key, alias, tag_id)
        VALUES (?, ?, ?)
        ON CONFLICT (alias_key) DO UPDATE
        SET alias = excluded.alias, tag_id = excluded.tag_id
        """,
        (tag_key(alias), alias, tag_id),
    )
    _index_names(database, tag_id)


def _index_names(database: Database, tag_id: int) -> None:
    """Index the tag's own name and its aliases anew."""
    database.run("DELETE FROM tag_index WHERE tag_id = ?", (tag_id,))
    path = database.value("SELECT path FROM tag WHERE id = ?", (tag_id,))
    rows = database.rows("SELECT alias FROM tag_alias WHERE tag_id = ?", (tag_id,))
    for name in [path, *(alias for (alias,) in rows)]:
        index_tag_name(database, tag_id, last_level(name))


def _rebuild(database: Database, tag_ids: Iterable[int]) -> None:
    """Reach and counts of these tags from what links were given."""
    for tag_id in sorted(tag_ids):
        database.run("DELETE FROM tag_reach WHERE tag_id = ?", (tag_id,))
        if not _is_there(database, tag_id):
            continue
        database.run(
            f"""
            {_BELOW}
            INSERT INTO tag_reach (tag_id, link_id)
            SELECT DISTINCT ?, link_tag.link_id
            FROM below
            JOIN link_tag ON link_tag.tag_id = below.id
            JOIN link ON link.id = link_tag.link_id
            WHERE link.trashed_at IS NULL
            """,  # noqa: S608 - our own clauses
            (tag_id, tag_id),
        )
        database.run(
            """
            UPDATE tag
            SET links_below = (SELECT count(*) FROM tag_reach WHERE tag_reach.tag_id = tag.id),
                links = (
                    SELECT count(*)
                    FROM link_tag
                    JOIN link ON link.id = link_tag.link_id
                    WHERE link_tag.tag_id = tag.id AND link.trashed_at IS NULL
                )
            WHERE id = ?
            """,
            (tag_id,),
        )
