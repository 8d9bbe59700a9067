"""Which webview this machine has, found out without starting one: a wrong start ends the process."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping
from typing import Literal

# Qt's X11 plug-in ends the process where this library is missing: https://bugreports.qt.io/browse/QTBUG-84749
QT_X11_LIBRARY = "libxcb-cursor.so.0"
Gui = Literal["qt", "gtk", "cocoa", "edgechromium"]
PACKAGES = {
    "linux": "linkshot[qt]",
    "darwin": "pyobjc-framework-WebKit",
    "win32": "pythonnet",
}


def missing_package(platform: str = sys.platform) -> str:
    """What to install for a window on this platform."""
    return PACKAGES.get(platform, PACKAGES["linux"])


def has_screen(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window could be shown at all."""
    if platform != "linux":
        return True
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in {"offscreen", "minimal", "vnc"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def find_webview(environment: Mapping[str, str], platform: str = sys.platform) -> Gui | None:
    """The name that pywebview has for the first webview that would work here, or None."""
    if not _has_module("webview"):
        return None
    if platform == "darwin":
        return "cocoa" if _has_module("WebKit") else None
    if platform == "win32":
        return "edgechromium" if _has_module("clr") else None
    if _has_qt(environment):
        return "qt"
    return "gtk" if _has_gtk() else None


def package_to_name(environment: Mapping[str, str]) -> str:
    """What to install, more exactly where only pywebview or, for Qt, a system library is not there."""
    if not _has_module("webview"):
        return "pywebview"
    if _has_qt_modules() and not _has_qt(environment):
        return "libxcb-cursor0"
    return missing_package()


def _has_qt(environment: Mapping[str, str]) -> bool:
    if not _has_qt_modules():
        return False
    on_x11 = not environment.get("QT_QPA_PLATFORM") and not environment.get("WAYLAND_DISPLAY")
    return not on_x11 or _loads(QT_X11_LIBRARY)


def _has_qt_modules() -> bool:
    return _has_module("qtpy") and any(
        _has_module(name)
        for name in (
            "PyQt6.QtWebEngineWidgets",
            "PySide6.QtWebEngineWidgets",
            "PyQt5.QtWebEngineWidgets",
        )
    )


def _has_gtk() -> bool:
    if not _has_module("gi"):
        return False
    return _loads("libwebkit2gtk-4.1.so.0") or _loads("libwebkit2gtk-4.0.so.37")


def _has_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def settle_environment(environment: dict[str, str] | os._Environ[str]) -> None:
    """Set what the webviews need before they are loaded: as root Chromium's sandbox cannot start."""
    if sys.platform == "linux" and os.geteuid() == 0:
        environment.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox")
        environment.setdefault("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
    if _has_module("PyQt6"):
        environment.setdefault("QT_API", "pyqt6")
