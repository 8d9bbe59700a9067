"""One self-contained HTML file out of a snapshot: every resource as a data: address."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from linkshot.errors import OutputUnwritable
from linkshot.formats.html_inline import Inliner
from linkshot.store.library import Library
from linkshot.store.snapshots import get_snapshot


def export_html(library: Library, snapshot_id: int) -> bytes:
    """The snapshot as one HTML file (or SVG, PDF … where that is what was kept).

    It runs nothing and asks for nothing: a Content-Security-Policy in it forbids both.

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
        OutputUnwritable: the place cannot be written.
    """
    pieces = _pieces(library, snapshot_id)
    if not isinstance(output, Path):
        return sum(output.write(piece) for piece in pieces)
    try:
        return _write_whole(output, pieces)
    except OSError as error:
        raise OutputUnwritable(path=output, reason=error.strerror or str(error)) from error


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
