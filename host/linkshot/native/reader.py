"""Loads what a click needs, reads kept pages in the background, clears up after earlier hosts."""

from __future__ import annotations

import importlib
import logging
import threading
import time

from linkshot.errors import LibraryReadOnly, LinkshotError
from linkshot.native.session import Session
from linkshot.store.library import DATABASE_NAME

_log = logging.getLogger(__name__)

# Reading holds the interpreter for tens of milliseconds at a time: it waits for a quiet moment.
QUIET_SECONDS = 0.2
# What a click and the reading after it need, in this order. They take longer to load than the host
# to start; a short quiet is enough for one of them, as the click that came first would wait for it too.
CLICK_MODULES = tuple(
    f"linkshot.capture.{name}" for name in ("assemble", "reading", "queue_worker")
)
LOAD_QUIET_SECONDS = 0.02
# A host that is asked all the time, by somebody who types a search, reads all the same.
MOST_WAIT_SECONDS = 3.0
RETRY_SECONDS = 30.0
MERGE_PAUSE_SECONDS = 0.05
FINISH_SECONDS = 0.5


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

    def finish(self) -> bool:
        """Stop; False where a page is still being read, which is left to whoever runs next."""
        self._stop.set()
        self._session.has_news.set()
        self._thread.join(FINISH_SECONDS)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._load_modules()
        self._wait_until_quiet(QUIET_SECONDS)
        self._remove_stale()
        while not self._stop.is_set():
            is_there = (self._session.library_dir / DATABASE_NAME).exists()
            if not is_there or self._work_once():
                self._session.has_news.wait()
                self._session.has_news.clear()
            self._wait_until_quiet(QUIET_SECONDS)

    def _remove_stale(self) -> None:
        try:
            self._session.remove_stale(time.time())
        except LinkshotError as error:
            _log.warning("what uploads left behind stays: %s", error.code)

    def _load_modules(self) -> None:
        for name in CLICK_MODULES:
            self._wait_until_quiet(LOAD_QUIET_SECONDS)
            if self._stop.is_set():
                return
            importlib.import_module(name)

    def _wait_until_quiet(self, wanted_seconds: float) -> None:
        began = now = time.monotonic()
        while now - began < MOST_WAIT_SECONDS:
            quiet = now - self._session.busy_at
            if quiet >= wanted_seconds or self._stop.wait(wanted_seconds - quiet):
                return
            now = time.monotonic()

    def _work_once(self) -> bool:
        """Fetch one requested link, read one page, or else tidy the index; True where nothing is left."""
        # Loaded by now, see CLICK_MODULES; the host's start must not wait for them.
        from linkshot.capture.queue_worker import serve_queued
        from linkshot.capture.reading import read_pending
        from linkshot.store.search.index import merge_further

        try:
            library = self._session.library
            fetched = serve_queued(library, limit=1)
            with self._session.reading:
                read = read_pending(library, limit=1)
            if fetched + read:
                return False
            if merge_further(library.database):
                # Room for whoever else wants to write.
                self._stop.wait(MERGE_PAUSE_SECONDS)
                return False
            library.checkpoint()
            return True
        except LibraryReadOnly:
            return True
        except LinkshotError as error:
            _log.warning("reading waits: %s", error.code)
            self._stop.wait(RETRY_SECONDS)
            return False
