"""`linkshot open`: the library's window."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from linkshot.cli.parser import Parser, plain_text
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal
from linkshot.config import LANGUAGE_VARIABLE
from linkshot.errors import WindowError

# How long a window that was told to end may take, before it is made to.
END_SECONDS = 10.0


def arguments(parser: Parser) -> None:
    """Where to open."""
    parser.take(
        "id",
        nargs="?",
        metavar="ID",
        type=plain_text,
        about=Phrase(
            "a link's number or address (default: the list)", "链接的编号或网址（默认显示列表）"
        ),
    )
    parser.take(
        "--search",
        metavar="QUERY",
        default="",
        type=plain_text,
        about=Phrase("show what this finds", "显示此查询的结果"),
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Show the window until it is closed; its exit status is the command's.

    Raises:
        WindowError: the window's program could not be started.
    """
    command = [sys.executable, "-m", "linkshot.viewer", "--library", str(options.library)]
    if options.id is not None:
        command += ["--link", str(_link_id(options))]
    if options.search:
        command.append(f"--search={options.search}")
    # However this process ends, the window does not outlive it: `_wait` sees to that.
    try:
        window = subprocess.Popen(command, env={**os.environ, LANGUAGE_VARIABLE: terminal.language})
    except OSError as cause:
        raise WindowError(reason=cause.strerror or str(cause)) from cause
    return _wait(window)


def _link_id(options: argparse.Namespace) -> int:
    from linkshot.cli.show import find_link
    from linkshot.store.library import Library

    with Library.open(options.library) as library:
        return find_link(library, options.id).link_id


def _wait(window: subprocess.Popen[bytes]) -> int:
    """The window's exit status. Ctrl+C reaches it by itself: it is in the same process group."""
    try:
        return window.wait()
    except KeyboardInterrupt:
        try:
            return window.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            window.terminate()
            return window.wait()
    finally:
        if window.poll() is None:
            window.terminate()
