"""Pages that cannot be kept say why, and what to do; in both languages."""

from __future__ import annotations

import pytest
from tests.pdfs import pdf_of

from linkshot.store.library import Library
from linkshot.store.snapshots import list_resources

pytestmark = pytest.mark.e2e

SAID = {
    "en": "This page cannot be kept: the browser lets no extension read it (browser pages, the add-on store). A PDF file of this machine is kept by “linkshot add”.",
    "zh-CN": "无法保存此页：浏览器不允许扩展读取它（浏览器内部页面、扩展商店）。本机的 PDF 文件请用“linkshot add”保存。",
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


@pytest.mark.parametrize("locale", SAID)
def test_firefox_pages_no_extension_may_read_are_told(firefox, site, locale):
    browser = firefox(preferences=LEAD_HERE, locale=locale)
    site.put("/a", "<!doctype html><title>A</title>")
    store = site.put("/a", "A").replace("127.0.0.1", "addons.mozilla.org")
    own = ["about:license", "about:newtab", "about:blank", store]
    tabs = [browser.open_tab(address) for address in own]
    tabs.append(browser.open_as_person(f"view-source:{site.url}/a"))
    assert answers(browser, tabs) == [(SAID[locale], "")] * len(tabs)
    assert browser.outbox() == []


NO_STORE = (("Cache-Control", "no-store"),)
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


NAMED = (("Content-Disposition", 'inline; filename="a.pdf"'),)


# Chromium downloads a file of such a type.
@pytest.mark.parametrize(
    ("path", "media_type", "headers"),
    [
        ("/a.pdf", "application/octet-stream", ()),
        ("/get?id=1", "application/octet-stream", NAMED),
        ("/get?id=1", "application/pdf", ()),
    ],
)
def test_pdf_that_its_server_calls_otherwise_is_kept(
    firefox, site, linkshot, path, media_type, headers
):
    browser = firefox()
    tab = browser.open_tab(site.put(path, PDF, media_type=media_type, headers=headers))
    assert answers(browser, [tab]) == [("Kept · 1 resource · 1.2 kB", "")]


def test_pdf_of_a_site_without_encryption_is_kept(firefox, site):
    browser = firefox(preferences=LEAD_HERE)
    url = site.put("/a.pdf", PDF, media_type="application/pdf", headers=NO_STORE)
    tab = browser.open_tab(url.replace("127.0.0.1", "a.example"))
    assert answers(browser, [tab]) == [("Kept · 1 resource · 1.2 kB", "")]


NOT_GIVEN = (
    "The site did not give the PDF a second time, and Firefox lets no extension read its viewer. Check the connection and"
    " try again, or save the file and run “linkshot add” with it."
)


@pytest.mark.parametrize(
    ("status", "headers"),
    [(503, ()), (200, (("Content-Length", "9999"), ("Connection", "close")))],
    ids=["refused", "cut"],
)
def test_pdf_that_cannot_be_had_again_is_told(firefox, site, status, headers):
    browser = firefox()
    served = {"media_type": "application/pdf", "headers": NO_STORE}
    tab = browser.open_tab(site.put("/a.pdf", PDF, **served))
    served["headers"] += headers
    site.put("/a.pdf", PDF, status=status, **served)
    assert answers(browser, [tab]) == [(NOT_GIVEN, "Try again")]


def test_pdf_that_its_address_no_longer_gives_is_told(firefox, site):
    browser = firefox()
    tab = browser.open_tab(site.put("/a.pdf", PDF, media_type="application/pdf", headers=NO_STORE))
    site.put("/a.pdf", "<!doctype html><title>Log in</title>", headers=NO_STORE)
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


def test_pdf_file_that_no_permission_opens_is_told(firefox, tmp_path):
    browser = firefox()
    file = tmp_path / "a.PDF"
    file.write_bytes(PDF)
    assert answers(browser, [browser.open_tab(file.as_uri())]) == [(SAID["en"], "")]


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
