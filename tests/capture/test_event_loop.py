"""A signal to end is heard between two steps of what runs, and what runs tidies up first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")

PROGRAM = """
import asyncio, os, signal, sys
from linkshot.capture.event_loop import run_to_end
number = signal.Signals[sys.argv[1]]
signal.signal(number, lambda number, _: sys.exit(128 + number))
async def work():
    try:
        os.kill(os.getpid(), number)
        print("step whole")
        await asyncio.sleep(60)
    finally:
        await asyncio.sleep(0.01)
        print("tidied up")
        {last}
run_to_end(work())
"""


def run(name: str, last: str = "") -> tuple[int, list[str]]:
    command = [sys.executable, "-c", PROGRAM.replace("{last}", last), name]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=60)
    return ended.returncode, ended.stdout.split("\n")[:-1]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_signal_is_heard_after_the_step_and_the_tidying_up(name: str) -> None:
    assert run(name) == (128 + signal.Signals[name], ["step whole", "tidied up"])


def test_second_signal_is_heard_at_once() -> None:
    status, said = run("SIGTERM", "os.kill(os.getpid(), number); print('never said')")
    assert (status, said) == (128 + signal.SIGTERM, ["step whole", "tidied up"])


def test_signal_that_nobody_handles_ends_at_once() -> None:
    code = PROGRAM.replace("{last}", "").replace(
        "signal.signal(number, lambda", "(lambda: 0, lambda"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "SIGTERM"], stdout=subprocess.PIPE, timeout=60
    )
    assert (ended.returncode, ended.stdout) == (-signal.SIGTERM, b"")
