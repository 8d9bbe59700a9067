"""Whole files on their way to a save: packed where that helps, and made durable, while others come.

Whoever adds a file vouches for its hash: it was taken while the bytes came, in this process. The
save then neither reads the file again nor waits for the disk. What is known here ends with the
process; a later one checks for itself.
"""

from __future__ import annotations

import contextlib
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from linkshot.store.blob_files import new_staging_path, remove_staged, sync_file
from linkshot.store.packing import is_packed, pack_stream, read_file_pieces

_WORKERS = 4


class _Identity(NamedTuple):
    """What changes when somebody else puts another file there."""

    inode: int
    size: int
    modified_ns: int


class _Waiting(NamedTuple):
    sha256: str
    identity: _Identity
    packed: Future[Path | None]


class Arrival(NamedTuple):
    """A file whose hash is known; `packed` holds its bytes compressed, where that saves.

    `is_durable` speaks of the one that is to be kept.
    """

    packed: Path | None
    is_durable: bool


class Arrivals:
    """The files of one library that have come whole and are not saved yet."""

    def __init__(self, folder: Path) -> None:
        """Packed files are staged below `folder`; no thread runs before the first file."""
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
            packed = self._pool.submit(_prepare, path, self._folder, media_type)
            self._files[path] = _Waiting(sha256, identity, packed)

    def find(self, path: Path, sha256: str) -> Arrival | None:
        """The file, once it is ready; None where nobody vouches for it or it is another by now."""
        with self._lock:
            waiting = self._files.get(path)
        if waiting is None or waiting.sha256 != sha256 or waiting.identity != _identity(path):
            return None
        try:
            packed = waiting.packed.result()
        except OSError:
            return Arrival(None, is_durable=False)  # The save meets the same fault and names it.
        if packed is not None and not packed.is_file():
            return None  # A save that failed has used it up.
        return Arrival(packed, is_durable=True)

    def forget(self, path: Path) -> None:
        """Let go of a file that is saved or dropped, and of what was packed from it."""
        with self._lock:
            waiting = self._files.pop(path, None)
        if waiting is None:
            return
        waiting.packed.add_done_callback(_remove_packed)
        waiting.packed.cancel()


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Identity(found.st_ino, found.st_size, found.st_mtime_ns)


def _prepare(path: Path, folder: Path, media_type: str) -> Path | None:
    if not is_packed(media_type):
        packed = new_staging_path(folder)
        try:
            if _pack(path, packed):
                return packed
        except BaseException:
            remove_staged(packed)
            raise
        remove_staged(packed)
    sync_file(path)
    return None


def _pack(path: Path, packed: Path) -> bool:
    """Compress a file and make the result durable; False where that does not save."""
    size = path.stat().st_size
    with packed.open("wb") as target:
        pack_stream(read_file_pieces(path), size, target)
        if target.tell() >= size:
            return False
        target.flush()
        os.fsync(target.fileno())
    return True


def _remove_packed(done: Future[Path | None]) -> None:
    if done.cancelled():
        return
    with contextlib.suppress(OSError):
        if packed := done.result():
            remove_staged(packed)
