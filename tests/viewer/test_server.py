"""The small server under the viewer: where it listens, and how it ends."""

from __future__ import annotations

import socket
import time

import pytest

from linkshot.viewer.server import LOOK_SECONDS, LoopbackServer


def test_stopped_server_listens_no_more() -> None:
    server = LoopbackServer()
    server.start()
    address = ("127.0.0.1", int(server.host.split(":")[1]))
    socket.create_connection(address, 5).close()
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, 5)


def test_told_to_stop_it_is_woken() -> None:
    begun = time.monotonic()
    for _ in range(20):
        server = LoopbackServer()
        server.start()
        server.stop()
    assert time.monotonic() - begun < 10 * LOOK_SECONDS, "each looked by itself"
