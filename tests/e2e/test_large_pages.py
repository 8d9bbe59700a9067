"""Pages far beyond the ordinary: kept whole, or bounded with the reason told; the page goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.conftest import Site
from tests.large_pages import (
    ELEMENTS,
    FRAMES,
    FROZEN_MS,
    MEGABYTE,
    NESTED,
    SELECTIONS,
    css_page,
    longest_task_ms,
    pictures_page,
)

from linkshot.capture.browser import BrowserCapturer, BrowserOptions
from linkshot.capture.plan import Capture
from linkshot.errors import BrowserMissing

pytestmark = pytest.mark.e2e


@pytest.fixture
def keep() -> Callable[[str], Capture]:
    """Capture an address as `linkshot add --via browser` does."""

    def run(url: str) -> Capture:
        options = BrowserOptions(timeout_seconds=120, settle_seconds=60, thumbnail=False)
        try:
            capturer = BrowserCapturer(options)
        except BrowserMissing:
            pytest.skip("no Chromium, Chrome or Edge on this machine")
        with capturer:
            return capturer.capture(url)

    return run


def html_of(capture: Capture) -> str:
    data = capture.sources[capture.plan.documents[0].sha256]
    assert isinstance(data, bytes)
    return data.decode()


def test_no_task_is_long_on_fifty_thousand_elements(site: Site) -> None:
    assert longest_task_ms(site.put("/elements", ELEMENTS)) <= FROZEN_MS


@pytest.mark.parametrize("name", SELECTIONS)
def test_no_task_is_long_where_a_little_of_much_is_selected(site: Site, name: str) -> None:
    url = site.put("/selection", SELECTIONS[name])
    assert longest_task_ms(url, selection=True) <= FROZEN_MS


def test_no_task_is_long_on_a_page_of_much_css(site: Site) -> None:
    assert longest_task_ms(css_page(site)) <= FROZEN_MS


def test_much_css_is_kept_whole(keep: Callable[[str], Capture], site: Site) -> None:
    capture = keep(css_page(site))
    sheets = [one for one in capture.plan.resources if one.url.endswith(".css")]
    assert len(sheets) == 19
    html = html_of(capture)
    assert (html.count("p { color: red; }"), html.count(".r000000")) == (2, 10)


def test_fifty_thousand_elements_are_kept_whole(keep: Callable[[str], Capture], site: Site) -> None:
    assert html_of(keep(site.put("/elements", ELEMENTS))).count("<b>") == 16_667


def test_two_thousand_nested_elements_are_kept(keep: Callable[[str], Capture], site: Site) -> None:
    html = html_of(keep(site.put("/nested", NESTED)))
    assert (html.count("<em>"), html.count("</em>")) == (2_000, 2_000)


def test_five_hundred_frames_are_kept(keep: Callable[[str], Capture], site: Site) -> None:
    assert len(keep(site.put("/frames", FRAMES)).plan.documents) == 501


def test_three_hundred_megabytes_of_pictures_are_kept_or_told(
    keep: Callable[[str], Capture], site: Site
) -> None:
    plan = keep(pictures_page(site)).plan
    kept = [one.size for one in plan.resources]
    told = [one for one in plan.missing if one.reason]
    assert (len(kept) + len(told), set(kept)) == (75, {4 * MEGABYTE})
