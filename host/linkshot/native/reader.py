"""Reads kept pages in the background, and clears up after earlier hosts."""

from __future__ import annotations

import logging
import threading
import time

from linkshot.errors import LinkshotError
from linkshot.native.session import Session
from linkshot.native.uploads import remove_stale
from linkshot.store.library import DATABASE_NAME

_log = logging.getLogger(__name__)

# Reading holds the interpreter for tens of milliseconds at a time: it waits for a quiet moment.
QUIET_SECONDS = 0.2
RETRY_SECONDS = 30.0


class Reader:
    """A thread that reads one page after another while the browser asks for nothing.

    What an earlier process left unread is read as well. A library that is not there yet is not
    made by this.
    """

    def __init__(self, session: Session) -> None:
        """Prepare the thread; `start` starts it."""
        self._session = session
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def finish(self) -> None:
        """Stop; the page being read is left to whoever runs next."""
        self._stop.set()
        self._session.has_news.set()

    def _run(self) -> None:
        self._wait_until_quiet()
        remove_stale(self._session.library_dir, time.time())
        while not self._stop.is_set():
            has_news = (self._session.library_dir / DATABASE_NAME).exists()
            if not has_news or self._read_one():
                self._session.has_news.wait()
                self._session.has_news.clear()
            self._wait_until_quiet()

    def _wait_until_quiet(self) -> None:
        while (quiet := time.monotonic() - self._session.busy_at) < QUIET_SECONDS:
            if self._stop.wait(QUIET_SECONDS - quiet):
                return

    def _read_one(self) -> bool:
        """Read one page; True where none is left."""
        # Only now: the parsers behind it take longer to load than the host to start.
        from linkshot.capture.reading import read_pending

        try:
            return read_pending(self._session.library, limit=1) == 0
        except LinkshotError as error:
            _log.warning("reading waits: %s", error.code)
            self._stop.wait(RETRY_SECONDS)
            return False
