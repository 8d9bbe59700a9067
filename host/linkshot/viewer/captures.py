"""Captures asked for in the window: held in the library's own queue, made in the background, watched by their id."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence

import msgspec

from linkshot.capture.queue import saved_of
from linkshot.errors import CaptureError, CaptureNotFound, Language, LinkshotError, reported
from linkshot.store.captures import (
    claim_capture,
    finish_capture,
    get_capture,
    release_capture,
    request_capture,
    waiting_captures,
)
from linkshot.store.library import Library
from linkshot.store.records import CaptureRequest, CaptureState, Receipt, RequestVia, SavedSnapshot

_log = logging.getLogger(__name__)

# Captures are mostly waiting for the network; more at once would only make each slower.
WORKERS = 2
# The list comes first: what an earlier window left is taken up a moment later.
FIRST_SECONDS = 2.0
# A claim whose process was killed runs out unheard.
LOOK_SECONDS = 30.0
VIA: RequestVia = "auto"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a capture stands; `step` is a word that the page translates, `status` what a site answered that failed it."""

    capture_id: int
    url: str
    tags: list[str]
    state: CaptureState
    step: str = ""
    link_id: int | None = None
    snapshot_id: int | None = None
    title: str = ""
    unchanged: bool = False
    receipt: Receipt | None = None
    code: str = ""
    message: str = ""
    status: str = ""


Steps = Callable[[str], None]
Keep = Callable[[CaptureRequest, Steps], SavedSnapshot]


class Captures:
    """Takes captures up from the library's queue, a few at a time.

    What has not begun when the window closes, or fails then, waits there: for the next window, or for
    the host, which serves the same queue.
    """

    def __init__(self, library: Library, keep: Keep) -> None:
        """`keep` makes one snapshot, tells its steps and fails in codes; `start` begins."""
        self._library = library
        self._keep = keep
        self._steps: dict[int, str] = {}
        self._failures: dict[int, LinkshotError] = {}
        self._wanted = threading.Semaphore(0)
        self._is_ending = False
        self._threads = [
            threading.Thread(target=self._work, name=f"capture {at}", daemon=True)
            for at in range(WORKERS)
        ]

    def start(self) -> None:
        """Take captures up from now on."""
        for thread in self._threads:
            thread.start()

    def begin(
        self, urls: Iterable[str], tags: Sequence[str], *, keep_errors: bool = False
    ) -> list[CaptureRequest]:
        """Queue a capture of each address, all or none; answers at once.

        Raises:
            InputError: a tag cannot be used as it was typed.
        """
        with self._library.transaction():
            queued = [
                request_capture(self._library, url, via=VIA, tags=tags, keep_errors=keep_errors)
                for url in urls
            ]
        self._wanted.release(WORKERS)
        return queued

    def find(self, capture_ids: Iterable[int], language: Language) -> list[Progress]:
        """Where these captures stand, with messages in `language`; those that nobody asked for are left out."""
        found = []
        for capture_id in capture_ids:
            try:
                found.append(self._progress(get_capture(self._library, capture_id), language))
            except CaptureNotFound:
                continue
        return found

    def waiting(self) -> list[CaptureRequest]:
        """All that are queued or being made, by whomever, the oldest first."""
        return waiting_captures(self._library, via=VIA)

    def end(self) -> int:
        """Begin no more; how many are being made and will be waited for."""
        self._is_ending = True
        self._wanted.release(WORKERS)
        return len(self._steps)

    def stop(self) -> None:
        """Begin no more, and wait for those being made."""
        self.end()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        self._wanted.acquire(timeout=FIRST_SECONDS)
        while not self._is_ending:
            if not self._keep_next():
                self._wanted.acquire(timeout=LOOK_SECONDS)

    def _keep_next(self) -> bool:
        """Make the oldest capture that waits; False where there is none, or the library cannot be asked."""
        try:
            request = claim_capture(self._library, via=VIA)
            if request is not None:
                self._make(request)
        except LinkshotError as error:
            _log.warning("captures wait: %s", error.code)
            return False
        return request is not None

    def _make(self, request: CaptureRequest) -> None:
        at = request.request_id
        self._steps[at] = ""
        self._failures.pop(at, None)
        try:
            saved = self._keep(request, lambda step: self._steps.update({at: step}))
        except LinkshotError as error:
            if self._is_ending:
                # Nobody is there to be told, and Ctrl+C ends the capturing browser too.
                release_capture(self._library, at)
                return
            # Held here too: a full disk lets nobody write it down, and words written down are English.
            self._failures[at] = error
            finish_capture(self._library, at, error=error)
        else:
            finish_capture(self._library, at, snapshot_id=saved.snapshot_id)
        finally:
            del self._steps[at]

    def _progress(self, request: CaptureRequest, language: Language) -> Progress:
        progress = progress_of(request)
        failure = self._failures.get(request.request_id)
        if failure is None and request.state == "failed":
            words = request.error_message or "no reason was given"
            failure = reported(request.error or CaptureError.code, words, request.error_facts)
        if failure is not None:
            return msgspec.structs.replace(
                progress,
                state="failed",
                code=failure.code,
                message=failure.message(language),
                status=str(failure.facts.get("status", "")),
            )
        if request.snapshot_id is not None:
            saved = saved_of(self._library, request.snapshot_id)
            return msgspec.structs.replace(
                progress,
                link_id=saved.link_id,
                snapshot_id=saved.snapshot_id,
                title=saved.title,
                unchanged=saved.unchanged,
                receipt=saved.receipt,
            )
        return msgspec.structs.replace(progress, step=self._steps.get(request.request_id, ""))


def progress_of(request: CaptureRequest) -> Progress:
    """A capture that waits, as the page is told of it."""
    return Progress(
        capture_id=request.request_id, url=request.url, tags=request.tags, state=request.state
    )
