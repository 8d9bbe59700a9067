"""The real window, offscreen, in a process of its own."""

from __future__ import annotations

import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Site

from linkshot.page.urls import canonical_url
from linkshot.store.captures import waiting_captures
from linkshot.store.library import Library
from linkshot.store.links import link_status
from linkshot.store.records import SavedSnapshot
from linkshot.viewer import webviews

Keep = Callable[..., SavedSnapshot]

# Opens the window as `linkshot open` does, and reads from it in a second thread.
PROGRAM = """
import sys, threading, time
from pathlib import Path
from linkshot.viewer.window import open_viewer

READ = '''(document.querySelector(".frame")?.dataset.state === "shown"
    ? document.querySelector(".detail-title").textContent : "")'''

def look():
    import webview
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline:
        if webview.windows:
            title = webview.windows[0].run_js(READ)
            if title:
                print(title, flush=True)
                break
        time.sleep(0.2)
    webview.windows[0].destroy()

threading.Thread(target=look, daemon=True).start()
open_viewer(Path(sys.argv[1]), int(sys.argv[2]), say=lambda text: print("said", text, flush=True))
"""


@pytest.mark.e2e
@pytest.mark.skipif(
    sys.platform != "linux" or importlib.util.find_spec("PyQt6.QtWebEngineWidgets") is None,
    reason="needs Linux with PyQt6-WebEngine",
)
def test_window_shows_the_snapshot(library: Library, keep: Keep, tmp_path: Path) -> None:
    link = keep("https://a.example/", "<title>x</title><p>正文", title="关于集成电路的通知").link_id
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_API": "pyqt6",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(library.root), str(link)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=220,
        check=False,
    )
    assert done.stdout == "关于集成电路的通知\n", done.stderr[-2000:]


def test_machine_without_screen_has_no_window() -> None:
    assert not webviews.has_screen({}, "linux")
    assert webviews.has_screen({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert webviews.has_screen({}, "darwin")


@pytest.mark.parametrize(
    ("platform", "package"),
    [("linux", "linkshot[qt]"), ("darwin", "pyobjc-framework-WebKit"), ("win32", "pythonnet")],
)
def test_missing_webview_names_its_package(platform: str, package: str) -> None:
    assert webviews.missing_package(platform) == package


# Stands in for the person's browser: follows the address, looks for a moment, and is closed.
BROWSER = """#!{python}
import sys
import httpx

with httpx.Client(follow_redirects=True) as client:
    origin = sys.argv[1].split("/?")[0]
    assert client.get(sys.argv[1]).status_code == 200
    with client.stream("GET", origin + "/api/changes", timeout=90) as stream:
        next(stream.iter_lines())
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A machine without a screen, whose browser is the one above."""
    browser = tmp_path / "browser"
    browser.write_text(BROWSER.format(python=sys.executable))
    browser.chmod(0o755)
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return {**kept, "BROWSER": f"{browser} %s", "LINKSHOT_LANG": "en"}


def start_open(library: Library, environment: dict[str, str], *more: str) -> subprocess.Popen[str]:
    """`linkshot open`, at the head of a process group as a terminal starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "linkshot.cli", "--library", str(library.root), "open", *more],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def read_hint(window: subprocess.Popen[str]) -> str:
    """The line that says where the library is open, after that about the missing webview."""
    assert window.stderr is not None
    return next(line for line in window.stderr if "http://127." in line)


def is_listening(hint: str) -> bool:
    address, port = re.findall(r"http://([\d.]+):(\d+)/", hint)[0]
    with socket.socket() as probe:
        return probe.connect_ex((address, int(port))) == 0


@pytest.mark.waits
def test_browser_is_used_without_a_screen_and_ends_with_its_tab(
    library: Library, environment: dict[str, str]
) -> None:
    window = start_open(library, environment)
    _, said = window.communicate(timeout=120)
    assert window.returncode == 0
    assert "The library is open in your browser at http://127." in said


def test_ctrl_c_ends_the_window_and_its_command(
    library: Library, environment: dict[str, str]
) -> None:
    window = start_open(library, {**environment, "BROWSER": "true %s"})
    hint = read_hint(window)
    os.killpg(window.pid, signal.SIGINT)
    assert window.wait(60) == 0
    assert not is_listening(hint)


def test_ended_command_takes_its_window_along(
    library: Library, environment: dict[str, str]
) -> None:
    window = start_open(library, {**environment, "BROWSER": "true %s"})
    hint = read_hint(window)
    window.terminate()
    assert window.wait(60) == 128 + signal.SIGTERM
    wait_until(lambda: not is_listening(hint))


# Enters a link besides; the machine's own browser would be asked by nobody but its page.
ENTERING = BROWSER.replace(
    "    with client.stream",
    """    headers = {{"Origin": origin, "Sec-Fetch-Site": "same-origin"}}
    entered = {{"urls": [{url!r}]}}
    assert client.post(origin + "/api/captures", json=entered, headers=headers).status_code == 200
    with client.stream""",
)


@pytest.fixture
def entering(
    library: Library,
    environment: dict[str, str],
    site: Site,
    gate: threading.Event,
    tmp_path: Path,
) -> subprocess.Popen[str]:
    """An open window in which a link to `/slow` is entered, which `gate` holds up and no browser is found for."""
    url = site.put("/slow", "<title>slow</title><p>text")
    (tmp_path / "browser").write_text(ENTERING.format(python=sys.executable, url=url))
    return start_open(library, {**environment, "PATH": ""})


@pytest.mark.waits
def test_command_waits_for_the_link_being_kept_and_says_so(
    library: Library, entering: subprocess.Popen[str], site: Site, gate: threading.Event
) -> None:
    assert entering.stderr is not None
    next(line for line in entering.stderr if "Keeping 1 more before it ends." in line)
    gate.set()
    assert entering.wait(150) == 0
    assert link_status(library, canonical_url(f"{site.url}/slow")).link_id is not None


def test_link_being_kept_at_ctrl_c_is_kept_or_waits(
    library: Library, entering: subprocess.Popen[str], site: Site, gate: threading.Event
) -> None:
    wait_until(lambda: "/slow" in site.requests)
    os.killpg(entering.pid, signal.SIGINT)
    gate.set()
    assert entering.wait(150) == 0
    is_kept = link_status(library, canonical_url(f"{site.url}/slow")).link_id is not None
    waiting = [one.state for one in waiting_captures(library, via="auto")]
    assert waiting == ([] if is_kept else ["queued"])


def test_unknown_link_opens_no_window(library: Library, environment: dict[str, str]) -> None:
    window = start_open(library, environment, "99")
    _, said = window.communicate(timeout=180)
    assert (window.returncode, said) == (
        1,
        "linkshot: The library has no link 99. [link_not_found]\n",
    )


def test_failure_to_open_the_library_is_named_in_the_language_of_the_command(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    done = subprocess.run(
        [sys.executable, "-m", "linkshot.viewer", "--library", str(tmp_path / "file")],
        env={**environment, "LINKSHOT_LANG": "zh"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 1
    assert re.fullmatch(r"linkshot: [^\n]*[\u4e00-\u9fff][^\n]*\[\w+\]\n", done.stderr)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)
