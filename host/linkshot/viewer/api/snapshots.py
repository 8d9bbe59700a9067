"""One snapshot: its record with the receipt, and what it says as plain text."""

from __future__ import annotations

import msgspec
from werkzeug.wrappers import Request

from linkshot.page.reading import Reading
from linkshot.store.readings import get_reading
from linkshot.store.records import SnapshotRecord
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer


def show_snapshot(viewer: Viewer, request: Request, snapshot_id: int) -> SnapshotRecord:
    """The record of one snapshot."""
    return get_snapshot(viewer.library, snapshot_id)


def show_text(viewer: Viewer, request: Request, snapshot_id: int) -> Reading:
    """What the snapshot says, without HTML; all empty while it has not been read."""
    get_snapshot(viewer.library, snapshot_id)
    reading = get_reading(viewer.library, snapshot_id) or Reading()
    return msgspec.structs.replace(reading, html="")


ROUTES = (
    ("GET", "/api/snapshots/<int:snapshot_id>", show_snapshot),
    ("GET", "/api/snapshots/<int:snapshot_id>/text", show_text),
)
