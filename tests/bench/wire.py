"""A browser's end of the wire for benchmarks: frames made beforehand, a window of requests."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

ORIGIN = "chrome-extension://dpcbbfpmgdooghflddnlinmhmmmfgigl/"
CHUNK_BYTES = 1024 * 1024
WINDOW = 4
HOST = [sys.executable, "-m", "linkshot.native.main", ORIGIN]
HELLO = {"protocol": 1, "extension_version": "0.1.0", "browser": "Chromium 156", "language": "zh"}


def frame(request_id: int, action: str, **fields: object) -> bytes:
    """One request as it crosses the wire."""
    body = json.dumps({"id": request_id, "action": action, **fields}, ensure_ascii=False).encode()
    return struct.pack("=I", len(body)) + body


class Wire:
    """A host process over pipes."""

    def __init__(self, command: list[str], home: Path) -> None:
        """Start it with a library below `home`."""
        places = {"HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
        self.sent_bytes = 0
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, **places, "LINKSHOT_LIBRARY": str(home / "library")},
        )

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def send(self, raw: bytes) -> None:
        assert self.process.stdin
        rest = memoryview(raw)
        while rest:
            rest = rest[self.process.stdin.write(rest) :]
        self.sent_bytes += len(raw)

    def receive(self) -> dict[str, Any]:
        """The next reply."""
        (size,) = struct.unpack("=I", self._read(4))
        reply: dict[str, Any] = json.loads(self._read(size))
        assert reply.get("ok", "event" in reply), reply
        return reply

    def call(self, action: str, **fields: object) -> dict[str, Any]:
        """Send one request and wait for its answer."""
        self.send(frame(1, action, **fields))
        return self.receive()

    def stream(self, frames: list[bytes]) -> None:
        """Send all frames, WINDOW unanswered at a time."""
        for number, raw in enumerate(frames):
            self.send(raw)
            if number >= WINDOW - 1:
                self.receive()
        for _ in frames[: WINDOW - 1]:
            self.receive()

    def _read(self, size: int) -> bytes:
        assert self.process.stdout
        parts = b""
        while len(parts) < size:
            part = self.process.stdout.read(size - len(parts))
            assert part, "the host ended"
            parts += part
        return parts


def named(data: bytes) -> dict[str, object]:
    """The hash and size of bytes, as a plan has them."""
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def plan_of(
    url: str, document: bytes, resources: dict[str, tuple[str, bytes]], number: int = 0
) -> dict[str, Any]:
    """The plan of one page; `resources` by address: media type and bytes."""
    return {
        "capture_id": hashlib.sha256(f"{url} {number}".encode()).hexdigest()[:32],
        "page_url": url,
        "title": url,
        "captured_at": "2026-05-08T10:00:00Z",
        "via": "tab",
        "documents": [{"frame": "", "url": url, "base_url": url, **named(document)}],
        "resources": [
            {"url": address, "media_type": media_type, **named(data)}
            for address, (media_type, data) in resources.items()
        ],
    }


def writes(capture_id: str, blobs: list[bytes]) -> list[bytes]:
    """The frames that carry all of some blobs."""
    frames = []
    for data in blobs:
        sha256 = hashlib.sha256(data).hexdigest()
        for offset in range(0, len(data), CHUNK_BYTES):
            chunk = base64.b64encode(data[offset : offset + CHUNK_BYTES]).decode()
            fields = {"capture_id": capture_id, "sha256": sha256, "offset": offset, "data": chunk}
            frames.append(frame(len(frames) + 1, "blob.write", **fields))
    return frames
