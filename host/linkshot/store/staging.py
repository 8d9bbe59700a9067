"""The blobs of one save: coded and made durable before the transaction that names them.

What fits in a row waits in memory up to a budget; the rest waits as files in their place, where those that
`arrivals` knows stand already. Files left by a save that never came to its transaction are harmless:
`health` removes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from linkshot.errors import BlobMissing, UploadInvalid
from linkshot.store.arrivals import Arrival
from linkshot.store.blob_files import (
    MAX_ROW_BYTES,
    StagedFile,
    file_name,
    file_path,
    new_staging_path,
    put_in_place,
    remove_staged,
    stage_file,
)
from linkshot.store.blobs import BlobStore
from linkshot.store.packing import (
    MAX_BASED_BYTES,
    Coding,
    is_packed,
    pack,
    pack_stream,
    read_pieces,
)
from linkshot.store.records import BlobSource

MAX_DEPTH = 8
_MEMORY_BUDGET = 32 * 1024 * 1024
# Stored against the root of its chain, a document must take less than this part of what it takes alone.
_ROOT_SAVES = 0.9


# Hash of the base, depth, coding, stored bytes.
_Packed = tuple[str | None, int, Coding, bytes]


@dataclass(frozen=True, kw_only=True)
class Staged:
    """One blob ready for its row; `data` is None where it stands in a file."""

    sha256: str
    size: int
    stored_size: int
    coding: Coding
    base_sha256: str | None = None
    depth: int = 0
    data: bytes | None = None


class Staging:
    """Codes the sources of one save, bases before what is stored against them."""

    def __init__(self, blobs: BlobStore, sources: Iterable[BlobSource]) -> None:
        """Keep those sources that the library lacks, each hash once."""
        self._blobs = blobs
        self._sources = {source.sha256: source for source in sources}
        for sha256 in blobs.known(self._sources):
            del self._sources[sha256]
        self._staged: dict[str, Staged] = {}
        self._held_bytes = 0
        self._files: list[StagedFile] = []

    def stage(self) -> list[Staged]:
        """All of them, durable where they are files, in an order in which bases come first.

        Raises:
            UploadInvalid: bytes are not those of their hash.
            DiskFull: there is no room for a file.
        """
        with self._blobs.database.named_failures():
            try:
                for sha256 in list(self._sources):
                    self._stage(sha256, waiting=frozenset())
                put_in_place(self._blobs.folder, self._files)
            finally:
                for file in self._files:
                    remove_staged(file.path)
        return list(self._staged.values())

    def _stage(self, sha256: str, *, waiting: frozenset[str]) -> None:
        if sha256 in self._staged:
            return
        source = self._sources[sha256]
        base = source.base_sha256
        if base in self._sources and base not in waiting:
            self._stage(base, waiting=waiting | {sha256})
        if isinstance(source.data, bytes):
            self._stage_bytes(source, source.data)
        elif source.data.stat().st_size <= self._memory_limit(source):
            self._stage_bytes(source, source.data.read_bytes())
        else:
            self._stage_file(source, source.data)

    def _memory_limit(self, source: BlobSource) -> int:
        return MAX_BASED_BYTES if source.base_sha256 else MAX_ROW_BYTES

    def _stage_bytes(self, source: BlobSource, data: bytes) -> None:
        _check(source, hashlib.sha256(data).hexdigest())
        packed: _Packed = (None, 0, "plain", data)
        if not is_packed(source.media_type):
            packed = self._pack(data, *self._base_of(source, len(data)))
        self._keep(source, len(data), packed)

    def _pack(self, data: bytes, base_sha256: str | None, depth: int) -> _Packed:
        if base_sha256 is None:
            return None, 0, *pack(data)
        coding, packed = pack(data, self._read(base_sha256))
        if coding == "plain":
            return None, 0, *pack(data)
        if depth == 1:
            alone_coding, alone = pack(data)
            if len(packed) > len(alone) * _ROOT_SAVES:
                return None, 0, alone_coding, alone
        return base_sha256, depth, coding, packed

    def _base_of(self, source: BlobSource, size: int) -> tuple[str | None, int]:
        """The base to use and the depth that follows; the chain's root where it is too deep."""
        base = source.base_sha256
        if base is None or base == source.sha256 or size > MAX_BASED_BYTES:
            return None, 0
        if self._blobs.find_row(source.sha256):
            return None, 0  # Lost bytes come again; others may be stored against them.
        base_depth = self._depth(base)
        if base_depth is None:
            return None, 0
        if base_depth < MAX_DEPTH:
            return base, base_depth + 1
        while parent := self._parent(base):
            base = parent
        return base, 1

    def _depth(self, sha256: str) -> int | None:
        if sha256 in self._staged:
            staged = self._staged[sha256]
            return staged.depth if staged.size <= MAX_BASED_BYTES else None
        row = self._blobs.find_row(sha256)
        return row.depth if row and row.size <= MAX_BASED_BYTES else None

    def _parent(self, sha256: str) -> str | None:
        if sha256 in self._staged:
            return self._staged[sha256].base_sha256
        return self._blobs.row(sha256).base_sha256

    def _read(self, sha256: str) -> bytes:
        if sha256 not in self._staged:
            return self._blobs.read(sha256)
        data = self._sources[sha256].data
        return data if isinstance(data, bytes) else data.read_bytes()

    def _keep(self, source: BlobSource, size: int, packed: _Packed) -> None:
        base_sha256, depth, coding, data = packed
        in_row = len(data) <= MAX_ROW_BYTES and self._held_bytes <= _MEMORY_BUDGET
        if in_row:
            self._held_bytes += len(data)
        else:
            path = new_staging_path(self._blobs.folder)
            name = file_name(source.sha256, coding, base_sha256)
            self._files.append(StagedFile(path, name))
            path.write_bytes(data)
        self._staged[source.sha256] = Staged(
            sha256=source.sha256,
            size=size,
            stored_size=len(data),
            coding=coding,
            base_sha256=base_sha256,
            depth=depth,
            data=data if in_row else None,
        )

    def _stage_file(self, source: BlobSource, path: Path) -> None:
        """Bring a file that is not to be held in memory to its place, packed if that saves."""
        size = path.stat().st_size
        arrival = self._blobs.arrivals.find(path, source.sha256)
        if arrival is not None:
            self._keep_arrival(source, size, arrival)
        elif packed := self._pack_file(source, path):
            self._keep_packed(source, size, packed)
        else:
            self._keep_file(source, size, "plain", stage_file(path, self._blobs.folder))

    def _keep_arrival(self, source: BlobSource, size: int, arrival: Arrival) -> None:
        if not arrival.is_in_place:
            self._keep_packed(source, size, arrival.path)
            return
        self._staged[source.sha256] = Staged(
            sha256=source.sha256,
            size=size,
            stored_size=arrival.path.stat().st_size,
            coding=arrival.coding,
        )

    def _pack_file(self, source: BlobSource, path: Path) -> Path | None:
        """Check a file's hash, compressing it on the way; None where it is to stay as it is."""
        if is_packed(source.media_type):
            _check(source, _file_sha256(path))
            return None
        digest = hashlib.sha256()
        size = path.stat().st_size
        packed = new_staging_path(self._blobs.folder)
        try:
            with path.open("rb") as stream, packed.open("wb") as target:
                pack_stream(read_pieces(stream, digest), size, target)
            _check(source, digest.hexdigest())
        except BaseException:
            remove_staged(packed)
            raise
        if packed.stat().st_size < size:
            return packed
        remove_staged(packed)
        return None

    def _keep_packed(self, source: BlobSource, size: int, path: Path) -> None:
        if path.stat().st_size <= MAX_ROW_BYTES:
            self._keep(source, size, (None, 0, "zstd", path.read_bytes()))
            remove_staged(path)
            return
        self._keep_file(source, size, "zstd", path)

    def _keep_file(self, source: BlobSource, size: int, coding: Coding, path: Path) -> None:
        stored_size = path.stat().st_size
        self._files.append(StagedFile(path, file_name(source.sha256, coding, None)))
        self._staged[source.sha256] = Staged(
            sha256=source.sha256, size=size, stored_size=stored_size, coding=coding
        )


def insert_staged(blobs: BlobStore, staged: list[Staged]) -> int:
    """Write the rows inside the caller's transaction; the bytes that were newly stored.

    A blob that another process stored meanwhile is left as that one stored it.

    Raises:
        BlobMissing: another process swept a file away, as no row named it yet; nothing is kept.
    """
    stored_bytes = 0
    for blob in staged:
        blob_id = _insert_row(blobs, blob)
        if blob_id is None:
            continue
        if blob.data is None and not _path_of(blobs, blob).is_file():
            raise BlobMissing(sha256=blob.sha256)
        stored_bytes += blob.stored_size
        if blob.data is not None:
            blobs.database.run(
                """
                INSERT INTO blob_data (blob_id, data)
                VALUES (?, ?)
                ON CONFLICT (blob_id) DO UPDATE
                SET data = excluded.data
                """,
                (blob_id, blob.data),
            )
    return stored_bytes


def _path_of(blobs: BlobStore, blob: Staged) -> Path:
    return file_path(blobs.folder, file_name(blob.sha256, blob.coding, blob.base_sha256))


def _insert_row(blobs: BlobStore, blob: Staged) -> int | None:
    base_id = blobs.row(blob.base_sha256).blob_id if blob.base_sha256 else None
    found: int | None = blobs.database.value(
        """
        INSERT INTO blob (sha256, size, stored_size, coding, base_id, depth, in_file)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (sha256) DO UPDATE
        SET stored_size = excluded.stored_size,
            coding = excluded.coding,
            base_id = excluded.base_id,
            depth = excluded.depth,
            in_file = excluded.in_file,
            lost = 0
        WHERE blob.lost = 1
        RETURNING id
        """,
        (
            bytes.fromhex(blob.sha256),
            blob.size,
            blob.stored_size,
            blob.coding,
            base_id,
            blob.depth,
            blob.data is None,
        ),
    )
    return found


def _file_sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for _ in read_pieces(stream, digest):
            pass
    return digest.hexdigest()


def _check(source: BlobSource, sha256: str) -> None:
    if sha256 != source.sha256:
        raise UploadInvalid(sha256=source.sha256, reason=f"its bytes hash to {sha256}")
