"""Nothing is lost: no host, a host killed, a worker killed, at any point."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time

import pytest
from firefox import BidiError
from playwright.sync_api import Error

pytestmark = pytest.mark.e2e

LARGE = "<p>" + "长江流域综合规划 " * 40


@pytest.fixture
def large_url(site):
    """A page with twelve pictures of a megabyte and a half each."""
    for number in range(12):
        noise = os.urandom(1_500_000)
        site.put(f"/{number}.bin.png", noise, media_type="image/png")
    pictures = "".join(f"<img src=/{number}.bin.png>" for number in range(12))
    return site.put(
        "/large", f"<!doctype html><meta charset=utf-8><title>规划</title>{LARGE}{pictures}"
    )


def kill_hosts(library):
    """kill -9 the hosts that work on this library."""
    listed = subprocess.run(["pgrep", "-f", "linkshot-host"], capture_output=True, text=True).stdout
    for pid in map(int, listed.split()):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environ:
                is_ours = f"LINKSHOT_LIBRARY={library}".encode() in environ.read().split(b"\0")
            if is_ours:
                os.kill(pid, signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile


def test_missing_host_keeps_page_until_it_is_installed(chromium, site, linkshot, wait_until):
    browser = chromium(has_host=False)
    url = site.put("/a", "<!doctype html><meta charset=utf-8><title>甲</title><p>水利工程")
    popup = browser.open_popup(browser.open_tab(url))
    popup.type("水利,")
    assert popup.wait_for("saved", "waiting", "failed") == "waiting"
    assert "linkshot install" in popup.text("cure")
    assert "linkshot doctor" in popup.text("cure")
    assert popup.text("cure").endswith("safe in the outbox and is sent again by itself.")
    assert popup.text("outbox") == "Outbox: 1 waiting"
    browser.install_host()
    wait_until(lambda: not browser.outbox())
    [link] = linkshot("list")
    assert (link["title"], link["tags"], link["snapshots"]) == ("甲", ["水利"], 1)


def test_missing_host_in_firefox_keeps_page(firefox, site, linkshot, wait_until):
    browser = firefox(has_host=False)
    url = site.put("/a", "<!doctype html><meta charset=utf-8><title>甲</title><p>水利工程")
    popup = browser.open_popup(browser.open_tab(url))
    assert popup.wait_for("saved", "waiting", "failed") == "waiting"
    assert "linkshot install" in popup.text("cure")
    browser.install_host()
    wait_until(lambda: not browser.outbox(), timeout_s=120)
    assert [link["snapshots"] for link in linkshot("list")] == [1]


def assert_kept_once(linkshot):
    """The large page is there once and whole, and nothing in the library is wrong."""
    [link] = linkshot("list")
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    kept = (link["snapshots"], version["receipt"]["kept"], version["receipt"]["missing"])
    assert (kept, linkshot("verify")) == ((1, 12, []), [])


@pytest.mark.parametrize("wait_ms", [50, 400, 1500])
def test_host_killed_in_the_middle_gets_page_once(
    chromium, large_url, linkshot, wait_until, wait_ms
):
    browser = chromium()
    popup = browser.open_popup(browser.open_tab(large_url))
    popup.page.wait_for_function(
        "() => /sending|saved/.test(document.querySelector('[data-part=popup]').dataset.state)"
    )
    popup.page.wait_for_timeout(wait_ms)
    kill_hosts(browser.library)
    wait_until(lambda: not browser.outbox(), timeout_s=120)
    assert_kept_once(linkshot)


# The page leaves as soon as the popup's first script has run, before a worker can start.
LEAVES_AT_ONCE = """new PerformanceObserver(() => location.replace('about:blank'))
    .observe({type: 'mark', buffered: true})"""


@pytest.mark.parametrize("repeat", range(3))
def test_click_is_heard_though_its_popup_left_before_the_worker_began(
    chromium, site, linkshot, wait_until, repeat
):
    """A popup's port that closes before the worker has started is never heard of."""
    browser = chromium()
    tab = browser.open_tab(site.put("/n", "<title>n</title><p>n"))
    popup = browser.context.new_page()
    popup.add_init_script(LEAVES_AT_ONCE)
    browser.stop_worker()
    with contextlib.suppress(Error):  # it went elsewhere in the middle
        popup.goto(browser.url(f"popup/popup.html?tabId={tab}"), wait_until="commit")
    [link] = wait_until(lambda: not browser.outbox() and linkshot("list"))
    assert (link["snapshots"], linkshot("verify")) == (1, [])


@pytest.mark.parametrize("wait_ms", [0, 50, 100, 200, 400, 700, 1000, 1500])
def test_worker_killed_in_the_middle_gets_page_once(
    chromium, large_url, linkshot, wait_until, wait_ms
):
    browser = chromium()
    tab = browser.open_tab(large_url)
    popup = browser.open_popup(tab)
    popup.page.wait_for_selector('[data-part="title"]:not(:empty)')
    popup.page.wait_for_timeout(wait_ms)
    session = browser.context.new_cdp_session(popup.page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    wait_until(lambda: linkshot("list") and not browser.outbox(), timeout_s=120)
    assert_kept_once(linkshot)


@pytest.mark.parametrize("wait_s", [0.1, 1])
def test_extension_reloaded_in_the_middle_gets_page_once(
    start_browser, large_url, linkshot, wait_until, wait_s
):
    browser = start_browser()
    browser.own_page()
    popup = browser.open_popup(browser.open_tab(large_url))
    popup.wait_for("reading", "gathering", "sending", "saved")
    time.sleep(wait_s)
    browser.reload_extension()
    time.sleep(1)  # its pages go with it

    def is_sent():
        try:
            return linkshot("list") and not browser.outbox()
        except (BidiError, Error):
            return False  # it is being loaded again

    try:
        wait_until(is_sent, timeout_s=120)
    except AssertionError:
        pytest.fail(f"kept: {linkshot('list')}; waiting: {browser.outbox()}")
    assert_kept_once(linkshot)
