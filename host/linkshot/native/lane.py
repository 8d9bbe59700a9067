"""A thread that does jobs one after another, so that a slow one holds up only its own kind."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

Job = Callable[[], None]


class Lane:
    """Jobs in the order they came, with bounded room: `submit` waits while the lane is full."""

    def __init__(self, name: str, room: int) -> None:
        """Start the thread; it never keeps the process alive."""
        self._jobs: queue.Queue[Job | None] = queue.Queue(room)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Queue a job; it may not raise."""
        self._jobs.put(job)

    def finish(self, timeout_seconds: float) -> bool:
        """Do what is queued, then end; False where the timeout came first."""
        try:
            self._jobs.put(None, timeout=timeout_seconds)
        except queue.Full:
            return False
        self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            # A waiting lane must not keep the last chunk's bytes alive.
            del job
