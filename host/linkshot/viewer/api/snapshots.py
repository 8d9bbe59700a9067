"""One snapshot: its record with the receipt, and what it says as plain text."""

from __future__ import annotations

import msgspec
from werkzeug.wrappers import Request

from linkshot.page.reading import Policy
from linkshot.store.readings import get_reading
from linkshot.store.records import SnapshotRecord
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot's reading without its HTML; all empty while it has not been read."""

    title: str = ""
    text: str = ""
    author: str = ""
    published: str = ""
    site: str = ""
    lang: str = ""
    keywords: list[str] = []
    policy: Policy | None = None


def show_snapshot(viewer: Viewer, request: Request, snapshot_id: int) -> SnapshotRecord:
    """The record of one snapshot."""
    return get_snapshot(viewer.library, snapshot_id)


def show_text(viewer: Viewer, request: Request, snapshot_id: int) -> Text:
    """What the snapshot says."""
    get_snapshot(viewer.library, snapshot_id)
    reading = get_reading(viewer.library, snapshot_id)
    if reading is None:
        return Text()
    return Text(
        title=reading.title,
        text=reading.text,
        author=reading.author,
        published=reading.published,
        site=reading.site,
        lang=reading.lang,
        keywords=reading.keywords,
        policy=reading.policy,
    )


ROUTES = (
    ("GET", "/api/snapshots/<int:snapshot_id>", show_snapshot),
    ("GET", "/api/snapshots/<int:snapshot_id>/text", show_text),
)
