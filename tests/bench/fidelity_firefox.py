"""Pages kept from Firefox by the extension, and reopened in Firefox with the network cut off.

The pictures are compared as ../shared/tools/fidelity.py does for Chromium: the live page's against the
kept one's, both of the whole document at 1280 by 900. Each page goes the person's way, through the
extension and the host. All names outside lead to this server by a proxy, so what a copy asks for is
counted, wherever it goes.
"""

from __future__ import annotations

import base64
import functools
import io
import json
import runpy
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import numpy as np
from PIL import Image
from tests.bench.table import BenchRow

# The drivers import one another by their own names, as beside the tests.
sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))

from chromium import write_host_script
from firefox import BidiError, Firefox, find_firefox

from linkshot.formats.html import write_html
from linkshot.store.library import Library

PASS_SCORE = 0.995
POINTS = 0.02
VIEWPORT = {"width": 1280, "height": 900}
PAGE_S = 60
LOOKS = 10
# What Firefox asks for by itself goes through the proxy too.
OWN_HOSTS = (".mozilla.com:443", ".mozilla.org:443", ".mozilla.net:443", ".googleapis.com:443")
# The tool waits so long before each picture, and has its browser end all animations for it.
REST = """() => new Promise(resolve => setTimeout(resolve, 300)).then(() => {
  for (const one of document.getAnimations()) {
    if (one.effect?.getComputedTiming().endTime === Infinity) one.cancel();
    else one.finish();
  }
})"""
FIND_TAB = (
    "url => browser.tabs.query({}).then(all => all.filter(tab => tab.url === url).at(-1)?.id)"
)
# What the popup does, from a page in its folder; the snapshot's id.
KEEP = """tab => new Promise((resolve, reject) => {
  const port = browser.runtime.connect({name: `popup:${tab}`});
  port.onMessage.addListener(({step, saved, error}) => {
    if (step === 'saved' && saved?.snapshot_id) resolve(saved.snapshot_id);
    if (step === 'failed' || step === 'waiting') reject(new Error(JSON.stringify(error)));
  });
})"""


class Site(NamedTuple):
    """Where the pages are, and all that was asked for, a CONNECT to elsewhere among it."""

    port: int
    asked: list[str]


class Handler(SimpleHTTPRequestHandler):
    """Files with the types that the tool's server gives them."""

    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".woff": "font/woff",
        ".woff2": "font/woff2",
        ".xhtml": "application/xhtml+xml",
    }

    def __init__(self, *values: Any, asked: list[str], **named: Any) -> None:
        self._asked = asked
        super().__init__(*values, **named)

    def parse_request(self) -> bool:
        is_read = super().parse_request()
        self._asked.append(getattr(self, "path", ""))
        return is_read

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@contextmanager
def served(root: Path) -> Iterator[Site]:
    """Serve a folder on the loopback address."""
    asked: list[str] = []
    handler = functools.partial(Handler, directory=str(root), asked=asked)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(server.server_port, asked)
    server.shutdown()
    server.server_close()


@contextmanager
def opened(folder: Path, port: int) -> Iterator[Firefox]:
    """A Firefox with the extension that reaches nothing but `port`."""
    preferences: dict[str, object] = {
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": port,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": port,
    }
    script = write_host_script(folder, folder / "library")
    browser = Firefox(folder, script, preferences=preferences)
    yield browser
    browser.close()


class Tabs:
    """Pages opened, seen and kept one after another; `compare` is the tool's score of two pictures."""

    def __init__(self, browser: Firefox, site: Site, library: Library, compare: Any) -> None:
        self._browser = browser
        self._site = site
        self._library = library
        self._compare = compare
        self._asking = browser.open_page(browser.url("popup/popup.html?tabId=0"))

    def measure(self, page: str, copy: Path) -> dict[str, Any]:
        """One page kept and reopened from the file `copy`: its score, and what the copy asked for."""
        tab = self._open(f"http://127.0.0.1:{self._site.port}/{page}")
        try:
            live = self._picture(tab)
            href = self._browser.evaluate(tab, "() => location.href")
            tab_id = self._browser.evaluate(self._asking, FIND_TAB, href)
            snapshot_id = self._browser.evaluate(self._asking, KEEP, tab_id)
        finally:
            self._close(tab)
        write_html(self._library, snapshot_id, copy)
        self._site.asked.clear()
        tab = self._open(copy.as_uri())
        try:
            kept = self._picture(tab)
        finally:
            self._close(tab)
        asked = [one for one in self._site.asked if not one.endswith(OWN_HOSTS)]
        return {"score": self._compare(live, kept), "asked": asked}

    def _open(self, url: str) -> str:
        tab = str(self._browser.command("browsingContext.create", {"type": "tab"})["context"])
        self._browser.command("browsingContext.setViewport", {"context": tab, "viewport": VIEWPORT})
        target = {"context": tab, "url": url, "wait": "complete"}
        self._browser.command("browsingContext.navigate", target, timeout_s=PAGE_S)
        return tab

    def _close(self, tab: str) -> None:
        self._browser.command("browsingContext.close", {"context": tab})

    def _picture(self, tab: str) -> np.ndarray:
        """The page once it looks the same twice: pictures by the thousand come after it has loaded."""
        shown = self._shot(tab)
        for _ in range(LOOKS):
            before, shown = shown, self._shot(tab)
            if np.array_equal(before, shown):
                break
        return shown

    def _shot(self, tab: str) -> np.ndarray:
        self._browser.evaluate(tab, REST)
        shot = {"context": tab, "origin": "document"}
        data = self._browser.command("browsingContext.captureScreenshot", shot)["data"]
        picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
        return np.asarray(picture).astype(np.int16)


def measure(pages: list[str], root: Path, tool: Path) -> dict[str, dict[str, Any]]:
    """For each page its score and what its copy asked for, or the `error` that kept it from being kept."""
    compare = runpy.run_path(str(tool))["same"]
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, served(root) as site:
        folder = Path(name)
        with opened(folder, site.port) as browser, Library.open(folder / "library") as library:
            tabs = Tabs(browser, site, library, compare)
            for number, page in enumerate(pages):
                try:
                    found[page] = tabs.measure(page, folder / f"{number}.html")
                except (BidiError, TimeoutError) as error:
                    found[page] = {"error": str(error)[:200]}
                print(page, json.dumps(found[page]), file=sys.stderr)
    return found


def passes(row: dict[str, Any]) -> bool:
    """Looks the same and asks for nothing."""
    return row.get("score", 0) >= PASS_SCORE and not row["asked"]


def firefox_rows(chromium: dict[str, bool], root: Path, tool: Path) -> list[BenchRow]:
    """Firefox's pass rate beside Chromium's, which `chromium` has by page; nothing without Firefox."""
    if not chromium or find_firefox() is None:
        return []
    measured = measure(list(chromium), root, tool)
    passed = [page for page, row in measured.items() if passes(row)]
    only = [page for page, is_passed in chromium.items() if is_passed and page not in passed]
    theirs = sum(chromium.values()) / len(chromium)
    detail = f"{len(passed)} of {len(chromium)} pages, Chromium {sum(chromium.values())}"
    return [
        BenchRow(
            what="fidelity: pages that pass in Firefox, by the extension (Chromium's less two points)",
            ratio=len(passed) / len(chromium),
            goal=round(theirs - POINTS, 4),
            at_least=True,
            detail="; not in Firefox: ".join([detail, ", ".join(only)]) if only else detail,
        )
    ]
