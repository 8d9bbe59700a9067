"""How bytes are stored: as they are, or compressed with zstandard, alone or against a base.

A base is a blob whose bytes are alike (a page's previous version). It serves as a raw-content
dictionary, so the window must span base and bytes together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal, cast

import zstandard

Coding = Literal["plain", "zstd"]

PIECE_BYTES = 1024 * 1024
# Base and bytes are both held in memory while the one is stored against the other.
MAX_BASED_BYTES = 16 * 1024 * 1024

_LEVEL = 6
_MIN_WINDOW_LOG = 17
_MAX_WINDOW_LOG = 26
_WORTH_IT = 0.95
_PACKED_TYPES = {
    "image/jpeg",
    "image/png",
    "image/apng",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/jxl",
    "image/heic",
    "font/woff",
    "font/woff2",
    "application/pdf",
    "application/zip",
    "application/gzip",
    "application/x-7z-compressed",
    "application/vnd.rar",
}
_PLAIN_AUDIO = {"audio/wav", "audio/x-wav", "audio/midi"}


def is_packed(media_type: str) -> bool:
    """Whether bytes of this type are compressed already."""
    kind = media_type.partition("/")[0]
    if kind in ("video", "audio"):
        return media_type not in _PLAIN_AUDIO
    return media_type in _PACKED_TYPES


def pack(data: bytes, base: bytes | None = None) -> tuple[Coding, bytes]:
    """The shortest of the two codings of `data`."""
    packed = compress(data, base)
    if len(packed) > len(data) * _WORTH_IT:
        return "plain", data
    return "zstd", packed


def compress(data: bytes, base: bytes | None = None) -> bytes:
    """`data` compressed, whether that saves or not."""
    return _compressor(len(data), base).compress(data)


def unpack(data: bytes, coding: Coding, base: bytes | None = None) -> bytes:
    """The plain bytes again."""
    if coding == "plain":
        return data
    with unpack_stream(BytesIO(data), base) as stream:
        return stream.read()


def unpack_stream(stream: BinaryIO, base: bytes | None = None) -> BinaryIO:
    """A stream of the plain bytes of a compressed one; closing it closes both."""
    reader = _decompressor(base).stream_reader(stream, closefd=True)
    return cast(BinaryIO, reader)


def pack_stream(pieces: Iterator[bytes], size: int, target: BinaryIO) -> None:
    """Compress pieces into `target`, never holding more than one."""
    writer = _compressor(size, None).stream_writer(target, size=size, closefd=False)
    with writer:
        for piece in pieces:
            writer.write(piece)


def read_pieces(stream: BinaryIO, digest: hashlib._Hash) -> Iterator[bytes]:
    """The stream in pieces, each added to `digest`."""
    while piece := stream.read(PIECE_BYTES):
        digest.update(piece)
        yield piece


def read_file_pieces(path: Path) -> Iterator[bytes]:
    """A file in pieces."""
    with path.open("rb") as stream:
        while piece := stream.read(PIECE_BYTES):
            yield piece


def _compressor(size: int, base: bytes | None) -> zstandard.ZstdCompressor:
    if not base:
        return zstandard.ZstdCompressor(level=_LEVEL)
    span = (size + len(base)).bit_length()
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL,
        source_size=size,
        dict_size=len(base),
        window_log=min(max(span, _MIN_WINDOW_LOG), _MAX_WINDOW_LOG),
        enable_ldm=True,
    )
    return zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(base))


def _decompressor(base: bytes | None) -> zstandard.ZstdDecompressor:
    if not base:
        return zstandard.ZstdDecompressor()
    return zstandard.ZstdDecompressor(dict_data=_dictionary(base))


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
