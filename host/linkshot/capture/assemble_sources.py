"""The bytes of a capture, wherever they are: sent now, or in the library already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from linkshot.capture.plan import bytes_of
from linkshot.errors import BlobMissing
from linkshot.store.blobs import BlobStore


class Sources:
    """Reads bytes by hash; large ones stay files until they are asked for."""

    def __init__(self, sources: Mapping[str, bytes | Path], blobs: BlobStore) -> None:
        """Keep both places; nothing is read yet."""
        self._sources = sources
        self._blobs = blobs

    def require(self, sha256s: Iterable[str]) -> None:
        """Make sure that every one can be read.

        Raises:
            BlobMissing: one is in neither place.
        """
        absent = {sha256 for sha256 in sha256s if sha256 not in self._sources}
        for sha256 in sorted(absent - self._blobs.known(absent)):
            raise BlobMissing(sha256=sha256)

    def sent(self, sha256: str) -> bytes | Path | None:
        """What came with the capture; None where only the library has it."""
        return self._sources.get(sha256)

    def read(self, sha256: str) -> bytes:
        """All bytes of one."""
        source = self._sources.get(sha256)
        if source is None:
            return self._blobs.read(sha256)
        return bytes_of(source)

    def head(self, sha256: str) -> bytes:
        """The first bytes of one that was sent, enough to tell its type; b"" for one that was not."""
        source = self._sources.get(sha256)
        if isinstance(source, Path):
            with source.open("rb") as stream:
                return stream.read(512)
        return source[:512] if source else b""

    def total_bytes(self) -> int:
        """How much came with the capture."""
        return sum(
            len(source) if isinstance(source, bytes) else source.stat().st_size
            for source in self._sources.values()
        )
