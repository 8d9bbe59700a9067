"""Hands things to the person's other programs: an address to the browser, a file to its own viewer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path

LINUX_OPENERS = (("xdg-open",), ("gio", "open"))


def open_address(url: str) -> bool:
    """Show an address in the default browser; False if there is none."""
    return webbrowser.open(url)


def open_file(path: Path) -> bool:
    """Show a file in the program that the system has for its kind; False if none took it."""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - the one way that asks which program has the kind
        except OSError:
            return False
        return True
    command = file_command(sys.platform)
    if not command:
        return False
    try:
        # The openers hand over and end; one that stays is the program itself.
        return _ends_well([*command, str(path)])
    except OSError:
        return False


def file_command(platform: str) -> tuple[str, ...]:
    """What opens a file on this platform; empty if nothing does."""
    if platform == "darwin":
        return ("open",)
    return next((found for found in LINUX_OPENERS if shutil.which(found[0])), ())


def _ends_well(command: list[str]) -> bool:
    opener = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return opener.wait(5) == 0
    except subprocess.TimeoutExpired:
        return True
