"""Every page of `tests/pages`, kept three ways and reopened: nothing of it may look otherwise, ask or run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromium import Chromium, find_chromium, write_host_script
from firefox import Firefox, find_firefox
from page_runs import (
    LAZY,
    READ_THERE,
    ChromiumTabs,
    FirefoxTabs,
    Kept,
    keep_all,
    keep_by_browser,
    likeness,
    reopen,
    squares,
    squares_expected,
)
from page_site import PageSite, slugs
from playwright.sync_api import sync_playwright

from linkshot.store.library import Library

pytestmark = pytest.mark.e2e
Runs = dict[str, dict[str, Kept]]

# The share of a picture that has to be the same, as tools of comparison take it; squares are counted besides.
ALIKE = 0.995
# What no copy shows: decisions 26 and 33, and for `nesting` what it warns of. An XML document without
# style is kept as its source, not as the browser shows it.
UNLIKE = {*LAZY, "selection", "nesting", "xml-document"}


@pytest.fixture(scope="module")
def in_chromium(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """All pages through the extension in Chromium, and through the capturing browser."""
    if find_chromium() is None:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    folder, site = tmp_path_factory.mktemp("chromium"), PageSite()
    with Library.open(folder / "library") as library, sync_playwright() as playwright:
        browser = Chromium(playwright, folder)
        tabs = ChromiumTabs(browser)
        beside = keep_by_browser(site, library)
        kept = keep_all(tabs, site)
        captured = {slug: (kept[slug][0], found) for slug, found in beside.result().items()}
        runs = {
            "chromium": reopen(tabs, site, library, kept),
            "browser": reopen(tabs, site, library, captured),
        }
        browser.close()
    site.close()
    return runs


@pytest.fixture(scope="module")
def in_firefox(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """All pages through the extension in Firefox."""
    if find_firefox() is None:
        pytest.skip("no Firefox on this machine")
    folder, site = tmp_path_factory.mktemp("firefox"), PageSite()
    with Library.open(folder / "library") as library:
        browser = Firefox(folder, write_host_script(folder, folder / "library"))
        tabs = FirefoxTabs(browser)
        runs = {"firefox": reopen(tabs, site, library, keep_all(tabs, site))}
        browser.close()
    site.close()
    return runs


@pytest.fixture
def kept(way: str, request: pytest.FixtureRequest) -> Callable[[str], Kept]:
    """A page by its slug, as one of the ways kept it."""
    runs: Any = request.getfixturevalue("in_firefox" if way == "firefox" else "in_chromium")
    pages: dict[str, Kept] = runs[way]
    return pages.__getitem__


def family(way: str) -> str:
    return "firefox" if way == "firefox" else "chromium"


def ways_of(slug: str) -> list[str]:
    return ["chromium", "firefox"] if slug in READ_THERE else ["chromium", "browser", "firefox"]


every_way = pytest.mark.parametrize("way", ["chromium", "browser", "firefox"])


@pytest.mark.parametrize(
    ("slug", "way"), [(slug, way) for slug in slugs() for way in ways_of(slug)]
)
def test_copy_shows_what_the_page_shows(kept: Callable[[str], Kept], slug: str, way: str) -> None:
    page = kept(slug)
    seen = likeness(page) >= ALIKE or slug in UNLIKE
    shown = (squares(page.copy), seen, page.asked)
    assert shown == (squares_expected(slug, family(way)), True, [])


@every_way
def test_copy_runs_nothing_and_sends_nothing(kept: Callable[[str], Kept]) -> None:
    html = kept("acts").document.decode().lower()
    acting = "<script| on|javascript:|refresh|preload|prefetch|preconnect|dns-|ping=|action="
    assert [word for word in acting.split("|") if word in html] == []


@every_way
def test_pixel_that_counts_visitors_is_neither_kept_nor_missed(kept: Callable[[str], Kept]) -> None:
    page = kept("acts")
    urls = [one.url for one in [*page.resources, *page.receipt.missing]]
    assert [url for url in urls if "count.gif" in url] == []


@every_way
def test_passwords_and_codes_are_never_kept(kept: Callable[[str], Kept]) -> None:
    document = kept("state").document.decode()
    assert "现在" in document
    assert [secret for secret in ("correct horse", "493817", "602214") if secret in document] == []


@every_way
def test_only_fonts_in_use_are_kept(kept: Callable[[str], Kept]) -> None:
    urls = [one.url for one in kept("fonts").resources if one.media_type.startswith("font/")]
    assert sorted({url.rpartition("?")[2] for url in urls}) == ["1", "2", "5"]


@every_way
def test_only_fonts_in_use_are_kept_of_a_page_that_cannot_tell(kept: Callable[[str], Kept]) -> None:
    # Both of `own`'s files stand for one face; the page has no list that tells which was loaded.
    urls = [one.url for one in kept("fonts-crowded").resources if "font" in one.media_type]
    names = {url.rpartition("/")[2] for url in urls} - {"own.square.ttf?2"}
    assert names == {"slice.square.ttf?1", "own.square.ttf?1"}


@every_way
def test_adopted_sheet_that_roots_share_is_kept_once(kept: Callable[[str], Kept]) -> None:
    page = kept("style-adopted")
    shared = [one.url for one in page.resources if one.url.startswith("linkshot:sheet/")]
    assert (len(shared), "xxxx" in page.document.decode()) == (1, False)


@every_way
def test_own_icon_is_kept(kept: Callable[[str], Kept]) -> None:
    assert "icon.svg" in [Path(one.url).name for one in kept("pictures-css").resources]


@every_way
def test_tainted_canvas_is_told(kept: Callable[[str], Kept], way: str) -> None:
    # Firefox lets an extension read one.
    expected = [] if family(way) == "firefox" else ["tainted"]
    assert [lost.reason for lost in kept("pictures-canvas").receipt.missing] == expected


@every_way
def test_canvas_is_kept_to_the_pixel(kept: Callable[[str], Kept]) -> None:
    page = kept("canvas-exact")
    drawn = {one.url.rpartition("/")[2]: one.media_type for one in page.resources}
    assert (page.live[:100, :200] == page.copy[:100, :200]).all()
    assert len(np.unique(page.copy[:100, :200].reshape(-1, 3), axis=0)) > 10_000
    assert [drawn[str(n)] for n in (1, 2, 3, 4)] == ["image/webp"] * 2 + ["image/png"] * 2


def test_canvas_cut_by_the_edge_of_the_screen_is_told(in_chromium: Runs) -> None:
    missing = in_chromium["chromium"]["webgl-once"].receipt.missing
    assert [(lost.url, lost.reason) for lost in missing] == [
        ("linkshot:canvas/top/3", "off_screen")
    ]


@every_way
def test_film_opened_by_itself_is_not_waited_for(kept: Callable[[str], Kept]) -> None:
    assert kept("film-document").receipt.warnings == []


@every_way
def test_xhtml_stays_xhtml(kept: Callable[[str], Kept]) -> None:
    document = kept("xhtml").document.decode()
    assert document.startswith('<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>')
    assert "<OneName" in document
