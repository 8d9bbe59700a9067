"""A screen that nobody sees, with a mouse and a keyboard: for what belongs to the browser's own window.

Menus, shortcuts and the toolbar's popup are out of reach of the protocols that drive pages, so they get the X server's
own events, as from a person's hands.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time


def missing_programs() -> list[str]:
    """What a screen needs and this machine does not have."""
    return [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]


class Screen:
    """An X server of its own; `environment` is for programs that are to show themselves there."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1200x900x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as stream:
            self.display = f":{stream.readline().strip()}"
        self.environment = {"DISPLAY": self.display, "GDK_BACKEND": "x11"}

    def _do(self, *arguments: str) -> str:
        environment = {**os.environ, **self.environment}
        done = subprocess.run(
            ["xdotool", *arguments], env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    def click(self, x: float, y: float, button: int = 1) -> None:
        """Move there and click: 1 is the left button, 3 the right one."""
        self._do("mousemove", str(round(x)), str(round(y)))
        time.sleep(0.1)  # so that the window under it has seen it come
        self._do("click", str(button))

    def click_window(self, x: float, y: float, button: int = 1) -> None:
        """Click, and give the window there the keyboard as a window manager would."""
        self.click(x, y, button)
        self._do("getmouselocation", "windowfocus")

    def press(self, keys: str) -> None:
        """Press keys by their names: "alt+shift+s", "Escape"."""
        self._do("key", "--clearmodifiers", keys)

    def type(self, text: str) -> None:
        self._do("type", "--delay", "20", text)

    def focus(self, window_class: str) -> None:
        """Give a program's window the keyboard, as no window manager is there to do it."""
        windows = self._do("search", "--onlyvisible", "--class", window_class).split()
        if windows:
            self._do("windowfocus", "--sync", windows[-1])

    def close(self) -> None:
        self.server.terminate()
        self.server.wait()
