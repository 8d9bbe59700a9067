"""The rows of one saved snapshot; every call runs inside its caller's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple, cast

import msgspec

from linkshot.errors import BlobMissing
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.links import restore_link
from linkshot.store.moments import from_micros, now_micros, to_micros
from linkshot.store.records import NewSnapshot, Receipt, ResourceRecord, SavedSnapshot, Via
from linkshot.store.search.index import refresh_link
from linkshot.store.sorting import sort_key
from linkshot.store.sparse import sparse_json
from linkshot.store.tag_paths import parse_tag
from linkshot.store.tag_rows import ensure_tag, give_tags, tags_of


class LastSnapshot(NamedTuple):
    """A link's last snapshot, as far as the next one needs it."""

    link_id: int
    tree_id: int
    digest: str
    title: str
    via: Via
    status: int | None
    receipt: bytes


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """A capture that found what was there before."""

    capture_id: str
    page_url: str
    captured_at: dt.datetime
    tags: list[str]
    note: str


class _Version(NamedTuple):
    link_id: int
    tree_id: int
    capture_id: str
    page_url: str
    title: str
    captured_at: int
    via: str
    status: int | None
    digest: str
    unchanged: bool
    receipt: bytes


def insert_snapshot(
    library: Library, new: NewSnapshot, site: str, stored_bytes: int
) -> SavedSnapshot:
    """Write link, tree, resources, snapshot, tags and note; the answer to the save."""
    database = library.database
    last = last_snapshot(database, new.url)
    unchanged = last is not None and last.digest == new.digest
    captured_at = to_micros(new.captured_at)
    link_id = last.link_id if last else _ensure_link(database, new, site, captured_at)
    counts = msgspec.structs.replace(new.receipt.bytes, stored=stored_bytes)
    receipt = msgspec.structs.replace(new.receipt, bytes=counts)
    version = _Version(
        link_id=link_id,
        tree_id=_insert_tree(library, new),
        capture_id=new.capture_id,
        page_url=new.page_url,
        title=new.title,
        captured_at=captured_at,
        via=new.via,
        status=new.status,
        digest=new.digest,
        unchanged=unchanged,
        receipt=sparse_json(receipt),
    )
    return _insert_version(database, version, new.tags, new.note)


def insert_repeat(library: Library, last: LastSnapshot, repeat: Repeat) -> SavedSnapshot:
    """Write a version that shares the last one's tree."""
    receipt = msgspec.json.decode(last.receipt, type=Receipt)
    counts = msgspec.structs.replace(receipt.bytes, sent=0, stored=0)
    version = _Version(
        link_id=last.link_id,
        tree_id=last.tree_id,
        capture_id=repeat.capture_id,
        page_url=repeat.page_url,
        title=last.title,
        captured_at=to_micros(repeat.captured_at),
        via=last.via,
        status=last.status,
        digest=last.digest,
        unchanged=True,
        receipt=sparse_json(msgspec.structs.replace(receipt, bytes=counts)),
    )
    return _insert_version(library.database, version, repeat.tags, repeat.note)


def last_snapshot(database: Database, url: str) -> LastSnapshot | None:
    """The last snapshot of the link with this address."""
    row = database.row(
        """
        SELECT snapshot.link_id, snapshot.tree_id, snapshot.digest, snapshot.title, snapshot.via,
            snapshot.status, snapshot.receipt
        FROM link
        JOIN snapshot ON snapshot.id = link.last_snapshot_id
        WHERE link.url = ?
        """,
        (url,),
    )
    return LastSnapshot(*row) if row else None


def last_document(database: Database, url: str) -> str | None:
    """Hash of the top document of the link's last snapshot."""
    found = database.value(
        """
        SELECT blob.sha256
        FROM link
        JOIN snapshot ON snapshot.id = link.last_snapshot_id
        JOIN tree ON tree.id = snapshot.tree_id
        JOIN blob ON blob.id = tree.document_blob_id
        WHERE link.url = ?
        """,
        (url,),
    )
    return bytes(found).hex() if found else None


def site_document(database: Database, site: str) -> str | None:
    """The hash of a document of the same site, which shares its frame with others; None: no such.

    It is one that stands by itself, so that a site's pages hang on one document, not on each other.
    """
    found = database.value(
        """
        WITH RECURSIVE chain (sha256, base_id, lost) AS (
            SELECT * FROM (
                SELECT blob.sha256, blob.base_id, blob.lost
                FROM link
                JOIN snapshot ON snapshot.id = link.last_snapshot_id
                JOIN tree ON tree.id = snapshot.tree_id
                JOIN blob ON blob.id = tree.document_blob_id
                WHERE link.trashed_at IS NULL AND link.site = ?
                ORDER BY link.last_captured_at DESC
                LIMIT 1
            )
            UNION ALL
            SELECT blob.sha256, blob.base_id, blob.lost
            FROM chain
            JOIN blob ON blob.id = chain.base_id
        )
        SELECT sha256
        FROM chain
        WHERE base_id IS NULL AND lost = 0
        """,
        (site,),
    )
    return bytes(found).hex() if found and site else None


def saved_snapshot(database: Database, capture_id: str) -> SavedSnapshot | None:
    """The answer that a save of this capture gave; tags as they are now."""
    row = database.row(
        """
        SELECT link.id, snapshot.id, link.url, snapshot.title, snapshot.captured_at, snapshot.via,
            snapshot.unchanged, snapshot.receipt
        FROM snapshot
        JOIN link ON link.id = snapshot.link_id
        WHERE snapshot.capture_id = ?
        """,
        (capture_id,),
    )
    if row is None:
        return None
    link_id, snapshot_id, url, title, captured_at, via, unchanged, receipt = row
    return SavedSnapshot(
        link_id=link_id,
        snapshot_id=snapshot_id,
        url=url,
        title=title,
        captured_at=from_micros(captured_at),
        via=cast(Via, via),
        unchanged=bool(unchanged),
        tags=tags_of(database, [link_id])[link_id],
        receipt=msgspec.json.decode(receipt, type=Receipt),
    )


def _ensure_link(database: Database, new: NewSnapshot, site: str, captured_at: int) -> int:
    found: int | None = database.value("SELECT id FROM link WHERE url = ?", (new.url,))
    if found is not None:
        return found
    made: int = database.value(
        """
        INSERT INTO link (
            url, title, title_key, site, dated_on, created_at, last_captured_at
        )
        VALUES (?, ?, ?, ?, ?, ?, ?)
        RETURNING id
        """,
        (
            new.url,
            new.title,
            sort_key(new.title),
            site,
            new.captured_at.astimezone().date().isoformat(),
            now_micros(),
            captured_at,
        ),
    )
    return made


def _insert_tree(library: Library, new: NewSnapshot) -> int:
    blob_ids = library.blobs.ids(resource.sha256 for resource in new.resources)
    for resource in new.resources:
        if resource.sha256 not in blob_ids:
            raise BlobMissing(sha256=resource.sha256)
    document_id = blob_ids.get(new.document.partition(".")[0])
    if document_id is None:
        raise BlobMissing(sha256=new.document.partition(".")[0])
    tree_id: int = library.database.value(
        "INSERT INTO tree (document, document_blob_id, size) VALUES (?, ?, ?) RETURNING id",
        (new.document, document_id, sum(resource.size for resource in new.resources)),
    )
    library.database.run_many(
        """
        INSERT INTO resource (tree_id, position, blob_id, extension, url, media_type)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
            (
                tree_id,
                position,
                blob_ids[resource.sha256],
                _extension(resource),
                resource.url,
                resource.media_type,
            )
            for position, resource in enumerate(new.resources)
        ],
    )
    return tree_id


def _extension(resource: ResourceRecord) -> str:
    return resource.name.partition(".")[2]


def _insert_version(
    database: Database, version: _Version, tags: Sequence[str], note: str
) -> SavedSnapshot:
    database.run(
        f"""
        INSERT INTO snapshot ({", ".join(_Version._fields)})
        VALUES ({", ".join("?" * len(_Version._fields))})
        """,  # noqa: S608 - our own names
        version,
    )
    _update_link(database, version, note)
    tag_ids = [ensure_tag(database, parse_tag(tag)) for tag in tags]
    restore_link(database, version.link_id)
    give_tags(database, version.link_id, tag_ids)
    refresh_link(database, version.link_id)
    saved = saved_snapshot(database, version.capture_id)
    assert saved is not None  # noqa: S101 - inserted above
    return saved


def _update_link(database: Database, version: _Version, note: str) -> None:
    """Count the version; the newest by its own moment is the one the link shows.

    A note given with a later capture is added below the one there is.
    """
    last_id, title, captured_at = database.rows(
        """
        SELECT id, title, captured_at
        FROM snapshot
        WHERE link_id = ?
        ORDER BY captured_at DESC, id DESC
        LIMIT 1
        """,
        (version.link_id,),
    )[0]
    database.run(
        """
        UPDATE link
        SET snapshots = snapshots + 1,
            last_snapshot_id = ?,
            last_captured_at = ?,
            title = ?,
            title_key = ?,
            note = CASE
                WHEN instr(note, ?) THEN note
                WHEN note = '' THEN ?
                ELSE note || char(10) || ?
            END
        WHERE id = ?
        """,
        (last_id, captured_at, title, sort_key(title), note, note, note, version.link_id),
    )
