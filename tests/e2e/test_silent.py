"""A page in which nothing runs, as it asks something or is busy: a plain message, and nothing left behind."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from tests.conftest import Site

pytestmark = pytest.mark.e2e

SAID = (
    "The page does not answer. Close the question it shows, or wait until it is no longer busy, "
    "then try again."
)
# What it waits for never comes, and in Chromium, as under a question, nothing else runs meanwhile.
HELD_UP = """<!doctype html><title>忙</title><script>
  const hold = () => {
    const request = new XMLHttpRequest();
    request.open('GET', 'ADDRESS', false);
    request.send();
  };
</script>"""


def test_page_that_does_not_answer_is_told(chromium: Callable[..., Any], site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        url = site.put("/busy", HELD_UP.replace("ADDRESS", address))
        browser = chromium()
        tab = browser.open_tab(url)
        browser.run_in(url, "() => void setTimeout(hold, 100)")
        held, _ = server.accept()
        popup = browser.open_popup(tab)
        popup.wait_for("failed", "saved", "waiting")
        said = popup.text("line"), browser.outbox()
        held.close()
    assert said == (SAID, [])
