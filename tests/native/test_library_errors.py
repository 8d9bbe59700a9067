"""A library that cannot be used: each request says why, and the host goes on."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from linkshot.store.library import DATABASE_NAME, Library


def refused(host) -> str:
    reply = host.call("tag.complete", text="")
    return str(reply.get("code", "ok"))


@pytest.fixture
def database(library_dir: Path) -> Path:
    Library.open(library_dir).close()
    return library_dir / DATABASE_NAME


def test_newer_library_is_refused_untouched(start_host, database):
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = database.read_bytes()
    assert refused(start_host()) == "library_newer"
    assert database.read_bytes() == before


def test_file_where_the_library_should_be_is_refused(start_host, library_dir):
    library_dir.write_text("my notes")
    assert refused(start_host()) == "not_a_library"
    assert library_dir.read_text() == "my notes"


def test_something_else_named_like_the_database_is_refused(start_host, library_dir):
    library_dir.mkdir()
    (library_dir / DATABASE_NAME).write_text("my notes" * 100)
    assert refused(start_host()) == "not_a_library"


def test_library_mended_meanwhile_is_opened(start_host, library_dir):
    library_dir.write_text("my notes")
    host = start_host()
    assert refused(host) == "not_a_library"
    library_dir.unlink()
    assert refused(host) == "ok"


@pytest.mark.waits
def test_locked_library_is_said_after_a_bound(start_host, database, make_page):
    host = start_host()
    assert refused(host) == "ok"
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    page = make_page("waiting")
    assert page.send(host)["code"] == "library_locked"
    connection.execute("ROLLBACK")
    assert page.send(host)["saved"]["title"] == "waiting"


@pytest.mark.skipif(os.name == "nt" or shutil.which("setpriv") is None, reason="needs setpriv")
def test_read_only_library_is_said(start_host, database, tmp_path):
    for path in [database, *database.parent.glob("linkshot.db-*")]:
        path.chmod(0o444)
    database.parent.chmod(0o555)
    try:
        host = start_host(code=_WITHOUT_ROOT)
        assert refused(host) == "library_read_only"
        assert host.call("hello", protocol=1)["ok"]
    finally:
        database.parent.chmod(0o755)


# Root may write everywhere, unless its capabilities are taken away.
_WITHOUT_ROOT = """
import os, sys
host = [sys.executable, "-m", "linkshot.native.main", *sys.argv[1:]]
bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
os.execvp([*bare, *host][0], [*bare, *host])
"""
