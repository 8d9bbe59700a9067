"""Reads and indexes in the background what nobody has yet, while the window is open."""

from __future__ import annotations

import logging
import threading

from linkshot.errors import LinkshotError
from linkshot.store.library import Library

_log = logging.getLogger(__name__)

# The list comes first: reading holds the interpreter for tens of milliseconds at a time.
FIRST_SECONDS = 2.0
PAUSE_SECONDS = 0.05
LOOK_SECONDS = 5.0
RETRY_SECONDS = 30.0
END_SECONDS = 2.0


class CatchingUp:
    """A thread that reads a page or indexes a few links at a time.

    There is something to do where the host was ended before it had read a page, and after an update
    that makes the index anew.
    """

    def __init__(self, library: Library) -> None:
        """Prepare the thread; `start` starts it."""
        self._library = library
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="catching up", daemon=True)

    def start(self) -> None:
        """Begin, a moment from now."""
        self._thread.start()

    def stop(self) -> None:
        """End after the page at hand, or leave it to whoever runs next."""
        self._stop.set()
        self._thread.join(END_SECONDS)

    def _run(self) -> None:
        pause = FIRST_SECONDS
        while not self._stop.wait(pause):
            pause = self._work_once()

    def _work_once(self) -> float:
        """Do one slice; how long to wait before the next."""
        # Here, as the parsers behind it take longer to load than the window to open.
        from linkshot.capture.reading import read_pending

        try:
            return PAUSE_SECONDS if read_pending(self._library, limit=1) else LOOK_SECONDS
        except LinkshotError as error:
            _log.warning("reading waits: %s", error.code)
            return RETRY_SECONDS
