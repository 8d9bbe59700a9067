"""Captures asked for in the window: run in the background, watched by their id."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec

from linkshot.errors import Language, LinkshotError
from linkshot.store.records import CaptureState, Receipt, SavedSnapshot

# Captures are mostly waiting for the network; more at once would only make each slower.
WORKERS = 2
REMEMBERED = 200


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A link that the person entered."""

    url: str
    tags: list[str] = []
    note: str = ""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a capture stands; `step` is a word that the page translates."""

    capture_id: int
    url: str
    state: CaptureState
    step: str = ""
    link_id: int | None = None
    snapshot_id: int | None = None
    title: str = ""
    unchanged: bool = False
    receipt: Receipt | None = None
    code: str = ""
    message: str = ""


Steps = Callable[[str], None]
Keep = Callable[[Wanted, Steps], SavedSnapshot]


class Captures:
    """All captures of this run."""

    def __init__(self, keep: Keep, language: Language) -> None:
        """`keep` makes one snapshot, tells its steps and fails in codes; messages are in `language`."""
        self._keep = keep
        self._language: Language = language
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._progress: dict[int, Progress] = {}
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="capture")

    def begin(self, wanted: Wanted) -> Progress:
        """Queue a capture; answers at once."""
        with self._lock:
            capture_id = next(self._ids)
            progress = Progress(capture_id=capture_id, url=wanted.url, state="queued")
            self._progress[capture_id] = progress
            for old in list(self._progress)[:-REMEMBERED]:
                del self._progress[old]
        self._pool.submit(self._run, capture_id, wanted)
        return progress

    def find(self, capture_id: int) -> Progress | None:
        """Where the capture stands; None if this run has no such capture."""
        with self._lock:
            return self._progress.get(capture_id)

    def stop(self) -> None:
        """Begin no more; one under way ends by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self, capture_id: int, wanted: Wanted) -> None:
        self._change(capture_id, state="running")
        try:
            saved = self._keep(wanted, lambda step: self._change(capture_id, step=step))
        except LinkshotError as error:
            message = error.message(self._language)
            self._change(capture_id, state="failed", code=error.code, message=message)
        else:
            self._finish(capture_id, saved)

    def _finish(self, capture_id: int, saved: SavedSnapshot) -> None:
        self._change(
            capture_id,
            state="done",
            link_id=saved.link_id,
            snapshot_id=saved.snapshot_id,
            title=saved.title,
            unchanged=saved.unchanged,
            receipt=saved.receipt,
        )

    def _change(self, capture_id: int, **changes: object) -> None:
        with self._lock:
            known = self._progress.get(capture_id)
            if known is not None:
                self._progress[capture_id] = msgspec.structs.replace(known, **changes)
