"""Tags kept in order in the window, in real Chromium: every change is said beforehand and undone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.bad_tags import BAD_TAGS

from linkshot.errors import Language
from linkshot.store.library import Library
from linkshot.store.links import get_link
from linkshot.store.records import SavedSnapshot
from linkshot.store.rules import list_rules
from linkshot.store.tags import tag_counts
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import serve_library, start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import keep, opened, page, shown, viewer

__all__ = ["keep", "opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e
expect.set_options(timeout=60_000)

Keep = Callable[..., SavedSnapshot]


def counts(library: Library) -> dict[str, int]:
    return {tag.path: tag.links for tag in tag_counts(library)}


def choose(page: Page, tag: str, word: str) -> None:
    """Choose from the menu of a tag."""
    page.locator(f".tag-node[data-tag='{tag}']").click(button="right")
    page.locator(".menu-item", has_text=word).first.click()


def open_menu(page: Page, word: str) -> None:
    """Choose from the menu over all tags."""
    page.locator(".tags-menu").click()
    page.locator(".menu-item", has_text=word).click()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tag_that_is_refused_is_told_and_stays_in_the_field(
    page: Page, library: Library, keep: Keep, language: Language
) -> None:
    link = keep("https://a.example/1", "<p>1", title="一", tags=("旧",))
    typed = {tag: said for tag, said in BAD_TAGS.items() if tag.strip()}
    with serve_library(library.root, language=language) as running:
        page.goto(start_address(running, link.link_id))
        field = page.locator(".detail .tag-input")
        for tag, (_, *words) in typed.items():
            field.fill(tag)
            field.press("Enter")
            expect(page.locator(".toast-title").last).to_have_text(words[language == "zh"])
            expect(field).to_have_value(tag)
    assert counts(library) == {"旧": 1}


def test_merge_says_beforehand_what_it_does_and_is_undone(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("半导体",))
    keep("https://a.example/2", "<p>2", title="二", tags=("芯片", "半导体"))
    keep("https://a.example/3", "<p>3", title="三", tags=("芯片",))
    page.goto(start_address(viewer))
    choose(page, "芯片", "Merge")
    expect(page.locator(".ask-submit")).to_be_disabled()
    page.locator(".tag-path").fill("半导体")
    expect(page.locator(".ask-effect")).to_have_text(
        "2 links get “半导体” in place of “芯片”. 1 of them has “半导体” already. "
        "“芯片” will still mean “半导体” when typed or searched."
    )
    assert counts(library) == {"半导体": 2, "芯片": 2}
    page.locator(".ask-submit").click()
    expect(page.locator(".tag-node .side-count")).to_have_text(["3"])
    page.locator(".toast .button").click()
    expect(page.locator(".tag-node .side-count")).to_have_text(["2", "2"])
    assert counts(library) == {"半导体": 2, "芯片": 2}


def test_several_marked_tags_are_merged_by_keyboard(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    for number, tag in enumerate(("甲", "乙", "丙")):
        keep(f"https://a.example/{number}", "<p>1", title=tag, tags=(tag,))
    page.goto(start_address(viewer))
    page.locator(".tag-node").first.focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".tag-marks-count")).to_have_text("3 tags chosen")
    page.locator(".tag-marks .button").first.click()
    page.locator(".tag-path").fill("天干")
    expect(page.locator(".ask-effect")).to_contain_text("3 links get “天干”")
    page.keyboard.press("Enter")
    expect(page.locator(".tag-node")).to_have_count(1)
    assert counts(library) == {"天干": 3}


def test_delete_is_said_done_and_undone_by_keyboard(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    link = keep("https://a.example/1", "<p>1", title="一", tags=("政策/产业", "留")).link_id
    page.goto(start_address(viewer))
    page.locator(".tag-node[data-tag=政策]").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".ask-effect")).to_have_text(
        "2 tags go, with all below: “政策”, “政策/产业”. 1 link loses it and is kept."
    )
    page.locator(".ask-submit").press("Enter")
    expect(page.locator(".row .chip")).to_have_text(["留"])
    expect(page.locator(".tag-node[data-tag=留]")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(".row .chip")).to_have_text(["政策/产业", "留"])
    assert get_link(library, link).tags == ["政策/产业", "留"]


def test_split_gives_the_picked_links_other_tags(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="甲", tags=("芯片",))
    link = keep("https://a.example/2", "<p>2", title="乙", tags=("芯片",)).link_id
    page.goto(start_address(viewer))
    choose(page, "芯片", "Split")
    page.locator(".ask-dialog .tag-input").fill("设备，材料")
    page.keyboard.press("Enter")
    expect(page.locator(".ask-effect")).to_contain_text("2 links get “设备”, “材料”")
    page.locator(".pick", has_text="乙").click()
    expect(page.locator(".ask-effect")).to_have_text(
        "1 link gets “设备”, “材料” in place of “芯片”. “芯片” stays."
    )
    page.locator(".ask-submit").click()
    expect(page.locator(".toast-title")).to_have_text("“芯片” was split into “设备”, “材料”")
    assert sorted(get_link(library, link).tags) == ["材料", "设备"]


def test_rule_is_tried_as_it_is_written_then_applied_and_taken_back(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    for number in range(3):
        keep(f"https://www.gov.cn/zhengce/{number}", "<p>1", title=f"通知 {number}", text="正文")
    keep("https://b.example/", "<p>1", title="别处", text="正文")
    page.goto(start_address(viewer))
    open_menu(page, "Rules")
    page.locator(".sheet-actions .button").click()
    page.locator(".rule-site").fill("gov.cn")
    expect(page.locator(".ask-submit")).to_be_disabled()
    page.locator(".ask-dialog .tag-input").fill("政策")
    page.keyboard.press("Enter")
    expect(page.locator(".ask-effect")).to_have_text(
        "Fits 3 of the links kept; 3 would get “政策”, and so will pages kept from now on."
    )
    expect(page.locator(".examples li")).to_have_text(["通知 2", "通知 1", "通知 0"])
    assert counts(library) == {}
    page.locator(".ask-submit").click()
    expect(page.locator(".sheet-row .switch")).to_have_attribute("aria-checked", "true")
    assert counts(library) == {"政策": 3}
    page.locator(".toast .button", has_text="Undo").click()
    expect(page.locator(".sheet-empty")).to_have_text("There are no rules yet.")
    assert (counts(library), list_rules(library)) == ({}, [])


def test_other_name_finds_what_the_tag_has(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="大模型", tags=("人工智能",))
    keep("https://a.example/2", "<p>2", title="别的")
    page.goto(start_address(viewer))
    choose(page, "人工智能", "Other names")
    page.locator(".ask-dialog .tag-input").fill("AI")
    page.keyboard.press("Enter")
    expect(page.locator(".ask-dialog .chip-text")).to_have_text(["AI"])
    page.locator(".ask-submit").click()
    page.locator("#search").fill("tag:ai")
    expect(page.locator(".row-title")).to_have_text(["大模型"])


def test_color_shows_on_what_is_below_until_undone(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策/产业",))
    page.goto(start_address(viewer))
    choose(page, "政策", "Colour")
    page.locator(".swatch").nth(1).click()
    page.locator(".ask-submit").click()
    expect(page.locator(".row .chip .tag-dot")).to_have_css("background-color", "rgb(194, 80, 74)")
    page.locator(".toast .button").click()
    expect(page.locator(".chip .tag-dot, .tag-line .tag-dot")).to_have_count(0)


def test_tags_alike_are_merged_or_refused(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    for number, tag in enumerate(("WebGPU", "Web-GPU", "半导体", "半導體")):
        keep(f"https://a.example/{number}", "<p>1", title=tag, tags=(tag,))
    page.goto(start_address(viewer))
    open_menu(page, "Tags alike")
    expect(page.locator(".sheet-row")).to_have_count(2)
    latin = page.locator(".sheet-row", has_text="GPU")
    latin.locator(".button", has_text="Not the same").click()
    expect(page.locator(".sheet-row")).to_have_count(1)
    page.locator(".toast .button", has_text="Undo").click()
    expect(page.locator(".sheet-row")).to_have_count(2)
    latin.locator(".button", has_text="Not the same").click()
    expect(page.locator(".sheet-row")).to_have_count(1)
    page.locator(".sheet-row .button", has_text="Merge").click()
    expect(page.locator(".ask-effect")).to_contain_text("1 link gets “半导体”")
    page.locator(".ask-submit").click()
    expect(page.locator(".sheet-empty")).to_have_text("No two tags are alike.")
    assert counts(library) == {"WebGPU": 1, "Web-GPU": 1, "半导体": 2}


def test_chosen_links_are_tagged_in_one_step(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    links = [
        keep(f"https://a.example/{n}", "<p>1", title=str(n), tags=("旧",)).link_id for n in range(3)
    ]
    page.goto(start_address(viewer))
    page.locator(".row-title").first.focus()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".choice-count")).to_have_text("2 chosen")
    page.keyboard.press("t")
    page.locator(".ask-dialog .tag-input").fill("新")
    page.keyboard.press("Enter")
    page.locator(".pick", has_text="旧").click()
    expect(page.locator(".ask-effect")).to_have_text("2 links get “新”. “旧”: removed where it is.")
    page.locator(".ask-submit").click()
    expect(page.locator(".row .chip")).to_have_text(["新", "新", "旧"])
    page.locator(".toast .button").click()
    expect(page.locator(".row .chip")).to_have_text(["旧", "旧", "旧"])
    assert {tuple(get_link(library, link).tags) for link in links} == {("旧",)}


def test_merge_offers_the_tag_with_most_below_it(page: Page, viewer: Viewer, keep: Keep) -> None:
    for number, tag in enumerate(("甲/子", "甲/丑", "乙")):
        keep(f"https://a.example/{number}", "<p>1", tags=(tag,))
    page.goto(start_address(viewer))
    for tag in ("乙", "甲"):
        page.locator(f"[data-tag={tag}]").click(modifiers=["Control"])
    page.locator(".tag-marks .button").first.click()
    expect(page.locator(".tag-path")).to_have_value("甲")


def test_marked_tags_are_dragged_together_and_back(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    for number, tag in enumerate(("甲/子", "乙", "丙")):
        keep(f"https://a.example/{number}", "<p>1", tags=(tag,))
    before = counts(library)
    page.goto(start_address(viewer))
    node = "[data-tag='{}']".format
    page.locator(node("甲")).focus()
    page.keyboard.press("ArrowRight")
    for tag in ("甲", "甲/子", "乙"):
        page.locator(node(tag)).click(modifiers=["Control"])
    page.locator(node("乙")).drag_to(page.locator(node("丙")))
    expect(page.locator(".toast-title")).to_have_text("2 tags stand below “丙” now")
    assert set(counts(library)) == {"丙", "丙/甲", "丙/甲/子", "丙/乙"}
    expect(page.locator(".tag-marks-count")).to_have_text("3 tags chosen")
    page.locator(".toast .button").click()
    expect(page.locator(node("甲/子"))).to_have_attribute("aria-selected", "true")
    assert counts(library) == before


def test_links_dropped_on_a_tag_get_it(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策",))
    keep("https://a.example/2", "<p>2", title="二")
    page.goto(start_address(viewer))
    page.locator(".row").first.drag_to(page.locator(".tag-node"))
    expect(page.locator(".tag-node .side-count")).to_have_text(["2"])


def test_suggestion_is_taken_by_alt_and_digit(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    for number in range(3):
        keep(f"https://a.example/{number}", "<p>1", title="一", tags=("产业",), text="集成电路")
    link = keep("https://a.example/9", "<p>9", title="二", text="光刻胶").link_id
    page.goto(start_address(viewer, link))
    expect(page.locator(".suggestion .chip-text").first).to_have_text("产业")
    page.keyboard.press("Alt+1")
    expect(page.locator(".tag-field .chip")).to_have_text(["产业"])
    expect(page.locator(".suggestion", has_text="产业")).to_have_count(0)
    assert get_link(library, link).tags == ["产业"]


def test_change_made_elsewhere_is_undone_from_the_journal(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    from linkshot.store.tag_edits import rename_tag

    keep("https://a.example/1", "<p>1", title="一", tags=("甲",))
    rename_tag(library, "甲", "乙")
    page.goto(start_address(viewer))
    open_menu(page, "Undo changes")
    expect(page.locator(".sheet-main")).to_have_text(["“甲” became “乙”"])
    page.locator(".sheet-row .button").click()
    expect(page.locator(".sheet-empty")).to_be_visible()
    assert counts(library) == {"甲": 1}


def test_tags_are_ordered_by_number_of_links(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("安徽",))
    keep("https://a.example/2", "<p>2", tags=("重庆", "重庆/涪陵"))
    keep("https://a.example/3", "<p>3", tags=("重庆",))
    page.goto(start_address(viewer))
    names = page.locator(".tag-node .side-name")
    expect(names).to_have_text(["安徽", "重庆"])
    open_menu(page, "Order by number")
    expect(names).to_have_text(["重庆", "安徽"])
    page.locator(".tag-node").first.focus()
    page.keyboard.press("ArrowRight")
    expect(names).to_have_text(["重庆", "涪陵", "安徽"])


def test_tags_are_filtered_in_any_width_and_script(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("国务院/通知", "AI", "其他"))
    page.goto(start_address(viewer))
    names = page.locator(".tag-node .side-name")
    expect(names).to_have_count(3)
    page.locator(".tag-filter").fill("ＡＩ")
    expect(names).to_have_text(["AI"])
    page.locator(".tag-filter").fill("國務院")
    expect(names).to_have_text(["国务院", "国务院/通知"])


def test_rename_says_what_the_library_will_do(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", tags=("甲",))
    keep("https://a.example/2", "<p>2", tags=("tech",))
    page.goto(start_address(viewer))
    choose(page, "甲", "Rename")
    page.locator(".tag-path").fill("ｔｅｃｈ")
    expect(page.locator(".ask-submit")).to_have_text("Merge")
    expect(page.locator(".ask-effect")).to_contain_text("1 link gets “tech” in place of “甲”.")
    page.locator(".tag-path").fill("分类／科技")
    page.keyboard.press("Enter")  # before the answer
    expect(page.locator(".toast-title")).to_have_text("“甲” was moved to “分类/科技”")
    assert counts(library) == {"tech": 1, "分类": 0, "分类/科技": 1}


def test_message_of_what_was_undone_goes(page: Page, viewer: Viewer, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1", title="一").link_id
    page.goto(start_address(viewer, link))
    page.locator(".trash-button").click()
    expect(page.locator(".toast .button")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".toast-title")).to_have_text(["Undone: Moved to the trash: 一"])


def test_tags_are_filtered_by_pinyin(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", tags=("政策/乡村振兴",))
    keep("https://a.example/2", "<p>2", tags=("新闻",))
    page.goto(start_address(viewer))
    expect(page.locator(".tag-node")).to_have_count(2)
    page.locator(".tag-filter").fill("xczx")
    expect(page.locator(".tag-node .side-name")).to_have_text(["政策/乡村振兴"])


def test_other_name_that_is_refused_keeps_the_dialog_open(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", tags=("AI", "人工智能"))
    page.goto(start_address(viewer))
    choose(page, "AI", "Other names")
    field = page.locator(".ask-dialog .tag-input")
    field.fill("人工智能")
    page.locator(".ask-submit").click()
    expect(page.locator(".ask-problem")).to_contain_text("人工智能")
    expect(field).to_have_value("人工智能")
    field.fill("机器智能")
    page.locator(".ask-submit").click()
    expect(page.locator(".ask-dialog")).to_be_hidden()
    expect(page.locator(".toast-title").last).to_contain_text("机器智能")


def test_pasted_tags_beside_one_that_is_refused_are_kept(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    page.goto(start_address(viewer, keep("https://a.example/1", "<p>1").link_id))
    field = page.locator(".detail .tag-input")
    field.fill("甲//乙，省市，县")
    expect(page.locator(".detail .chip")).to_have_text(["省市"])
    expect(field).to_have_value("甲//乙，县")
    field.press("Enter")
    expect(page.locator(".detail .chip")).to_have_text(["县", "省市"])
    expect(field).to_have_value("甲//乙")
