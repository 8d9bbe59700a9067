"""Every page of `tests/pages` kept in one run of a browser, and reopened in the same browser.

A page may draw green squares of 20 pixels, one for each thing that must be seen; how many they are
stands on its root as `data-green`.
"""

from __future__ import annotations

import base64
import io
import re
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from chromium import Chromium
from firefox import Firefox
from page_site import PAGES, PageSite, slugs, start_of
from PIL import Image

from linkshot.capture.assemble import assemble
from linkshot.capture.browser import BrowserCapturer, BrowserOptions
from linkshot.formats.html import export_html
from linkshot.store.library import Library
from linkshot.store.records import Receipt, ResourceRecord
from linkshot.store.snapshots import find_resource, get_snapshot, list_resources

_WIDTH, _HEIGHT = 800, 600
# Kept through the capturing browser, and their markup compared, in tests/capture/test_browser.py.
READ_THERE = frozenset(
    """
    alternate-styles blob-image broken-image canvas failed-frame form-state frames lazy-images
    lazy-kinds nesting picture-candidates script-styles selection shadow-roots
    style-imported-charset svg-use top-layer webgl
    """.split()
)
# The copies of these pages show on the first screen what the pages brought in far below.
LAZY = frozenset({"lazy-frames", "lazy-images", "lazy-kinds", "lazy-seen", "lazy-shown"})
_TALL = 5_000
_GREEN = (0, 128, 0)
_SQUARE_PIXELS = 400
# Keeps the page in a tab and waits as a popup does, from a page of the popup's folder; the snapshot's id. Playwright itself would
# wait for ever.
_KEEP = """async tab => {
  const { runtime } = globalThis.browser ?? chrome;
  await runtime.sendMessage({type: 'job.start', tab_id: tab});
  return new Promise((resolve, reject) => {
    let last = 'nothing';
    const give = (why) => reject(new Error(`${why}; last heard of: ${last}`));
    setTimeout(give, 120_000, 'not kept in two minutes');
    const port = runtime.connect({name: `watch:${tab}`});
    port.onDisconnect.addListener(() => give('the worker is gone'));
    port.onMessage.addListener((state) => {
      last = JSON.stringify(state);
      if (state.step === 'saved' && state.saved?.snapshot_id) resolve(state.saved.snapshot_id);
      if (state.step === 'failed' || state.step === 'waiting') give('not kept');
    });
  });
}"""


class Kept(NamedTuple):
    """One page as it was and as it is kept: pictures, what it asked for when reopened, its parts."""

    live: np.ndarray
    copy: np.ndarray
    asked: list[str]
    receipt: Receipt
    resources: list[ResourceRecord]
    document: bytes


def squares(shot: np.ndarray) -> float:
    """How many green squares a picture shows."""
    return round(float((shot == _GREEN).all(axis=2).sum()) / _SQUARE_PIXELS, 2)


def likeness(kept: Kept) -> float:
    """The share of the first screen that looks the same."""
    live, copy = (_first_screen(shot) for shot in (kept.live, kept.copy))
    return float(1 - (np.abs(live - copy).max(axis=2) > 16).mean())


def squares_expected(slug: str, family: str) -> float:
    """What the page says that it draws."""
    source = (PAGES / slug / Path(start_of(slug)).name).read_text("utf-8", "replace")
    said: dict[str, str] = dict(re.findall(r'data-green(-firefox)?="(\d+)"', source))
    return float(said.get("-" + family) or said.get("") or 0)


def _first_screen(shot: np.ndarray) -> np.ndarray:
    whole = np.full((_HEIGHT, _WIDTH, 3), 255, np.int16)
    part = shot[:_HEIGHT, :_WIDTH]
    whole[: part.shape[0], : part.shape[1]] = part
    return whole


def _decoded(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(np.int16)


def _drawn_shot(tabs: Any, slug: str, height: int) -> np.ndarray:
    """The page once it looks the same twice: frames and what was far below are drawn after it has loaded."""
    wanted = 0 if slug in LAZY and height < _TALL else squares_expected(slug, tabs.family)
    shot: np.ndarray = tabs.shot(height=height)
    for _ in range(10):
        before, shot = shot, tabs.shot(height=height)
        if squares(shot) >= wanted and np.array_equal(before, shot):
            break
    return shot


class ChromiumTabs:
    """A tab of a Chromium with the extension."""

    family = "chromium"

    def __init__(self, browser: Chromium) -> None:
        self._asking = browser.context.new_page()
        self._asking.goto(browser.url("popup/popup.html?tabId=0"))
        self._page = browser.context.new_page()
        self._page.set_viewport_size({"width": _WIDTH, "height": _HEIGHT})
        self._page.goto("about:blank?linkshot")
        find = "chrome.tabs.query({url: 'about:blank?linkshot'}).then(([tab]) => tab.id)"
        self._tab = int(self._asking.evaluate(find))

    def open(self, url: str) -> None:
        self._page.goto(url, timeout=120_000)

    def keep(self) -> int:
        return int(self._asking.evaluate(_KEEP, self._tab))

    def shot(self, *, height: int = _HEIGHT) -> np.ndarray:
        self._page.set_viewport_size({"width": _WIDTH, "height": height})
        shown = self._page.screenshot(animations="disabled")
        self._page.set_viewport_size({"width": _WIDTH, "height": _HEIGHT})
        return _decoded(shown)


class FirefoxTabs:
    """The same of a Firefox."""

    family = "firefox"

    def __init__(self, browser: Firefox) -> None:
        self._browser = browser
        self._asking = browser.open_page(browser.url("popup/popup.html?tabId=0"))
        self._context = browser.open_page("about:blank?linkshot")
        find = "() => browser.tabs.query({}).then(all => all.find(t => t.url.endsWith('?linkshot')).id)"
        self._tab = int(browser.evaluate(self._asking, find))
        self._set_height(_HEIGHT)

    def open(self, url: str) -> None:
        navigate = {"context": self._context, "url": url, "wait": "complete"}
        self._browser.command("browsingContext.navigate", navigate)

    def keep(self) -> int:
        return int(self._browser.evaluate(self._asking, _KEEP, self._tab))

    def shot(self, *, height: int = _HEIGHT) -> np.ndarray:
        if height != _HEIGHT:
            self._set_height(height)
        shown = self._browser.command(
            "browsingContext.captureScreenshot", {"context": self._context}
        )
        if height != _HEIGHT:
            self._set_height(_HEIGHT)
        return _decoded(base64.b64decode(shown["data"]))

    def _set_height(self, height: int) -> None:
        viewport = {"context": self._context, "viewport": {"width": _WIDTH, "height": height}}
        self._browser.command("browsingContext.setViewport", viewport)


def keep_all(
    tabs: Any, site: PageSite, chosen: list[str] | None = None
) -> dict[str, tuple[np.ndarray, int]]:
    """Each page's picture and the id of its snapshot."""
    found = {}
    for slug in chosen or slugs():
        tabs.open(site.url + start_of(slug))
        found[slug] = (_drawn_shot(tabs, slug, _HEIGHT), tabs.keep())
    return found


def keep_by_browser(site: PageSite, library: Library) -> Future[dict[str, int]]:
    """The same pages by the capturing browser, beside; it belongs to the thread that uses it."""

    def run() -> dict[str, int]:
        options = BrowserOptions(timeout_seconds=120, settle_seconds=60, thumbnail=False)
        found = {}
        with BrowserCapturer(options) as capturer:
            for slug in (one for one in slugs() if one not in READ_THERE):
                capture = capturer.capture(site.url + start_of(slug))
                found[slug] = assemble(capture.plan, capture.sources, library).snapshot_id
        return found

    return ThreadPoolExecutor(1).submit(run)


def reopen(
    tabs: Any, site: PageSite, library: Library, kept: dict[str, tuple[np.ndarray, int]]
) -> dict[str, Kept]:
    """Every copy, opened as the single file that it is exported to."""
    found = {}
    for slug, (live, snapshot_id) in kept.items():
        snapshot = get_snapshot(library, snapshot_id)
        document = find_resource(library, snapshot_id, snapshot.document)
        assert document
        path = f"/copies/{snapshot_id}"
        site.copies[path] = (export_html(library, snapshot_id), "text/html")
        asked_before = len(site.asked)
        tabs.open(site.url + path)
        copy = _drawn_shot(tabs, slug, _TALL if slug in LAZY else _HEIGHT)
        asked = [one for one in site.asked[asked_before:] if one not in (path, "/favicon.ico")]
        found[slug] = Kept(
            live,
            copy,
            asked,
            snapshot.receipt,
            list_resources(library, snapshot_id),
            library.blobs.read(document.sha256),
        )
    return found
