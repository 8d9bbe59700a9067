"""Opens an address in the capturing browser and waits, within bounds, until the page stands."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any
from urllib.parse import urlsplit

from linkshot.capture.browser_bodies import PageBodies
from linkshot.capture.browser_fetch import Fetching
from linkshot.errors import (
    BrowserFailed,
    CaptureError,
    ConnectionFailed,
    FetchTimeout,
    HostNotResolved,
    PageNotCapturable,
    TooManyRedirects,
)
from linkshot.errors.reasons import BROWSER_ENDED

_QUIET_SECONDS = 0.4
_POLL_SECONDS = 0.05
_REDIRECT_LIMIT = 20
_PDF = "application/pdf"


class LedElsewhere(ConnectionFailed):
    """The page answered; its script or a refresh then led to an address that did not."""


async def open_page(page: Any, url: str, *, timeout_seconds: float) -> int | None:
    """Open `url`; the HTTP status of its document, None where there is none (a file).

    Raises:
        CaptureError: HostNotResolved, ConnectionFailed, FetchTimeout, TooManyRedirects,
            PageNotCapturable (a download or a PDF), BrowserFailed.
    """
    from playwright.async_api import Error

    try:
        response = await page.goto(url, wait_until="commit", timeout=timeout_seconds * 1000)
    except Error as error:
        raise _named(error, url, timeout_seconds) from error
    # What shows there is the browser's own viewer, whose document is not the page's.
    if response and response.headers.get("content-type", "").startswith(_PDF):
        raise PageNotCapturable(url=url)
    return response.status if response and url.startswith("http") else None


def check_arrival(shown_url: str, url: str) -> None:
    """Make sure that what shows is a page of the web, not the browser's own error page.

    Raises:
        LedElsewhere: a script or a refresh led to an address that could not be had.
        PageNotCapturable: it led to something without an address of its own.
    """
    if shown_url.startswith("chrome-error:"):
        raise LedElsewhere(url=url, reason="it led to an address that did not answer")
    if not shown_url.startswith(("http:", "https:", "file:")):
        raise PageNotCapturable(url=url)


async def wait_until_loaded(
    page: Any, *, bodies: PageBodies, fetching: Fetching, bound_seconds: float
) -> bool:
    """Wait for load and a moment of quiet, in which sound and film are fetched; False where the bound ended it.

    It also ends where the document is larger than `bodies` allows, and with the browser.
    """
    deadline = time.monotonic() + bound_seconds
    loaded = asyncio.ensure_future(_load_event(page, bound_seconds))
    is_quiet = False
    try:
        while time.monotonic() < deadline:
            if bodies.document_too_large.is_set() or page.is_closed():
                break
            if loaded.done():
                fetching.begin_media()
            is_quiet = loaded.done() and bodies.quiet_seconds() >= _QUIET_SECONDS
            if is_quiet and fetching.is_idle():
                break
            await asyncio.sleep(_POLL_SECONDS)
    finally:
        loaded.cancel()
    return is_quiet


async def _load_event(page: Any, bound_seconds: float) -> None:
    from playwright.async_api import Error

    try:
        await page.wait_for_load_state("load", timeout=bound_seconds * 1000)
    except Error:
        await asyncio.sleep(bound_seconds)


def reason_of(error: Exception) -> str:
    """What a message says of the browser's own error."""
    said = str(error).strip()
    if "has been closed" in said or "Connection closed" in said:
        return BROWSER_ENDED
    first = said.splitlines()[0] if said else type(error).__name__
    return first.removeprefix("Page.goto: ").split(" at http")[0]


def _named(error: Exception, url: str, timeout_seconds: float) -> CaptureError:
    """The error that a caller knows, for the browser's own."""
    message = str(error)
    reason = reason_of(error)
    if "ERR_NAME_NOT_RESOLVED" in message or "ERR_NAME_RESOLUTION_FAILED" in message:
        return HostNotResolved(host=urlsplit(url).hostname or url)
    if "Timeout" in message or "ERR_TIMED_OUT" in message or "ERR_CONNECTION_TIMED_OUT" in message:
        return FetchTimeout(url=url, seconds=round(timeout_seconds))
    if "ERR_TOO_MANY_REDIRECTS" in message:
        return TooManyRedirects(url=url, limit=_REDIRECT_LIMIT)
    # The last: an error status without a page, for which the browser would show its own.
    if re.search("Download is starting|ERR_ABORTED|ERR_HTTP_RESPONSE_CODE_FAILURE", message):
        return PageNotCapturable(url=url)
    if "net::ERR_" in message:
        return ConnectionFailed(url=url, reason=reason)
    return BrowserFailed(url=url, reason=reason)
