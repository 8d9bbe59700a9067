"""The window's messages in real Chromium: many of a kind are one, and all stay in sight."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import Site

from linkshot.capture.keep import keep as keep_link
from linkshot.store.library import Library
from linkshot.store.links import count_links
from linkshot.store.records import SavedSnapshot
from linkshot.store.undo import undo_last
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import serve_library, start_address

sys.path.insert(0, str(Path(__file__).parents[1] / "viewer"))
from viewer_library import keep, opened, page, shown, viewer

__all__ = ["keep", "opened", "page", "shown", "viewer"]

pytestmark = pytest.mark.e2e
expect.set_options(timeout=60_000)

Keep = Callable[..., SavedSnapshot]


def test_many_links_that_fail_are_one_message_and_tried_again_together(
    page: Page, viewer: Viewer, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # each is fetched by HTTP, which fails at once
    urls = [f"{site.url}/{at}" for at in range(9)]
    page.goto(start_address(viewer))
    page.locator(".add-button").click()
    page.locator(".add-url").fill("\n".join(urls))
    page.keyboard.press("Enter")
    expect(page.locator(".toast-title")).to_have_text(["9 links were not kept"])
    page.locator(".toast .button", has_text="Show them").click()
    expect(page.locator(".sheet-main")).to_have_text(urls)
    for at in range(9):
        site.put(f"/{at}", f"<title>{at}</title><p>{at}")
    page.locator(".sheet-actions .button").click()
    expect(page.locator(".row")).to_have_count(9)
    expect(page.locator(".toast[data-state=failed]")).to_have_count(0)


def test_page_that_a_site_answers_with_an_error_is_kept_all_the_same(
    page: Page, viewer: Viewer, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    url = site.put("/gone", "<title>已撤下</title><p>该通知已撤下。", status=404)
    page.goto(start_address(viewer))
    page.locator(".add-button").click()
    page.locator(".add-url").fill(url)
    page.keyboard.press("Enter")
    expect(page.locator(".toast-title")).to_have_text(
        ["The site answered with the error 404; nothing was kept."]
    )
    page.locator(".toast .button").first.click()
    expect(page.locator(".row-title")).to_have_text(["已撤下"])


def test_failure_that_happens_again_is_told_once(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一")
    page.goto(start_address(viewer))
    page.route("**/api/links/1/star", lambda route: route.abort())
    star = page.locator(".row .star")
    for _ in range(3):
        with page.expect_event("requestfailed"):
            star.click()
    expect(page.locator(".toast")).to_have_count(1)


def test_messages_stay_within_the_window(page: Page, viewer: Viewer, keep: Keep) -> None:
    keep("https://a.example/1", "<p>1", title="一")
    page.goto(start_address(viewer))
    page.set_viewport_size({"width": 1000, "height": 260})
    expect(page.locator(".row")).to_have_count(1)  # it hears no key before it has begun
    for _ in range(8):
        page.keyboard.press("Control+z")
    expect(page.locator(".toast")).to_have_count(8)
    box = page.locator(".toasts").bounding_box()
    assert box
    assert box["y"] >= 0
    expect(page.locator(".toast").last).to_be_in_viewport()


def test_kept_archive_has_a_card_that_saves_it(
    page: Page, viewer: Viewer, library: Library, site: Site
) -> None:
    url = site.put("/a.zip", "PK kept", media_type="application/zip")
    with ThreadPoolExecutor(1) as aside:  # the page's loop lets no other run on its thread
        link = aside.submit(keep_link, library, url, via="http").result().link_id
    page.goto(start_address(viewer, link))
    expect(page.locator(".file-name")).to_contain_text("a.zip")
    with page.expect_download() as download:
        page.locator(".file-card .button").click()
    assert Path(download.value.path()).read_bytes() == b"PK kept"


def test_export_that_fails_is_told(page: Page, viewer: Viewer, keep: Keep) -> None:
    link = keep("https://a.example/1", "<p>1", title="一").link_id
    page.goto(start_address(viewer, link))
    shutil.rmtree(viewer.files)
    page.locator(".export-button").click()
    expect(page.locator(".toast[data-state=failed]")).to_have_count(1)


def test_links_are_moved_a_part_at_a_time_and_back(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    for at in range(120):
        keep(f"https://a.example/{at}", f"<p>{at}", title=f"第{at}")
    parts = []
    page.on(
        "request",
        lambda one: one.post_data_json and parts.append(len(one.post_data_json["link_ids"])),
    )
    page.goto(start_address(viewer))
    page.locator(".row-title").first.focus()
    page.keyboard.press("Control+a")
    expect(page.locator(".choice-count")).to_have_text("120 chosen")
    page.keyboard.press("Delete")
    expect(page.locator(".toast-title")).to_have_text(["Moved 120 links to the trash"])
    assert count_links(library, trashed=True) == 120
    page.keyboard.press("Control+z")
    expect(page.locator(".listing-count")).to_have_text("120 links")
    assert parts == [100, 20, 100, 20]


def test_what_was_undone_elsewhere_is_said_to_be(
    page: Page, viewer: Viewer, library: Library, keep: Keep
) -> None:
    link = keep("https://a.example/1", "<p>1", title="一", tags=("政策",)).link_id
    page.goto(start_address(viewer, link))
    page.locator(".chip-remove").click()
    expect(page.locator(".toast .button")).to_be_visible()
    undo_last(library)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.locator(".toast-title").last).to_contain_text("Undone already")


def test_failure_before_the_first_word_is_in_the_windows_language(
    page: Page, library: Library
) -> None:
    with serve_library(library.root, language="zh") as viewer:
        viewer.library.close()
        page.goto(start_address(viewer))
        expect(page.locator(".offline")).to_contain_text("无法使用")
