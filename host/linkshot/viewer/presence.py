"""Who is looking: counts open windows by their event streams, and notices changes of the library."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE = "linkshot.db"
# A tab that is loading again closes its stream and opens another.
GRACE_SECONDS = 10.0
# A browser that was never shown (no screen, a refused start) must not keep the server for ever.
FIRST_VISIT_SECONDS = 180.0


def library_stamp(root: Path) -> str:
    """A word that changes whenever any process writes to the library; costs two `stat` calls."""
    parts = []
    for name in (DATABASE, f"{DATABASE}-wal"):
        try:
            found = os.stat(root / name)
        except FileNotFoundError:
            continue
        parts.append(f"{found.st_mtime_ns:x}.{found.st_size:x}")
    return "-".join(parts)


class Presence:
    """How many windows look at the library, and since when none does."""

    def __init__(self) -> None:
        """Nobody looks yet."""
        self._lock = threading.Lock()
        self._windows = 0
        self._seen = False
        self._since = time.monotonic()
        self.closing = threading.Event()

    @contextmanager
    def window(self) -> Iterator[None]:
        """Count one window while the block runs."""
        with self._lock:
            self._windows += 1
            self._seen = True
        try:
            yield
        finally:
            with self._lock:
                self._windows -= 1
                self._since = time.monotonic()

    def is_over(self) -> bool:
        """Whether the last window has been closed for long enough, or none ever came."""
        with self._lock:
            if self._windows:
                return False
            patience = GRACE_SECONDS if self._seen else FIRST_VISIT_SECONDS
            return time.monotonic() - self._since > patience
