"""Pages that cannot be kept say why, and what to do."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e


def test_browser_page_is_told_as_not_capturable(chromium):
    browser = chromium()
    popup = browser.open_popup(browser.open_tab("chrome://version/"))
    popup.wait_for("failed")
    assert popup.text("line").startswith(
        "This page cannot be kept: the browser lets no extension read it"
    )
    assert browser.outbox() == []


def test_tab_that_is_gone_is_told(chromium):
    popup = chromium().open_popup(987654321)
    popup.wait_for("failed")
    assert popup.text("line").startswith("The page was closed or went elsewhere")


def test_firefox_page_of_the_browser_is_told(firefox):
    browser = firefox()
    popup = browser.open_popup(browser.open_tab("about:license"))
    popup.wait_for("failed")
    assert popup.text("line").startswith(
        "This page cannot be kept: the browser lets no extension read it"
    )


def test_firefox_without_site_access_is_asked(firefox, site):
    browser = firefox()
    tab = browser.open_tab(site.put("/a", "<!doctype html><title>A</title>"))
    remove = "() => browser.permissions.remove({origins: ['<all_urls>']})"
    assert browser.evaluate(browser.own_page(), remove, clicked=True) is True
    popup = browser.open_popup(tab)
    popup.wait_for("failed")
    assert popup.text("line").startswith("Linkshot may not read this site yet.")
    assert popup.text("action") == "Allow access to sites"
