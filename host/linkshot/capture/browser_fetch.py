"""Whole bodies asked for beside the page, each once: what it did not load, or loaded in parts only."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import Any, Self
from urllib.parse import urlsplit

from linkshot.capture.browser_bodies import MAX_BODY_BYTES, Body, PageBodies
from linkshot.capture.browser_reach import REFUSED, Reach
from linkshot.capture.file import path_of, read_bounded

_AT_ONCE = 6
_TIMEOUT_MS = 15_000
# What a page plays need not be in its copy.
_EARLY_MAX = 8


class Fetching:
    """One capture's requests of our own."""

    def __init__(self, request: Any, loaded: PageBodies, reach: Reach) -> None:
        """Ask through `request` (Playwright's, with the page's cookies); `loaded` knows what has failed."""
        self._request = request
        self._reach = reach
        self._loaded = loaded
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._tasks: dict[str, asyncio.Task[Body | str]] = {}

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Let go of what nobody waits for any more."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def begin(self, url: str, referrer: str) -> asyncio.Task[Body | str]:
        """The body as the page at `referrer` would get it, or the reason why it cannot be had."""
        if url not in self._tasks:
            self._tasks[url] = asyncio.ensure_future(self._fetch(url, referrer))
        return self._tasks[url]

    def begin_media(self) -> None:
        """Ask for the first sounds and films that the page has in parts: players load as much as they play."""
        for url, referrer in islice(self._loaded.media_in_parts().items(), _EARLY_MAX):
            self.begin(url, referrer)

    def is_idle(self) -> bool:
        """Has all come that was begun?"""
        return all(task.done() for task in self._tasks.values())

    async def _fetch(self, url: str, referrer: str) -> Body | str:
        from playwright.async_api import Error

        failed = self._loaded.failed.get(url, "")
        if failed.isdigit() or failed in ("too_large", REFUSED):
            return failed
        if not url.startswith(("http:", "https:")):
            return _read_file(url)
        headers = {"Referer": _referer(referrer, url)}
        async with self._slots:
            try:
                answer = await self._request.get(
                    url, headers=headers, timeout=_TIMEOUT_MS, max_redirects=10
                )
                peer = await answer.server_addr()
                if peer and self._reach.refuses(answer.url, peer["ipAddress"], peer["port"]):
                    return REFUSED
                if not answer.ok:
                    return str(answer.status)
                if int(answer.headers.get("content-length", 0)) > MAX_BODY_BYTES:
                    return "too_large"
                data = await answer.body()
                content_type = answer.headers.get("content-type", "")
                return Body(data, content_type, answer.status, answer.url)
            except Error as error:
                return "timeout" if "imeout" in str(error) else "failed"


def _referer(page_url: str, url: str) -> str:
    """What a browser sends by default: the page without its fragment, its origin to other sites."""
    page, target = urlsplit(page_url), urlsplit(url)
    if (page.scheme, page.netloc) == (target.scheme, target.netloc):
        return page_url.partition("#")[0]
    if page.scheme == "https" and target.scheme == "http":
        return ""
    return f"{page.scheme}://{page.netloc}/" if page.scheme.startswith("http") else ""


def _read_file(url: str) -> Body | str:
    if not url.startswith("file:"):
        return "failed"
    try:
        data = read_bounded(path_of(url), MAX_BODY_BYTES)
    except OSError:
        return "404"
    return "too_large" if data is None else Body(data, "", 200, url)
