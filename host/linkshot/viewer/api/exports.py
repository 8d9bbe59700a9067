"""A snapshot as one HTML file, or as the file that it is, handed to the browser as a download."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

import msgspec
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import wrap_file

from linkshot.formats.html import write_html
from linkshot.formats.kinds import exported_type
from linkshot.page.media import extension_for
from linkshot.store.database import named_os_failure
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.filenames import file_name


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """The file stands ready to be downloaded."""

    size: int


def prepare_export(viewer: Viewer, request: Request, snapshot_id: int) -> Prepared:
    """Write the file for the download that follows: of a download that fails, a window says nothing."""
    get_snapshot(viewer.library, snapshot_id)
    return Prepared(size=_written(viewer, snapshot_id).stat().st_size)


def export_snapshot(viewer: Viewer, request: Request, snapshot_id: int) -> Response:
    """The file. It is written whole before any of it is sent: what fails is an error, not half a file."""
    record = get_snapshot(viewer.library, snapshot_id)
    media_type = exported_type(viewer.library, snapshot_id)
    path = _written(viewer, snapshot_id)
    stream = path.open("rb")
    # Where an open file cannot be removed, it goes with the run.
    with contextlib.suppress(OSError):
        path.unlink()
    extension = extension_for(media_type)
    reply = Response(
        wrap_file(request.environ, stream), content_type=media_type, direct_passthrough=True
    )
    reply.headers["Content-Length"] = str(os.fstat(stream.fileno()).st_size)
    name = quote(file_name(record, extension), safe="")
    reply.headers["Content-Disposition"] = (
        f"attachment; filename=\"snapshot-{snapshot_id}.{extension}\"; filename*=UTF-8''{name}"
    )
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _written(viewer: Viewer, snapshot_id: int) -> Path:
    """The whole file; a snapshot never changes, so one that stands there already is right."""
    path = viewer.files / f"export-{snapshot_id}"
    if path.exists():
        return path
    try:
        handle, name = tempfile.mkstemp(dir=viewer.files)
        part = Path(name)
        try:
            with os.fdopen(handle, "w+b") as stream:
                write_html(viewer.library, snapshot_id, stream)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise named_os_failure(error, viewer.files) or error from error
    return path


ROUTES = (
    ("POST", "/api/snapshots/<int:snapshot_id>/export", prepare_export),
    ("GET", "/api/snapshots/<int:snapshot_id>/export", export_snapshot),
)
