"""The popup's search: what was kept is found while one types, and opened in the library's window."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import Error, expect

pytestmark = pytest.mark.e2e

TEXT = "各县人民政府须加快发展光刻胶产业，尽快突破关键材料。"
FOCUSED = "document.activeElement.dataset.part"


@pytest.fixture
def page_url(site):
    return site.put("/notice", f"<!doctype html><meta charset=utf-8><title>通知</title><p>{TEXT}")


@pytest.fixture
def opened(tmp_path, wait_until):
    """Wait for the address that the library's window was opened at."""
    note = tmp_path / "opened"
    return lambda: wait_until(lambda: note.exists() and note.read_text())


def search(popup, query, slash="/"):
    """From the empty tag field a slash leads to the search."""
    popup.type("")
    popup.write(slash)
    popup.write(query)


def test_page_kept_is_found_by_two_characters_and_opened(
    start_browser, page_url, linkshot, wait_until, opened
):
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(page_url))
    popup.wait_for("saved")
    wait_until(lambda: linkshot("search", "光刻")["hits"])
    search(popup, "光刻")
    assert wait_until(lambda: popup.texts(".hit-passage mark")) == ["光刻"]
    assert (popup.texts(".hit-title"), popup.text("search-note")) == (["通知"], "")
    assert popup.attribute("search-input", "aria-activedescendant") == "hits-0"
    with contextlib.suppress(Error):  # the page may be gone before the key's own answer is back
        popup.press("Enter")
    address = opened()
    assert address.endswith("#link=1")
    browser.open_tab(address)
    window = address.split("?")[0] + "#link=1"
    read = "() => document.querySelector('.detail-title')?.textContent"
    wait_until(lambda: browser.run_in(window, read) == "通知")


def test_all_hits_are_shown_in_the_window(
    chromium, page_url, linkshot, wait_until, opened, tmp_path
):
    files = [tmp_path / f"{number}.html" for number in range(6)]
    for file in files:
        file.write_text(f"<!doctype html><meta charset=utf-8><title>{file.stem}</title><p>{TEXT}")
    linkshot("add", *map(str, files))
    browser = chromium()
    popup = browser.open_popup(browser.open_tab(page_url))
    popup.wait_for("saved")
    wait_until(lambda: linkshot("search", "光刻")["total"] == 7)
    search(popup, "")
    # At once: an answer that comes after the arrow would mark the first hit again.
    popup.page.keyboard.insert_text("光刻 县")
    expect(popup.page.locator(".hit")).to_have_count(5, timeout=60_000)
    assert popup.texts(".hit-all") == ["All 7 in the library"]
    popup.press("ArrowUp")
    with popup.page.expect_event("close"), contextlib.suppress(Error):
        popup.press("Enter")
    window = browser.context.new_page()
    window.goto(opened())
    expect(window.locator(".listing-count")).to_have_text("7 hits", timeout=60_000)
    assert window.input_value("#search") == "光刻 县"


def test_escape_leads_back_to_the_tags_and_then_out(chromium, page_url):
    browser = chromium()
    popup = browser.open_popup(browser.open_tab(page_url))
    popup.wait_for("saved")
    search(popup, "没有此词", "、")  # what input methods for Chinese make of the key
    expect(popup.page.locator("[data-part=search-note]")).to_have_text(
        "Nothing found.", timeout=60_000
    )
    popup.press("Escape")
    assert (popup.page.evaluate(FOCUSED), popup.text("search-note")) == ("tag-input", "")
    assert popup.page.input_value("[data-part=search-input]") == ""
    with popup.page.expect_event("close"), contextlib.suppress(Error):
        popup.press("Escape")


def test_slash_within_a_tag_stays_in_it(chromium, page_url, linkshot, wait_until):
    browser = chromium()
    popup = browser.open_popup(browser.open_tab(page_url))
    popup.type("政策/产业,")
    wait_until(lambda: [link["tags"] for link in linkshot("list")] == [["政策/产业"]])
    assert popup.page.evaluate(FOCUSED) == "tag-input"


def test_search_is_loaded_when_it_is_entered(chromium, page_url):
    browser = chromium()
    page = browser.open_popup(browser.open_tab(page_url)).page
    page.wait_for_selector("[data-part=search-input][placeholder]")
    scripts = []
    debugger = browser.context.new_cdp_session(page)
    debugger.on("Debugger.scriptParsed", lambda script: scripts.append(script["url"]))
    debugger.send("Debugger.enable")  # tells of those that are there already
    before = list(scripts)
    page.click("[data-part=search-input]")
    page.locator("[data-part=search-input]").press_sequentially("x")
    expect(page.locator("[data-part=search-note]")).not_to_be_empty(timeout=60_000)
    later = {url.split("/")[-1] for url in scripts} - {url.split("/")[-1] for url in before}
    assert browser.url("popup/popup.js") in before
    assert later >= {"search.js", "search_text.js"}


def test_missing_host_is_told_and_typing_goes_on(chromium, page_url, linkshot):
    browser = chromium(has_host=False)
    popup = browser.open_popup(browser.open_tab(page_url))
    popup.wait_for("waiting")
    search(popup, "光刻")
    note = popup.page.locator("[data-part=search-note]")
    expect(note).to_contain_text("The Linkshot host is not installed for this browser.")
    popup.press("Escape")
    expect(note).to_be_hidden()
