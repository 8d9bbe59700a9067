"""The first click of a host that has just been started, against a later click of the same host."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.table import BenchRow
from tests.bench.wire import HELLO, HOST, Wire, plan_of, writes

RUNS = 9
# A browser starts its host with the popup or before; a person then looks at it for a moment.
IDLE_SECONDS = 0.3


def rows() -> list[BenchRow]:
    """Medians; the library is there already, as it is for every click but the very first."""
    first, later = zip(*(clicks(IDLE_SECONDS) for _ in range(RUNS)), strict=True)
    times = statistics.median(first), statistics.median(later)
    detail = f"{times[0] * 1000:.0f} ms against {times[1] * 1000:.0f} ms"
    return [BenchRow(what="host: first click after its start", ratio=times[0] / times[1], goal=3, detail=detail)]  # fmt: skip


def clicks(idle_seconds: float) -> tuple[float, float]:
    """Seconds from begin to saved: the first capture of a fresh host, and the fifth."""
    with tempfile.TemporaryDirectory() as home:
        with Wire(HOST, Path(home)) as wire:
            wire.call("hello", **HELLO)
            keep(wire, 0)
        with Wire(HOST, Path(home)) as wire:
            wire.call("hello", **HELLO)
            time.sleep(idle_seconds)
            return keep(wire, 1), [keep(wire, number) for number in range(2, 6)][-1]


def keep(wire: Wire, number: int) -> float:
    """Seconds for one small page."""
    document = f"<title>{number}</title><p>{'words ' * 200}".encode()
    plan = plan_of(f"https://example.org/{number}", document, {})
    frames = writes(plan["capture_id"], [document])
    started = time.perf_counter()
    wire.call("capture.begin", plan=plan)
    wire.stream(frames)
    wire.call("capture.commit", capture_id=plan["capture_id"])
    return time.perf_counter() - started
