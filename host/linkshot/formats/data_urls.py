"""Data addresses: bytes written into the place where they are used."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote_from_bytes

NOTHING = b"data:,"
_PIECE_BYTES = 3 * 256 * 1024


def data_url(label: bytes, raw: bytes) -> bytes:
    """The address of text, in whichever of the two forms is shorter; `label` is its media type."""
    # No space and no bracket: in a style sheet the address may stand without quotes.
    quoted = quote_from_bytes(raw, safe="!$*,-./:;=?@_~+").encode()
    if len(quoted) < len(raw) * 4 // 3 + 9:
        return b"data:" + label + b"," + quoted
    return b"data:" + label + b";base64," + base64.b64encode(raw)


def data_url_pieces(label: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The address of other bytes, read and written piece by piece."""
    yield b"data:" + label + b";base64,"
    left = b""
    while piece := stream.read(_PIECE_BYTES):
        piece = left + piece
        whole = len(piece) - len(piece) % 3
        left = piece[whole:]
        yield base64.b64encode(piece[:whole])
    yield base64.b64encode(left)
