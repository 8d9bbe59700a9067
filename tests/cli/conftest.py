"""The command as a person starts it, with a home folder of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from linkshot.cli.main import main


class Ended(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def value(self) -> object:
        """What `--json` printed."""
        return json.loads(self.out)


class Command:
    """`linkshot` with a library and a home in a temporary folder.

    Called, it runs in this process, as starting Python costs more than most commands; `start` makes a
    process of its own, for what is about processes.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.library = home / "资料库"
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        self.environment = kept | {
            "HOME": str(home),
            "USERPROFILE": str(home),
            "LINKSHOT_LIBRARY": str(self.library),
            "LINKSHOT_LANG": "en",
            "XDG_DATA_HOME": str(home / ".local" / "share"),
        }

    def __call__(self, *arguments: str, given: str | bytes = "", **environment: str) -> Ended:
        out, err = _stream(), _stream()
        with _as_environment(self.environment | environment), contextlib.ExitStack() as stack:
            stack.enter_context(contextlib.redirect_stdout(out))
            stack.enter_context(contextlib.redirect_stderr(err))
            stack.callback(setattr, sys, "stdin", sys.stdin)
            sys.stdin = _stream(given)
            try:
                status = main(list(arguments))
            except SystemExit as left:  # argparse's help and complaints
                status = int(left.code or 0)
        return Ended(status, _text(out), _text(err))

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "linkshot.cli", *arguments]

    def start(
        self, *arguments: str, stdin: int | IO[bytes] | None = None, **environment: str
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*arguments),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment | environment,
        )


def _stream(text: str | bytes = "") -> io.TextIOWrapper:
    raw = text.encode() if isinstance(text, str) else text
    return io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", newline="")


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextlib.contextmanager
def _as_environment(environment: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture
def newcomer(tmp_path: Path) -> Command:
    """The command of who has no library yet."""
    home = tmp_path / "用户 甲"
    home.mkdir()
    return Command(home)


@pytest.fixture
def linkshot(newcomer: Command, empty_library: Path) -> Command:
    """The command with an empty library."""
    shutil.copytree(empty_library, newcomer.library)
    return newcomer
