"""A page in the capturing browser, and `extension/inject` in a world of its own beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from linkshot.capture.browser import BrowserCapturer
from linkshot.capture.browser_inject import PageAnswer, open_world
from linkshot.errors import BrowserMissing

# A page that writes down whatever changes in it.
WATCHED = """<!doctype html><title>Watched</title>
<style>p { color: red }</style><img data-src="data:image/png;base64," alt=""><details open>x</details>
<div style="height: 4000px"></div><p id="last">text</p><canvas width="4" height="4"></canvas>
<script>
  const host = document.body.appendChild(document.createElement('x-host'));
  host.attachShadow({ mode: 'closed' }).innerHTML = '<b>closed</b>';
  scrollTo(0, 120);
  window.before = Object.getOwnPropertyNames(window).length;
  window.seen = [];
  new MutationObserver((records) => seen.push(...records.map((record) => record.type))).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
</script>"""
ADDRESS = "http://page.test/"
Act = Callable[[Any, Any], Awaitable[Any]]


def in_page(html: str, act: Act) -> Any:
    """What `act(page, session)` answers in a page with `html`."""

    async def serve(page: Any) -> str:
        await page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html"))
        return ADDRESS

    return _in_browser(serve, act)


def at_address(url: str, act: Act) -> Any:
    """What `act(page, session)` answers in the page at `url`."""

    async def serve(page: Any) -> str:
        return url

    return _in_browser(serve, act)


def _in_browser(serve: Callable[[Any], Awaitable[str]], act: Act) -> Any:
    try:
        capturer = BrowserCapturer()
    except BrowserMissing:
        pytest.skip("no Chromium, Chrome or Edge on this machine")

    async def run() -> Any:
        browser = await capturer._start()
        try:
            page = await browser.new_page()
            await page.goto(await serve(page), timeout=120_000)
            return await act(page, await page.context.new_cdp_session(page))
        finally:
            await capturer._stop()

    return asyncio.run(run())


async def captured(session: Any, **options: object) -> PageAnswer:
    """The page as `inject` hands it over, closed roots included."""
    world = await open_world(session)
    await world.give_closed_roots()
    return await world.capture(options)
