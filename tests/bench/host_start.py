"""From the host's start to hello's answer, against the interpreter's own start."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.table import BenchRow
from tests.bench.wire import HELLO, HOST, Wire

RUNS = 15


def rows() -> list[BenchRow]:
    """Medians of runs in turn; each process is waited for before the next starts."""
    bare, hello = [], []
    for _ in range(RUNS):
        bare.append(bare_seconds())
        hello.append(hello_seconds())
    times = statistics.median(bare), statistics.median(hello)
    detail = f"{times[1] * 1000:.0f} ms against {times[0] * 1000:.0f} ms for `python -c pass`"
    return [BenchRow(what="host: start to hello's answer", ratio=times[1] / times[0], goal=5, detail=detail)]  # fmt: skip


def bare_seconds() -> float:
    """How long the interpreter takes to do nothing."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - started


def hello_seconds() -> float:
    """How long the browser waits for the first answer."""
    with tempfile.TemporaryDirectory() as home:
        started = time.perf_counter()
        with Wire(HOST, Path(home)) as wire:
            wire.call("hello", **HELLO)
            return time.perf_counter() - started
