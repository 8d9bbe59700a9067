"""What the window says and shows is what is meant, in real Chromium."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from linkshot.store.library import Library
from linkshot.store.links import trash_links
from linkshot.store.records import SavedSnapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import keep, opened, page, shown, viewer

__all__ = ["keep", "opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e
expect.set_options(timeout=60_000)

Keep = Callable[..., SavedSnapshot]


def test_restoring_does_not_look_like_going_back(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    link = keep("https://a.example/1", "<p>1", title="一").link_id
    trash_links(library, [link])
    page.goto(start_address(viewer, link))
    drawn = [
        page.locator(f"{one} svg").inner_html() for one in (".detail-close", ".restore-button")
    ]
    assert drawn[0] != drawn[1]


def test_tags_are_offered_in_a_dialog_from_the_first_letter_on(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策",))
    page.goto(start_address(viewer))
    page.locator(".add-button").click()
    field = page.locator(".add-dialog .tag-input")
    field.press_sequentially("产业，")
    expect(page.locator(".add-dialog .chip")).to_have_text(["产业"])
    page.evaluate("() => fetch('api/tags/complete').then(reply => reply.text())")
    expect(page.locator(".add-dialog .choices")).to_be_hidden()
    field.press_sequentially("政")
    expect(page.locator(".add-dialog .choice-name")).to_have_text(["政策"])


def test_tag_that_only_has_tags_below_it_is_not_split(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策/产业",))
    page.goto(start_address(viewer))
    page.locator(".tag-node").click(button="right")
    page.locator(".menu-item", has_text="Split").click()
    page.locator(".ask-dialog .tag-input").fill("文件")
    page.keyboard.press("Enter")
    expect(page.locator(".ask-dialog .chip")).to_have_text(["文件"])
    expect(page.locator(".ask-effect")).to_have_text("No link has “政策” itself.")
    expect(page.locator(".ask-submit")).to_be_disabled()
