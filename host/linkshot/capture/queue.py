"""A capture made by the person's own browser: ask for it in the queue, and wait for its end."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec

from linkshot.errors import BrowserNotConnected, CaptureError, FetchTimeout, reported
from linkshot.store.captures import finish_capture, get_capture, request_capture
from linkshot.store.library import Library
from linkshot.store.links import get_link
from linkshot.store.records import CaptureRequest, SavedSnapshot
from linkshot.store.snapshots import get_snapshot

_POLL_SECONDS = 0.1


class TabWait(msgspec.Struct, frozen=True, kw_only=True):
    """How long to wait: for a browser to take the request up, and for it to be done."""

    claim_seconds: float = 10
    capture_seconds: float = 180


def capture_in_tab(  # noqa: PLR0913 - what a person can say of one link, all by keyword
    library: Library,
    url: str,
    *,
    tags: Sequence[str] = (),
    note: str = "",
    keep_errors: bool = False,
    wait: TabWait | None = None,
) -> SavedSnapshot:
    """The snapshot that a running browser with the extension makes of `url`.

    Raises:
        BrowserNotConnected: no browser took the request up.
        FetchTimeout: one did, but was not done in time; the page may still come.
        CaptureError: it could not keep the page; the browser's own failure, under its code.
    """
    wait = wait or TabWait()
    request = request_capture(
        library, url, via="tab", tags=tags, note=note, keep_errors=keep_errors
    )
    request = _when_ended(library, request, wait)
    if request.state == "failed" or request.snapshot_id is None:
        words = request.error_message or "no reason was given"
        raise reported(request.error or CaptureError.code, words, request.error_facts)
    return saved_of(library, request.snapshot_id)


def saved_of(library: Library, snapshot_id: int) -> SavedSnapshot:
    """What saving this snapshot answered, its tags as they are now."""
    snapshot = get_snapshot(library, snapshot_id)
    link = get_link(library, snapshot.link_id)
    return SavedSnapshot(
        link_id=link.link_id,
        snapshot_id=snapshot_id,
        url=link.url,
        title=snapshot.title,
        captured_at=snapshot.captured_at,
        via=snapshot.via,
        unchanged=snapshot.unchanged,
        tags=link.tags,
        receipt=snapshot.receipt,
    )


def _when_ended(library: Library, request: CaptureRequest, wait: TabWait) -> CaptureRequest:
    started = time.monotonic()
    while request.state in ("queued", "running"):
        waited = time.monotonic() - started
        if request.state == "queued" and waited > wait.claim_seconds:
            finish_capture(library, request.request_id, error=BrowserNotConnected())
            if get_capture(library, request.request_id).error == BrowserNotConnected.code:
                raise BrowserNotConnected
        if waited > wait.capture_seconds:
            raise FetchTimeout(url=request.url, seconds=round(wait.capture_seconds))
        time.sleep(_POLL_SECONDS)
        request = get_capture(library, request.request_id)
    return request
