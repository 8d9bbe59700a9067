"""Hostile snapshots in real Chromium: nothing runs, nothing leaves, nothing reaches the viewer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from linkshot.store.records import SavedSnapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import keep, library, opened, page, viewer

__all__ = ["keep", "library", "opened", "page", "viewer"]

pytestmark = pytest.mark.e2e

Keep = Callable[..., SavedSnapshot]

HOSTILE = """<!doctype html><html><head><title>t</title>
<meta http-equiv="refresh" content="0;url=https://evil.example/refresh">
<base href="https://evil.example/base/">
<link rel="stylesheet" href="https://evil.example/s.css">
<link rel="preload" as="image" href="https://evil.example/preload.png">
<link rel="prefetch" href="https://evil.example/prefetch">
<link rel="dns-prefetch" href="https://evil.example/">
<link rel="preconnect" href="https://evil.example/">
<link rel="icon" href="https://evil.example/icon.png">
<link rel="manifest" href="https://evil.example/manifest.json">
<style>@import url(https://evil.example/i.css); body{background:url(https://evil.example/b.png)}
@font-face{font-family:x;src:url(https://evil.example/f.woff2)} p{font-family:x}</style>
<script>document.title='ran'; fetch('https://evil.example/fetch')</script>
</head><body>
<p id="text">正文</p>
<script src="https://evil.example/x.js"></script>
<script type="module">parent.postMessage('ran','*')</script>
<img src="https://evil.example/i.png" onerror="document.body.id='ran'">
<img srcset="https://evil.example/2x.png 2x" src="data:,">
<img src="APP/api/links"><iframe src="APP/"></iframe><iframe src="APP/api/links"></iframe>
<iframe src="https://evil.example/frame"></iframe>
<iframe srcdoc="<script>parent.document.body.id='ran'</script><img src=https://evil.example/d.png>"></iframe>
<iframe src="javascript:parent.document.body.id='ran'"></iframe>
<iframe src="data:text/html,<script>parent.postMessage('ran','*')</script>"></iframe>
<object data="https://evil.example/o"></object><embed src="https://evil.example/e">
<video src="https://evil.example/v.mp4" autoplay poster="https://evil.example/p.png"></video>
<audio src="https://evil.example/a.mp3" autoplay></audio>
<svg><image href="https://evil.example/s.png"/><use href="https://evil.example/u.svg#x"/></svg>
<form id="form" action="https://evil.example/form"><input name="a"><button id="send">send</button></form>
<form action="APP/api/trash" method="post"><button id="trash">trash</button></form>
<a id="out" href="https://evil.example/out">out</a>
<a id="self" target="_self" href="https://evil.example/self">self</a>
<a id="top" target="_top" href="https://evil.example/top">top</a>
<a id="script" href="javascript:document.body.id='ran'">script</a>
<a id="app" href="APP/">app</a>
<a id="ping" href="#end" ping="https://evil.example/ping">end</a>
<div style="height:4000px"></div><p id="end">end</p>
</body></html>"""


@pytest.fixture
def copy(page: Page, viewer: Viewer, keep: Keep) -> list[str]:
    """The hostile snapshot, open in the viewer; the list gathers every address asked for."""
    saved = keep("https://a.example/", HOSTILE.replace("APP", viewer.app_origin))
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(start_address(viewer, saved.link_id))
    page.wait_for_selector(".frame[data-state=shown]")
    page.wait_for_timeout(1500)
    return asked


def outside(asked: list[str], viewer: Viewer) -> list[str]:
    """Requests that really left: the browser reports blocked ones too, as failed."""
    inside = (viewer.app_origin + "/", viewer.snapshot_origin + "/", "data:", "about:")
    return [url for url in asked if not url.startswith(inside)]


def test_nothing_runs_and_nothing_leaves(page: Page, viewer: Viewer, copy: list[str]) -> None:
    left: list[str] = []
    page.context.on("requestfinished", lambda request: left.append(request.url))
    page.reload()
    page.wait_for_selector(".frame[data-state=shown]")
    page.wait_for_timeout(1500)
    frame = page.frame_locator(".frame iframe")
    assert frame.locator("body").get_attribute("id") is None
    assert frame.locator("#text").inner_text() == "正文"
    assert outside(left, viewer) == []
    assert outside(copy, viewer) == []


@pytest.mark.parametrize("target", ["#out", "#self", "#top", "#script", "#app", "#send", "#trash"])
def test_click_leaves_the_copy_where_it_is(
    page: Page, viewer: Viewer, copy: list[str], target: str
) -> None:
    page.frame_locator(".frame iframe").locator(target).click()
    page.wait_for_timeout(800)
    assert page.url.startswith(viewer.app_origin + "/")
    assert len(page.context.pages) == 1
    frame = page.frame_locator(".frame iframe")
    assert frame.locator("#text").inner_text() == "正文"
    assert frame.locator("body").get_attribute("id") is None
    assert outside(copy, viewer) == []


def test_link_inside_the_page_works(page: Page, viewer: Viewer, copy: list[str]) -> None:
    page.frame_locator(".frame iframe").locator("#ping").click()
    page.frame_locator(".frame iframe").locator("#end").wait_for(state="visible")
    page.wait_for_timeout(500)
    box = page.frame_locator(".frame iframe").locator("#end").bounding_box()
    assert box is not None
    assert box["y"] < 900
    assert outside(copy, viewer) == []


def test_snapshot_opened_by_itself_runs_nothing(
    page: Page, viewer: Viewer, copy: list[str]
) -> None:
    page.goto(f"{viewer.snapshot_root}/s/1/")
    page.wait_for_timeout(800)
    assert page.locator("body").get_attribute("id") is None
    assert outside(copy, viewer) == []


def test_frame_has_no_way_to_the_api(page: Page, viewer: Viewer, copy: list[str]) -> None:
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
