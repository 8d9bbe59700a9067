"""The command as a person starts it: a process, with a home folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest


class Ended(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def value(self) -> object:
        """What `--json` printed."""
        return json.loads(self.out)


class Command:
    """`linkshot` with a library and a home in a temporary folder."""

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

    def __call__(self, *arguments: str, given: str = "", **environment: str) -> Ended:
        ended = subprocess.run(
            [sys.executable, "-m", "linkshot.cli", *arguments],
            input=given.encode(),
            capture_output=True,
            env=self.environment | environment,
            timeout=120,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


@pytest.fixture
def linkshot(tmp_path: Path) -> Command:
    home = tmp_path / "用户 甲"
    home.mkdir()
    return Command(home)
