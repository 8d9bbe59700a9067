"""Runs a coroutine so that a signal to end comes between two of its steps, never in the midst of one."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Coroutine
from types import FrameType
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_to_end(work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` returns; told to end by SIGTERM or SIGHUP, it is cancelled and tidies up, then the signal is heard.

    asyncio does the same for SIGINT. An exception out of a handler could leave a connection half told of its bytes,
    and who closes it waiting for good. A second signal is heard at once; so is one that nobody handles.
    """
    told: list[int] = []
    try:
        return asyncio.run(_listening(work, told))
    finally:
        if told:
            signal.raise_signal(told[0])


async def _listening(work: Coroutine[Any, Any, Result], told: list[int]) -> Result:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    handlers = _handlers()

    def restore() -> None:
        for number, handler in handlers.items():
            signal.signal(number, handler)

    def hear(number: int, _frame: FrameType | None) -> None:
        restore()
        told.append(number)
        if task is not None:
            task.cancel()
        loop.call_soon_threadsafe(lambda: None)  # so that a loop that waits looks up

    for number in handlers:
        signal.signal(number, hear)
    try:
        return await work
    finally:
        restore()


def _handlers() -> dict[int, Any]:
    """Who handles the signals to end; nobody does in a thread besides the main one."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    numbers = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    handlers = {number: signal.getsignal(number) for number in numbers if number is not None}
    return {number: handler for number, handler in handlers.items() if callable(handler)}
