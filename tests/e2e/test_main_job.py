"""The main job, end to end: kept by a click, tagged, found by a Chinese word, opened without a network."""

from __future__ import annotations

import pytest
from chromium import ARGUMENTS, find_chromium
from guarded_site import PIXEL

from linkshot.viewer.run import serve_library, start_address

pytestmark = pytest.mark.e2e


@pytest.fixture
def page_url(site, other_site):
    """A notice with a picture, a style and a frame, half of it from another origin."""
    other_site.put("/far.png", PIXEL, media_type="image/png")
    frame = "<!doctype html><meta charset=utf-8><p id=inner>附表<img src=far.png>"
    other_site.put("/frame", frame)
    site.put("/style.css", "h1 { color: teal; background: url(near.png) }", media_type="text/css")
    site.put("/near.png", PIXEL, media_type="image/png")
    return site.put(
        "/notice",
        "<!doctype html><meta charset=utf-8><title>关于集成电路的通知</title>"
        "<link rel=stylesheet href=style.css><script>document.title += '!'</script>"
        f"<h1>通知</h1><p id=text>光刻胶产业须加快发展。<img src='{other_site.url}/far.png' width=20>"
        f"<iframe src='{other_site.url}/frame'></iframe>",
    )


def test_clicked_page_is_found_and_opened_without_a_request_elsewhere(
    start_browser, playwright, page_url, linkshot, wait_until, tmp_path
):
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(page_url))
    popup.type("政策/产业")
    popup.press("Enter")
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    assert popup.text("line").startswith(("Kept", "已保存"))
    wait_until(lambda: linkshot("list")[0]["tags"] == ["政策/产业"])
    [hit] = wait_until(lambda: linkshot("search", "光刻")["hits"])
    assert (hit["title"], hit["tags"]) == ("关于集成电路的通知!", ["政策/产业"])
    shown, requests = open_in_viewer(playwright, tmp_path / "library", hit["link_id"])
    assert shown == ("光刻胶产业须加快发展。", "rgb(0, 128, 128)", "附表")
    assert requests == []


def open_in_viewer(playwright, library, link_id):
    """The snapshot's text, its heading's colour and its frame's text; what was asked of elsewhere."""
    if find_chromium() is None:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    requests = []
    with (
        serve_library(library, language="en") as viewer,
        playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS) as browser,
    ):
        page = browser.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.goto(start_address(viewer, link_id))
        snapshot = page.frame_locator(".frame iframe")
        inner = snapshot.frame_locator("iframe").locator("#inner")
        color = "element => getComputedStyle(element).color"
        inner.wait_for()
        shown = (
            snapshot.locator("#text").inner_text(),
            snapshot.locator("h1").evaluate(color),
            inner.inner_text(),
        )
        own = (viewer.app_origin, viewer.snapshot_origin, "data:", "blob:", "about:")
        return shown, [url for url in requests if not url.startswith(own)]
