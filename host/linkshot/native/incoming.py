"""One blob on its way in: its bytes in memory or in a file, as far as they have come.

The file's length says how far an upload has come, so that the next host can go on after a killed
one. Bytes are only ever added at their place, so a write cut short leaves nothing wrong behind. The
hash is taken while bytes arrive; those of an earlier process are read once more.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from linkshot.errors import UploadInvalid

READ_BYTES = 1024 * 1024


class IncomingBlob:
    """Announced by a plan with its hash and size; `received` bytes of it are here.

    With a `path` the bytes go to that file, else they stay in memory.
    """

    def __init__(self, sha256: str, size: int, path: Path | None) -> None:
        """Take up what an earlier host left at `path`.

        Raises:
            UploadInvalid: no bytes are announced under a hash that is not of no bytes.
        """
        self.sha256 = sha256
        self.size = size
        self.path = path
        self.received = 0
        self.is_whole = False
        self._hash = hashlib.sha256()
        self._chunks: list[bytes] = []
        if path is not None and path.exists():
            self._resume(path)
        elif size == 0:
            self._close()

    @property
    def source(self) -> bytes | Path:
        """The whole blob: its bytes, or the file that may be moved away."""
        return b"".join(self._chunks) if self.path is None else self.path

    @property
    def is_intact(self) -> bool:
        """Whether the bytes received are still where they were put."""
        if self.path is None or self.received == 0:
            return True
        return self.path.is_file() and self.path.stat().st_size >= self.received

    def write(self, offset: int, data: bytes) -> int:
        """Add the next bytes and return how many are here; offset 0 begins again.

        Raises:
            UploadInvalid: bytes after a gap; or too many, or of another hash: the blob is dropped.
            OSError: the disk did not take them; the same bytes may be sent again.
        """
        if self.is_whole:
            return self.size
        if offset == 0 and self.received:
            self.drop()
        if offset != self.received:
            raise self._invalid(f"bytes at {offset} came when those at {self.received} were next")
        if offset + len(data) > self.size:
            self.drop()
            raise self._invalid(f"more than the announced {self.size} bytes")
        self._keep(data)
        self._hash.update(data)
        self.received += len(data)
        if self.received == self.size:
            self._close()
        return self.received

    def drop(self) -> None:
        """Forget the bytes received."""
        self.received = 0
        self.is_whole = False
        self._hash = hashlib.sha256()
        self._chunks = []
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _keep(self, data: bytes) -> None:
        if self.path is None:
            self._chunks.append(data)
            return
        try:
            file = self.path.open("r+b" if self.received else "wb", buffering=0)
        except FileNotFoundError as error:
            self.drop()
            raise self._invalid("its file has gone; another host took it over") from error
        with file:
            file.seek(self.received)
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]

    def _resume(self, path: Path) -> None:
        if path.stat().st_size > self.size:
            path.unlink()
            return
        with path.open("rb") as file:
            while chunk := file.read(READ_BYTES):
                self._hash.update(chunk)
                self.received += len(chunk)
        if self.received == self.size:
            if self._hash.hexdigest() == self.sha256:
                self.is_whole = True
            else:
                self.drop()

    def _close(self) -> None:
        if self._hash.hexdigest() != self.sha256:
            self.drop()
            raise self._invalid("its bytes have another hash")
        self.is_whole = True

    def _invalid(self, reason: str) -> UploadInvalid:
        return UploadInvalid(sha256=self.sha256, reason=reason)
