"""Browsers with the extension, pages of two origins, and the library that the host fills."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, sync_playwright

# The drivers stand beside the tests; importlib mode puts no folder on the path.
sys.path.insert(0, str(Path(__file__).parent))

from chromium import Chromium, find_chromium, write_host_script
from firefox import Firefox, find_firefox
from guarded_site import GuardedSite
from screen import Screen, missing_programs
from tests.bench.devtools import Devtools
from unwatched import ask

HOST_IS_THERE = """async () => {
  const { runtime } = globalThis.browser ?? chrome;
  const hear = () => runtime.sendMessage({ type: 'host.hello' }).catch(() => null);
  while (!(await hear())?.ok) await new Promise((resolve) => setTimeout(resolve, 100));
}"""
LINKSHOT = Path(sys.executable).with_name("linkshot")
# What holds that nothing is lost, left behind or let in holds it each time: no second try.
EACH_TIME = {
    *("test_browser_ended.py", "test_gone.py", "test_killed_host.py", "test_library_trouble.py"),
    *("test_outbox.py", "test_outbox_full.py", "test_viewer_foreign.py", "test_viewer_hostile.py"),
    "test_export_hostile.py",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the other tests with a browser try once more; the summary names each that had to (decision 78)."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name not in EACH_TIME:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, no longer than a module: while it runs, nothing else may run an event loop."""
    with sync_playwright() as running:
        yield running


@pytest.fixture
def chromium(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[..., Chromium]]:
    """Start a Chromium; it ends with the test."""
    if find_chromium() is None:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    started: list[Chromium] = []

    def start(**options: Any) -> Chromium:
        started.append(Chromium(playwright, tmp_path, **options))
        return started[-1]

    yield start
    for browser in started:
        browser.close()


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Callable[..., Firefox]]:
    """Start a Firefox; it ends with the test."""
    if find_firefox() is None:
        pytest.skip("no Firefox on this machine")
    started: list[Firefox] = []

    def start(**options: Any) -> Firefox:
        script = write_host_script(tmp_path, tmp_path / "library")
        started.append(Firefox(tmp_path, script, **options))
        return started[-1]

    yield start
    for browser in started:
        browser.close()


@pytest.fixture(params=["chromium", "firefox"])
def start_browser(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Each family in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def raw_chromium(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Devtools]]:
    """A Chromium that no driver makes believe that all its tabs are seen."""
    if find_chromium() is None:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Devtools(tmp_path))


@pytest.fixture(params=["raw_chromium", "firefox"])
def start_unwatched(request: pytest.FixtureRequest) -> Callable[[], Any]:
    """Each family in turn, once its host is there to hear of the command line."""
    begin: Callable[[], Any] = request.getfixturevalue(request.param)

    def start() -> Any:
        browser = begin()
        ask(browser, HOST_IS_THERE)
        return browser

    return start


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A screen of the test's own, for what is done with the browser's own window."""
    if missing := missing_programs():
        pytest.skip(f"no {' and no '.join(missing)} on this machine")
    opened = Screen()
    yield opened
    opened.close()


@pytest.fixture
def on_screen(screen: Screen, start_browser: Callable[..., Any]) -> Callable[..., Any]:
    """Each family in turn, where a mouse and a keyboard reach it."""

    def start(**options: Any) -> Any:
        browser = start_browser(screen=screen, **options)
        browser.own_page()  # opened beforehand, so that it never comes in front of a page
        return browser

    return start


@pytest.fixture
def other_site(site: Any) -> Iterator[Any]:
    """A second origin."""
    served = type(site)()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture
def guarded() -> Iterator[GuardedSite]:
    """A site that does not give to everybody."""
    site = GuardedSite()
    yield site
    site.close()


@pytest.fixture
def linkshot(tmp_path: Path) -> Callable[..., Any]:
    """Run the command line on the test's library; what it prints as JSON."""

    def run(*arguments: str) -> Any:
        done = subprocess.run(
            [LINKSHOT, *arguments, "--json"],
            capture_output=True,
            text=True,
            timeout=120,
            # Not `--library`: what looks before anything is kept would be told that there is none.
            env=os.environ | {"LINKSHOT_LIBRARY": str(tmp_path / "library")},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def wait_until(condition: Callable[[], Any], timeout_s: float = 60) -> Any:
    """What `condition` answers once that is true."""
    until = time.monotonic() + timeout_s
    while not (answer := condition()):
        assert time.monotonic() < until, f"still not so after {timeout_s} s"
        time.sleep(0.2)
    return answer


@pytest.fixture(name="wait_until")
def wait_until_fixture() -> Callable[..., Any]:
    return wait_until
