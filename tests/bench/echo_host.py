"""The reference for `host_rate`: a host that only decodes each frame's JSON and answers its id.

No base64, no hash, no disk, no threads; the same framing, the same decoder library, untyped.
"""

from __future__ import annotations

import struct
import sys

import msgspec

LENGTH = struct.Struct("=I")


def main() -> None:
    """Answer every frame until the stream ends."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    while head := stdin.read(LENGTH.size):
        message = msgspec.json.decode(stdin.read(LENGTH.unpack(head)[0]))
        reply = msgspec.json.encode({"id": message["id"], "ok": True})
        stdout.write(LENGTH.pack(len(reply)) + reply)
        stdout.flush()


if __name__ == "__main__":
    main()
