"""The real window, offscreen, in a process of its own."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linkshot.store.library import Library
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
    with client.stream("GET", origin + "/api/changes", timeout=30) as stream:
        next(stream.iter_lines())
"""


def test_browser_is_used_without_a_screen_and_ends_with_its_tab(
    library: Library, tmp_path: Path
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(BROWSER.format(python=sys.executable))
    browser.chmod(0o755)
    program = (
        "import sys; from pathlib import Path; from linkshot.viewer.window import open_viewer\n"
        "open_viewer(Path(sys.argv[1]), say=print)"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-c", program, str(library.root)],
        env={**environment, "BROWSER": f"{browser} %s", "LINKSHOT_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "The library is open in your browser at http://127.0.0.1:" in done.stdout
