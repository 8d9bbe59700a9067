"""Tags whose names have quotes and other signs of the grammar, in the window's search box, in real Chromium."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from linkshot.store.records import SavedSnapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import keep, opened, page, shown, viewer

__all__ = ["keep", "opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e
expect.set_options(timeout=60_000)

Keep = Callable[..., SavedSnapshot]


@pytest.mark.parametrize(
    ("typed", "tag", "written"),
    [
        ("tag:十四", "“十四五”规划", '"“十四五”规划"'),
        ("tag:“十四五”", "“十四五”规划", '"“十四五”规划"'),
        ("tag:升级", "产业「升级」", '"产业「升级」"'),
        ("tag:甲", '甲"乙|丙"', '"甲""乙|丙"""'),
    ],
)
def test_tag_with_quotes_is_completed_and_found(
    page: Page, viewer: Viewer, keep: Keep, typed: str, tag: str, written: str
) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=(tag,))
    keep("https://a.example/2", "<p>2", title="二", text=tag)
    page.goto(start_address(viewer))
    box, titles = page.locator("#search"), page.locator(".row-title")
    expect(titles).to_have_text(["二", "一"])
    box.press_sequentially(typed)
    expect(page.locator(".search-choices .choice-name")).to_have_text([f"tag:{written}"])
    page.keyboard.press("Tab")
    expect(titles).to_have_text(["一"])
    expect(page.locator(".search-choices")).to_be_hidden()
    box.fill(f"-tag:{written}")
    expect(titles).to_have_text(["二"])


def test_tag_with_quotes_is_found_as_written_by_hand(
    page: Page, viewer: Viewer, keep: Keep
) -> None:
    keep("https://a.example/1", "<p>1", title="一", tags=("政策/“双碳”",))
    keep("https://a.example/2", "<p>2", title="二", text="政策 双碳")
    page.goto(start_address(viewer))
    box, titles = page.locator("#search"), page.locator(".row-title")
    box.fill("tag:政策/“双碳”")
    expect(titles).to_have_text(["一"])
    box.fill("-tag:政策/“双碳”")
    expect(titles).to_have_text(["二"])
