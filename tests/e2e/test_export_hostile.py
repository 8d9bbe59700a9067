"""Exported files that were no pages, in real Chromium: nothing in them runs, and nothing is asked for."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request
from tests.conftest import Site

from linkshot.capture.assemble import assemble
from linkshot.capture.http import capture_with_http
from linkshot.formats.html import write_html
from linkshot.store.library import Library
from linkshot.store.records import BlobSource, NewSnapshot, Receipt, ResourceRecord, SavedSnapshot
from linkshot.store.snapshots import save_snapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import opened, page, shown, viewer

__all__ = ["opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e

SCRIPT = "document.title='ran';fetch('EVIL/fetch')"
TEXT = f"""说明：把下面的代码放进网页
<meta http-equiv="refresh" content="0;url=EVIL/refresh"><base href="EVIL/base/">
<link rel="stylesheet" href="EVIL/s.css"><script>{SCRIPT}</script><script src="EVIL/x.js"></script>
<img src="EVIL/i.png" onerror="{SCRIPT}"><iframe src="EVIL/frame"></iframe>
"""
SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" onload="{SCRIPT}"><script>{SCRIPT}</script>
<style>@import url(EVIL/i.css);rect{{fill:url(EVIL/f.svg#x)}}</style><image href="EVIL/i.png"/>
<text>图</text><use href="EVIL/u.svg#x"/><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"
src="EVIL/frame"></iframe></foreignObject></svg>"""
TYPES = ["text/plain", "application/json", "text/csv; charset=gbk", "image/png"]


def opened_requests(page: Page, path: Path) -> list[str]:
    """All that a file asks for until it is loaded, but for what it holds and what the browser stops."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(path.as_uri())
    others = [one for one in asked if not one.url.startswith(("file:", "data:"))]
    return [one.url for one in others if one.failure not in ("csp", "origin")]


@pytest.fixture
def evil(site: Site) -> str:
    """The address that everything hostile calls."""
    return f"{site.url}/evil"


@pytest.mark.parametrize("media_type", TYPES)
def test_kept_text_runs_nothing_and_asks_for_nothing(
    page: Page, library: Library, site: Site, evil: str, tmp_path: Path, media_type: str
) -> None:
    charset = "gbk" if "gbk" in media_type else "utf-8"
    body = TEXT.replace("EVIL", evil).encode(charset)
    saved = keep(library, site.put("/a.txt", body, media_type=media_type))
    write_html(library, saved.snapshot_id, tmp_path / "o.html")
    assert opened_requests(page, tmp_path / "o.html") == []
    assert page.title() == "a.txt"
    if media_type != "image/png":
        assert page.locator("body > pre").text_content() == body.decode(charset)
    assert not any(path.startswith("/evil") for path in site.requests)


def test_the_same_bytes_named_as_a_page_would_call(
    page: Page, site: Site, evil: str, tmp_path: Path
) -> None:
    """What the test above looks for is there to be seen."""
    (tmp_path / "raw.html").write_text(TEXT.replace("EVIL", evil))
    assert f"{evil}/i.png" in opened_requests(page, tmp_path / "raw.html")


@pytest.mark.parametrize("is_prefixed", [False, True])
def test_drawing_with_scripts_in_the_library_runs_none(
    page: Page, library: Library, site: Site, evil: str, tmp_path: Path, *, is_prefixed: bool
) -> None:
    """They are taken out as it is kept; the policy holds where they were not."""
    svg = SVG.replace("EVIL", evil)
    if is_prefixed:
        svg = svg.replace("<text>", "<s:g xmlns:s='http://www.w3.org/2000/svg'/><text>")
    write_html(library, store(library, svg.encode(), "image/svg+xml"), tmp_path / "o.html")
    assert opened_requests(page, tmp_path / "o.html") == []
    assert page.title() == "A file"
    shown = page.frames[1] if is_prefixed else page.main_frame
    assert shown.locator("text").text_content() == "图"
    assert site.requests == []


@pytest.mark.parametrize("media_type", ["text/plain", "text/csv", "application/json"])
def test_kept_text_is_shown_in_the_window(
    page: Page, library: Library, viewer: Viewer, site: Site, evil: str, media_type: str
) -> None:
    """Chromium takes UTF-8 that says nothing of it for another charset, and a CSV for a download."""
    text = TEXT.replace("EVIL", evil)
    saved = keep(library, site.put("/a", text, media_type=media_type))
    page.goto(start_address(viewer, saved.link_id))
    frame = page.frame_locator(".frame iframe")
    frame.locator("pre").wait_for()
    assert frame.locator("pre").text_content() == text
    assert not any(path.startswith("/evil") for path in site.requests)


def keep(library: Library, url: str) -> SavedSnapshot:
    """Keep what an address gives; apart from this thread, in which Playwright's loop runs."""
    with ThreadPoolExecutor(1) as apart:
        capture = apart.submit(capture_with_http, url).result()
    return assemble(capture.plan, capture.sources, library)


def store(library: Library, data: bytes, media_type: str) -> int:
    """The number of a snapshot that is these bytes, as no capture leaves them."""
    sha256 = hashlib.sha256(data).hexdigest()
    url = "https://a.example/file"
    document = ResourceRecord(
        name=f"{sha256}.bin", url=url, sha256=sha256, media_type=media_type, size=len(data)
    )
    new = NewSnapshot(
        capture_id=sha256[:32],
        url=url,
        page_url=url,
        title="A file",
        captured_at=dt.datetime(2026, 5, 8, tzinfo=dt.UTC),
        via="http",
        digest=sha256,
        document=document.name,
        resources=[document],
        receipt=Receipt(),
        blobs=[BlobSource(sha256=sha256, media_type=media_type, data=data)],
    )
    return save_snapshot(library, new).snapshot_id
