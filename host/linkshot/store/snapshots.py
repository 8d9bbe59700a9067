"""Snapshots: saved whole in one transaction, and read back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from linkshot.errors import SnapshotNotFound
from linkshot.page.urls import site_of
from linkshot.store import saving
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.links import check_note
from linkshot.store.moments import from_micros
from linkshot.store.records import (
    BlobSource,
    NewSnapshot,
    Receipt,
    ResourceRecord,
    SavedSnapshot,
    SnapshotRecord,
)
from linkshot.store.staging import Staging, insert_staged
from linkshot.store.tag_paths import parse_tag
from linkshot.store.texts import storable

_SNAPSHOT = """
    SELECT snapshot.id, snapshot.link_id, snapshot.page_url, snapshot.title, snapshot.captured_at,
        snapshot.via, snapshot.status, snapshot.unchanged, tree.document, snapshot.receipt,
        tree.size, thumbnail.sha256, tree.reading_state
    FROM snapshot
    JOIN tree ON tree.id = snapshot.tree_id
    LEFT JOIN blob AS thumbnail ON thumbnail.id = snapshot.thumbnail_blob_id
"""
_RESOURCE = """
    SELECT blob.sha256, resource.extension, resource.url, resource.media_type, blob.size
    FROM snapshot
    JOIN resource ON resource.tree_id = snapshot.tree_id
    JOIN blob ON blob.id = resource.blob_id
    WHERE snapshot.id = ?
"""


def save_snapshot(library: Library, new: NewSnapshot) -> SavedSnapshot:
    """Keep a capture: blobs, link, snapshot, resources, tags and note, all or nothing.

    Large blobs are durable in their files before the transaction begins. A `capture_id` that is
    saved already answers what was saved then. A link in the trash comes out of it.

    Raises:
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid, NoteTooLong: nothing is kept.
        UploadInvalid: bytes of a blob are not those of its hash; nothing is kept.
        BlobMissing: a resource's bytes are neither in the library nor in `blobs`.
        DiskFull, LibraryLocked, LibraryReadOnly: nothing is kept.
    """
    saved = find_saved(library, new.capture_id)
    if saved is not None:
        return saved
    for tag in new.tags:
        parse_tag(tag)
    check_note(new.note)
    new = msgspec.structs.replace(new, title=storable(new.title), note=storable(new.note))
    site = site_of(new.url)
    base = saving.last_document(library.database, new.url)
    base = base or saving.site_document(library.database, site)
    staged = Staging(library.blobs, _with_base(new, base)).stage()
    with library.transaction():
        saved = find_saved(library, new.capture_id)
        if saved is not None:
            return saved
        stored_bytes = insert_staged(library.blobs, staged)
        return saving.insert_snapshot(library, new, site, stored_bytes)


def repeat_snapshot(  # noqa: PLR0913 - what the wire's short message holds, all by keyword
    library: Library,
    *,
    url: str,
    digest: str,
    capture_id: str,
    page_url: str,
    captured_at: dt.datetime,
    tags: Sequence[str],
    note: str,
) -> SavedSnapshot | None:
    """A new version of unchanged content; None where the link's last snapshot is another.

    Raises:
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid, NoteTooLong: nothing is kept.
    """
    for tag in tags:
        parse_tag(tag)
    check_note(note)
    with library.transaction():
        saved = find_saved(library, capture_id)
        if saved is not None:
            return saved
        last = saving.last_snapshot(library.database, url)
        if last is None or last.digest != digest:
            return None
        repeated = saving.Repeat(
            capture_id=capture_id,
            page_url=page_url,
            captured_at=captured_at,
            tags=list(tags),
            note=note,
        )
        return saving.insert_repeat(library, last, repeated)


def find_saved(library: Library, capture_id: str) -> SavedSnapshot | None:
    """What was saved under this capture id, or None."""
    return saving.saved_snapshot(library.database, capture_id)


def get_snapshot(library: Library, snapshot_id: int) -> SnapshotRecord:
    """One snapshot.

    Raises:
        SnapshotNotFound: no snapshot has this id.
    """
    row = library.database.row(f"{_SNAPSHOT} WHERE snapshot.id = ?", (snapshot_id,))
    if row is None:
        raise SnapshotNotFound(snapshot=snapshot_id)
    return snapshot_record(row)


def list_snapshots(library: Library, link_id: int) -> list[SnapshotRecord]:
    """A link's snapshots, newest first."""
    rows = library.database.rows(
        f"{_SNAPSHOT} WHERE snapshot.link_id = ?"
        " ORDER BY snapshot.captured_at DESC, snapshot.id DESC",
        (link_id,),
    )
    return [snapshot_record(row) for row in rows]


def snapshots_where(
    database: Database, condition: str, values: Sequence[object]
) -> list[SnapshotRecord]:
    """Snapshots of a condition on `snapshot` and `tree`."""
    return [snapshot_record(row) for row in database.rows(f"{_SNAPSHOT} {condition}", values)]


def list_resources(library: Library, snapshot_id: int) -> list[ResourceRecord]:
    """All that the snapshot is made of, in the order in which it was saved."""
    rows = library.database.rows(f"{_RESOURCE} ORDER BY resource.position", (snapshot_id,))
    return [_resource_record(row) for row in rows]


def find_resource(library: Library, snapshot_id: int, name: str) -> ResourceRecord | None:
    """The snapshot's resource of this name, or None."""
    sha256, _, extension = name.partition(".")
    try:
        digest = bytes.fromhex(sha256)
    except ValueError:
        return None
    row = library.database.row(
        f"{_RESOURCE} AND blob.sha256 = ? AND resource.extension = ?"
        " ORDER BY resource.position LIMIT 1",
        (snapshot_id, digest, extension),
    )
    return _resource_record(row) if row else None


def set_thumbnail(library: Library, snapshot_id: int, media_type: str, data: bytes) -> None:
    """Keep a small picture of the page with its snapshot.

    Raises:
        SnapshotNotFound: no snapshot has this id.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    source = BlobSource(sha256=sha256, media_type=media_type, data=data)
    staged = Staging(library.blobs, [source]).stage()
    with library.transaction():
        insert_staged(library.blobs, staged)
        changed = library.database.run(
            "UPDATE snapshot SET thumbnail_blob_id = ?, thumbnail_media_type = ? WHERE id = ?",
            (library.blobs.row(sha256).blob_id, media_type, snapshot_id),
        )
        if not changed:
            raise SnapshotNotFound(snapshot=snapshot_id)


def get_thumbnail(library: Library, snapshot_id: int) -> tuple[str, bytes] | None:
    """Media type and bytes of the snapshot's picture, or None where it has none."""
    row = library.database.row(
        """
        SELECT snapshot.thumbnail_media_type, blob.sha256
        FROM snapshot
        JOIN blob ON blob.id = snapshot.thumbnail_blob_id
        WHERE snapshot.id = ?
        """,
        (snapshot_id,),
    )
    if row is None:
        return None
    return row[0], library.blobs.read(bytes(row[1]).hex())


def _with_base(new: NewSnapshot, base: str | None) -> list[BlobSource]:
    """The sources, the top document stored against one that is likely to be like it."""
    document = new.document.partition(".")[0]
    return [
        msgspec.structs.replace(source, base_sha256=base)
        if base and source.sha256 == document and source.base_sha256 is None
        else source
        for source in new.blobs
    ]


def snapshot_record(row: Sequence[Any]) -> SnapshotRecord:
    """The record of a row of the columns above."""
    return SnapshotRecord(
        snapshot_id=row[0],
        link_id=row[1],
        page_url=row[2],
        title=row[3],
        captured_at=from_micros(row[4]),
        via=row[5],
        status=row[6],
        unchanged=bool(row[7]),
        document=row[8],
        receipt=msgspec.json.decode(row[9], type=Receipt),
        size=row[10],
        thumbnail=bytes(row[11]).hex() if row[11] else None,
        read=row[12] == "read",
    )


def _resource_record(row: Sequence[Any]) -> ResourceRecord:
    sha256 = bytes(row[0]).hex()
    return ResourceRecord(
        name=f"{sha256}.{row[1]}" if row[1] else sha256,
        url=row[2],
        sha256=sha256,
        media_type=row[3],
        size=row[4],
    )
