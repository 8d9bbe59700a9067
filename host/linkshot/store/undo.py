"""What was done to tags, and back: a journal of facts, each entry undone in one step.

An entry is kept for as long as the trash keeps things: for good. Its facts name rows, not paths, so that
what was moved along since goes back as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from linkshot.errors import NothingToUndo, UndoNotFound
from linkshot.store.library import Library
from linkshot.store.moments import from_micros, now_micros
from linkshot.store.records import TagAct, UndoRecord
from linkshot.store.tag_change import TagChange, tag_change
from linkshot.store.undo_apply import put_back
from linkshot.store.undo_facts import Facts, facts_of, pack_facts, unpack_facts

_COLUMNS = "id, done_at, kind, tags, target, links"


@contextmanager
def undoable(
    library: Library, kind: TagAct, tags: Sequence[str], target: str = ""
) -> Iterator[TagChange]:
    """A change that is written into the journal with what it did; one that did nothing is not."""
    with library.transaction():
        with tag_change(library) as change:
            yield change
        facts = facts_of(change)
        if facts != Facts():
            library.database.run(
                """
                INSERT INTO undo (done_at, kind, tags, target, links, facts)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                (
                    now_micros(),
                    kind,
                    msgspec.json.encode(list(tags)).decode(),
                    target,
                    len(change.links()),
                    pack_facts(facts),
                ),
            )


def list_undo(library: Library, limit: int = 50) -> list[UndoRecord]:
    """What can be undone, the latest first."""
    rows = library.database.rows(
        f"SELECT {_COLUMNS} FROM undo ORDER BY id DESC LIMIT ?",  # noqa: S608 - our own names
        (limit,),
    )
    return [_record(row) for row in rows]


def undo(library: Library, undo_id: int) -> UndoRecord:
    """Put back what one entry changed, and take it out of the journal; what was undone.

    Links tagged otherwise since keep those tags; links removed for good stay away.

    Raises:
        UndoNotFound: there is no such entry.
        UndoBlocked: a later change stands in the way; nothing is changed.
    """
    with library.transaction():
        row = library.database.row(
            f"SELECT {_COLUMNS}, facts FROM undo WHERE id = ?",  # noqa: S608 - our own names
            (undo_id,),
        )
        if row is None:
            raise UndoNotFound(undo=undo_id)
        with tag_change(library) as change:
            put_back(change, unpack_facts(row[-1]))
        library.database.run("DELETE FROM undo WHERE id = ?", (undo_id,))
    return _record(row[:-1])


def undo_last(library: Library) -> UndoRecord:
    """Undo the latest entry.

    Raises:
        NothingToUndo: nothing was done to tags, or all of it is undone.
        UndoBlocked: what was done since, without an entry, stands in the way.
    """
    with library.transaction():
        latest = library.database.value("SELECT max(id) FROM undo")
        if latest is None:
            raise NothingToUndo
        return undo(library, latest)


def _record(row: Sequence[Any]) -> UndoRecord:
    undo_id, done_at, kind, tags, target, links = row
    return UndoRecord(
        undo_id=undo_id,
        done_at=from_micros(done_at),
        kind=kind,
        tags=msgspec.json.decode(tags, type=list[str]),
        target=target,
        links=links,
    )
