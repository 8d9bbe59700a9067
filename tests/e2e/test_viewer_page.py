"""The viewer's page in real Chromium: find, open, tag, mark, undo, by mouse and by keyboard."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import Site

from linkshot.page.reading import Reading
from linkshot.store.captures import waiting_captures
from linkshot.store.library import Library
from linkshot.store.links import get_link, set_starred, trash_links
from linkshot.store.readings import save_reading
from linkshot.store.records import SavedSnapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import gate, keep, opened, page, shown, viewer

__all__ = ["gate", "keep", "opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e
expect.set_options(timeout=60_000)

Keep = Callable[..., SavedSnapshot]

NAMELESS = """[...document.querySelectorAll("button, input, select, textarea, iframe, a[href]")]
    .filter((one) => one.checkVisibility() && !(one.getAttribute("aria-label") || one.title
        || one.textContent.trim() || one.labels?.length))
    .map((one) => one.outerHTML)"""


def test_chinese_word_is_found_opened_and_tagged(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>天气", title="天气", text="今天有雨")
    html = "<html><head></head><body><p id='p'>集成电路产业</p></body></html>"
    link = keep("https://a.example/2", html, title="若干政策", text="促进集成电路产业").link_id
    page.goto(start_address(viewer))
    page.locator("#search").press_sequentially("电路")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".row-snippet mark")).to_have_text(["电路"])
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.frame_locator(".frame iframe").locator("#p")).to_have_text(["集成电路产业"])
    page.locator(".tag-input").fill("政策/产业")
    page.keyboard.press("Enter")
    expect(page.locator(".detail .chip")).to_have_text(["政策/产业"])
    assert get_link(library, link).tags == ["政策/产业"]


def test_tag_is_completed_by_keyboard(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策/产业/集成电路",))
    link = keep("https://a.example/2", "<p>2", title="二").link_id
    page.goto(start_address(viewer, link))
    page.locator(".tag-input").press_sequentially("集成")
    expect(page.locator(".choice")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".detail .chip")).to_have_text(["政策/产业/集成电路"])
    assert get_link(library, link).tags == ["政策/产业/集成电路"]


def test_tag_is_renamed_from_its_menu_and_back(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    link = keep("https://a.example/1", "<p>1", title="一", tags=("政策/产业",)).link_id
    page.goto(start_address(viewer))
    page.locator(".tag-node").click(button="right")
    page.locator(".menu-item").first.click()
    page.locator(".tag-path").fill("文件")
    expect(page.locator(".ask-effect")).to_contain_text("the tags below it (1) move along")
    page.keyboard.press("Enter")
    expect(page.locator(".row .chip")).to_have_text(["文件/产业"])
    page.locator(".toast .button").click()
    expect(page.locator(".row .chip")).to_have_text(["政策/产业"])
    assert get_link(library, link).tags == ["政策/产业"]


def test_tag_dragged_onto_another_stands_below_it(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("产业",))
    keep("https://a.example/2", "<p>2", title="二", tags=("政策",))
    page.goto(start_address(viewer))
    page.locator(".tag-node[data-tag=产业]").drag_to(page.locator(".tag-node[data-tag=政策]"))
    expect(page.locator(".tag-node[data-tag='政策/产业']")).to_be_visible()


def test_link_that_is_entered_is_kept_and_opened(page: Page, viewer: Viewer, site: Site) -> None:
    url = site.put("/notice", "<title>春茶上市</title><p>青溪县的春茶比往年早十天上市。")
    page.goto(start_address(viewer))
    page.locator(".add-button").click()
    page.locator(".add-url").fill(url)
    page.keyboard.press("Enter")
    expect(page.locator(".row-title")).to_have_text(["春茶上市"])
    page.locator(".row-title").click()
    text = page.locator(".detail iframe").content_frame.locator("p")
    expect(text).to_have_text("青溪县的春茶比往年早十天上市。")


def test_many_links_are_sent_once_and_followed_after_a_reload(
    page: Page, viewer: Viewer, library: Library, site: Site, gate: threading.Event
) -> None:
    urls = [site.put(f"/{at}", f"<title>{at}</title><p>{at}") for at in range(8)]
    page.goto(start_address(viewer))
    page.locator(".add-button").click()
    page.locator(".add-url").fill("\n".join(urls))
    page.locator(".add-form").evaluate("form => { form.requestSubmit(); form.requestSubmit(); }")
    expect(page.locator(".add-dialog")).to_be_hidden()
    notes = page.locator(".toast-note")
    expect(notes).to_have_text(urls[:3])
    expect(page.locator(".toast-title", has_text="5 more waiting")).to_be_visible()
    page.reload()
    expect(notes).to_have_text(urls[:3])
    assert [one.url for one in waiting_captures(library, via="auto")] == urls
    gate.set()
    expect(page.locator(".row")).to_have_count(8)
    expect(page.locator(".toast[data-state=working]")).to_have_count(0)


def test_search_box_completes_fields_and_tags(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策 文件/产业",))
    keep("https://a.example/2", "<p>2", title="二")
    page.goto(start_address(viewer))
    expect(page.locator(".row-title")).to_have_count(2)
    page.locator("#search").press_sequentially("ta")
    expect(page.locator(".search-choices .choice-name")).to_have_text(["tag:"])
    wide = "one => document.querySelector(one).getBoundingClientRect().width"
    assert page.evaluate(wide, ".search-choices") == page.evaluate(wide, ".search")
    page.keyboard.press("Tab")
    page.locator("#search").press_sequentially("产业")
    expect(page.locator(".search-choices .choice-name")).to_have_text(['tag:"政策 文件/产业"'])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".row-title")).to_have_text(["一"])


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("标签：新", ["标签:新闻"]),
        ("tag：新", ["tag:新闻"]),
        ("政策 (标", ["标签:", "标题:"]),
        ("政策|（－ti", ["title:"]),
        ("(标签：“新", ["标签:新闻"]),
        ("ｓｉｔｅ", ["site:"]),
        ("网", ["网站:", "网址:"]),
        ("is", ["is:星标", "is:无标签", "is:有缺失", "is:有变化"]),
    ],
)
def test_search_box_completes_both_languages_and_widths(
    page: Page, viewer: Viewer, keep: Keep, typed: str, offered: list[str]
) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("新闻",))
    page.goto(start_address(viewer))
    page.locator(".language-button").click()
    expect(page.locator(".listing-title")).to_have_text(["全部链接"])
    page.locator("#search").press_sequentially(typed)
    expect(page.locator(".search-choices .choice-name")).to_have_text(offered)


def test_search_stays_in_the_list_that_is_marked(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="通知一", tags=("政策",))
    set_starred(library, keep("https://a.example/2", "<p>2", title="通知二").link_id, starred=True)
    trash_links(library, [keep("https://a.example/3", "<p>3", title="通知三").link_id])
    page.goto(start_address(viewer))
    titles, chosen = page.locator(".row-title"), page.locator(".side-item[aria-current=true]")
    for name, found in (("starred", ["通知二"]), ("untagged", ["通知二"])):
        page.locator(f"[data-list={name}]").click()
        page.locator("#search").fill("通知")
        expect(titles).to_have_text(found)
        expect(chosen).to_have_attribute("data-list", name)
    page.locator("[data-list=trashed]").click()
    expect(titles).to_have_text(["通知三"])
    page.locator("#search").fill("通知")
    expect(titles).to_have_count(2)
    expect(chosen).to_have_attribute("data-list", "all")


def test_hit_shows_its_own_date_where_it_differs(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="旧的通知")
    saved = keep("https://a.example/2", "<p>2", title="新的通知")
    save_reading(library, saved.snapshot_id, Reading(title="新的通知", published="2021-03-04"))
    page.goto(start_address(viewer))
    page.locator("#search").fill("通知")
    expect(page.locator(".row-facts")).to_have_text(
        ["a.exampledated 2021-03-042026-05-08", "a.example2026-05-08"]
    )


def test_hit_shows_why_it_is_one(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="促进集成電路产业", text="别的")
    keep("https://a.example/2", "<p>2", title="别的", tags=("电路/芯片", "其他"))
    page.goto(start_address(viewer))
    page.locator("#search").fill("电路")
    expect(page.locator(".row-title mark")).to_have_text(["電路"])
    expect(page.locator(".row-tags mark")).to_have_text(["电路/芯片"])


def test_local_file_has_no_empty_site(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("file:///home/a/page.html", "<p>1", title="一")
    page.goto(start_address(viewer))
    expect(page.locator(".row-facts > *")).to_have_text(["2026-05-08"])


def test_what_is_typed_while_the_page_starts_is_searched(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="通知")
    keep("https://a.example/2", "<p>2", title="别的")
    typed = "document.querySelector('#search').value = '通知'"
    page.add_init_script(f"document.addEventListener('readystatechange', () => {typed})")
    page.goto(start_address(viewer))
    expect(page.locator(".row-title")).to_have_text(["通知"])


def test_page_with_most_of_a_query_is_said_to_be_one(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="通知", text="促进集成电路产业发展的若干政策")
    keep("https://a.example/2", "<p>2", title="别的", text="天气很好")
    page.goto(start_address(viewer))
    page.locator("#search").fill("集成电路产业 航天")
    expect(page.locator(".listing-note")).to_have_text("No page has all of it; this one has most.")
    expect(page.locator(".listing-count")).to_have_text("0 hits")
    expect(page.locator(".row-part")).to_have_text(["in part"])


def test_pdf_has_a_card_that_opens_it(
    page: Page, viewer: Viewer, keep: Keep, shown: list[Path]
) -> None:
    url = "https://a.example/report"
    pdf = (b"%PDF-1.4 a report", "application/pdf", url)
    link = keep(url, "<embed>", title="报告", files=(pdf,)).link_id
    page.goto(start_address(viewer, link))
    page.locator(".file-card .button").click()
    expect(page.locator(".toast-title")).to_have_text(["Opened in the default PDF viewer"])
    assert [path.name for path in shown] == ["2026-05-08 报告.pdf"]


def test_trash_is_undone_from_its_message(page: Page, viewer: Viewer, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1", title="一").link_id
    page.goto(start_address(viewer, link))
    page.locator(".trash-button").click()
    expect(page.locator(".row")).to_have_count(0)
    page.locator(".toast .button").click()
    expect(page.locator(".row-title")).to_have_text(["一"])


def test_note_that_fails_to_be_saved_as_one_leaves_is_kept_and_saved_again(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    link = keep("https://a.example/1", "<p>1", title="一").link_id
    keep("https://a.example/2", "<p>2", title="二")
    page.goto(start_address(viewer, link))
    page.route("**/note", lambda route: route.abort())
    note = page.locator(".note-text")
    page.locator(".note-button").click()
    note.fill("一大段备注")
    page.locator(".row-title", has_text="二").click()
    expect(page.locator(".detail-title")).to_have_text("二")
    expect(page.locator(".toast-title")).to_have_text(["The note was not saved: 一"])
    page.locator(".row-title", has_text="一").click()
    expect(page.locator(".note-state")).to_have_text("Not saved yet")
    expect(note).to_have_value("一大段备注")
    page.unroute("**/note")
    page.locator(".toast .button").click()
    expect(page.locator(".row-note")).to_have_text(["一大段备注"])
    assert get_link(library, link).note == "一大段备注"


def tag_chosen(page: Page, tag: str) -> None:
    """Give the chosen links a tag, by keyboard."""
    page.keyboard.press("t")
    page.locator(".ask-dialog .tag-input").fill(tag)
    page.keyboard.press("Enter")
    expect(page.locator(".ask-dialog .chip")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_chosen_links_that_leave_the_list_are_chosen_no_more(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    links = [keep(f"https://a.example/{name}", "<p>1", title=name).link_id for name in "abcd"]
    page.goto(start_address(viewer))
    page.locator("[data-list=untagged]").click()
    titles = page.locator(".row-title")
    expect(page.locator(".listing-title")).to_have_text("Untagged")
    for name in ("d", "c"):
        titles.filter(has_text=name).click(modifiers=["Control"])
    tag_chosen(page, "批量")
    expect(titles).to_have_text(["b", "a"])
    expect(page.locator(".choice-bar")).to_be_hidden()
    titles.first.click()
    expect(page.locator(".detail-title")).to_have_text("b")
    page.locator(".detail-title").click()
    page.keyboard.press("Delete")
    expect(titles).to_have_text(["a"])
    gone = [link for link in links if get_link(library, link).trashed_at]
    assert gone == [links[1]]


def test_tag_given_to_more_links_than_are_in_sight_is_known_of_all(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    for number in range(150):
        keep(f"https://a.example/{number}", "<p>1", title=str(number))
    page.goto(start_address(viewer))
    expect(page.locator(".listing-count")).to_have_text(["150 links"])
    page.locator(".row-title").first.focus()
    page.keyboard.press("Control+a")
    expect(page.locator(".choice-count")).to_have_text("150 chosen")
    tag_chosen(page, "批量")
    expect(page.locator(".choice-count")).to_have_text("150 chosen")
    page.keyboard.press("t")
    expect(page.locator(".pick-site")).to_have_text(["150 / 150"])


def test_link_in_the_trash_is_restored_and_neither_trashed_nor_tagged(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    link = keep("https://a.example/1", "<p>1", title="一").link_id
    keep("https://a.example/2", "<p>2", title="二", tags=("政策",))
    trash_links(library, [link])
    page.goto(start_address(viewer, link))
    page.locator("[data-list=trashed]").click()
    expect(page.locator(".row-title")).to_have_text(["一"])
    page.locator(".row").drag_to(page.locator(".tag-node"))
    page.locator(".row-title").press("Delete")
    page.keyboard.press("Control+z")
    expect(page.locator(".toast-title")).to_contain_text(["Nothing to undo"])
    assert get_link(library, link).tags == []
    expect(page.locator(".detail .trash-button")).to_have_count(0)
    page.locator(".detail .restore-button").click()
    expect(page.locator(".detail .trash-button")).to_be_visible()
    assert get_link(library, link).trashed_at is None


def test_hostile_title_and_tag_are_text(page: Page, viewer: Viewer, keep: Keep) -> None:
    bad = "<img src=x onerror=alert(1)>"
    link = keep("https://a.example/1", "<p>1", title=bad, text=f"电路 {bad}", tags=(bad,)).link_id
    page.goto(start_address(viewer, link))
    expect(page.locator(".detail-title")).to_have_text(bad)
    page.locator("#search").fill("电路")
    expect(page.locator(".row-snippet mark")).to_have_text(["电路"])
    assert page.locator("img[src=x]").count() == 0


def test_change_by_another_program_shows_up(page: Page, viewer: Viewer, keep: Keep) -> None:
    page.goto(start_address(viewer))
    expect(page.locator(".empty-title")).to_have_text(["The library is empty"])
    keep("https://a.example/1", "<p>1", title="一")
    expect(page.locator(".row-title")).to_have_text(["一"])


def test_language_is_switched_in_place(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一")
    page.goto(start_address(viewer))
    expect(page.locator(".listing-title")).to_have_text(["All links"])
    page.locator(".language-button").click()
    expect(page.locator(".listing-title")).to_have_text(["全部链接"])
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_thousands_of_links_are_few_elements(page: Page, viewer: Viewer, keep: Keep) -> None:
    for number in range(300):
        keep(f"https://a.example/{number}", f"<p>{number}", title=f"链接 {number}")
    page.goto(start_address(viewer))
    expect(page.locator(".listing-count")).to_have_text(["300 links"])
    assert page.locator(".row").count() < 40
    page.locator(".row-title").first.focus()
    page.keyboard.press("End")
    expect(page.locator(".row[data-active]")).to_have_attribute("aria-posinset", "300")


def test_every_control_has_a_name(page: Page, viewer: Viewer, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1", title="一", tags=("政策/产业",)).link_id
    page.goto(start_address(viewer, link))
    page.locator(".receipt-button").click()
    page.locator(".note-button").click()
    assert page.evaluate(NAMELESS) == []
    page.locator(".add-button").click()
    assert page.evaluate(NAMELESS) == []


def test_tab_reaches_search_lists_and_rows_in_order(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策",))
    keep("https://a.example/2", "<p>2", title="二")
    page.goto(start_address(viewer))
    expect(page.locator(".row-title")).to_have_text(["二", "一"])
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.className || document.activeElement.id"))
    assert order == [
        "skip",
        "search",
        "button primary add-button",
        "button quiet language-button",
        "icon-button help-button",
        *["side-item"] * 4,
        "tag-filter",
        "icon-button tags-menu",
        "tag-node",
        "order-select",
        "row-title",
    ]
