"""Keep one link: choose the way in, capture, assemble, read. What the command line and the window call."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from linkshot.capture.assemble import assemble
from linkshot.capture.plan import Capture, Progress
from linkshot.capture.queue import capture_in_tab
from linkshot.capture.reading import read_pending
from linkshot.errors import BrowserMissing
from linkshot.page.urls import page_address
from linkshot.store.library import Library
from linkshot.store.records import SavedSnapshot
from linkshot.store.tags import parse_tag

WayIn = Literal["auto", "tab", "browser", "http"]

CAPTURED_WITHOUT_BROWSER = "captured_without_browser"


def keep(  # noqa: PLR0913 - what a person can say of one link, all by keyword
    library: Library,
    url: str,
    *,
    via: WayIn = "auto",
    tags: Sequence[str] = (),
    note: str = "",
    keep_errors: bool = False,
    progress: Progress | None = None,
) -> SavedSnapshot:
    """A new snapshot of `url`, saved and read.

    `progress` is told each step as it begins: open, settle (where a browser runs the page), gather,
    assemble, save, read.

    Raises:
        UrlInvalid: not an http, https or file address.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: checked before anything is fetched.
        CaptureError: the page could not be had.
        LibraryError: the library does not take it.
    """
    address = page_address(url)
    paths = [parse_tag(tag) for tag in tags]
    tell = progress or _tell_nobody
    tell("open")
    if via == "tab":
        saved = capture_in_tab(library, address, tags=paths, note=note)
    else:
        capture = _capture(address, via, tell, keep_errors=keep_errors)
        capture.plan.tags = paths
        capture.plan.note = note
        saved = _assemble(library, capture, tell)
    tell("read")
    read_pending(library, limit=5)
    return saved


def _tell_nobody(step: str) -> None:
    """Take a step that nobody waits to hear of."""


def _assemble(library: Library, capture: Capture, tell: Progress) -> SavedSnapshot:
    try:
        return assemble(
            capture.plan, capture.sources, library, thumbnail=capture.thumbnail, progress=tell
        )
    finally:
        _remove_files(capture)


def _remove_files(capture: Capture) -> None:
    """Temporary files that a way in left, and their folder once it is empty."""
    paths = [source for source in capture.sources.values() if isinstance(source, Path)]
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in paths}:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _capture(address: str, via: WayIn, tell: Progress, *, keep_errors: bool) -> Capture:
    if via != "http":
        try:
            return _with_browser(address, tell, keep_errors=keep_errors)
        except BrowserMissing:
            if via == "browser":
                raise
    capture = _with_http(address, tell, keep_errors=keep_errors)
    if via == "auto":
        capture.plan.warnings.append(CAPTURED_WITHOUT_BROWSER)
    return capture


def _with_browser(address: str, tell: Progress, *, keep_errors: bool) -> Capture:
    from linkshot.capture.browser import BrowserOptions, capture_with_browser

    options = BrowserOptions(keep_errors=keep_errors)
    return capture_with_browser(address, options=options, progress=tell)


def _with_http(address: str, tell: Progress, *, keep_errors: bool) -> Capture:
    from linkshot.capture.file import capture_file
    from linkshot.capture.http import HttpOptions, capture_with_http

    if address.startswith("file:"):
        tell("gather")
        return capture_file(address)
    options = HttpOptions(keep_errors=keep_errors)
    return capture_with_http(address, options=options, progress=tell)
