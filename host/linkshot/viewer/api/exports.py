"""A snapshot as one HTML file, handed to the browser as a download."""

from __future__ import annotations

from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from linkshot.formats.html import export_html
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.filenames import file_name


def export_snapshot(viewer: Viewer, request: Request, snapshot_id: int) -> Response:
    """The file."""
    record = get_snapshot(viewer.library, snapshot_id)
    reply = Response(export_html(viewer.library, snapshot_id), content_type="text/html")
    name = quote(file_name(record, "html"), safe="")
    reply.headers["Content-Disposition"] = (
        f"attachment; filename=\"snapshot-{snapshot_id}.html\"; filename*=UTF-8''{name}"
    )
    reply.headers["Cache-Control"] = "no-store"
    return reply


ROUTES = (("GET", "/api/snapshots/<int:snapshot_id>/export", export_snapshot),)
