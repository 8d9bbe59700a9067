"""Tells the browser of captures that somebody asked for on the command line."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from linkshot.errors import BrowserNotConnected, LinkshotError
from linkshot.native.session import Session
from linkshot.store.captures import claim_capture, finish_capture
from linkshot.store.library import DATABASE_NAME

POLL_SECONDS = 0.5
# A host that only says hello (the doctor's) must not take a request with it.
SETTLE_SECONDS = 1.0


class Watcher:
    """A thread that sends `capture.wanted` for each queued request with `via` tab.

    The database is asked only when its files have changed since the last look, and once more after
    that: SQLite writes a commit's frames before it lets others see them.
    """

    def __init__(self, session: Session) -> None:
        """Prepare the thread; `start` starts it."""
        self._session = session
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def finish(self) -> bool:
        """Stop, and give back what the browser was asked for; False where it is still asking."""
        self._stop.set()
        self._thread.join(POLL_SECONDS)
        if self._thread.is_alive():
            return False
        for request_id in sorted(self._session.wanted):
            try:
                finish_capture(self._session.library, request_id, error=BrowserNotConnected())
            except LinkshotError:
                break  # the library has gone as well; the command line waits no longer than its bound
        return True

    def _watch(self) -> None:
        seen = last = None
        is_stopped = self._stop.wait(SETTLE_SECONDS)
        while not is_stopped:
            stamp = _stamp(self._session.library_dir)
            if stamp and stamp != seen and self._send_wanted() and stamp == last:
                seen = stamp
            last = stamp
            is_stopped = self._stop.wait(POLL_SECONDS)

    def _send_wanted(self) -> bool:
        """Send all that is queued; False where the library could not be asked, so ask again."""
        try:
            while request := claim_capture(self._session.library, via="tab"):
                self._session.wanted.add(request.request_id)
                self._session.writer.send(
                    {
                        "event": "capture.wanted",
                        "request_id": request.request_id,
                        "url": request.url,
                        "tags": request.tags,
                        "note": request.note,
                        "keep_errors": request.keep_errors,
                    }
                )
        except LinkshotError:
            return False
        return True


def _stamp(library_dir: Path) -> tuple[int, ...] | None:
    """What changes with every write to the library; None where there is no library yet."""
    try:
        main = os.stat(library_dir / DATABASE_NAME)
    except OSError:
        return None
    try:
        log = os.stat(library_dir / f"{DATABASE_NAME}-wal")
    except OSError:
        return main.st_mtime_ns, main.st_size
    return main.st_mtime_ns, main.st_size, log.st_mtime_ns, log.st_size
