"""Keep one link: choose the way in, capture, assemble, read. What the command line and the window call."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from linkshot.capture.assemble import assemble
from linkshot.capture.plan import Capture, Progress
from linkshot.capture.queue import capture_in_tab
from linkshot.capture.reading import read_pending
from linkshot.errors import (
    BrowserFailed,
    BrowserMissing,
    CaptureError,
    ConnectionFailed,
    FetchTimeout,
    PageNotCapturable,
)
from linkshot.page.urls import page_address, plain_address
from linkshot.store.library import Library
from linkshot.store.records import SavedSnapshot
from linkshot.store.tags import parse_tag

if TYPE_CHECKING:
    from linkshot.capture.browser import BrowserCapturer

WayIn = Literal["auto", "tab", "browser", "http"]

CAPTURED_WITHOUT_BROWSER = "captured_without_browser"
KEPT_AS_SERVED = "kept_as_served"
_UNANSWERED = (ConnectionFailed, FetchTimeout)


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
    with Keeper(library, keep_errors=keep_errors, progress=progress) as keeper:
        return keeper.keep(url, via=via, tags=tags, note=note)


class Keeper:
    """Keeps link after link; a browser, once one is needed, stays open for those that follow.

    It belongs to the thread that made it, as the browser does.
    """

    def __init__(
        self, library: Library, *, keep_errors: bool = False, progress: Progress | None = None
    ) -> None:
        """Nothing is started yet; the arguments are those of `keep`."""
        self._library = library
        self._keep_errors = keep_errors
        self._tell = progress or _tell_nobody
        self._browser: BrowserCapturer | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the browser."""
        if self._browser:
            self._browser.close()

    def keep(
        self, url: str, *, via: WayIn = "auto", tags: Sequence[str] = (), note: str = ""
    ) -> SavedSnapshot:
        """One link, as `keep` does it."""
        address = page_address(url)
        paths = [parse_tag(tag) for tag in tags]
        self._tell("open")
        try:
            saved = self._save(address, via, paths, note)
        except _UNANSWERED as error:
            plain = plain_address(url)
            if plain is None:
                raise
            try:
                saved = self._save(plain, via, paths, note)
            except _UNANSWERED:
                raise error from None
        self._tell("read")
        read_pending(self._library, limit=5)
        return saved

    def _save(self, address: str, via: WayIn, tags: list[str], note: str) -> SavedSnapshot:
        if via == "tab":
            return capture_in_tab(
                self._library, address, tags=tags, note=note, keep_errors=self._keep_errors
            )
        capture = self._capture(address, via)
        capture.plan.tags = tags
        capture.plan.note = note
        return _assemble(self._library, capture, self._tell)

    def _capture(self, address: str, via: WayIn) -> Capture:
        if address.startswith("file:"):
            from linkshot.capture.file import check_file, is_saved_whole

            check_file(address)
            if is_saved_whole(address):
                return self._served(address)
        if via == "http":
            return self._served(address)
        from linkshot.capture.browser_load import LedElsewhere

        try:
            capture = self._open_browser().capture(address, progress=self._tell)
        except PageNotCapturable:
            # A PDF or another file that the browser would download: kept as it is.
            return self._served(address)
        except (BrowserMissing, BrowserFailed, LedElsewhere) as error:
            if via == "browser":
                raise
            is_missing = isinstance(error, BrowserMissing)
            return self._served(address, CAPTURED_WITHOUT_BROWSER if is_missing else KEPT_AS_SERVED)
        return self._better(capture, address) if via == "auto" else capture

    def _better(self, capture: Capture, address: str) -> Capture:
        """What the browser made of the page, or the page as served where that says more."""
        from linkshot.capture.lost import is_blank_capture, is_misread_file

        if not (is_blank_capture(capture) or is_misread_file(capture, address)):
            return capture
        with contextlib.suppress(CaptureError):
            # The browser runs scripts: what is said to those who do not would stand for a page that it never was.
            served = self._served(address, KEPT_AS_SERVED, opens_noscript=False)
            better, worse = (capture, served) if is_blank_capture(served) else (served, capture)
            _remove_files(worse)
            return better
        return capture

    def _served(self, address: str, *warnings: str, opens_noscript: bool = True) -> Capture:
        from linkshot.capture.file import capture_file
        from linkshot.capture.http import HttpOptions, capture_with_http

        if address.startswith("file:"):
            self._tell("gather")
            capture = capture_file(address)
        else:
            options = HttpOptions(keep_errors=self._keep_errors, opens_noscript=opens_noscript)
            capture = capture_with_http(address, options=options, progress=self._tell)
        capture.plan.warnings.extend(warnings)
        return capture

    def _open_browser(self) -> BrowserCapturer:
        from linkshot.capture.browser import BrowserCapturer, BrowserOptions

        if self._browser is None:
            self._browser = BrowserCapturer(BrowserOptions(keep_errors=self._keep_errors))
        return self._browser


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
