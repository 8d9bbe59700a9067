"""The capturing browser ends in the middle: told in words."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.conftest import Site

from linkshot.capture.browser_find import find_browser
from linkshot.errors import BrowserMissing

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the browser in /proc"),
]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "the browser has ended. [browser_failed]"), ("zh", "浏览器已退出。 [browser_failed]")],
)
def test_browser_that_is_killed_is_told(
    linkshot: Command, site: Site, silent_url: str, language: str, said: str
) -> None:
    try:
        find_browser()
    except BrowserMissing:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    url = site.put("/", f"<title>A</title><p>A<img src={silent_url}>")
    # Chromium's sockets need a short path.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        environment = {"TMPDIR": temporary, "LINKSHOT_LANG": language}
        process = linkshot.start("add", url, "--via", "browser", **environment)
        while "/" not in site.requests:
            assert process.poll() is None
            time.sleep(0.05)
        for pid in browsers_of(temporary):
            os.kill(pid, signal.SIGKILL)
        _, err = process.communicate()
    assert (process.returncode, err.decode().rstrip().endswith(said)) == (1, True), err.decode()


def browsers_of(temporary: str) -> Iterator[int]:
    """The processes that have their profile below a folder: the browser itself, none of its helpers."""
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            profile = any(word.startswith(f"--user-data-dir={temporary}") for word in words)
            if profile and not any(word.startswith("--type=") for word in words):
                yield int(folder.name)
