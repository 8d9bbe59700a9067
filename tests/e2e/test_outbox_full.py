"""A browser whose disk is full: what the host takes is kept all the same, what it does not is said."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

PAGE = "<!doctype html><meta charset=utf-8><title>甲</title><p>水利工程<img src=/large.png>"
FULL = (
    "The browser has no room left for the outbox, and the page was not kept. Free some disk space, or throw pages away "
    "in the options and delete them for good, then try again."
)


@pytest.fixture
def page_url(site):
    site.put("/large.png", os.urandom(6_000_000), media_type="image/png")
    return site.put("/a", PAGE)


@pytest.fixture
def small_disk(start_browser, tmp_path, request):
    """A disk of 4 MB for what the browser stores for its extensions."""
    family = request.node.callspec.params["start_browser"]
    stores = {
        "chromium": "home/.config/chromium/Default/IndexedDB",
        "firefox": "firefox-profile/storage",
    }
    place = tmp_path / stores[family]
    place.mkdir(parents=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False)
    if made.returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path) -> None:
    """Leave no room at all."""
    with (disk / "filler").open("wb", buffering=0) as stream:
        for block in (65536, 4096, 1):
            try:
                while True:
                    stream.write(bytes(block))
            except OSError:
                pass  # full, which is what is wanted


@pytest.mark.parametrize("is_full_from_the_start", [False, True])
def test_page_that_neither_host_nor_outbox_takes_is_told(
    small_disk, start_browser, page_url, linkshot, is_full_from_the_start
):
    if is_full_from_the_start:
        fill(small_disk)
    browser = start_browser(has_host=False)
    popup = browser.open_popup(browser.open_tab(page_url))
    assert popup.wait_for("saved", "waiting", "failed") == "failed"
    assert (popup.text("line"), popup.text("action")) == (FULL, "Try again")


def test_page_that_the_host_takes_is_kept_though_the_outbox_is_full(
    small_disk, start_browser, page_url, linkshot
):
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(page_url))
    assert popup.wait_for("saved", "waiting", "failed") == "saved"
    assert [link["snapshots"] for link in linkshot("list")] == [1]


KEEP_LINK = """async url => {
    const { runtime } = globalThis.browser ?? chrome;
    const { keepPointedAt } = await import(runtime.getURL('background/links.js'));
    await keepPointedAt(url);
}"""


def test_link_that_cannot_be_listed_is_kept_all_the_same(
    small_disk, start_browser, page_url, linkshot
):
    fill(small_disk)
    start_browser().ask(KEEP_LINK, page_url)
    assert [link["url"] for link in linkshot("list")] == [page_url]


EMPTY = """() => {
    const line = document.querySelector('[data-part=empty]');
    return line.hidden ? '' : line.innerText;
}"""


def test_outbox_that_cannot_be_read_is_not_said_to_be_empty(small_disk, start_browser, wait_until):
    fill(small_disk)
    browser = start_browser()
    browser.own_page()
    options = browser.url("options/options.html")
    assert wait_until(lambda: browser.run_in(options, EMPTY)) == FULL
