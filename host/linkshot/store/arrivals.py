"""Whole files on their way to a save: packed where that helps, and put in their places, while others come.

Whoever adds a file vouches for its hash: it was taken while the bytes came, in this process. The
save then neither reads the file again nor waits for the disk. What is known here ends with the
process; a later one checks for itself. A file in its place without a row means nothing yet: should
its upload be broken off, `BlobStore.sweep` removes it.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from linkshot.store.blob_files import (
    MAX_ROW_BYTES,
    file_name,
    file_path,
    new_staging_path,
    put_file_in_place,
    remove_staged,
)
from linkshot.store.packing import Coding, is_packed, pack_stream, read_file_pieces

# Most of them wait for the disk.
_WORKERS = 4


class _Identity(NamedTuple):
    """What changes when somebody else puts another file there."""

    inode: int
    size: int
    modified_ns: int


class Arrival(NamedTuple):
    """Where a file's bytes stand, in `coding`: in their place and durable, or too few for a file."""

    path: Path
    coding: Coding
    is_in_place: bool


class _Waiting(NamedTuple):
    sha256: str
    identity: _Identity
    arrival: Future[Arrival]


class Arrivals:
    """The files of one library that have come whole and are not saved yet."""

    def __init__(self, folder: Path) -> None:
        """Their places are below `folder`; no thread runs before the first file."""
        self._folder = folder
        self._files: dict[Path, _Waiting] = {}
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None

    def add(self, path: Path, sha256: str, media_type: str) -> None:
        """Take up a file whose bytes were found to have this hash; the caller does not wait."""
        identity = _identity(path)
        if identity is None:
            return
        with self._lock:
            had = self._files.get(path)
        if had is not None and (had.sha256, had.identity) == (sha256, identity):
            return
        self.forget(path)
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(_WORKERS, "arrivals")
            arrival = self._pool.submit(_prepare, path, sha256, media_type, self._folder)
            self._files[path] = _Waiting(sha256, identity, arrival)

    def find(self, path: Path, sha256: str) -> Arrival | None:
        """The file, once it is ready; None where nobody vouches for it or it is another by now."""
        with self._lock:
            waiting = self._files.get(path)
        if waiting is None or waiting.sha256 != sha256 or waiting.identity != _identity(path):
            return None
        try:
            arrival = waiting.arrival.result()
        except OSError:
            return None  # The save meets the same fault and names it.
        # A save that failed has used it up, or somebody swept it away.
        return arrival if arrival.path.is_file() else None

    def forget(self, path: Path) -> None:
        """Let go of a file that is saved or dropped; nothing is done with it any more afterwards."""
        with self._lock:
            waiting = self._files.pop(path, None)
        if waiting is None or waiting.arrival.cancel() or waiting.arrival.exception():
            return
        arrival = waiting.arrival.result()
        if not arrival.is_in_place:
            remove_staged(arrival.path)


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Identity(found.st_ino, found.st_size, found.st_mtime_ns)


def _prepare(path: Path, sha256: str, media_type: str, folder: Path) -> Arrival:
    packed = None if is_packed(media_type) else _pack(path, folder)
    coding: Coding = "plain" if packed is None else "zstd"
    if packed is not None and packed.stat().st_size <= MAX_ROW_BYTES:
        return Arrival(packed, coding, is_in_place=False)
    name = file_name(sha256, coding, None)
    try:
        put_file_in_place(packed or path, folder, name)
    finally:
        if packed is not None:
            remove_staged(packed)
    return Arrival(file_path(folder, name), coding, is_in_place=True)


def _pack(path: Path, folder: Path) -> Path | None:
    """A file's bytes compressed, under a staging name; None where that does not save."""
    size = path.stat().st_size
    packed = new_staging_path(folder)
    try:
        with packed.open("wb") as target:
            pack_stream(read_file_pieces(path), size, target)
            is_smaller = target.tell() < size
    except BaseException:
        remove_staged(packed)
        raise
    if is_smaller:
        return packed
    remove_staged(packed)
    return None
