"""Frames in and out of streams."""

import io
import struct

import pytest

from linkshot.errors import FrameInvalid, MessageTooLarge
from linkshot.native.framing import MAX_REPLY_BYTES, MAX_REQUEST_BYTES, read_frame, write_frame


def test_frame_written_and_read_is_the_same():
    stream = io.BytesIO()
    write_frame(stream, "链接".encode())
    stream.seek(0)
    assert (read_frame(stream), read_frame(stream)) == ("链接".encode(), None)


def test_frame_on_the_wire_has_native_length_first():
    stream = io.BytesIO()
    write_frame(stream, b"{}")
    assert stream.getvalue() == struct.pack("=I", 2) + b"{}"


@pytest.mark.parametrize("raw", [b"\2", b"\2\0\0", struct.pack("=I", 2) + b"{"])
def test_stream_ending_inside_a_frame_is_refused(raw):
    with pytest.raises(FrameInvalid):
        read_frame(io.BytesIO(raw))


def test_length_over_the_limit_is_refused_unread():
    stream = io.BytesIO(struct.pack("=I", MAX_REQUEST_BYTES + 1) + b"rest")
    with pytest.raises(MessageTooLarge) as caught:
        read_frame(stream)
    assert caught.value.facts == {
        "size_bytes": MAX_REQUEST_BYTES + 1,
        "limit_bytes": MAX_REQUEST_BYTES,
    }
    assert stream.read() == b"rest"


def test_reply_over_the_limit_is_not_written():
    stream = io.BytesIO()
    with pytest.raises(MessageTooLarge):
        write_frame(stream, b" " * (MAX_REPLY_BYTES + 1))
    assert stream.getvalue() == b""
