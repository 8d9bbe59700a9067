"""Pages that cannot be kept say why, and what to do; in both languages."""

from __future__ import annotations

import pytest
from tests.pdfs import pdf_of

from linkshot.store.library import Library
from linkshot.store.snapshots import list_resources

pytestmark = pytest.mark.e2e

SAID = {
    "en": "This page cannot be kept: the browser lets no extension read it (browser pages, the add-on store, some file viewers).",
    "zh-CN": "无法保存此页：浏览器不允许扩展读取它（浏览器内部页面、扩展商店、部分文件查看器）。",
}
STORES = (
    "https://chromewebstore.google.com/detail/x",
    "https://chrome.google.com/webstore/detail/x",
)


def answers(browser, tabs):
    """What the popup says of each tab, and whether it offers to try again."""
    said = []
    for tab in tabs:
        popup = browser.open_popup(tab)
        popup.wait_for("failed", "saved", "waiting")
        said.append((popup.text("line"), popup.text("action")))
        popup.close()
    return said


@pytest.mark.parametrize("locale", SAID)
def test_pages_no_extension_may_read_are_told(chromium, site, locale):
    browser = chromium(locale=locale)
    browser.context.route("https://chrom*.google.com/**", lambda route: route.fulfill(body="store"))
    source = "view-source:" + site.put("/a", "<!doctype html><title>A</title>")
    addresses = ["chrome://version/", "chrome://newtab/", "about:blank", source, *STORES]
    tabs = [browser.open_as_person(address) for address in addresses]
    assert answers(browser, tabs) == [(SAID[locale], "")] * len(addresses)
    assert browser.outbox() == []


# A store of add-ons without a network: its name leads to this machine, by plain HTTP.
LEAD_HERE = {
    "network.dns.forceResolve": "127.0.0.1",
    "network.stricttransportsecurity.preloadlist": False,
    "dom.security.https_first": False,
}


def test_firefox_pages_no_extension_may_read_are_told(firefox, site):
    browser = firefox(preferences=LEAD_HERE)
    site.put("/a", "<!doctype html><title>A</title>")
    store = site.put("/a", "A").replace("127.0.0.1", "addons.mozilla.org")
    own = ["about:license", "about:newtab", "about:blank", store]
    tabs = [browser.open_tab(address) for address in own]
    tabs.append(browser.open_as_person(f"view-source:{site.url}/a"))
    assert answers(browser, tabs) == [(SAID["en"], "")] * len(tabs)
    assert browser.outbox() == []


PDF = pdf_of(["乡村振兴促进条例"])


def test_pdf_in_the_browsers_viewer_is_kept_and_found(start_browser, site, linkshot, wait_until):
    browser = start_browser()
    tab = browser.open_tab(site.put("/a.pdf", PDF, media_type="application/pdf"))
    assert answers(browser, [tab]) == [("Kept · 1 resource · 1.2 kB", "")]
    [link] = linkshot("list")
    with Library.open(browser.script.parent / "library") as library:
        kept = list_resources(library, link["last_snapshot_id"])
        assert PDF in [library.blobs.read(one.sha256) for one in kept]
    assert wait_until(lambda: linkshot("search", "振兴")["hits"])[0]["link_id"] == link["link_id"]


def test_pdf_that_its_address_no_longer_gives_is_told(firefox, site):
    browser = firefox()
    headers = (("Cache-Control", "no-store"),)
    tab = browser.open_tab(site.put("/a.pdf", PDF, media_type="application/pdf", headers=headers))
    site.put("/a.pdf", "<!doctype html><title>Log in</title>", headers=headers)
    assert answers(browser, [tab]) == [(SAID["en"], "")]


FILES = (
    "The browser does not let Linkshot read files. On its extensions page, open Linkshot and allow access to file URLs"
    " (in Firefox under Permissions: local files), then try again. Or run “linkshot add” with the file."
)


# Chromium lets an extension that stands on its command line read files whatever is set.
def test_file_that_firefox_lets_nobody_read_is_told(firefox, tmp_path):
    browser = firefox()
    file = tmp_path / "a.html"
    file.write_text("<!doctype html><title>A</title><p>a")
    assert answers(browser, [browser.open_tab(file.as_uri())]) == [(FILES, "Try again")]


def test_file_is_kept(chromium, tmp_path, linkshot):
    browser = chromium()
    file = tmp_path / "a.html"
    file.write_text("<!doctype html><title>A</title><p>a")
    [(said, _)] = answers(browser, [browser.open_tab(file.as_uri())])
    assert (said[:4], [link["url"] for link in linkshot("list")]) == ("Kept", [file.as_uri()])


def test_tab_that_is_gone_is_told(chromium):
    popup = chromium().open_popup(987654321)
    popup.wait_for("failed")
    assert popup.text("line") == (
        "The page was closed or went elsewhere before it was read whole. Open it and try again."
    )
