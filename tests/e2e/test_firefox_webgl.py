"""Firefox draws WebGL only where it has a screen: what it drew once is in the tab's copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import write_host_script
from firefox import Firefox, find_firefox
from page_runs import FirefoxTabs, keep_all, likeness, reopen, squares
from page_site import PageSite
from screen import Screen, missing_programs

from linkshot.store.library import Library

pytestmark = pytest.mark.e2e

SLUG = "webgl-once"
IS_DRAWN = "() => document.createElement('canvas').getContext('webgl') !== null"


@pytest.fixture
def browser(tmp_path):
    if find_firefox() is None or missing_programs():
        pytest.skip("Firefox or a screen for it is missing")
    screen = Screen()
    script = write_host_script(tmp_path, tmp_path / "library")
    started = Firefox(tmp_path, script, screen=screen, preferences={"webgl.force-enabled": True})
    yield started
    started.close()
    screen.close()


def test_firefox_keeps_what_webgl_drew_once(browser: Firefox, tmp_path: Path) -> None:
    site = PageSite()
    tabs = FirefoxTabs(browser)
    with Library.open(tmp_path / "library") as library:
        kept = reopen(tabs, site, library, keep_all(tabs, site, [SLUG]))[SLUG]
        is_drawn = browser.evaluate(browser.open_page("about:blank"), IS_DRAWN)
    site.close()
    if not is_drawn:
        pytest.skip("this Firefox draws no WebGL")
    missing = [lost.reason for lost in kept.receipt.missing]
    assert (squares(kept.copy), likeness(kept) > 0.999, missing) == (4, True, ["off_screen"])
