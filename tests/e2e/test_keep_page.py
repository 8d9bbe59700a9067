"""One click keeps the page: popup, host, library, in real browsers."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import Error
from tests.bad_tags import BAD_TAGS, LONG

pytestmark = pytest.mark.e2e

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "78da63f8cfc0f01f00050001ff89993d1d0000000049454e44ae426082"
)


@pytest.fixture
def page_url(site, other_site):
    """A Chinese page with pictures, style and a frame of another origin."""
    other_site.put("/far.png", PIXEL, media_type="image/png")
    other_site.put("/frame", "<!doctype html><title>框</title><p>另一来源的框架")
    site.put("/near.png", PIXEL, media_type="image/png")
    site.put("/style.css", "@import 'more.css'; p { color: teal }", media_type="text/css")
    site.put("/more.css", "body { background: url(near.png) }", media_type="text/css")
    return site.put(
        "/notice",
        "<!doctype html><meta charset=utf-8><title>关于集成电路的通知</title>"
        "<link rel=stylesheet href=style.css><script>document.title += '!'</script>"
        f"<h1>关于集成电路的通知</h1><p>各县人民政府:光刻胶产业须加快发展。<img src='{other_site.url}/far.png' width=20>"
        f"<iframe src='{other_site.url}/frame'></iframe>",
    )


def test_page_tagged_in_popup_is_found(start_browser, page_url, linkshot, wait_until):
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(page_url))
    popup.type("政策/产业")
    popup.press("Enter")
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    wait_until(lambda: linkshot("tag", "list"))
    hits = wait_until(lambda: linkshot("search", "光刻胶")["hits"])
    assert [(hit["title"], hit["tags"]) for hit in hits] == [("关于集成电路的通知!", ["政策/产业"])]


def test_page_is_kept_whole(start_browser, page_url, linkshot):
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(page_url))
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    [link] = linkshot("list")
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    receipt = version["receipt"]
    # two pictures that are one, two sheets; the frame is a document
    assert (receipt["missing"], receipt["frames"], receipt["kept"]) == ([], 1, 4)


def test_popup_shows_page_and_progress(start_browser, site, guarded):
    browser = start_browser()
    slow = "".join(f"<img src={guarded.url}/slow.png?{number} width=20>" for number in range(3))
    url = site.put("/notice", f"<!doctype html><meta charset=utf-8><title>通知</title>{slow}")
    popup = browser.open_popup(browser.open_tab(url))
    popup.wait_for("gathering")
    shown = [popup.text("line"), popup.attribute("bar", "aria-valuenow")]
    assert shown == ["Gathering pictures and styles: 0 of 3", "30"]
    popup.wait_for("saved")
    assert (popup.text("title"), popup.text("address")) == ("通知", url.removeprefix("http://"))
    assert popup.attribute("bar", "aria-valuenow") == "100"


def test_page_kept_before_says_so(start_browser, page_url, linkshot):
    browser = start_browser()
    tab = browser.open_tab(page_url)
    first = browser.open_popup(tab)
    first.wait_for("saved")
    first.close()
    again = browser.open_popup(tab)
    again.wait_for("saved")
    assert again.text("kept").startswith("Already kept once, on 20")
    assert again.text("line").startswith("Kept, unchanged since last time")
    last, first_kept = linkshot("show", "1")["versions"]
    assert last["receipt"]["bytes"]["sent"] <= 0.05 * first_kept["receipt"]["bytes"]["sent"]


def test_popup_closed_at_once_keeps_page_and_tag(start_browser, page_url, linkshot, wait_until):
    browser = start_browser()
    tab = browser.open_tab(page_url)
    popup = browser.open_popup(tab)
    popup.type("读过,")
    popup.close()
    [link] = wait_until(lambda: linkshot("list"))
    wait_until(lambda: linkshot("list")[0]["tags"] == ["读过"])
    assert link["url"] == page_url


def test_tag_is_completed_by_keyboard(start_browser, page_url, linkshot, wait_until):
    browser = start_browser()
    tab = browser.open_tab(page_url)
    popup = browser.open_popup(tab)
    popup.type("政策/产业/集成电路,")
    popup.wait_for("saved")
    wait_until(lambda: linkshot("list")[0]["tags"])
    popup.press("Backspace")
    wait_until(lambda: not linkshot("list")[0]["tags"])
    popup.type("集成")
    wait_until(lambda: popup.text("choices"))
    popup.press("ArrowDown")
    popup.press("Enter")
    wait_until(lambda: linkshot("list")[0]["tags"] == ["政策/产业/集成电路"])


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize("tag", [LONG, "a//b"])
def test_tag_that_is_refused_is_told_and_the_page_is_kept(
    chromium, page_url, linkshot, wait_until, tag, locale
):
    browser = chromium(locale=locale)
    popup = browser.open_popup(browser.open_tab(page_url))
    # a slash at the end is no fault where tags are typed
    popup.type(f"政策/,{tag},")
    popup.wait_for("saved")
    _, en, zh = BAD_TAGS[tag]
    said = wait_until(lambda: popup.text("tag-trouble"), timeout_s=60)
    assert said == (en if locale == "en" else zh)
    wait_until(lambda: linkshot("list")[0]["tags"] == ["政策"])


def test_enter_in_empty_field_closes_popup(chromium, page_url):
    browser = chromium()
    popup = browser.open_popup(browser.open_tab(page_url))
    popup.wait_for("saved")
    # The page may be gone before the key's own answer is back.
    with popup.page.expect_event("close"), contextlib.suppress(Error):
        popup.press("Enter")
