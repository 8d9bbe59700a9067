"""Firefox, where the person has not given access to sites: the click gives the page alone; asked for the rest, given, kept."""

from __future__ import annotations

import pytest
from guarded_site import PIXEL
from toolbar import Toolbar

pytestmark = pytest.mark.e2e

REMOVE = "() => browser.permissions.remove({origins: ['<all_urls>']})"
ASKED = (
    "Linkshot may not read this site yet. Allow access, and the page is kept at once; nothing is read before you click.",
    "Allow access to sites",
)
LACKING = (
    "Linkshot may read this page alone, so what comes from other sites may be missing. Allow access, and the page is kept again.",
    "Allow access to sites",
)


def take_access_away(browser):
    assert browser.evaluate(browser.own_page(), REMOVE, clicked=True) is True


@pytest.fixture
def popup(firefox, screen, site, other_site):
    """The toolbar's popup of a page with a picture of another site, without access to sites."""
    browser = firefox(screen=screen)
    take_access_away(browser)
    other_site.put("/far.png", PIXEL, media_type="image/png")
    picture = f"<img src={other_site.url}/far.png width=20>"
    url = site.put("/a", f"<!doctype html><meta charset=utf-8><title>甲</title>{picture}")
    browser.show_tab(browser.open_tab(url))
    opened = Toolbar(browser)
    opened.press_shortcut()
    assert opened.wait_for("saved", "failed") == "saved"
    return opened


def versions(linkshot):
    """What is missing from each version of the only link, newest first."""
    [link] = linkshot("list")
    shown = linkshot("show", str(link["link_id"]))["versions"]
    return [[one["reason"] for one in version["receipt"]["missing"]] for version in shown]


def test_access_given_after_a_click_keeps_what_other_sites_hold(popup, linkshot, wait_until):
    assert (popup.look("warnings")["text"], popup.look("action")["text"]) == LACKING
    popup.click("action")
    popup.browser.answer_prompt(is_allowed=False)
    assert (versions(linkshot), popup.browser.outbox()) == ([["failed"]], [])
    if popup.is_closed():
        popup.press_shortcut()
        popup.wait_for("saved")
    before = versions(linkshot)
    popup.click("action")
    popup.browser.answer_prompt(is_allowed=True)
    wait_until(lambda: versions(linkshot) == [[], *before])


def test_site_that_may_not_be_read_is_asked_for_in_plain_words(
    firefox, screen, site, linkshot, wait_until
):
    browser = firefox(screen=screen)
    take_access_away(browser)
    page = "<!doctype html><meta charset=utf-8><title>甲</title><p>长江流域"
    url = site.put("/a", page, headers=(("Cache-Control", "no-store"),))
    popup = browser.open_popup(
        browser.open_tab(url)
    )  # in a tab, so that no click has given the page
    popup.wait_for("failed")
    assert (popup.text("line"), popup.text("action"), linkshot("list")) == (*ASKED, [])
    assert site.requests.count("/a") == 1, "what may not be read was asked for again"
    browser.show_tab(browser.ask("() => browser.tabs.query({}).then(all => all.at(-1).id)"))
    browser.click_in(popup.url, "[data-part=action]")
    browser.answer_prompt(is_allowed=True)
    popup.wait_for("saved")
    assert [(link["title"], link["snapshots"]) for link in linkshot("list")] == [("甲", 1)]


def test_browsers_own_page_asks_for_no_access(firefox):
    browser = firefox()
    take_access_away(browser)
    popup = browser.open_popup(browser.open_tab("about:license"))
    popup.wait_for("failed")
    assert popup.text("line").startswith("This page cannot be kept")
