"""What is only for a person who looks on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Command
    from tests.conftest import Site

pty = pytest.importorskip("pty")


def test_keeping_shows_how_far_it_is_on_a_terminal_and_nothing_when_piped(
    linkshot: Command, site: Site
) -> None:
    url = site.put("/notice", "<title>春茶上市</title><p>青溪县")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "linkshot.cli", "add", url, "--via", "http"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=linkshot.environment | {"TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(theirs)
    shown = read_all(ours)
    assert (process.wait(60), "0/1" in shown, url in shown) == (0, True, True)
    assert linkshot("add", url, "--via", "http").err == ""


def read_all(terminal: int) -> str:
    """All that comes until the other side is closed, which Linux tells as an error."""
    parts: list[bytes] = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:
        pass
    os.close(terminal)
    return b"".join(parts).decode()
