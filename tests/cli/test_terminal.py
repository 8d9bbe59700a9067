"""What is only for a person who looks on."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Command
    from tests.conftest import Site

pty = pytest.importorskip("pty")


# What takes long, and what the bar on a terminal shows of it.
LONG_WORK = {
    "add": (("add", "{url}", "--via", "http"), r"0/1 .*{url}"),
    "export": (("export", "1", "2", "--output", "{home}/out"), r"1/2 .*out/2\.html"),
    "verify": (("verify",), r"(\d+)/\1 "),
    "verify --repair": (("verify", "--repair"), r"(\d+)/\1 "),
}


@pytest.mark.parametrize("command", LONG_WORK)
def test_long_work_shows_how_far_it_is_on_a_terminal_and_nothing_when_piped(
    linkshot: Command, site: Site, command: str
) -> None:
    url = site.put("/notice", "<title>春茶上市</title><p>青溪县")
    linkshot("add", url, site.put("/other", "<title>另一页</title>"), "--via", "http")
    words, bar = LONG_WORK[command]
    arguments = [word.format(url=url, home=linkshot.home) for word in words]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        linkshot.command(*arguments),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=linkshot.environment | {"TERM": "xterm", "COLUMNS": "240"},
    )
    os.close(theirs)
    shown = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", read_all(ours))
    assert process.wait(60) == 0
    assert re.search(bar.format(url=url), shown), shown
    assert not re.search(r"\d+/\d+ |\x1b", linkshot(*arguments).err)


# It clears the screen, names the window, and colours what follows.
HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m"
PAGE = (
    f"<title>{HOSTILE}通知</title><article><p>{HOSTILE}青溪县的春茶比往年早十天上市。</p></article>"
)
COMMANDS = (
    ("list",),
    ("show", "1"),
    ("search", "春茶"),
    ("search", HOSTILE),
    ("extract", "a.html"),
)


@pytest.mark.parametrize("arguments", COMMANDS)
def test_words_of_a_page_do_nothing_to_the_terminal(
    linkshot: Command, arguments: tuple[str, ...]
) -> None:
    page = linkshot.home / "a.html"
    page.write_text(PAGE, "utf-8")
    piped = linkshot("add", str(page), "--via", "http", "--note", HOSTILE)
    piped_too = linkshot(*(str(page) if one == "a.html" else one for one in arguments))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        linkshot.command(*arguments),
        stdout=theirs,
        stderr=theirs,
        env=linkshot.environment | {"TERM": "xterm", "COLUMNS": "120"},
        cwd=linkshot.home,
    )
    os.close(theirs)
    shown = read_all(ours)
    assert process.wait(60) == 0
    texts = [piped.out, piped.err, piped_too.out, piped_too.err, shown]
    assert [re.findall(r"\x1b\[2J|\x1b\]|\x07|\x9b", text) for text in texts] == [[]] * 5


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
