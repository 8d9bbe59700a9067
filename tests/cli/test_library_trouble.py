"""A library that cannot take a page: said with its code, in both languages; nothing half kept, and mended it takes the page."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.conftest import Site

from linkshot.store.library import DATABASE_NAME, Library
from linkshot.store.migrations import KNOWN_VERSION

PICTURE_BYTES = 5_000_000


@contextmanager
def newer(library: Path) -> Iterator[None]:
    """A newer Linkshot made it."""
    known = set_version(library, 9999)
    before = (library / DATABASE_NAME).read_bytes()
    yield
    assert (library / DATABASE_NAME).read_bytes() == before
    set_version(library, known)


def set_version(library: Path, version: int) -> int:
    connection = sqlite3.connect(library / DATABASE_NAME)
    [before] = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    return int(before)


@contextmanager
def notes(library: Path) -> Iterator[None]:
    """A file of a person's own stands there."""
    shutil.rmtree(library)
    library.write_text("my notes")
    yield
    assert library.read_text() == "my notes"
    library.unlink()


@contextmanager
def other_database(library: Path) -> Iterator[None]:
    """Another program's database has the name."""
    database = library / DATABASE_NAME
    database.unlink()
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE notes (words TEXT)")
    connection.close()
    before = database.read_bytes()
    yield
    assert database.read_bytes() == before
    database.unlink()


@contextmanager
def locked(library: Path) -> Iterator[None]:
    """Another program writes and does not end."""
    connection = sqlite3.connect(library / DATABASE_NAME, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@contextmanager
def read_only(library: Path) -> Iterator[None]:
    """Its person may not write there."""
    before = {path: path.stat().st_mode for path in [library, *library.rglob("*")]}
    for path, mode in before.items():
        path.chmod(mode & ~0o222)
    yield
    for path, mode in before.items():
        path.chmod(mode)


@contextmanager
def full(library: Path) -> Iterator[None]:
    """Its disk has less room than the page takes."""
    shutil.rmtree(library)
    library.mkdir()
    mount(library, "size=3m")
    try:
        yield
        mount(library, "remount,size=64m")
        kept = library.with_name("kept")
        shutil.copytree(library, kept)
    finally:
        subprocess.run(["umount", "-l", library], check=True)
    shutil.copytree(kept, library, dirs_exist_ok=True)


def mount(folder: Path, options: str) -> None:
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder])
    if done.returncode:
        pytest.skip("this machine lets no small disk be mounted")


Trouble = Callable[[Path], AbstractContextManager[None]]
TROUBLES: dict[Trouble, tuple[str, str, str]] = {
    newer: (
        "library_newer",
        "The library {path} was made by a newer Linkshot (schema 9999, this program knows {known}). Update Linkshot.",
        "库 {path} 由更新版本的链接快照创建(结构版本 9999，本程序支持 {known})。请升级链接快照。",
    ),
    notes: (
        "not_a_library",
        "{path} is not a Linkshot library: it is a file, not a folder. Name another folder with --library.",
        "{path} 不是链接快照的库：它是文件，不是文件夹。请用 --library 指定其他文件夹。",
    ),
    other_database: (
        "not_a_library",
        "{path}/linkshot.db is not a Linkshot library: another program made this database. Name another folder with --library.",
        "{path}/linkshot.db 不是链接快照的库：这个数据库由其他程序创建。请用 --library 指定其他文件夹。",
    ),
    locked: (
        "library_locked",
        "{url}: The library {path} is busy: another program has been writing for 15 seconds. Try again.",
        "{url}: 库 {path} 正忙：另一个程序已写入 15 秒。请重试。",
    ),
    read_only: (
        "library_read_only",
        "The library {path} cannot be written. Check the folder's permissions and the disk.",
        "库 {path} 不可写。请检查文件夹权限和磁盘。",
    ),
    full: (
        "disk_full",
        "{url}: The disk of {path} is full. Free some room; what was to be kept is not lost where it came from.",
        "{url}: {path} 所在磁盘已满。请腾出空间；待保存的内容仍在原处，没有丢失。",
    ),
}


@pytest.fixture
def page_url(site: Site) -> str:
    """A page that is larger than the small disk."""
    site.put("/large.png", os.urandom(PICTURE_BYTES), media_type="image/png")
    return site.put("/a", "<!doctype html><title>A</title><p>here<img src=large.png>")


@pytest.mark.skipif(os.name == "nt" or shutil.which("setpriv") is None, reason="needs setpriv")
@pytest.mark.parametrize(
    "trouble",
    [pytest.param(one, marks=pytest.mark.waits) if one is locked else one for one in TROUBLES],
)
def test_trouble_is_said_in_both_languages_and_leaves_nothing_half_kept(
    linkshot: Command, page_url: str, trouble: Trouble
) -> None:
    Library.open(linkshot.library).close()
    code, *words = TROUBLES[trouble]
    facts = {"path": linkshot.library, "known": KNOWN_VERSION, "url": page_url}
    with trouble(linkshot.library):
        started = [add_without_root(linkshot, page_url, language) for language in ("en", "zh")]
        said = [(one.communicate()[1].decode(), one.returncode) for one in started]
    assert said == [(f"linkshot: {text.format(**facts)} [{code}]\n", 1) for text in words]
    assert linkshot("list", "--json").value == []
    again = linkshot("add", page_url, "--via", "http", "--json").value
    assert [one["title"] for one in again] == ["A"]  # type: ignore[attr-defined]
    assert linkshot("verify", "--json").value == []


def add_without_root(linkshot: Command, url: str, language: str) -> subprocess.Popen[bytes]:
    """`linkshot add` as a person runs it: root may write everywhere, unless its capabilities are taken away."""
    bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    command = [*bare, *linkshot.command("add", url, "--via", "http")]
    environment = linkshot.environment | {"LINKSHOT_LANG": language}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
