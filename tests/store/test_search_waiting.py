from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from linkshot.capture.reading import read_pending
from linkshot.store.database import APPLICATION_ID, DIALECT, Database
from linkshot.store.health import verify
from linkshot.store.library import DATABASE_NAME, Library
from linkshot.store.migrations import m0001_library, m0002_search, m0003_tags
from linkshot.store.search import search
from linkshot.store.search.waiting import index_waiting, waiting_links

from .pages import keep_text

_REBUILDER = """
import sys
from pathlib import Path
from linkshot.store.index_health import rebuild_index
from linkshot.store.library import Library

with Library.open(Path(sys.argv[1])) as library:
    while True:
        rebuild_index(library, lambda done, total: print(done, flush=True))
"""


def age_index(root: Path) -> None:
    """Make the index one of an earlier version of folding."""
    with sqlite3.connect(root / DATABASE_NAME) as connection:
        connection.execute("UPDATE indexed SET fold_version = 1")
    connection.close()


def test_index_of_earlier_version_is_made_anew_in_slices(library: Library) -> None:
    for number in range(5):
        keep_text(library, f"乡村振兴 {number}")
    age_index(library.root)
    assert index_waiting(library, 2) == 2
    found = search(library, "乡村")
    assert (found.total, found.waiting) == (2, 3)
    assert verify(library) == []
    while read_pending(library, 1):
        pass
    found = search(library, "乡村")
    assert (found.total, found.waiting) == (5, 0)
    assert verify(library) == []


def test_link_kept_while_others_wait_is_found_at_once(library: Library) -> None:
    keep_text(library, "乡村振兴")
    age_index(library.root)
    index_waiting(library, 0)
    keep_text(library, "乡村建设")
    assert search(library, "乡村").total == 1
    assert index_waiting(library, 10) == 1
    assert search(library, "乡村").total == 2


def test_killed_while_made_anew_the_rest_is_caught_up(library: Library) -> None:
    for number in range(300):
        keep_text(library, f"乡村振兴 {number}")
    command = [sys.executable, "-c", _REBUILDER, library.root]
    rebuilder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert rebuilder.stdout is not None
    rebuilder.stdout.readline()
    time.sleep(0.05)
    rebuilder.kill()
    rebuilder.communicate()
    assert verify(library) == []
    while index_waiting(library, 100):
        pass
    assert waiting_links(library.database) == 0
    assert verify(library) == []
    assert search(library, "乡村").total == 300


def test_repair_tells_its_progress(library: Library) -> None:
    keep_text(library, "乡村振兴")
    with library.transaction():
        library.database.run("DELETE FROM indexed")
    told: list[tuple[int, int]] = []
    verify(library, repair=True, indexing=lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
    assert verify(library) == []


def test_library_of_the_third_schema_is_indexed_anew(tmp_path: Path) -> None:
    old = Database(tmp_path / DATABASE_NAME)
    for migration in (m0001_library, m0002_search, m0003_tags):
        for statement in migration.STATEMENTS:
            old.run(statement.format(**DIALECT))
    old.run(
        """
        INSERT INTO link (url, title, title_key, site, dated_on, created_at, last_captured_at)
        VALUES ('https://e.org/', '乡村振兴', '', 'e.org', '', 0, 0)
        """
    )
    old.run("INSERT INTO link_index (rowid, title) VALUES (1, '乡村 村振 振兴 兴')")
    old.run("INSERT INTO indexed (link_id, fields, fold_version) VALUES (1, '[]', 1)")
    old.run(f"PRAGMA application_id = {APPLICATION_ID}")
    old.run("PRAGMA user_version = 3")
    old.close_all()
    with Library.open(tmp_path) as library:
        assert waiting_links(library.database) == 1
        assert read_pending(library) == 1
        assert library.database.rows("SELECT rowid FROM link_index('乡村')") == [(1,)]
        assert verify(library) == []
