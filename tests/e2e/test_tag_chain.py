"""From the page to the find: a suggestion taken by keyboard in the popup, a rule and an alias made in the window."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from linkshot.viewer.run import serve_library, start_address

pytestmark = pytest.mark.e2e

TEXT = "集成电路产业须加快发展，光刻胶等关键材料要尽快突破。" * 4


def put(site, number):
    """A notice of one and the same site."""
    html = f"<!doctype html><meta charset=utf-8><title>通知 {number}</title><h1>通知 {number}</h1><p>{TEXT}"
    return site.put(f"/notice/{number}", html)


def keep(browser, url, type_tags):
    popup = browser.open_popup(browser.open_tab(url))
    type_tags(popup)
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    popup.close()


def choose_suggestion(popup):
    """Down from the empty field opens the suggestions, Enter takes the first."""
    popup.wait_for("saved")
    popup.page.wait_for_selector(".suggestion")
    popup.press("ArrowDown")
    popup.press("Enter")
    popup.page.wait_for_selector(".chip")


def make_rule(window):
    window.locator(".tags-menu").click()
    window.locator(".menu-item", has_text="Rules").click()
    window.locator(".sheet-actions .button").click()
    window.locator(".rule-text").fill("光刻胶")
    window.locator(".ask-dialog .tag-input").fill("材料")
    window.keyboard.press("Enter")
    expect(window.locator(".ask-effect")).to_contain_text("3 would get “材料”")
    window.locator(".ask-submit").click()
    expect(window.locator(".switch")).to_have_attribute("aria-checked", "true")
    window.locator(".sheet-dialog .dialog-end > .button").click()


def make_alias(window, tag, alias):
    window.locator(f".tag-node[data-tag={tag}]").click(button="right")
    window.locator(".menu-item", has_text="Other names").click()
    window.locator(".ask-dialog .tag-input").fill(alias)
    window.keyboard.press("Enter")
    expect(window.locator(".ask-dialog .chip-text")).to_have_text([alias])
    window.locator(".ask-submit").click()


def find(window, query, count):
    window.locator("#search").fill(query)
    expect(window.locator(".listing-count")).to_have_text(re.compile(rf"^{count} hit"))


def test_suggested_tag_rule_alias_and_a_two_character_word(
    chromium, site, linkshot, wait_until, tmp_path
):
    expect.set_options(timeout=60_000)
    browser = chromium()
    for number in (1, 2):
        keep(browser, put(site, number), lambda popup: (popup.type("产业"), popup.press("Enter")))
    wait_until(lambda: [link["tags"] for link in linkshot("list")] == [["产业"]] * 2)
    keep(browser, put(site, 3), choose_suggestion)
    wait_until(lambda: [link["tags"] for link in linkshot("list")] == [["产业"]] * 3)
    with serve_library(tmp_path / "library", language="en") as viewer:
        window = browser.context.new_page()
        window.set_default_timeout(60_000)
        window.goto(start_address(viewer))
        make_rule(window)
        make_alias(window, "产业", "工业")
        find(window, "光刻", 3)
        expect(window.locator(".row-snippet mark").first).to_have_text("光刻")
        keep(browser, put(site, 4), lambda popup: None)
        find(window, "tag:材料", 4)
        find(window, "tag:工业", 3)


TOPIC = "农业、林业∕水利"
CARD = f"""<table><tr><td>索 引 号：</td><td>000014349/2021-00007</td><td>主题分类：</td><td>农业、林业/水利</td></tr>
<tr><td>发文字号：</td><td>渝府办发〔2021〕149号</td><td>成文日期：</td><td>2021年12月27日</td></tr></table><p>{TEXT}"""


def test_chosen_tag_goes_in_as_it_is_though_it_has_separators(chromium, site, linkshot, wait_until):
    browser = chromium()
    url = site.put("/card", f"<!doctype html><meta charset=utf-8><title>通知</title>{CARD}")
    popup = browser.open_popup(browser.open_tab(url))
    popup.wait_for("saved")
    popup.page.locator(".suggestion", has_text="农业").click()
    wait_until(lambda: [link["tags"] for link in linkshot("list")] == [[TOPIC]])
    assert popup.texts(".chip-name") == [TOPIC]
    popup.close()
    popup = browser.open_popup(browser.open_tab(put(site, 1)))
    popup.wait_for("saved")
    popup.type("农业")
    popup.page.wait_for_selector(".choice")
    popup.press("ArrowDown")
    popup.press("Enter")
    wait_until(lambda: [link["tags"] for link in linkshot("list")] == [[TOPIC]] * 2)
    assert popup.texts(".chip-name") == [TOPIC]


def test_suggestion_leaves_what_is_half_typed_and_the_keyboard(
    chromium, site, linkshot, wait_until
):
    browser = chromium()
    keep(browser, put(site, 1), lambda popup: popup.type("产业,"))
    wait_until(lambda: linkshot("tag", "list"))
    popup = browser.open_popup(browser.open_tab(put(site, 2)))
    popup.wait_for("saved")
    popup.type("水利")
    popup.page.locator(".suggestion", has_text="产业").first.click()
    popup.write("部,光刻")
    popup.page.locator(".suggestion", has_text="光刻胶").first.click()
    wait_until(lambda: "水利部" in popup.texts(".chip-name"))
    assert len(popup.texts(".chip-name")) == 3
    assert popup.page.input_value("[data-part=tag-input]") == ""


@pytest.mark.parametrize("is_early", [True, False])
def test_tag_typed_by_another_name_is_one_chip_and_goes_with_it(
    chromium, site, linkshot, wait_until, is_early
):
    browser = chromium()
    keep(browser, put(site, 1), lambda popup: popup.type("人工智能,"))
    wait_until(lambda: linkshot("tag", "list"))
    linkshot("tag", "alias", "人工智能", "AI")
    popup = browser.open_popup(browser.open_tab(put(site, 2)))
    if not is_early:
        popup.wait_for("saved")
    popup.type("AI,")
    wait_until(lambda: popup.texts(".chip-name") == ["人工智能"])
    wait_until(lambda: [link["tags"] for link in linkshot("list")] == [["人工智能"]] * 2)
    popup.press("Backspace")
    wait_until(lambda: [link["tags"] for link in linkshot("list")] == [[], ["人工智能"]])
    popup.type("AI,")
    wait_until(lambda: [link["tags"] for link in linkshot("list")] == [["人工智能"]] * 2)
    wait_until(lambda: popup.texts(".chip-name") == ["人工智能"])
