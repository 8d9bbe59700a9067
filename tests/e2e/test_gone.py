"""A page that is closed, or goes elsewhere, while it is read: a plain message, and nothing left behind."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.conftest import Site

pytestmark = pytest.mark.e2e

SAID = "The page was closed or went elsewhere before it was read whole. Open it and try again."


@pytest.fixture
def waiting_url(site: Site) -> Iterator[str]:
    """A page one of whose pictures never comes, so that reading it takes as long as it may."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        picture = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        yield site.put("/waiting", f'<!doctype html><title>甲</title><img src="{picture}">')


def said_after(browser: Any, url: str, change: str) -> tuple[str, list[Any]]:
    """What the popup says when `change` happens to the tab under way, and what waits then."""
    tab = browser.open_tab(url, wait_until="commit")
    popup = browser.open_popup(tab)
    popup.wait_for("reading")
    browser.ask(change, tab)
    popup.wait_for("failed", "saved", "waiting")
    return popup.text("line"), browser.outbox()


def test_page_closed_while_read_is_told(
    start_browser: Callable[..., Any], waiting_url: str
) -> None:
    close = "tab => chrome.tabs.remove(tab).then(() => 0)"
    assert said_after(start_browser(), waiting_url, close) == (SAID, [])


@pytest.mark.parametrize("where", ["/b", "about:blank"])
def test_page_left_while_read_is_told(
    start_browser: Callable[..., Any], waiting_url: str, site: Site, where: str
) -> None:
    site.put("/b", "<!doctype html><title>乙</title>")
    address = where if ":" in where else site.url + where
    leave = f"tab => chrome.tabs.update(tab, {{url: '{address}'}}).then(() => 0)"
    assert said_after(start_browser(), waiting_url, leave) == (SAID, [])
