"""One self-contained file out of a snapshot: an HTML page, every resource in it as a data: address."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from linkshot.errors import OutputMisnamed, OutputUnwritable
from linkshot.formats.html_inline import Inliner
from linkshot.formats.kinds import PAGE, exported_type
from linkshot.page.media import extension_for
from linkshot.store.library import Library
from linkshot.store.snapshots import get_snapshot

# By such a name a browser runs what it opens, whatever that is.
_PAGE_SUFFIXES = frozenset(
    [".html", ".htm", ".shtml", ".xhtml", ".xht", ".xml", ".svg", ".mht", ".mhtml"]
)


def export_html(library: Library, snapshot_id: int) -> bytes:
    """The snapshot as one HTML page, or the file that it is where no page can show it (see `kinds`).

    A page runs nothing and asks for nothing: a Content-Security-Policy in it forbids both.

    Raises:
        SnapshotNotFound: no snapshot has this id.
        BlobMissing, LibraryDamaged: its bytes are not all there.
    """
    return b"".join(_pieces(library, snapshot_id))


def write_html(library: Library, snapshot_id: int, output: Path | IO[bytes]) -> int:
    """Write what `export_html` answers, piece by piece; its size in bytes.

    A path gets its name only when all is written; a link leads to the file that it names.

    Raises:
        SnapshotNotFound, BlobMissing, LibraryDamaged: as `export_html`.
        OutputMisnamed: the snapshot is a file that a browser would take for a page by this name.
        OutputUnwritable: the place cannot be written.
    """
    pieces = _pieces(library, snapshot_id)
    if not isinstance(output, Path):
        return sum(output.write(piece) for piece in pieces)
    if output.suffix.lower() in _PAGE_SUFFIXES:
        _check_page(library, snapshot_id, output)
    try:
        return _write_whole(output, pieces)
    except OSError as error:
        raise OutputUnwritable(path=output, reason=error.strerror or str(error)) from error


def _check_page(library: Library, snapshot_id: int, output: Path) -> None:
    media_type = exported_type(library, snapshot_id)
    if media_type != PAGE:
        better = output.with_suffix(f".{extension_for(media_type)}").name
        raise OutputMisnamed(path=output, better=better)


def _pieces(library: Library, snapshot_id: int) -> Iterator[bytes]:
    snapshot = get_snapshot(library, snapshot_id)
    return Inliner(library, snapshot).pieces()


def _write_whole(path: Path, pieces: Iterator[bytes]) -> int:
    if path.exists() and not path.is_file():  # a device or a pipe, which a file in its place is not
        with path.open("wb") as stream:
            return sum(stream.write(piece) for piece in pieces)
    path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            size = sum(stream.write(piece) for piece in pieces)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return size


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
