"""Snapshots of a page that is a PDF: no sandboxed frame shows one, so its own viewer does."""

from __future__ import annotations

import shutil

import msgspec
from werkzeug.wrappers import Request

from linkshot.errors import ResourceNotFound
from linkshot.formats.kinds import pdf_of
from linkshot.page.media import PDF
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.filenames import file_name

MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024  # readers take a file whose header comes a little later


class FileFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The file that a snapshot is; `is_file` is false where it is a page."""

    is_file: bool
    name: str = ""
    size: int = 0


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a program took the file."""

    opened: bool


def show_file(viewer: Viewer, request: Request, snapshot_id: int) -> FileFacts:
    """What the snapshot is, where it is a file."""
    record = get_snapshot(viewer.library, snapshot_id)
    found = pdf_of(viewer.library, record)
    if found is None:
        return FileFacts(is_file=False)
    name = file_name(record, "pdf")
    return FileFacts(is_file=True, name=name, size=found.size)


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
