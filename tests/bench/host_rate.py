"""60 MB of resources from begin to saved, against a host that only decodes the same frames."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.table import BenchRow
from tests.bench.wire import HELLO, HOST, Wire, frame, plan_of, writes

TOTAL_BYTES = 60_000_000
RUNS = 5
ECHO = [sys.executable, str(Path(__file__).with_name("echo_host.py"))]


def rows() -> list[BenchRow]:
    """Medians of runs in turn. The time ends with `saved`, so what is durable is counted."""
    plan, blobs = page()
    frames = [
        frame(1, "capture.begin", plan=plan),
        *writes(plan["capture_id"], blobs),
        frame(1, "capture.commit", capture_id=plan["capture_id"], sent=TOTAL_BYTES),
    ]
    host, echo = [], []
    for _ in range(RUNS):
        echo.append(seconds(ECHO, frames))
        host.append(seconds(HOST, frames))
    mega = sum(map(len, blobs)) / 1e6
    rates = mega / statistics.median(host), mega / statistics.median(echo)
    detail = f"{rates[0]:.0f} MB/s to `saved` against {rates[1]:.0f} MB/s only decoded"
    return [BenchRow(what="host: 60 MB of resources in", ratio=rates[0] / rates[1], goal=0.6, at_least=True, detail=detail)]  # fmt: skip


def page() -> tuple[dict[str, Any], list[bytes]]:
    """Pictures of 20 KB to 4 MB that no compression makes smaller, as real ones are."""
    chance = random.Random(7)
    resources: dict[str, tuple[str, bytes]] = {}
    left = TOTAL_BYTES
    while left > 0:
        size = min(left, int(20_000 * 200 ** chance.random()))
        resources[f"https://example.org/{len(resources)}.jpg"] = ("image/jpeg", chance.randbytes(size))  # fmt: skip
        left -= size
    document = "".join(f'<img src="{address}">' for address in resources).encode()
    plan = plan_of("https://example.org/", document, resources)
    return plan, [document, *(data for _, data in resources.values())]


def seconds(command: list[str], frames: list[bytes]) -> float:
    """How long a warm host takes from the first frame to the answer to the last."""
    with tempfile.TemporaryDirectory() as home, Wire(command, Path(home)) as wire:
        wire.call("hello", **HELLO)
        warm = plan_of("https://example.org/warm", b"<p>warm", {})
        for raw in [frame(1, "capture.begin", plan=warm), *writes(warm["capture_id"], [b"<p>warm"])]:  # fmt: skip
            wire.send(raw)
            wire.receive()
        wire.call("capture.commit", capture_id=warm["capture_id"])
        started = time.perf_counter()
        wire.send(frames[0])
        wire.receive()
        wire.stream(frames[1:-1])
        wire.send(frames[-1])
        wire.receive()
        return time.perf_counter() - started
