"""Links: found, listed, starred, noted, trashed and restored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from linkshot.errors import LinkNotFound, NoteTooLong
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.moments import from_micros, from_micros_or_none, now_micros
from linkshot.store.records import LinkRecord, LinkStatus
from linkshot.store.search.index import refresh_link
from linkshot.store.tag_rows import add_counts, check_links, find_tag, refresh_reach, tags_of
from linkshot.store.texts import storable

MAX_NOTE_CHARACTERS = 100_000

# So many links of a tag are gathered and sorted; more are read in the order of an index.
_GATHERED = 2_000

Order = Literal["newest", "oldest", "title", "site"]
_ORDERS = {
    "newest": "link.last_captured_at DESC, link.id DESC",
    "oldest": "link.last_captured_at, link.id",
    "title": "link.title_key, link.id",
    "site": "link.site, link.last_captured_at DESC, link.id DESC",
}
_COLUMNS = """
    link.id, link.url, link.title, link.site, link.note, link.starred, link.snapshots,
    link.created_at, link.last_captured_at, link.last_snapshot_id, link.trashed_at,
    (
        SELECT blob.sha256
        FROM snapshot
        JOIN blob ON blob.id = snapshot.thumbnail_blob_id
        WHERE snapshot.link_id = link.id
        ORDER BY snapshot.captured_at DESC, snapshot.id DESC
        LIMIT 1
    )
"""


class LinkFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which links a list shows; `tag` with all below it."""

    tag: str = ""
    untagged: bool = False
    starred: bool = False
    trashed: bool = False


class _Where(NamedTuple):
    tables: str
    condition: str
    values: list[object]


def link_status(library: Library, url: str) -> LinkStatus:
    """Whether this address is kept, and how often; a link in the trash is not kept."""
    row = library.database.row(
        """
        SELECT id, snapshots, last_captured_at, starred
        FROM link
        WHERE url = ? AND trashed_at IS NULL
        """,
        (url,),
    )
    if row is None:
        return LinkStatus()
    link_id, snapshots, last_captured_at, starred = row
    return LinkStatus(
        link_id=link_id,
        snapshots=snapshots,
        last_captured_at=from_micros(last_captured_at),
        tags=tags_of(library.database, [link_id])[link_id],
        starred=bool(starred),
    )


def list_links(  # noqa: PLR0913 - the filters of one list, all by keyword
    library: Library,
    *,
    tag: str = "",
    limit: int = 50,
    offset: int = 0,
    order: Order = "newest",
    untagged: bool = False,
    starred: bool = False,
    trashed: bool = False,
) -> list[LinkRecord]:
    """Links of the filter, in `order`; an unknown tag has none."""
    chosen = LinkFilter(tag=tag, untagged=untagged, starred=starred, trashed=trashed)
    database = library.database
    where = _where(database, chosen)
    # First which links, read off an index; then what is shown of these alone.
    rows = database.rows(
        f"""
        SELECT {_COLUMNS}
        FROM link
        WHERE link.id IN (
            SELECT link.id
            FROM {where.tables}
            WHERE {where.condition}
            ORDER BY {_ORDERS[order]}
            LIMIT ? OFFSET ?
        )
        ORDER BY {_ORDERS[order]}
        """,  # noqa: S608 - our own clauses, values bound
        [*where.values, limit, offset],
    )
    return link_records(database, rows)


def count_links(
    library: Library,
    *,
    tag: str = "",
    untagged: bool = False,
    starred: bool = False,
    trashed: bool = False,
) -> int:
    """How many links the filter has."""
    if tag and not (untagged or starred or trashed):
        return _count_below(library.database, tag)
    chosen = LinkFilter(tag=tag, untagged=untagged, starred=starred, trashed=trashed)
    where = _where(library.database, chosen)
    counted: int = library.database.value(
        f"SELECT count(*) FROM {where.tables} WHERE {where.condition}",  # noqa: S608 - our own clauses
        where.values,
    )
    return counted


def get_link(library: Library, link_id: int) -> LinkRecord:
    """The link, also from the trash.

    Raises:
        LinkNotFound: no link has this id.
    """
    found = _select(library.database, "link.id = ?", link_id)
    if found is None:
        raise LinkNotFound(link=link_id)
    return found


def find_link(library: Library, url: str) -> LinkRecord | None:
    """The link with this canonical address, also from the trash."""
    return _select(library.database, "link.url = ?", url)


def set_starred(library: Library, link_id: int, *, starred: bool) -> None:
    """Star a link, or take the star away.

    Raises:
        LinkNotFound: no link has this id.
    """
    with library.transaction():
        check_links(library.database, [link_id])
        library.database.run("UPDATE link SET starred = ? WHERE id = ?", (starred, link_id))


def set_note(library: Library, link_id: int, note: str) -> None:
    """Replace a link's note.

    Raises:
        LinkNotFound: no link has this id.
        NoteTooLong: over 100,000 characters.
    """
    check_note(note)
    note = storable(note)
    with library.transaction():
        check_links(library.database, [link_id])
        library.database.run("UPDATE link SET note = ? WHERE id = ?", (note, link_id))
        refresh_link(library.database, link_id)


def trash_links(library: Library, link_ids: Sequence[int]) -> list[int]:
    """Put links into the trash; the ids of those that moved, as some may be there already.

    Raises:
        LinkNotFound: one of the links; nothing is changed.
    """
    return _move_all(library, link_ids, now_micros())


def restore_links(library: Library, link_ids: Sequence[int]) -> list[int]:
    """Take links out of the trash; the ids of those that moved.

    Raises:
        LinkNotFound: one of the links; nothing is changed.
    """
    return _move_all(library, link_ids, None)


def restore_link(database: Database, link_id: int) -> None:
    """Take one link out of the trash, inside the caller's transaction."""
    _set_trashed(database, link_id, None)


def check_note(note: str) -> None:
    """Raise NoteTooLong for a note over the limit."""
    if len(note) > MAX_NOTE_CHARACTERS:
        raise NoteTooLong(length=len(note), limit=MAX_NOTE_CHARACTERS)


def link_records(database: Database, rows: Sequence[Sequence[Any]]) -> list[LinkRecord]:
    """Records of rows of the columns above, with their tags."""
    tags = tags_of(database, [row[0] for row in rows])
    return [_record(row, tags[row[0]]) for row in rows]


def _move_all(library: Library, link_ids: Sequence[int], trashed_at: int | None) -> list[int]:
    with library.transaction():
        check_links(library.database, link_ids)
        return [
            link_id for link_id in link_ids if _set_trashed(library.database, link_id, trashed_at)
        ]


def _set_trashed(database: Database, link_id: int, trashed_at: int | None) -> bool:
    """Whether it moved."""
    changed = database.run(
        "UPDATE link SET trashed_at = ? WHERE id = ? AND (trashed_at IS NULL) = ?",
        (trashed_at, link_id, trashed_at is not None),
    )
    if not changed:
        return False
    rows = database.rows("SELECT tag_id FROM link_tag WHERE link_id = ?", (link_id,))
    counted = Counter(tag_id for (tag_id,) in rows)
    add_counts(database, "links", counted, 1 if trashed_at is None else -1)
    refresh_reach(database, link_id)
    refresh_link(database, link_id)
    return True


def _count_below(database: Database, tag: str) -> int:
    """What is counted already as tags are given and taken."""
    return (
        database.value("SELECT links_below FROM tag WHERE id = ?", (find_tag(database, tag) or 0,))
        or 0
    )


def _where(database: Database, chosen: LinkFilter) -> _Where:
    tables, conditions, values = "link", [], list[object]()
    conditions.append(f"link.trashed_at IS {'NOT ' if chosen.trashed else ''}NULL")
    if chosen.tag:
        # Reach leaves out the trash; there, only a link's own tags are known.
        reach = "link_tag" if chosen.trashed else "tag_reach"
        # A small tag's links are gathered and sorted; in a large one, the index of the order is
        # read until there are enough. SQLite does not know which tag is which.
        is_large = not chosen.trashed and _count_below(database, chosen.tag) > _GATHERED
        first, second = ("link", reach) if is_large else (reach, "link")
        tables = f"{first} CROSS JOIN {second} ON link.id = {reach}.link_id"
        conditions.append(f"{reach}.tag_id = ?")
        values.append(find_tag(database, chosen.tag) or 0)
    if chosen.untagged:
        conditions.append("link.tag_count = 0")
    if chosen.starred:
        conditions.append("link.starred = 1")
    return _Where(tables, " AND ".join(conditions), values)


def _select(database: Database, condition: str, value: object) -> LinkRecord | None:
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM link WHERE {condition}",  # noqa: S608 - our own clauses
        (value,),
    )
    return link_records(database, rows)[0] if rows else None


def _record(row: Sequence[Any], tags: list[str]) -> LinkRecord:
    thumbnail = row[11]
    return LinkRecord(
        link_id=row[0],
        url=row[1],
        title=row[2],
        site=row[3],
        tags=tags,
        note=row[4],
        starred=bool(row[5]),
        snapshots=row[6],
        created_at=from_micros(row[7]),
        last_captured_at=from_micros(row[8]),
        last_snapshot_id=row[9],
        trashed_at=from_micros_or_none(row[10]),
        thumbnail=bytes(thumbnail).hex() if thumbnail else None,
    )
