"""A snapshot as one HTML file, handed to the browser as a download."""

from __future__ import annotations

import re
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from linkshot.formats.html import export_html
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer

# What Windows does not take in a file's name, and what any system would rather not see.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
MAX_NAME_CHARACTERS = 80


def export_snapshot(viewer: Viewer, request: Request, snapshot_id: int) -> Response:
    """The file; its name begins with the day, so that versions sort."""
    record = get_snapshot(viewer.library, snapshot_id)
    reply = Response(export_html(viewer.library, snapshot_id), content_type="text/html")
    title = UNFIT.sub(" ", record.title).strip(" .")[:MAX_NAME_CHARACTERS].strip()
    name = f"{record.captured_at:%Y-%m-%d} {title or snapshot_id}.html"
    reply.headers["Content-Disposition"] = (
        f"attachment; filename=\"snapshot-{snapshot_id}.html\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    reply.headers["Cache-Control"] = "no-store"
    return reply


ROUTES = (("GET", "/api/snapshots/<int:snapshot_id>/export", export_snapshot),)
