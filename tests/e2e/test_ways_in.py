"""Other ways to the same capture: the command line, the context menu, several tabs; and what the button then shows."""

from __future__ import annotations

import functools
import io
from datetime import datetime

import pytest
from PIL import Image

from linkshot.page.icons import is_icon
from linkshot.store.library import Library
from linkshot.store.snapshots import get_snapshot, get_thumbnail, list_resources

pytestmark = pytest.mark.e2e

PAGE = "<!doctype html><meta charset=utf-8><title>{0}</title><p>{0}"


TOOLBAR_POPUP = "tabId => (globalThis.browser ?? chrome).action.getPopup({tabId})"
# Notes each reading, and one begun ahead, in the world where the extension's scripts run.
WATCH_READING = """tabId => (globalThis.browser ?? chrome).scripting.executeScript({target: {tabId}, func: () => {
    const seen = (globalThis.seen = []);
    let begun, read;
    globalThis.linkshotInject = Object.defineProperties({}, {
        begun: { set: (given) => { seen.push('begun ahead'); begun = given; }, get: () => begun },
        captureFrame: {
            set: (given) => { read = (...options) => { seen.push('read'); return given(...options); }; },
            get: () => read,
        },
    });
}}).then(() => 0)"""
SEEN = """tabId => (globalThis.browser ?? chrome).scripting
    .executeScript({target: {tabId}, func: () => globalThis.seen}).then(([{result}]) => result)"""


def put(site, title):
    return site.put(f"/{title}", PAGE.format(title))


def badge(browser, tab):
    """What stands on the toolbar button of a tab."""
    return browser.ask("tabId => chrome.action.getBadgeText({tabId})", tab)


def test_command_line_keeps_link_through_a_tab(start_browser, site, linkshot):
    browser = start_browser()
    browser.own_page()
    [added] = linkshot("add", put(site, "a"), "--via", "tab", "--tag", "政策")
    assert (added["title"], added["via"], added["tags"]) == ("a", "tab", ["政策"])
    assert browser.outbox() == []


def test_toolbar_popup_of_loaded_page_names_its_tab(start_browser, site, wait_until):
    browser = start_browser()
    browser.own_page()
    tab = browser.open_tab(put(site, "a"))
    wait_until(lambda: browser.ask(TOOLBAR_POPUP, tab).endswith(f"/popup.html?tabId={tab}"))


def test_page_is_read_once_begun_by_popup(start_browser, site):
    browser = start_browser()
    tab = browser.open_tab(put(site, "a"))
    browser.ask(WATCH_READING, tab)
    assert browser.open_popup(tab).wait_for("saved", "failed") == "saved"
    assert browser.ask(SEEN, tab) == ["read", "begun ahead"]


def test_two_tabs_at_once_are_both_kept(chromium, site, linkshot):
    browser = chromium()
    tabs = [browser.open_tab(put(site, name)) for name in ("a", "b")]
    popups = [browser.open_popup(tab) for tab in tabs]
    assert [popup.wait_for("saved", "failed") for popup in popups] == ["saved", "saved"]
    assert sorted(link["title"] for link in linkshot("list")) == ["a", "b"]


def test_button_tells_how_often_page_is_kept(chromium, site, linkshot, wait_until):
    browser = chromium(locale="zh-CN")
    url = put(site, "a")
    tab = browser.open_tab(url)
    popup = browser.open_popup(tab)
    popup.wait_for("saved")
    wait_until(lambda: badge(browser, tab) == "✓")
    popup.close()
    other = browser.open_tab(url)
    wait_until(lambda: badge(browser, other) == "1")
    again = browser.open_popup(other)
    again.wait_for("saved")
    assert again.text("kept").startswith("此前已存 1 版，20")
    again.close()
    third = browser.open_popup(tab)
    third.wait_for("saved")
    assert third.text("kept").startswith("已存 2 版，最近 20")


def test_popup_and_badge_tell_how_often_and_when(start_browser, site, linkshot, wait_until):
    url = put(site, "a")
    for _ in range(3):
        [added] = linkshot("add", url, "--via", "http")
    day = datetime.fromisoformat(added["captured_at"]).astimezone().date()
    browser = start_browser()
    browser.outbox()  # the worker runs, and with it the host
    tab = browser.open_tab(url)
    wait_until(lambda: badge(browser, tab) == "3")
    popup = browser.open_popup(tab)
    popup.wait_for("saved")
    assert popup.text("kept") == f"Already kept: 3 versions, last on {day}"


# The popup in a window of its own leaves the page in front, as the toolbar's does.
IN_FRONT = """async (tabId, url) => {
    await chrome.tabs.update(tabId, {active: true});
    await chrome.windows.create({url, type: 'popup'});
}"""


def test_page_in_front_has_a_thumbnail(start_browser, site, tmp_path, linkshot, wait_until):
    browser = start_browser()
    tab = browser.open_tab(put(site, "a"))
    popup = browser.url(f"popup/popup.html?tabId={tab}")
    browser.ask(IN_FRONT, tab, popup)
    [link] = wait_until(lambda: linkshot("list"))
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    with Library.open(tmp_path / "library") as library:
        read = functools.partial(get_thumbnail, library, version["snapshot_id"])
        media_type, data = wait_until(read)
    assert (media_type, Image.open(io.BytesIO(data)).width) == ("image/webp", 320)


def test_tab_closed_in_the_middle_is_told(chromium, site, guarded):
    browser = chromium()
    waiting = f"<!doctype html><title>A</title><img src={guarded.url}/never>"
    tab = browser.open_tab(site.put("/a", waiting), wait_until="commit")
    page = next(page for page in browser.context.pages if page.url.endswith("/a"))
    popup = browser.open_popup(tab)
    popup.page.wait_for_selector('[data-part="address"]:has-text("/a")')
    page.close()
    assert popup.wait_for("failed", "saved", "waiting") == "failed"
    assert popup.text("line").startswith("The page was closed or went elsewhere")
    assert browser.outbox() == []


def test_tab_that_goes_elsewhere_in_the_middle_is_told(chromium, site, guarded):
    browser = chromium()
    waiting = f"<!doctype html><title>A</title><img src={guarded.url}/never>"
    tab = browser.open_tab(site.put("/a", waiting), wait_until="commit")
    page = next(page for page in browser.context.pages if page.url.endswith("/a"))
    popup = browser.open_popup(tab)
    popup.page.wait_for_selector('[data-part="address"]:has-text("/a")')
    page.goto(put(site, "b"))
    assert popup.wait_for("failed", "saved", "waiting") == "failed"
    assert popup.text("line").startswith("The page was closed or went elsewhere")


ICON = b"\0\0\1\0\1\0\1\1\0\0\1\0\x18\0\x30\0\0\0\x16\0\0\0" + (
    b"\x28\0\0\0\1\0\0\0\2\0\0\0\1\0\x18" + bytes(25) + b"\0\0\xff\0" + bytes(4)
)


def kept_icon(library, linkshot):
    """Is the default icon kept (Firefox has it as a PNG), does the page name it, and what is missing?"""
    [link] = linkshot("list")
    with Library.open(library) as opened:
        snapshot = get_snapshot(opened, link["last_snapshot_id"])
        kept = {one.url: one for one in list_resources(opened, snapshot.snapshot_id)}
        icon = next((one for url, one in kept.items() if url.endswith("/favicon.ico")), None)
        document = next(one for one in kept.values() if one.name == snapshot.document)
        html = opened.blobs.read(document.sha256).decode()
        is_named = icon is not None and f'<link rel="icon" href="{icon.name}">' in html
        data = opened.blobs.read(icon.sha256) if icon else b""
        return is_icon(data), is_named, snapshot.receipt.missing


@pytest.mark.parametrize("icon", [ICON, None], ids=["there", "none"])
def test_icon_at_its_default_address_is_kept_from_a_tab(
    start_browser, site, tmp_path, linkshot, wait_until, icon
):
    browser = start_browser()
    if icon:
        site.put("/favicon.ico", icon, media_type="image/x-icon")
    tab = browser.open_tab(put(site, "a"))
    has_icon = "tabId => (globalThis.browser ?? chrome).tabs.get(tabId).then(tab => tab.favIconUrl)"
    wait_until(lambda: "/favicon.ico" in site.requests)
    wait_until(lambda: not icon or browser.ask(has_icon, tab))
    popup = browser.open_popup(tab)
    assert popup.wait_for("saved", "failed") == "saved"
    assert kept_icon(tmp_path / "library", linkshot) == (bool(icon), bool(icon), [])


@pytest.mark.parametrize("way", ["http", "browser"])
@pytest.mark.parametrize("icon", [ICON, None], ids=["there", "none"])
def test_icon_at_its_default_address_is_kept_without_a_tab(site, tmp_path, linkshot, way, icon):
    if icon:
        site.put("/favicon.ico", icon, media_type="image/x-icon")
    linkshot("add", put(site, "a"), "--via", way)
    assert kept_icon(tmp_path / "library", linkshot) == (bool(icon), bool(icon), [])
