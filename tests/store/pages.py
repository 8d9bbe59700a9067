"""Captures to put into a library."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from linkshot.page.reading import Reading
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.readings import save_reading
from linkshot.store.records import (
    BlobSource,
    NewSnapshot,
    Receipt,
    ResourceRecord,
    SavedSnapshot,
)
from linkshot.store.snapshots import save_snapshot

NOON = dt.datetime(2026, 5, 8, 12, tzinfo=dt.UTC)


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def new_snapshot(
    url: str = "https://example.org/a",
    html: bytes = b"<p>hello</p>",
    *,
    title: str = "A page",
    captured_at: dt.datetime = NOON,
    **more: object,
) -> NewSnapshot:
    """A capture of one document, with everything else as `more` says."""
    sha256 = sha256_of(html)
    document = ResourceRecord(
        name=f"{sha256}.html", url=url, sha256=sha256, media_type="text/html", size=len(html)
    )
    fields: dict[str, object] = {
        "capture_id": uuid.uuid4().hex,
        "url": url,
        "page_url": url,
        "title": title,
        "captured_at": captured_at,
        "via": "tab",
        "digest": sha256,
        "document": document.name,
        "resources": [document],
        "receipt": Receipt(kept=1),
        "blobs": [BlobSource(sha256=sha256, media_type="text/html", data=html)],
    }
    return NewSnapshot(**{**fields, **more})  # type: ignore[arg-type]


def keep(library: Library, url: str = "https://example.org/a", **more: object) -> SavedSnapshot:
    """A capture, saved."""
    return save_snapshot(library, new_snapshot(url, **more))  # type: ignore[arg-type]


def keep_text(library: Library, text: str, *, title: str = "", **more: object) -> int:
    """A page with this text, saved and read; the id of its link."""
    more.setdefault("url", f"https://example.org/{uuid.uuid4().hex}")
    saved = keep(library, html=text.encode(errors="replace"), title=title, **more)
    save_reading(library, saved.snapshot_id, Reading(title=title, text=text))
    return saved.link_id


def undo_ninth_schema(database: Database) -> None:
    """What `m0009_asked` brought is taken away, so that an older library can be made of a new one."""
    for column in ("keep_errors", "error_facts"):
        database.run(f"ALTER TABLE capture DROP COLUMN {column}")
