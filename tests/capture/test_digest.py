"""The same page again is the same capture: whoever keeps it twice sends and stores nothing new."""

from pathlib import Path

import pytest

from linkshot.capture.browser import BrowserOptions
from linkshot.capture.http import capture_with_http
from linkshot.capture.keep import keep

PAGES = Path(__file__).parents[1] / "pages"
PAGE = (
    "<!doctype html><link rel=stylesheet href=a.css><p>中<canvas id=c></canvas><img src=a.png>"
    "<iframe srcdoc='<p>x'></iframe><div id=d></div><script>"
    "c.getContext('2d').fillRect(1, 1, 9, 9); d.attachShadow({mode: 'closed'}).innerHTML = '<b>s</b>';"
    "fetch('a.png').then((a) => a.blob()).then((b) => { i = new Image(); "
    "i.src = URL.createObjectURL(b); document.body.append(i) })</script>"
)
# Forms of the same address.
SHARED = ("?from=timeline", "?utm_source=x")


@pytest.fixture
def page(site):
    sheet = "@font-face{font-family:x;src:url(x.woff2)}p{font-family:x}a{background:url(a.png)}"
    site.put("/a.css", sheet, media_type="text/css")
    site.put("/a.png", b"\x89PNG\r\n\x1a\n", media_type="image/png")
    site.put("/x.woff2", b"wOF2", media_type="font/woff2")
    for shared in SHARED:
        site.put(f"/{shared}", PAGE)
    return site.put("/", PAGE)


def test_same_page_by_http_has_the_same_digest(page):
    assert capture_with_http(page).plan.digest() == capture_with_http(page).plan.digest()


def test_same_page_is_a_version_without_new_bytes(library, page):
    first, second = keep(library, page, via="http"), keep(library, page, via="http")
    assert (first.unchanged, second.unchanged) == (False, True)
    assert second.receipt.bytes.stored == 0


def test_same_page_under_the_address_that_was_shared_is_unchanged(library, page):
    first = keep(library, page, via="http")
    for shared in (*SHARED, "#part"):
        saved = keep(library, page + shared, via="http")
        assert (saved.link_id, saved.unchanged) == (first.link_id, True)


@pytest.mark.e2e
def test_same_page_by_the_browser_has_the_same_digest(page, start_capturer):
    capturer = start_capturer(BrowserOptions(thumbnail=False))
    plans = [capturer.capture(page + shared).plan for shared in ("", "", *SHARED)]
    assert len({plan.digest() for plan in plans}) == 1
