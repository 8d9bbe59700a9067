"""The viewer's page in real Chromium: the keyboard and what is read stay where they are, whatever is drawn anew."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from linkshot.store.library import Library
from linkshot.store.links import get_link, set_note
from linkshot.store.records import SavedSnapshot
from linkshot.store.tags import retag_links
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import NOON, keep, opened, page, shown, viewer

__all__ = ["keep", "opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e
expect.set_options(timeout=60_000)

Keep = Callable[..., SavedSnapshot]
URL = "https://a.example/1"


def keep_versions(keep: Keep, count: int) -> int:
    for at in range(1, count + 1):
        made = keep(
            URL,
            f"<p>{at}",
            title=f"第{at}版",
            text=f"第{at}版\n" * 80,
            tags=("政策", "产业"),
            captured_at=NOON + dt.timedelta(days=at),
        )
    return made.link_id


def test_reading_view_is_scrolled_by_keyboard(page: Page, viewer: Viewer, keep: Keep) -> None:
    page.goto(start_address(viewer, keep_versions(keep, 1)))
    page.locator(".read-button").click()
    expect(page.locator(".read")).to_be_focused()
    page.keyboard.press("PageDown")
    assert page.locator(".read").evaluate(
        "read => new Promise(done => read.addEventListener('scrollend', () => done(read.scrollTop)))"
    )
    expect(page.locator(".read")).to_be_focused()


def test_versions_are_gone_through_by_keyboard_in_the_reading_view(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    page.goto(start_address(viewer, keep_versions(keep, 3)))
    page.locator(".read-button").click()
    page.locator(".version-select").focus()
    for title in ("第2版", "第1版"):
        page.keyboard.press("ArrowDown")
        expect(page.locator(".detail-title")).to_have_text(title)
        expect(page.locator(".version-select")).to_be_focused()
        expect(page.locator(".read h2")).to_have_text(title)


@pytest.mark.parametrize("held", [".version-select", ".chip-remove", "[data-list=starred]"])
def test_keyboard_stays_where_the_library_changes(
    page: Page, viewer: Viewer, library: Library, keep: Keep, held: str
) -> None:
    link = keep_versions(keep, 2)
    page.goto(start_address(viewer, link))
    page.locator(held).last.focus()
    retag_links(library, [link], ["新"], [])
    expect(page.locator(".detail .chip")).to_have_count(3)
    expect(focused(page, held)).to_have_count(1)


def focused(page: Page, held: str) -> Locator:
    return page.locator(f"{held}:focus")


def test_list_chosen_by_keyboard_keeps_it(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep_versions(keep, 1)
    page.goto(start_address(viewer))
    page.locator("[data-list=starred]").press("Enter")
    expect(page.locator(".listing-title")).to_have_text("Starred")
    expect(page.locator("[data-list=starred]")).to_be_focused()


def test_more_tags_are_asked_for_by_keyboard(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    retag_links(library, [keep_versions(keep, 1)], [f"t{at:03}" for at in range(401)], [])
    page.goto(start_address(viewer))
    page.locator(".tag-rest").press("Enter")
    expect(page.locator(".tag-node").nth(400)).to_be_focused()
    page.keyboard.press("F2")
    page.locator(".tag-path").fill("不在前四百之中/在别处")
    page.keyboard.press("Enter")
    expect(page.locator(".tag-node[data-tag='不在前四百之中/在别处']")).to_be_focused()


def test_note_written_elsewhere_is_not_written_over(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    link = keep_versions(keep, 1)
    page.goto(start_address(viewer, link))
    page.locator(".note-button").click()
    set_note(library, link, "别处写的")
    expect(page.locator(".note-text")).to_have_value("别处写的")
    page.locator(".note-text").press("End")
    page.locator(".note-text").press_sequentially("，又补一句")
    expect(page.locator(".note-state")).to_have_text("Saved")
    assert get_link(library, link).note == "别处写的，又补一句"


def test_menu_of_a_tag_gives_the_keyboard_back_where_tags_were_drawn_anew(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    link = keep_versions(keep, 1)
    page.goto(start_address(viewer))
    page.locator(".tag-node[data-tag=产业]").focus()
    page.keyboard.press("Shift+F10")
    expect(page.locator(".menu-item").first).to_be_focused()
    retag_links(library, [link], ["新"], [])
    expect(page.locator(".tag-node")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator(".tag-node[data-tag=产业]")).to_be_focused()


def test_other_names_typed_faster_than_they_are_taken_are_all_there(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    keep_versions(keep, 1)
    page.goto(start_address(viewer))
    page.locator(".tag-node[data-tag=产业]").click(button="right")
    page.locator(".menu-item", has_text="Other names").click()
    held: list[Route] = []
    page.route("**/api/tags/alias", lambda route: held.append(route))
    page.keyboard.type("工业,实业")
    page.keyboard.press("Enter")
    while len(held) < 2:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    expect(page.locator(".ask-dialog .chip")).to_have_count(2)
