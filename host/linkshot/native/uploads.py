"""Captures under way: which bytes have come, where they are, which are still wanted.

Small blobs wait in memory, up to a bound; the others are files in
`<library>/incoming/<capture id>/<sha256>.<owner>`, where the next host finds them and makes them its
own by renaming. Used by one thread.
"""

from __future__ import annotations

import contextlib
import math
import re
import secrets
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from linkshot.capture.plan import CapturePlan, PlannedDocument, PlannedResource
from linkshot.errors import LibraryError, MessageInvalid, UploadInvalid, UploadUnknown
from linkshot.native.incoming import IncomingBlob
from linkshot.page.media import media_type_of
from linkshot.store.blob_files import INCOMING
from linkshot.store.database import named_os_failure

SMALL_BYTES = 128 * 1024
MEMORY_BYTES = 32 * 1024 * 1024
MAX_OPEN = 16
STALE_SECONDS = 7 * 24 * 3600
_HASH = re.compile("[0-9a-f]{64}")

Need = list[tuple[int, int]]
Wanted = dict[str, tuple[int, int]]


class WholeFile(NamedTuple):
    """A file whose bytes have been found to have the hash."""

    path: Path
    sha256: str
    media_type: str


class Upload:
    """One capture: its plan and the blobs that the library lacks, by hash."""

    def __init__(self, plan: CapturePlan, folder: Path) -> None:
        """Start empty; `folder` is for the large blobs."""
        self.plan = plan
        self.folder = folder
        self.blobs: dict[str, IncomingBlob] = {}
        self._media_types = {planned.sha256: planned.media_type for planned in plan.resources}

    @property
    def memory_bytes(self) -> int:
        """What the announced blobs without a file take, once they are here."""
        return sum(blob.size for blob in self.blobs.values() if blob.path is None)

    def whole_file(self, sha256: str) -> WholeFile | None:
        """A resource that came whole into a file; None for any other blob."""
        blob, media_type = self.blobs.get(sha256), self._media_types.get(sha256)
        if blob is None or blob.path is None or media_type is None or not blob.is_whole:
            return None
        return WholeFile(blob.path, sha256, media_type_of(media_type))

    def sources(self) -> dict[str, bytes | Path]:
        """Every blob's bytes or file.

        Raises:
            UploadInvalid: a blob is not whole yet, or its file has gone.
        """
        for blob in self.blobs.values():
            if not blob.is_whole or not blob.is_intact:
                reason = f"only {blob.received} of {blob.size} bytes are here"
                raise UploadInvalid(sha256=blob.sha256, reason=reason)
        return {sha256: blob.source for sha256, blob in self.blobs.items()}


class Uploads:
    """The captures under way in this process, over one library's `incoming` folder."""

    def __init__(self, library_dir: Path) -> None:
        """Touch nothing yet."""
        self.library_dir = library_dir
        self._open: dict[str, Upload] = {}
        self._owner = secrets.token_hex(4)

    def begin(self, plan: CapturePlan, known: Collection[str]) -> Need:
        """Open an upload, or take one up again; return what to send, from which offset.

        `known` are hashes that the library has already; documents are wanted all the same.

        Raises:
            MessageInvalid: the plan announces two sizes for one hash.
            LibraryError: the disk does not take it.
        """
        previous = self._open.pop(plan.capture_id, None)
        while len(self._open) >= MAX_OPEN:
            del self._open[next(iter(self._open))]  # the oldest: its files stay for a next begin
        upload = Upload(plan, self.folder_of(plan.capture_id))
        wanted = _wanted(plan, known)
        try:
            self._open_blobs(upload, wanted, previous.blobs if previous else {})
        except OSError as error:
            raise _coded(self.library_dir, error) from error
        self._open[plan.capture_id] = upload
        blobs = [(index, upload.blobs[sha256]) for sha256, (index, _) in wanted.items()]
        return [(index, blob.received) for index, blob in blobs if not blob.is_whole]

    def find(self, capture_id: str) -> Upload:
        """Return an upload begun in this process.

        Raises:
            UploadUnknown: it was not begun here.
        """
        upload = self._open.get(capture_id)
        if upload is None:
            raise UploadUnknown(capture_id=capture_id)
        return upload

    def write(self, capture_id: str, sha256: str, offset: int, data: bytes) -> int:
        """Add bytes to a blob and return how many of it are here.

        Raises:
            UploadUnknown, UploadInvalid: the bytes do not fit what was announced.
            LibraryError: the disk does not take them.
        """
        blob = self.find(capture_id).blobs.get(sha256)
        if blob is None:
            raise UploadInvalid(sha256=sha256, reason="the plan does not announce it")
        try:
            return blob.write(offset, data)
        except OSError as error:
            raise _coded(self.library_dir, error) from error

    def folder_of(self, capture_id: str) -> Path:
        """Where a capture's large blobs come to stand."""
        return self.library_dir / INCOMING / capture_id

    def files_of(self, capture_id: str) -> list[Path]:
        """A capture's files, as far as this process has brought them."""
        upload = self._open.get(capture_id)
        return [blob.path for blob in upload.blobs.values() if blob.path] if upload else []

    def drop(self, capture_id: str) -> None:
        """Forget a capture and its bytes, from this process or an earlier one."""
        self._open.pop(capture_id, None)
        shutil.rmtree(self.folder_of(capture_id), ignore_errors=True)

    def _open_blobs(self, upload: Upload, wanted: Wanted, earlier: dict[str, IncomingBlob]) -> None:
        room = MEMORY_BYTES - sum(other.memory_bytes for other in self._open.values())
        left_behind = _files_by_hash(upload.folder)
        for sha256, (_, size) in wanted.items():
            blob = earlier.get(sha256)
            if blob is None or blob.size != size or not blob.is_intact:
                is_small = size <= min(SMALL_BYTES, room)
                path = None if is_small else upload.folder / f"{sha256}.{self._owner}"
                if path is not None:
                    upload.folder.mkdir(parents=True, exist_ok=True)
                    _take_over(left_behind.get(sha256), path)
                blob = IncomingBlob(sha256, size, path)
            room -= blob.size if blob.path is None else 0
            upload.blobs[sha256] = blob


def _wanted(plan: CapturePlan, known: Collection[str]) -> Wanted:
    """Each hash to be sent, once, with the number of its first blob and its size."""
    wanted: Wanted = {}
    announced: list[PlannedDocument | PlannedResource] = [*plan.documents, *plan.resources]
    for index, planned in enumerate(announced):
        if index >= len(plan.documents) and planned.sha256 in known:
            continue
        _, size = wanted.setdefault(planned.sha256, (index, planned.size))
        if size != planned.size:
            raise MessageInvalid(reason=f"the plan has two sizes for {planned.sha256}")
    return wanted


def _files_by_hash(folder: Path) -> dict[str, Path]:
    """What an earlier host left behind, or one that another browser still runs."""
    if not folder.is_dir():
        return {}
    return {path.name.partition(".")[0]: path for path in sorted(folder.iterdir())}


def _take_over(left_behind: Path | None, path: Path) -> None:
    """Make another host's file our own; should that host live, it finds it gone and asks again.

    So no file is ever written by two processes.
    """
    if left_behind is not None and left_behind != path:
        with contextlib.suppress(FileNotFoundError):  # yet another host was faster
            left_behind.replace(path)


def _coded(library_dir: Path, error: OSError) -> LibraryError:
    named = named_os_failure(error, library_dir)
    return named or LibraryError(path=library_dir, reason=error.strerror or str(error))


def brought_hashes(folder: Path) -> list[str]:
    """The hashes of the files that an upload has brought into its folder, in any process."""
    return [name for name in _files_by_hash(folder) if _HASH.fullmatch(name)]


def stale_folders(library_dir: Path, now: float) -> list[Path]:
    """What uploads left behind that nobody has touched for a week.

    The extension keeps a capture in its outbox until it is saved, so nothing is lost with them.
    """
    return [
        folder
        for folder in sorted((library_dir / INCOMING).glob("*"))
        if now - _touched_at(folder) > STALE_SECONDS
    ]


def _touched_at(folder: Path) -> float:
    try:
        return max(path.stat().st_mtime for path in [folder, *folder.iterdir()])
    except OSError:
        return math.inf  # another host is just removing it
