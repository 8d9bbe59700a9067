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
    said = "The page behind the link could not be kept: The link leads to a file, which the browser downloads and does not show. “linkshot add” with its address keeps it."
    wait_until(lambda: badge(browser, tab) == ["×", said])
    assert linkshot("list") == []


REFUSED = {
    "en": (
        "Keep this link",
        "The page behind the link could not be kept: ",
        "The site answered with the error 404, so nothing was kept. Open the link; if you want what it shows, click the toolbar button there.",
    ),
    "zh-CN": (
        "保存此链接",
        "链接指向的页面未能保存：",
        "网站返回错误 404，因此没有保存。请打开该链接；如果想保存它显示的内容，请在那里点击工具栏按钮。",
    ),
}
# What the options page lists: where the title leads, and why the page was not kept.
LISTED = """() => [...document.querySelectorAll('.item')].map((row) =>
    [row.querySelector('.item-title a').href, row.querySelector('.item-error')?.innerText])"""
RETRY = """capture_id => (globalThis.browser ?? chrome).runtime
    .sendMessage({ type: 'outbox.retry', capture_id }).then(() => 0)"""


@pytest.mark.parametrize("locale", REFUSED)
def test_link_to_an_error_page_is_told_and_listed_until_it_is_kept(
    on_screen, site, linkshot, wait_until, locale
):
    browser = on_screen(locale=locale)
    entry, head, said = REFUSED[locale]
    behind = site.put("/b", f"{HEAD}<title>没有了</title><p>撤下", status=404)
    url = site.put("/a", f"{HEAD}<title>甲</title><a id=here href=/b>这里</a>")
    tab = browser.open_tab(url)
    browser.show_tab(tab)
    browser.choose_from_menu(url, "#here", entry)
    wait_until(lambda: badge(browser, tab) == ["×", head + said])
    options = browser.url("options/options.html")
    wait_until(lambda: browser.run_in(options, LISTED) == [[behind, said]])
    [item] = browser.outbox()
    assert (item["state"], item["error"]["detail"]) == ("interrupted", {"status": 404})
    site.put("/b", f"{HEAD}<title>乙</title><p>黄河流域")
    browser.ask(RETRY, item["capture_id"])
    assert browser.outbox() == []
    [link] = linkshot("list")
    assert (link["url"], link["title"]) == (behind, "乙")
    wait_until(lambda: badge(browser, tab)[0] == "✓")


OPEN = """url => (globalThis.browser ?? chrome).tabs.query({})
    .then(tabs => tabs.filter(tab => tab.url === url).map(({id}) => id))"""


def point_at_a_page_that_is_held(browser, site, guarded, wait_until):
    """Keep a link from the menu; its page's address, and the tab that waits for it."""
    behind = f"{guarded.url}/held.html"
    url = site.put("/a", f"{HEAD}<title>甲</title><a id=here href={behind}>这里</a>")
    browser.show_tab(browser.open_tab(url))
    browser.choose_from_menu(url, "#here", "Keep this link")
    return behind, wait_until(lambda: browser.ask(OPEN, behind))


def stop_worker(browser, behind, opened, wait_until):
    """End the worker and ask for the next, which closes the tab; the tabs that show the page then, once they are others."""
    browser.stop_worker()
    wait_until(lambda: browser.outbox() is not None and browser.ask(OPEN, behind) != opened)


def test_link_whose_worker_is_stopped_is_kept_by_the_next(
    on_screen, site, guarded, linkshot, wait_until
):
    browser = on_screen()
    behind, opened = point_at_a_page_that_is_held(browser, site, guarded, wait_until)
    stop_worker(browser, behind, opened, wait_until)
    guarded.let_go()
    [link] = wait_until(lambda: linkshot("list"))
    assert (link["url"], link["snapshots"]) == (behind, 1)
    wait_until(lambda: (browser.outbox(), browser.ask(OPEN, behind)) == ([], []))


def test_link_over_which_two_workers_are_stopped_is_listed_until_it_is_kept(
    on_screen, site, guarded, linkshot, wait_until
):
    browser = on_screen()
    behind, opened = point_at_a_page_that_is_held(browser, site, guarded, wait_until)
    stop_worker(browser, behind, opened, wait_until)
    stop_worker(browser, behind, wait_until(lambda: browser.ask(OPEN, behind)), wait_until)
    [item] = wait_until(lambda: [one for one in browser.outbox() if one["state"] == "interrupted"])
    assert (item["error"]["code"], browser.ask(OPEN, behind)) == ("page_closed", [])
    guarded.let_go()
    browser.ask(RETRY, item["capture_id"])
    assert [link["url"] for link in linkshot("list")] == [behind]
    assert (browser.outbox(), browser.ask(OPEN, behind)) == ([], [])


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
