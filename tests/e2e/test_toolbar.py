"""The toolbar's own popup, by keyboard and mouse: the shortcut, Esc, a click elsewhere, Enter."""

from __future__ import annotations

import pytest
from toolbar import Toolbar

pytestmark = pytest.mark.e2e

HEAD = "<!doctype html><meta charset=utf-8><title>甲</title><body style='height:600px'>"


@pytest.fixture
def popup(on_screen, site, guarded):
    """The popup of a page whose picture takes two seconds, opened by the shortcut."""
    browser = on_screen()
    url = site.put("/a", f"{HEAD}<b id=here>长江</b><img src={guarded.url}/slow.png width=20>")
    browser.show_tab(browser.open_tab(url))
    opened = Toolbar(browser)
    opened.press_shortcut()
    return opened


def test_escape_closes_popup_and_page_is_kept_whole(popup, linkshot, wait_until):
    popup.wait_for("reading", "gathering")
    popup.browser.screen.press("Escape")
    wait_until(lambda: f"press {named(popup.browser.shortcut)}:" in help_line(popup.browser))
    wait_until(popup.is_closed, timeout_s=60)
    assert_kept_whole(linkshot, wait_until)


def test_click_elsewhere_closes_popup_and_page_is_kept_whole(popup, linkshot, wait_until, site):
    popup.wait_for("reading", "gathering")
    popup.browser.click_in(f"{site.url}/a", "#here")
    wait_until(popup.is_closed, timeout_s=60)
    assert_kept_whole(linkshot, wait_until)


def test_enter_keeps_typed_tag_and_closes_popup(popup, linkshot, wait_until):
    popup.type_into("tag-input", "plan/water")
    popup.browser.screen.press("Return")
    wait_until(lambda: popup.look("tag-input")["value"] == "", timeout_s=60)
    popup.browser.screen.press("Return")
    wait_until(popup.is_closed, timeout_s=60)
    assert_kept_whole(linkshot, wait_until)
    assert linkshot("list")[0]["tags"] == ["plan/water"]


def named(keys):
    """alt+shift+s as the browser writes it."""
    return "+".join(part.capitalize() for part in keys.split("+"))


def help_line(browser):
    """What the options page says of the shortcut."""
    read = "() => document.querySelector('[data-part=help-click]').innerText"
    return browser.run_in(browser.url("options/options.html"), read)


def assert_kept_whole(linkshot, wait_until):
    [link] = wait_until(lambda: linkshot("list"))
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    assert (version["receipt"]["kept"], version["receipt"]["missing"]) == (1, [])
