"""A library that cannot take a page: the popup says why and what to do, the page waits, and goes in once that is mended."""

from __future__ import annotations

import os
import sqlite3
import subprocess

import pytest

from linkshot.store.library import DATABASE_NAME, Library

pytestmark = pytest.mark.e2e


class Notes:
    """Something else stands where the library should."""

    locale = "en"
    said = "{library} is not a Linkshot library: {reason}. Name another folder with --library."

    def __init__(self, library):
        self.library = library
        library.write_text("my notes")

    def mend(self):
        assert self.library.read_text() == "my notes"
        self.library.unlink()

    def end(self):
        """Nothing is left to take away."""


class Newer(Notes):
    """A newer Linkshot made the library."""

    locale = "zh-CN"
    said = "库 {library} 由更新版本的链接快照创建"

    def __init__(self, library):
        self.library = library
        Library.open(library).close()
        self.known = self.set_version(9999)

    def set_version(self, version):
        connection = sqlite3.connect(self.library / DATABASE_NAME)
        [before] = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version}")
        connection.close()
        return before

    def mend(self):
        assert self.set_version(self.known) == 9999


class Full(Notes):
    """The library's disk is full."""

    locale = "zh-CN"
    said = "{library} 所在磁盘已满。请腾出空间；待保存的内容仍在原处，没有丢失。"

    def __init__(self, library):
        self.library = library
        library.mkdir()
        self.mount("size=3m")

    def mount(self, options):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.library])
        if done.returncode:
            pytest.skip("mounting a small disk needs root")

    def mend(self):
        self.mount("remount,size=64m")

    def end(self):
        subprocess.run(["umount", "-l", self.library], check=True)


@pytest.mark.parametrize("trouble", [Notes, Newer, Full])
def test_page_waits_until_the_library_takes_it(chromium, site, linkshot, tmp_path, trouble):
    library = tmp_path / "library"
    given = trouble(library)
    try:
        browser = chromium(locale=given.locale)
        site.put("/large.png", os.urandom(5_000_000), media_type="image/png")
        url = site.put("/a", "<!doctype html><title>A</title><p>here<img src=/large.png>")
        popup = browser.open_popup(browser.open_tab(url))
        assert popup.wait_for("saved", "waiting", "failed") == "waiting"
        said = given.said.partition("{reason}")[0].format(library=library)
        assert popup.text("cure").startswith(said)
        given.mend()
        popup.click("action")
        assert popup.wait_for("saved", "failed") == "saved"
        assert [link["snapshots"] for link in linkshot("list")] == [1]
    finally:
        given.end()
