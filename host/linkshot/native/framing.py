"""Frames of native messaging: a 4-byte length in native byte order, then that many bytes.

Nothing but the standard library's `struct` is imported here, and nothing of JSON is known, so that
the host's first answer costs little. Limits: host/PROTOCOL.md.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from linkshot.errors import FrameInvalid, MessageTooLarge

LENGTH = struct.Struct("=I")

MAX_REQUEST_BYTES = 8 * 1024 * 1024
MAX_REPLY_BYTES = 768 * 1024


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read one frame's body; None at a clean end of stream.

    `stream` is buffered: one `read` answers all that was asked for, unless the stream ends.

    Raises:
        FrameInvalid: the stream ends inside a frame.
        MessageTooLarge: the length is over MAX_REQUEST_BYTES; the body was not read.
    """
    head = stream.read(LENGTH.size)
    if not head:
        return None
    if len(head) < LENGTH.size:
        raise FrameInvalid(reason=f"{len(head)} of {LENGTH.size} bytes of a length")
    (size_bytes,) = LENGTH.unpack(head)
    if size_bytes > MAX_REQUEST_BYTES:
        raise MessageTooLarge(size_bytes=size_bytes, limit_bytes=MAX_REQUEST_BYTES)
    body = stream.read(size_bytes)
    if len(body) < size_bytes:
        raise FrameInvalid(reason=f"{len(body)} of {size_bytes} bytes of a message")
    return body


def write_frame(stream: BinaryIO, body: bytes) -> None:
    """Write one frame and flush it.

    Raises:
        MessageTooLarge: the body is over MAX_REPLY_BYTES; nothing was written.
    """
    if len(body) > MAX_REPLY_BYTES:
        raise MessageTooLarge(size_bytes=len(body), limit_bytes=MAX_REPLY_BYTES)
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()
