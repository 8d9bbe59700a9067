"""The toolbar button after the popup is gone: what it says goes with the page, and with what becomes of the capture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.conftest import Site

pytestmark = pytest.mark.e2e

READ = """async tabId => {
    const { action } = globalThis.browser ?? chrome;
    return [await action.getBadgeText({tabId}), await action.getTitle({tabId})];
}"""
PAGE = "<!doctype html><meta charset=utf-8><title>甲</title><p>水利工程"
GO = "path => history.pushState(null, '', path)"
NONE, ONCE = ["", "Keep this page"], ["1", "Already kept: versions of this page: 1"]


def test_badge_goes_when_a_script_leads_to_another_page_and_counts_when_it_leads_back(
    start_browser: Callable[..., Any], site: Site, wait_until: Callable[..., Any]
) -> None:
    browser = start_browser()
    url = site.put("/a", PAGE)
    tab = browser.open_tab(url)
    browser.open_popup(tab).wait_for("saved")
    wait_until(lambda: browser.ask(READ, tab) == ["✓", "Kept"])
    browser.run_in(url, GO, "/b")
    wait_until(lambda: browser.ask(READ, tab) == NONE)
    browser.run_in(f"{site.url}/b", GO, "/a")
    wait_until(lambda: browser.ask(READ, tab) == ONCE)


def test_badge_of_a_page_that_waited_tells_when_it_is_sent(
    start_browser: Callable[..., Any],
    site: Site,
    linkshot: Callable[..., Any],
    wait_until: Callable[..., Any],
) -> None:
    browser = start_browser(has_host=False)
    tab = browser.open_tab(site.put("/a", PAGE))
    popup = browser.open_popup(tab)
    popup.wait_for("waiting")
    assert browser.ask(READ, tab) == ["!", popup.text("cure")]
    browser.install_host()
    popup.wait_for("saved")
    wait_until(lambda: browser.ask(READ, tab) == ["✓", "Kept"])
    # the popup that stayed open takes tags as any other
    popup.type("后来,")
    wait_until(lambda: linkshot("list")[0]["tags"] == ["后来"])


def test_badge_of_a_page_that_waited_goes_though_its_worker_was_stopped(
    start_browser: Callable[..., Any], site: Site, wait_until: Callable[..., Any]
) -> None:
    browser = start_browser(has_host=False)
    tab = browser.open_tab(site.put("/a", PAGE))
    popup = browser.open_popup(tab)
    popup.wait_for("waiting")
    popup.close()
    browser.own_page()
    browser.stop_worker()
    browser.install_host()
    wait_until(lambda: not browser.outbox())
    wait_until(lambda: browser.ask(READ, tab) == ONCE)


def test_badge_says_why_a_page_was_not_kept(
    start_browser: Callable[..., Any], wait_until: Callable[..., Any]
) -> None:
    browser = start_browser()
    tab = browser.open_as_person("about:blank")
    popup = browser.open_popup(tab)
    popup.wait_for("failed")
    said = f"This page could not be kept: {popup.text('line')}"
    wait_until(lambda: browser.ask(READ, tab) == ["×", said])


def test_tag_typed_after_the_worker_was_stopped_is_kept(
    start_browser: Callable[..., Any],
    site: Site,
    linkshot: Callable[..., Any],
    wait_until: Callable[..., Any],
) -> None:
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(site.put("/a", PAGE)))
    popup.type("先前,")
    popup.wait_for("saved")
    wait_until(lambda: linkshot("list")[0]["tags"] == ["先前"])
    browser.own_page()
    browser.stop_worker()
    popup.type("后来,")
    wait_until(lambda: linkshot("list")[0]["tags"] == ["先前", "后来"])
    popup.press("Backspace")
    wait_until(lambda: linkshot("list")[0]["tags"] == ["先前"])


POINT = """async (tab, paths) => {
    const { runtime } = globalThis.browser ?? chrome;
    const { keepPointedAt } = await import(runtime.getURL('background/links.js'));
    const kept = paths.map(path => keepPointedAt(path, tab));
    return Promise.all(kept).then(() => 0);
}"""


def test_badge_of_links_kept_together_tells_the_one_that_failed(
    start_browser: Callable[..., Any], site: Site, wait_until: Callable[..., Any]
) -> None:
    browser = start_browser()
    tab = browser.open_tab(site.put("/list", PAGE))
    kept = [site.put(path, PAGE) for path in ("/b", "/c")]
    browser.ask(POINT, tab, [f"{site.url}/gone", *kept])
    assert browser.ask(READ, tab)[0] == "×"
    # and a tab that has nothing to say counts it
    other = browser.open_as_person("about:blank")
    browser.ask(RECOUNT)
    wait_until(lambda: browser.ask(READ, other) == ["1", "Captures waiting in the outbox: 1"])


RECOUNT = """() => (globalThis.browser ?? chrome).runtime
    .sendMessage({ type: 'outbox.discard', capture_id: 'none' }).then(() => 0)"""


TRY = """async (url, tab) => {
    const { runtime } = globalThis.browser ?? chrome;
    const { newItem, putItem } = await import(runtime.getURL('background/outbox.js'));
    await putItem(newItem({ capture_id: 'a', page_url: url, pointed_in: tab, state: 'interrupted' }));
    await runtime.sendMessage({ type: 'outbox.retry', capture_id: 'a' });
}"""


def test_badge_of_a_link_is_still_there_when_its_tab_is_looked_at_again(
    start_browser: Callable[..., Any], site: Site, wait_until: Callable[..., Any]
) -> None:
    browser = start_browser()
    tab = browser.open_tab(site.put("/list", PAGE))
    browser.ask(TRY, f"{site.url}/gone", tab)
    wait_until(lambda: browser.ask(READ, tab)[0] == "×")
    kept = browser.open_tab(site.put("/b", PAGE))
    browser.open_popup(kept).wait_for("saved")
    browser.show_tab(tab)
    browser.show_tab(browser.open_tab(f"{site.url}/b"))
    assert browser.ask(READ, tab)[0] == "×"
