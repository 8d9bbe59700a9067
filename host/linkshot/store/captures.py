"""The queue of requested captures, shared by every process that has the library open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from linkshot.errors import CaptureNotFound, LinkshotError
from linkshot.store.library import Library
from linkshot.store.links import check_note
from linkshot.store.moments import from_micros, now_micros
from linkshot.store.records import CaptureRequest, RequestVia
from linkshot.store.tag_paths import parse_tag

# A claim this old belongs to a process that ended in the middle of it.
CLAIM_SECONDS = 15 * 60
_SELECT = """
    SELECT id, url, via, state, tags, note, requested_at, snapshot_id, error, error_message,
        error_facts, keep_errors
    FROM capture
"""


def request_capture(  # noqa: PLR0913 - what a person can say of one link, all by keyword
    library: Library,
    url: str,
    *,
    via: RequestVia,
    tags: Sequence[str] = (),
    note: str = "",
    keep_errors: bool = False,
) -> CaptureRequest:
    """Put a request into the queue.

    Raises:
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid, NoteTooLong: nothing is queued.
    """
    paths = [parse_tag(tag) for tag in tags]
    check_note(note)
    with library.transaction():
        request_id: int = library.database.value(
            """
            INSERT INTO capture (url, via, state, tags, note, requested_at, keep_errors)
            VALUES (?, ?, 'queued', ?, ?, ?, ?)
            RETURNING id
            """,
            (
                url,
                via,
                msgspec.json.encode(paths).decode(),
                note,
                now_micros(),
                int(keep_errors),
            ),
        )
    return get_capture(library, request_id)


def claim_capture(library: Library, *, via: RequestVia) -> CaptureRequest | None:
    """The oldest queued request for `via`, now running and this process's alone; None for none.

    One that has been running for a quarter of an hour is given out again.
    """
    database = library.database
    given_up_at = now_micros() - CLAIM_SECONDS * 1_000_000
    find = """
        SELECT id
        FROM capture
        WHERE via = ?
            AND (state = 'queued' OR (state = 'running' AND claimed_at < ?))
        ORDER BY id
        LIMIT 1
    """
    # Asked without the write lock first: whoever polls finds nothing most of the time.
    if database.row(find, (via, given_up_at)) is None:
        return None
    with library.transaction():
        request_id: int | None = database.value(find, (via, given_up_at))
        if request_id is None:
            return None
        database.run(
            "UPDATE capture SET state = 'running', claimed_at = ? WHERE id = ?",
            (now_micros(), request_id),
        )
        return get_capture(library, request_id)


def finish_capture(
    library: Library,
    request_id: int,
    *,
    snapshot_id: int | None = None,
    error: LinkshotError | None = None,
) -> None:
    """Record how a request ended: with a snapshot, or with an error. The first end stands.

    Raises:
        CaptureNotFound: no request has this id.
    """
    with library.transaction():
        get_capture(library, request_id)
        library.database.run(
            """
            UPDATE capture
            SET state = ?, snapshot_id = ?, error = ?, error_message = ?, error_facts = ?
            WHERE id = ? AND state IN ('queued', 'running')
            """,
            (
                "failed" if error else "done",
                snapshot_id,
                error.code if error else None,
                error.message() if error else None,
                msgspec.json.encode(error.facts if error else {}, enc_hook=str).decode(),
                request_id,
            ),
        )


def release_capture(library: Library, request_id: int) -> None:
    """Give a claimed request back to the queue."""
    with library.transaction():
        library.database.run(
            """
            UPDATE capture SET state = 'queued', claimed_at = NULL
            WHERE id = ? AND state = 'running'
            """,
            (request_id,),
        )


def get_capture(library: Library, request_id: int) -> CaptureRequest:
    """Where a request stands.

    Raises:
        CaptureNotFound: no request has this id.
    """
    row = library.database.row(f"{_SELECT} WHERE id = ?", (request_id,))
    if row is None:
        raise CaptureNotFound(request=request_id)
    return _record(row)


def waiting_captures(library: Library, *, via: RequestVia) -> list[CaptureRequest]:
    """The requests for `via` that are queued or running, the oldest first."""
    rows = library.database.rows(
        f"{_SELECT} WHERE via = ? AND state IN ('queued', 'running') ORDER BY id", (via,)
    )
    return [_record(row) for row in rows]


def _record(row: Sequence[Any]) -> CaptureRequest:
    return CaptureRequest(
        request_id=row[0],
        url=row[1],
        via=row[2],
        state=row[3],
        tags=msgspec.json.decode(row[4], type=list[str]),
        note=row[5],
        requested_at=from_micros(row[6]),
        snapshot_id=row[7],
        error=row[8],
        error_message=row[9],
        error_facts=msgspec.json.decode(row[10]),
        keep_errors=bool(row[11]),
    )
