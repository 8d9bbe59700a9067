"""A host that ends while it is needed: what is said of it, and of what waits, is what is so by then."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Site

pytestmark = pytest.mark.e2e

PAGE = "<!doctype html><meta charset=utf-8><title>甲</title><p>水利工程"
ENDS = "#!/bin/sh\nexit 3\n"
ENDED = "The host ended before it answered. If this goes on, run “linkshot doctor”."
HOST = "() => document.querySelector('[data-part=host]').innerText"
ROWS = """() => [...document.querySelectorAll('.item')].map(row =>
    [row.querySelector('.item-more').innerText, row.querySelector('.item-error')?.innerText])"""


def test_host_that_ends_is_told_and_tags_wait_as_tags(
    start_browser: Callable[..., Any], site: Site, tmp_path: Path, wait_until: Callable[..., Any]
) -> None:
    browser = start_browser(has_host=False)
    note_pid = f'#!/bin/sh\necho $$ > "{tmp_path / "pid"}"\n'
    browser.script.write_text(browser.script.read_text().replace("#!/bin/sh\n", note_pid))
    browser.install_host()
    url = site.put("/a", PAGE)
    popup = browser.open_popup(browser.open_tab(url))
    popup.wait_for("saved")
    browser.own_page()
    options = browser.url("options/options.html")
    wait_until(lambda: browser.run_in(options, HOST) == "The host is there and answers.")
    browser.script.write_text(ENDS)
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    wait_until(lambda: browser.run_in(options, HOST) == ENDED)
    popup.type("后来,")
    [[more, error]] = wait_until(lambda: browser.run_in(options, ROWS))
    assert more.endswith(f" · +后来 · {url}")
    assert error == f"{ENDED} The tags wait in the outbox and are sent again by themselves."


def test_second_try_that_meets_another_failure_tells_that(
    chromium: Callable[..., Any], site: Site, wait_until: Callable[..., Any]
) -> None:
    browser = chromium(has_host=False)
    popup = browser.open_popup(browser.open_tab(site.put("/a", PAGE)))
    popup.wait_for("waiting")
    assert "is not installed" in popup.text("cure")
    browser.script.write_text(ENDS)
    browser.install_host()
    popup.click("action")
    said = f"{ENDED} The page is safe in the outbox and is sent again by itself."
    wait_until(lambda: popup.text("cure") == said)
