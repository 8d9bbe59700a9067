"""The host's highest memory while it takes in a page of 300 MB."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

from tests.bench.table import BenchRow
from tests.bench.wire import HELLO, HOST, Wire, plan_of, writes

BLOB_BYTES = 20_000_000
BLOBS = 15
GOAL_BYTES = 200_000_000


def rows() -> list[BenchRow]:
    """The kernel's own high-water mark of the process, after `saved` (Linux only)."""
    if not Path("/proc/self/status").exists():
        return []
    peak = peak_bytes()
    detail = f"{peak / 1e6:.0f} MB at most, page of {BLOBS * BLOB_BYTES / 1e6:.0f} MB"
    return [BenchRow(what="host: peak memory, 300 MB page (of 200 MB)", ratio=peak / GOAL_BYTES, goal=1, detail=detail)]  # fmt: skip


def peak_bytes() -> int:
    """Send the page blob by blob, then read the mark."""
    chance = random.Random(7)
    pictures = {
        f"https://example.org/{number}.mp4": ("video/mp4", chance.randbytes(BLOB_BYTES))
        for number in range(BLOBS)
    }
    document = b"<p>large"
    plan = plan_of("https://example.org/large", document, pictures)
    with tempfile.TemporaryDirectory() as home, Wire(HOST, Path(home)) as wire:
        wire.call("hello", **HELLO)
        wire.call("capture.begin", plan=plan)
        for data in [document, *(data for _, data in pictures.values())]:
            wire.stream(writes(plan["capture_id"], [data]))
        wire.call("capture.commit", capture_id=plan["capture_id"])
        status = Path(f"/proc/{wire.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024
