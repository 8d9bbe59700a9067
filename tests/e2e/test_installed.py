"""A person's whole way: `linkshot install`, a click, `linkshot doctor`, `linkshot uninstall`, in a HOME of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Site

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="the profiles stand where Linux has them"),
]

LINKSHOT = Path(sys.executable).with_name("linkshot")
NAMES = {"chromium": "Chromium", "firefox": "Firefox"}


class Person:
    """Who types commands where the browsers have their HOME; `library` is named in each, or nothing is."""

    def __init__(self, home: Path, library: str) -> None:
        self.home = home
        self.named = ["--library", str(home / library)] if library else []
        home.mkdir()

    def types(self, *arguments: str) -> tuple[int, str]:
        """The exit status of a command, and what it printed."""
        done = subprocess.run(
            [LINKSHOT, *self.named, *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), "LINKSHOT_LANG": "en"},
        )
        return done.returncode, done.stdout + done.stderr

    def manifests(self) -> list[str]:
        return [path.name for path in self.home.rglob("org.linkshot.host*")]


@pytest.mark.parametrize("library", ["", "我的 'library'"])
def test_installed_host_keeps_pages_until_it_is_uninstalled(
    start_browser: Callable[..., Any], site: Site, tmp_path: Path, library: str
) -> None:
    person = Person(tmp_path / "home", library)
    status, said = person.types("install", "--json")
    connected = {one["browser"]: one["state"] for one in json.loads(said)["browsers"]}
    browser = start_browser(has_host=False)
    assert (status, connected[NAMES[browser.family]]) == (0, "installed")
    assert keep(browser, site.put("/a", "<!doctype html><title>first</title>")) == "saved"
    assert [link["title"] for link in json.loads(person.types("list", "--json")[1])] == ["first"]
    status, said = person.types("doctor")
    assert (status, said.splitlines()[-1]) == (0, "Nothing is wrong."), said
    assert (person.types("uninstall")[0], person.manifests()) == (0, [])
    browser.quit()
    browser.start()
    assert keep(browser, site.put("/b", "<!doctype html><title>second</title>")) == "waiting"


def keep(browser: Any, url: str) -> str:
    """Open a page and click; how that ends."""
    popup = browser.open_popup(browser.open_tab(url))
    return str(popup.wait_for("saved", "waiting", "failed"))
