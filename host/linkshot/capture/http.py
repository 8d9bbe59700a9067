"""Keeps a page by HTTP alone: no browser, no scripts. The way in where no browser is to be had."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import httpx

from linkshot.capture.event_loop import run_to_end
from linkshot.capture.http_fetch import Fetched, Fetcher, HttpOptions, Network
from linkshot.capture.http_gather import Gatherer
from linkshot.capture.http_page import refresh_target
from linkshot.capture.plan import Capture, Progress
from linkshot.errors import HttpStatus, PageEmpty
from linkshot.page.charset import decode_html
from linkshot.page.media import sniff_media_type
from linkshot.store.database import named_os_failure
from linkshot.store.leftovers import sweep_leftovers

__all__ = ["HttpOptions", "Network", "capture_with_http"]

# Not the window's: that one stays as long as the window does.
FOLDER = "linkshot-capture-"
_MAX_REFRESHES = 5


def capture_with_http(
    url: str,
    *,
    options: HttpOptions | None = None,
    network: Network | None = None,
    progress: Progress | None = None,
) -> Capture:
    """The page at `url`, its style sheets, pictures, fonts and frames; large ones as temporary files.

    `progress` is told "gather" once the page itself is here.

    Raises:
        CaptureError: the page could not be had; the class says why.
        DiskFull: there is no room for the temporary files.
    """
    options = options or HttpOptions()
    return run_to_end(_capture(url, options, network, progress))


async def _capture(
    url: str, options: HttpOptions, network: Network | None, progress: Progress | None
) -> Capture:
    sweep_leftovers(Path(tempfile.gettempdir()), FOLDER)
    folder = Path(tempfile.mkdtemp(prefix=FOLDER))
    try:
        async with Fetcher(options, folder, network) as fetcher:
            capture = await _capture_with(fetcher, url, options, progress)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        named = named_os_failure(error, folder.parent) if isinstance(error, OSError) else None
        if named is None:
            raise
        raise named from error
    _keep_only(folder, capture)
    return capture


def _keep_only(folder: Path, capture: Capture) -> None:
    """Remove what was read and is not handed on: a long page itself, an error's body, the same bytes twice."""
    kept = {source for source in capture.sources.values() if isinstance(source, Path)}
    for path in set(folder.iterdir()) - kept:
        path.unlink()
    if not kept:
        folder.rmdir()


async def _capture_with(
    fetcher: Fetcher, url: str, options: HttpOptions, progress: Progress | None
) -> Capture:
    page = await _page(url, fetcher, options)
    if progress:
        progress("gather")
    gatherer = Gatherer(fetcher, options)
    await gatherer.add_page(page)
    await gatherer.gather()
    capture = gatherer.capture(page.url, via="http", agent=f"httpx {httpx.__version__}")
    capture.plan.status = page.status
    return capture


async def _page(url: str, fetcher: Fetcher, options: HttpOptions) -> Fetched:
    """The page, refreshes followed as far as they lead somewhere new."""
    page = await fetcher.page(url)
    seen = {page.url}
    while True:
        if not options.keep_errors:
            if page.status >= 400:
                raise HttpStatus(url=page.url, status=page.status)
            if page.data == b"":
                raise PageEmpty(url=page.url)
        target = _refresh(page)
        if target is None or target in seen or len(seen) > _MAX_REFRESHES:
            return page
        seen.add(target)
        page = await fetcher.document(target, referer=page.url)
        seen.add(page.url)


def _refresh(page: Fetched) -> str | None:
    raw = page.data if isinstance(page.data, bytes) else b""
    if sniff_media_type(raw, page.content_type, page.url) != "text/html":
        return None
    return refresh_target(decode_html(raw, page.content_type)[0], page.url)
