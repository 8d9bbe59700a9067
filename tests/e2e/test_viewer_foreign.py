"""A page of another site in the same browser: it gets nothing from the viewer, shown or fetched."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page

from linkshot.capture.keep import keep as keep_link
from linkshot.store.library import Library
from linkshot.store.records import SavedSnapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import keep, opened, page, shown, viewer

__all__ = ["keep", "opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e

Keep = Callable[..., SavedSnapshot]

TRIES = """async (app) => {
    const tried = {};
    const load = (make) => new Promise((resolve) => {
        const made = make();
        made.onload = () => resolve('loaded');
        made.onerror = () => resolve('refused');
        document.body.append(made);
    });
    const fetched = async (path, options) => {
        try { const reply = await fetch(app + path, options); return reply.type + ' ' + reply.status; }
        catch { return 'refused'; }
    };
    tried.read = await fetched('/api/links', {credentials: 'include'});
    tried.blind = await fetched('/api/links', {credentials: 'include', mode: 'no-cors'});
    tried.write = await fetched('/api/trash', {method: 'POST', credentials: 'include', mode: 'no-cors',
        headers: {'Content-Type': 'text/plain'}, body: '{"link_ids": [1]}'});
    tried.script = await load(() => Object.assign(document.createElement('script'), {src: app + '/js/main.js'}));
    tried.picture = await load(() => Object.assign(new Image(), {src: app + '/icon.svg'}));
    tried.style = await load(() => Object.assign(document.createElement('link'), {rel: 'stylesheet', href: app + '/css/base.css'}));
    tried.stream = await new Promise((resolve) => {
        const stream = new EventSource(app + '/api/changes', {withCredentials: true});
        stream.onopen = () => resolve('opened');
        stream.onerror = () => { stream.close(); resolve('refused'); };
    });
    return tried;
}"""


@pytest.fixture
def foreign(page: Page, viewer: Viewer, keep: Keep, site: object) -> Iterator[Page]:
    """A tab of a foreign site, in the browser that the viewer let in: it has the cookie."""
    link = keep("https://a.example/1", "<p>1", title="一").link_id
    page.goto(start_address(viewer, link))
    page.wait_for_selector(".frame[data-state=shown]")
    other = page.context.new_page()
    other.goto(site.put("/evil", "<!doctype html><body>"))  # type: ignore[attr-defined]
    yield other


def test_foreign_page_fetches_nothing(foreign: Page, viewer: Viewer, library: Library) -> None:
    """The cookie alone would let it in: other ports of this machine are the same site."""
    tried = foreign.evaluate(TRIES, viewer.app_origin)
    refused = dict.fromkeys(
        ("read", "blind", "write", "script", "picture", "style", "stream"), "refused"
    )
    assert tried == refused
    assert foreign.context.cookies(viewer.app_origin) != []


def test_foreign_page_cannot_frame_the_viewer_or_a_snapshot(foreign: Page, viewer: Viewer) -> None:
    for address in (f"{viewer.app_origin}/", f"{viewer.snapshot_root}/s/1/"):
        foreign.evaluate(
            """(address) => new Promise((resolve) => {
                const frame = Object.assign(document.createElement('iframe'), {src: address});
                frame.onload = resolve;
                document.body.append(frame);
            })""",
            address,
        )
    texts = [frame.locator("body").inner_text() for frame in foreign.frames[1:]]
    assert all("全部" not in text and "All links" not in text and text != "1" for text in texts)
    assert len(texts) == 2


def test_foreign_page_cannot_open_the_viewer(foreign: Page, viewer: Viewer) -> None:
    with foreign.context.expect_page() as opening:
        foreign.evaluate("(app) => { window.kept = open(app + '/') }", viewer.app_origin)
    window = opening.value
    window.wait_for_load_state()
    assert "request_forbidden" in window.locator("body").inner_text()
    assert foreign.evaluate("kept.closed || kept.length") in (True, 0)


def test_address_of_the_window_holds_no_secret_afterwards(foreign: Page, viewer: Viewer) -> None:
    window = foreign.context.pages[0]
    assert window.url == f"{viewer.app_origin}/#link=1"
    assert window.evaluate("document.referrer + document.cookie") == ""
    assert window.evaluate("history.length") <= 2


def test_kept_page_opens_no_connection_anywhere(
    page: Page, viewer: Viewer, library: Library, site: object
) -> None:
    """No Content-Security-Policy stops `preconnect`: assemble takes it out."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    url = site.put(  # type: ignore[attr-defined]
        "/",
        f'<link rel="preconnect" href="{address}"><link rel="dns-prefetch preconnect" '
        f'href="{address}"><link rel=PRECONNECT href="{address}" crossorigin><p id="text">正文',
    )
    # In a thread of its own: this one belongs to the browser's driver.
    with ThreadPoolExecutor(1) as pool:
        saved = pool.submit(keep_link, library, url, via="http").result()
    page.goto(start_address(viewer, saved.link_id))
    page.frame_locator(".frame iframe").locator("#text").wait_for()
    page.wait_for_timeout(1500)
    listener.settimeout(0)
    with listener, pytest.raises(BlockingIOError):
        listener.accept()
