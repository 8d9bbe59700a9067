from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from linkshot.errors import (
    LibraryDamaged,
    LibraryLocked,
    LibraryNewer,
    LibraryReadOnly,
    NotALibrary,
)
from linkshot.store.library import DATABASE_NAME, Library
from linkshot.store.links import count_links
from linkshot.store.migrations import KNOWN_VERSION

from .pages import keep, keep_text


def test_new_library_has_the_programs_schema(library: Library) -> None:
    assert library.database.value("PRAGMA user_version") == KNOWN_VERSION
    assert library.database.value("PRAGMA journal_mode") == "wal"
    assert library.database.value("PRAGMA synchronous") == 2
    assert library.database.value("PRAGMA foreign_keys") == 1


def test_missing_library_is_not_made_when_not_asked(tmp_path: Path) -> None:
    with pytest.raises(NotALibrary):
        Library.open(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_file_in_place_of_the_folder_is_not_a_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotALibrary):
        Library.open(tmp_path / "file")


@pytest.mark.parametrize("text", [b"a list of things to do" * 100, b"x"])
def test_text_in_place_of_the_database_is_not_touched(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / DATABASE_NAME
    path.write_bytes(text)
    with pytest.raises(NotALibrary):
        Library.open(tmp_path)
    assert path.read_bytes() == text


def test_other_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotALibrary):
        Library.open(tmp_path)
    assert (path.read_bytes(), os.listdir(tmp_path)) == (before, [DATABASE_NAME])


def test_newer_library_is_refused_and_not_touched(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    path = tmp_path / DATABASE_NAME
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {KNOWN_VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(LibraryNewer) as refused:
        Library.open(tmp_path)
    assert refused.value.facts["found"] == KNOWN_VERSION + 1
    assert path.read_bytes() == before


def test_empty_database_file_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).touch()
    with Library.open(tmp_path) as library:
        assert count_links(library) == 0


def test_library_cut_off_inside_its_making_is_made_anew(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with Library.open(tmp_path) as library:
        keep(library)


def test_library_with_its_end_cut_off_is_damaged(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    os.truncate(tmp_path / DATABASE_NAME, 3_000)
    with pytest.raises(LibraryDamaged):
        Library.open(tmp_path)


def test_overwritten_rows_are_a_damage_that_has_a_name(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        keep(library, "https://example.org/a")
        library.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        page = library.database.value("SELECT rootpage FROM sqlite_master WHERE name = 'snapshot'")
        size = library.database.value("PRAGMA page_size")
    with (tmp_path / DATABASE_NAME).open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xee" * size)
    with Library.open(tmp_path) as library, pytest.raises(LibraryDamaged):
        keep(library, "https://example.org/a")


def test_read_only_folder_is_named(tmp_path: Path) -> None:
    Library.open(tmp_path / "library").close()
    with read_only(tmp_path / "library"), pytest.raises(LibraryReadOnly):
        Library.open(tmp_path / "library")


class read_only:
    """A folder that cannot be written, also by root: mounted over itself, read-only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        if os.geteuid() != 0:
            self.folder.chmod(0o500)
            return
        mount = ["mount", "--bind", "-o", "ro", self.folder, self.folder]
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("this machine lets nothing be mounted read-only")

    def __exit__(self, *_: object) -> None:
        if os.geteuid() != 0:
            self.folder.chmod(0o700)
            return
        subprocess.run(["umount", self.folder], check=True)


def test_locked_library_is_named_after_the_wait(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    with Library.open(tmp_path, busy_seconds=0.2) as library:
        other = sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLocked):
            keep(library)
        other.execute("ROLLBACK")
        other.close()
        assert keep(library).snapshot_id == 1


def test_failed_transaction_leaves_nothing(library: Library) -> None:
    with pytest.raises(ZeroDivisionError), library.transaction():
        library.database.run("INSERT INTO tag (path, path_key) VALUES ('a', 'a')")
        raise ZeroDivisionError
    assert library.database.rows("SELECT * FROM tag") == []


def test_two_libraries_are_apart(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a") as first, Library.open(tmp_path / "b") as second:
        keep(first)
        assert (count_links(first), count_links(second)) == (1, 0)


def test_many_threads_keep_pages_at_once(library: Library) -> None:
    def work(number: int) -> None:
        for page in range(5):
            keep(library, f"https://example.org/{number}/{page}", tags=["together"])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count_links(library, tag="together") == 30


def test_ended_threads_leave_no_connection(library: Library) -> None:
    for _ in range(20):
        thread = threading.Thread(target=count_links, args=(library,))
        thread.start()
        thread.join()
    assert library.database.open_connections() <= 2


def test_two_processes_make_one_library(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from linkshot.store.library import Library; Library.open(Path(sys.argv[1])).close()"
    started = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path / "library"]) for _ in range(4)
    ]
    assert [process.wait(60) for process in started] == [0, 0, 0, 0]


def test_library_opened_twice_keeps_what_is_written_after_another_process(tmp_path: Path) -> None:
    """A file opened and closed takes this process's locks away: https://www.sqlite.org/howtocorrupt.html, 2.2."""
    code = """
import sys
from pathlib import Path
from linkshot.store.library import Library
from linkshot.store.links import count_links

with Library.open(Path(sys.argv[1])) as library:
    with library.transaction():
        library.database.run("PRAGMA user_version")
    print(count_links(library))
"""
    with Library.open(tmp_path) as library, Library.open(tmp_path) as again:
        keep(library, "https://example.org/1")
        found = [count_links(again)]
        for number in (2, 3):
            other = subprocess.run(
                [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
            )
            found.append(int(other.stdout))
            keep(library, f"https://example.org/{number}")
        assert [*found, count_links(again)] == [1, 1, 2, 3]
    with Library.open(tmp_path) as library:
        assert count_links(library) == 3


def test_transaction_of_reads_sees_one_state(library: Library) -> None:
    with library.database.transaction_of_reads(), ThreadPoolExecutor(1) as other:
        before = count_links(library)
        other.submit(keep_text, library, "旁边新存的一页").result()
        assert count_links(library) == before
    assert count_links(library) == before + 1


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone is the system's there")
def test_page_without_a_day_of_its_own_has_that_of_the_persons_clock(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        keep(library, captured_at=dt.datetime(2026, 11, 29, 16, 39, tzinfo=dt.UTC))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert library.database.value("SELECT dated_on FROM link") == "2026-11-30"
