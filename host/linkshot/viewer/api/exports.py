"""A snapshot as one HTML file, or as the file that it is, handed to the browser as a download."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from urllib.parse import quote

from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import wrap_file

from linkshot.formats.html import write_html
from linkshot.formats.kinds import exported_type
from linkshot.page.media import extension_for
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.filenames import file_name


def export_snapshot(viewer: Viewer, request: Request, snapshot_id: int) -> Response:
    """The file. It is written whole before any of it is sent: what fails is an error, not half a file."""
    record = get_snapshot(viewer.library, snapshot_id)
    with ExitStack() as opened:
        # Its name is gone already, or goes when it is closed, which the end of the reply does.
        stream = opened.enter_context(tempfile.TemporaryFile(dir=viewer.files))
        size = write_html(viewer.library, snapshot_id, stream)
        stream.seek(0)
        opened.pop_all()
    media_type = exported_type(viewer.library, snapshot_id)
    extension = extension_for(media_type)
    reply = Response(
        wrap_file(request.environ, stream), content_type=media_type, direct_passthrough=True
    )
    reply.headers["Content-Length"] = str(size)
    name = quote(file_name(record, extension), safe="")
    reply.headers["Content-Disposition"] = (
        f"attachment; filename=\"snapshot-{snapshot_id}.{extension}\"; filename*=UTF-8''{name}"
    )
    reply.headers["Cache-Control"] = "no-store"
    return reply


ROUTES = (("GET", "/api/snapshots/<int:snapshot_id>/export", export_snapshot),)
