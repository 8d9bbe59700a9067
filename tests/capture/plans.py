"""Captures as a way in hands them on, made for tests."""

import datetime as dt
import hashlib
import uuid

from linkshot.capture.plan import CapturePlan, PlannedDocument, PlannedResource
from linkshot.store.snapshots import get_snapshot

PAGE = "http://e.com/d/p.html"


def capture_of(documents: dict[str, str], resources: dict[str, tuple[bytes, str]], **fields):
    """A plan and its bytes: documents by frame key, resources by address."""
    sources: dict[str, bytes] = {}

    def put(data: bytes) -> tuple[str, int]:
        sha256 = hashlib.sha256(data).hexdigest()
        sources[sha256] = data
        return sha256, len(data)

    planned = []
    for frame, html in documents.items():
        sha256, size = put(html.encode())
        planned.append(
            PlannedDocument(frame=frame, url=PAGE, base_url=PAGE, sha256=sha256, size=size)
        )
    used = []
    for url, (data, media_type) in resources.items():
        sha256, size = put(data)
        used.append(PlannedResource(url=url, sha256=sha256, size=size, media_type=media_type))
    plan = CapturePlan(
        capture_id=uuid.uuid4().hex,
        page_url=PAGE,
        title=fields.pop("title", " A  page "),
        captured_at=dt.datetime(2026, 5, 8, tzinfo=dt.UTC),
        via="tab",
        documents=planned,
        resources=used,
        **fields,
    )
    return plan, sources


def document_of(library, saved) -> str:
    """The top document as it is stored."""
    name = get_snapshot(library, saved.snapshot_id).document
    return library.blobs.read(name.partition(".")[0]).decode()
