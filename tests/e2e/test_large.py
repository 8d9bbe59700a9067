"""A page of more than 60 MB: kept whole, each picture byte for byte; one resource over the bound is said."""

from __future__ import annotations

import hashlib
import os

import pytest

from linkshot.store.library import Library
from linkshot.store.snapshots import list_resources

pytestmark = pytest.mark.e2e

PICTURES = 8
PICTURE_BYTES = 8_500_000


@pytest.fixture
def pictures(site):
    """68 MB in eight pictures, by their hashes."""
    hashes = set()
    for number in range(PICTURES):
        noise = os.urandom(PICTURE_BYTES)
        hashes.add(hashlib.sha256(noise).hexdigest())
        site.put(f"/{number}.png", noise, media_type="image/png")
    return hashes


def test_page_over_60_mb_is_kept_byte_for_byte(start_browser, site, pictures, linkshot, tmp_path):
    images = "".join(f"<img src=/{number}.png>" for number in range(PICTURES))
    url = site.put("/a", f"<!doctype html><meta charset=utf-8><title>甲</title>{images}")
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(url))
    assert popup.wait_for("saved", "waiting", "failed", timeout_ms=120_000) == "saved"
    [link] = linkshot("list")
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    assert (version["receipt"]["missing"], version["receipt"]["kept"]) == ([], PICTURES)
    with Library.open(tmp_path / "library") as library:
        kept = {one.sha256 for one in list_resources(library, version["snapshot_id"])}
    assert pictures <= kept
    assert linkshot("verify") == []


def test_resource_over_64_mb_is_left_out_and_said(chromium, site, linkshot):
    site.put("/huge.png", bytes(65 * 1024 * 1024), media_type="image/png")
    browser = chromium()
    url = site.put("/a", "<!doctype html><title>A</title><p>here<img src=/huge.png>")
    popup = browser.open_popup(browser.open_tab(url))
    assert popup.wait_for("saved", "waiting", "failed", timeout_ms=60_000) == "saved"
    [link] = linkshot("list")
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    assert version["receipt"]["missing"] == [{"url": f"{site.url}/huge.png", "reason": "too_large"}]
