"""Where the capturing browser is: the system's own Chromium, Chrome or Edge, and Playwright to drive it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from linkshot.errors import BrowserMissing

ENVIRONMENT = "LINKSHOT_BROWSER"

_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
    "brave-browser",
)
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Brave Browser.app/Contents/MacOS/Brave Browser",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)


def find_browser() -> Path:
    """The browser to capture with; `LINKSHOT_BROWSER` names another.

    Raises:
        BrowserMissing: there is none, or Playwright is not installed.
    """
    if not has_playwright():
        raise BrowserMissing
    for candidate in browser_candidates(sys.platform, os.environ):
        if candidate.is_file():
            return candidate
    raise BrowserMissing


def has_playwright() -> bool:
    """Is the extra `linkshot[browser]` installed?"""
    import importlib.util

    return importlib.util.find_spec("playwright") is not None


def browser_candidates(platform: str, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where a browser may be on `platform`, the best first; only the named one where one is named."""
    named = environ.get(ENVIRONMENT, "").strip()
    if named:
        yield Path(shutil.which(named) or named)
        return
    yield from _installed(platform, environ)
    for command in _COMMANDS:
        found = shutil.which(command, path=environ.get("PATH"))
        if found:
            yield Path(found)


def _installed(platform: str, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where macOS and Windows put their applications."""
    if platform == "darwin":
        for folder in (Path("/Applications"), Path(environ.get("HOME", "")) / "Applications"):
            yield from (folder / name for name in _MAC)
    elif platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if environ.get(variable):
                yield from (Path(environ[variable]) / name for name in _WINDOWS)
