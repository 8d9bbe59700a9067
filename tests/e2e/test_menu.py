"""The context menu, clicked with a mouse: this page, the link under the pointer, the selection."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e

HEAD = (
    "<!doctype html><meta charset=utf-8><style>body { font: 30px sans-serif; margin: 40px }</style>"
)


def badge(browser, tab):
    """What stands on the toolbar button of a tab, and its title."""
    read = """async tabId => {
        const { action } = globalThis.browser ?? chrome;
        return [await action.getBadgeText({tabId}), await action.getTitle({tabId})];
    }"""
    return browser.ask(read, tab)


def test_page_is_kept_from_the_menu(on_screen, site, linkshot, wait_until):
    browser = on_screen()
    url = site.put("/a", f"{HEAD}<title>甲</title><p id=here>长江流域")
    browser.show_tab(browser.open_tab(url))
    browser.choose_from_menu(url, "#here", "Keep this page")
    [link] = wait_until(lambda: linkshot("list"))
    assert (link["url"], link["title"], browser.outbox()) == (url, "甲", [])


def test_link_under_the_pointer_is_kept_from_the_menu(on_screen, site, linkshot, wait_until):
    browser = on_screen()
    behind = site.put("/b", f"{HEAD}<title>乙</title><p>黄河流域")
    url = site.put("/a", f"{HEAD}<title>甲</title><a id=here href=/b>这里</a>")
    tab = browser.open_tab(url)
    browser.show_tab(tab)
    browser.choose_from_menu(url, "#here", "Keep this link")
    [link] = wait_until(lambda: linkshot("list"))
    assert (link["url"], link["title"]) == (behind, "乙")
    # the tab that it was read in is closed again
    is_closed = "url => (globalThis.browser ?? chrome).tabs.query({}).then(all => !all.some(t => t.url === url))"
    wait_until(lambda: browser.ask(is_closed, behind))
    wait_until(lambda: badge(browser, tab) == ["✓", "The link is kept"])


def test_link_to_a_page_that_cannot_be_had_is_told(on_screen, site, linkshot, wait_until):
    browser = on_screen()
    site.put("/b", b"PK", media_type="application/zip")
    url = site.put("/a", f"{HEAD}<title>甲</title><a id=here href=/b>这里</a>")
    tab = browser.open_tab(url)
    browser.show_tab(tab)
    browser.choose_from_menu(url, "#here", "Keep this link")
    wait_until(lambda: badge(browser, tab) == ["×", "The page behind the link could not be kept"])
    assert linkshot("list") == []


def read_link(linkshot, link_id):
    """The link once its text has been read, which follows the save."""
    shown = linkshot("show", str(link_id))
    return shown if shown["text"] else None


SELECT = "() => getSelection().selectAllChildren(document.querySelector('#here'))"


def test_selection_alone_is_kept_from_the_menu(on_screen, site, linkshot, wait_until):
    browser = on_screen()
    body = f"{HEAD}<title>甲</title><p>别的内容<p id=here>只要这一段"
    url = site.put("/a", body)
    browser.show_tab(browser.open_tab(url))
    browser.run_in(url, SELECT)
    browser.choose_from_menu(url, "#here", "Keep the selection only")
    [link] = wait_until(lambda: linkshot("list"))
    shown = wait_until(lambda: read_link(linkshot, link["link_id"]))
    assert (shown["text"], shown["receipt"]["warnings"]) == ("只要这一段", ["selection_only"])
