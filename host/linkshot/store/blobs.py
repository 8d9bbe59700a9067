"""Bytes by their SHA-256: what is small stands in the database, what is large in files."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from linkshot.errors import BlobMissing, LibraryDamaged
from linkshot.errors.reasons import CONTENT_UNREADABLE
from linkshot.store.arrivals import Arrivals
from linkshot.store.blob_files import file_name, file_path, remove_staged
from linkshot.store.database import Database
from linkshot.store.packing import Coding, unpack, unpack_stream

_HASHES_AT_ONCE = 500


class BlobRow(NamedTuple):
    """How one blob is stored."""

    blob_id: int
    size: int
    coding: Coding
    depth: int
    in_file: bool
    base_sha256: str | None


class BlobStore:
    """The blobs of one library."""

    def __init__(self, folder: Path, database: Database) -> None:
        """Large blobs go below `folder`."""
        self.folder = folder
        self.arrivals = Arrivals(folder)
        self.database = database

    def known(self, sha256s: Iterable[str]) -> set[str]:
        """Those of the hashes that the library has."""
        return set(self.ids(sha256s))

    def ids(self, sha256s: Iterable[str]) -> dict[str, int]:
        """The row ids of those of the hashes whose bytes the library has."""
        wanted = [bytes.fromhex(sha256) for sha256 in set(sha256s)]
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _HASHES_AT_ONCE):
            part = wanted[start : start + _HASHES_AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self.database.rows(
                f"SELECT sha256, id FROM blob WHERE lost = 0 AND sha256 IN ({marks})",  # noqa: S608 - marks only
                part,
            )
            found.update((bytes(sha256).hex(), blob_id) for sha256, blob_id in rows)
        return found

    def size(self, sha256: str) -> int:
        """Length of the plain bytes.

        Raises:
            BlobMissing: the library has no such blob.
        """
        return self.row(sha256).size

    def read(self, sha256: str) -> bytes:
        """The plain bytes.

        Raises:
            BlobMissing: the library has no such blob, or its file is gone.
        """
        with self.open(sha256) as stream:
            return self._read_all(stream)

    def open(self, sha256: str) -> BinaryIO:
        """A stream of the plain bytes, to be closed by the caller.

        Raises:
            BlobMissing: the library has no such blob, or its file is gone.
        """
        row = self.row(sha256)
        base = self.read(row.base_sha256) if row.base_sha256 else None
        if not row.in_file:
            return BytesIO(self._unpack_row(row, sha256, base))
        path = file_path(self.folder, file_name(sha256, row.coding, row.base_sha256))
        try:
            stream = path.open("rb")
        except FileNotFoundError as error:
            raise BlobMissing(sha256=sha256) from error
        except OSError as error:
            raise self._damaged() from error
        return stream if row.coding == "plain" else unpack_stream(stream, base)

    def row(self, sha256: str) -> BlobRow:
        """How a blob is stored.

        Raises:
            BlobMissing: the library has no such blob.
        """
        row = self.find_row(sha256)
        if row is None:
            raise BlobMissing(sha256=sha256)
        return row

    def find_row(self, sha256: str) -> BlobRow | None:
        """How a blob is stored, or None where the library does not have it."""
        found = self.database.row(
            """
            SELECT blob.id, blob.size, blob.coding, blob.depth, blob.in_file, base.sha256
            FROM blob
            LEFT JOIN blob AS base ON base.id = blob.base_id
            WHERE blob.sha256 = ?
            """,
            (bytes.fromhex(sha256),),
        )
        if found is None:
            return None
        blob_id, size, coding, depth, in_file, base = found
        return BlobRow(
            blob_id, size, cast(Coding, coding), depth, bool(in_file), base and bytes(base).hex()
        )

    def sweep(self, sha256s: Iterable[str]) -> None:
        """Remove the files of these hashes that no row names: their upload was broken off.

        A save of the same bytes that is about to name one finds it gone inside its own transaction.
        """
        with self.database.transaction_of_writes():
            for sha256 in sha256s:
                row = self.find_row(sha256)
                named = row and row.in_file and file_name(sha256, row.coding, row.base_sha256)
                for path in file_path(self.folder, sha256).parent.glob(f"{sha256}*"):
                    if path.name != named:
                        remove_staged(path)

    def _unpack_row(self, row: BlobRow, sha256: str, base: bytes | None) -> bytes:
        data = self.database.value("SELECT data FROM blob_data WHERE blob_id = ?", (row.blob_id,))
        if data is None:
            raise BlobMissing(sha256=sha256)
        try:
            return unpack(bytes(data), row.coding, base)
        except Exception as error:
            raise self._damaged() from error

    def _read_all(self, stream: BinaryIO) -> bytes:
        try:
            return stream.read()
        except Exception as error:
            raise self._damaged() from error

    def _damaged(self) -> LibraryDamaged:
        return LibraryDamaged(path=self.folder.parent, reason=CONTENT_UNREADABLE)
