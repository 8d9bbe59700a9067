"""Snapshots that are files no frame shows: a PDF goes to its own viewer, an archive or an office document is saved."""

from __future__ import annotations

import shutil

import msgspec
from werkzeug.wrappers import Request

from linkshot.errors import ResourceNotFound
from linkshot.formats.kinds import PAGE, exported_resource, exported_type, pdf_of
from linkshot.page.media import PDF, extension_for
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.filenames import file_name

MAGIC = b"%PDF-"
# A frame has a player for these.
PLAYED = ("audio/", "video/")
MAGIC_WITHIN = 1024  # readers take a file whose header comes a little later


class FileFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The file that a snapshot is; `is_file` is false where it is a page or what a frame shows as one.

    Only what `opens` is handed to another program; a macro in a document from the web is not ours to start.
    """

    is_file: bool
    opens: bool = False
    name: str = ""
    size: int = 0


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a program took the file."""

    opened: bool


def show_file(viewer: Viewer, request: Request, snapshot_id: int) -> FileFacts:
    """What the snapshot is, where it is a file."""
    record = get_snapshot(viewer.library, snapshot_id)
    media_type = exported_type(viewer.library, snapshot_id)
    if media_type == PAGE or media_type.startswith(PLAYED):
        return FileFacts(is_file=False)
    return FileFacts(
        is_file=True,
        opens=media_type == PDF,
        name=file_name(record, extension_for(media_type)),
        size=exported_resource(viewer.library, record).size,
    )


def open_file(viewer: Viewer, request: Request, snapshot_id: int) -> Opened:
    """Write the file into this run's folder and show it in the default PDF viewer.

    Raises:
        ResourceNotFound: the snapshot is no PDF, or only says that it is one.
    """
    record = get_snapshot(viewer.library, snapshot_id)
    found = pdf_of(viewer.library, record)
    if found is None:
        raise ResourceNotFound(snapshot=snapshot_id, name=PDF)
    blobs = viewer.library.blobs
    with blobs.open(found.sha256) as source:
        if MAGIC not in source.read(MAGIC_WITHIN):
            raise ResourceNotFound(snapshot=snapshot_id, name=PDF)
    folder = viewer.files / str(snapshot_id)
    folder.mkdir(exist_ok=True)
    path = folder / file_name(record, "pdf")
    if not path.exists():
        with blobs.open(found.sha256) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
    return Opened(opened=viewer.open_file(path))


ROUTES = (
    ("GET", "/api/snapshots/<int:snapshot_id>/file", show_file),
    ("POST", "/api/snapshots/<int:snapshot_id>/file/open", open_file),
)
