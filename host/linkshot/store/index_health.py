"""Whether the search index and the counts of tags agree with the rows, and both made anew."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from linkshot.errors import DiskFull, LibraryDamaged
from linkshot.store.database import Database
from linkshot.store.leftovers import sweep_leftovers
from linkshot.store.library import Library
from linkshot.store.records import Problem
from linkshot.store.search.index import expected_sizes, stale_links
from linkshot.store.search.waiting import empty_index, index_waiting, waiting_links
from linkshot.store.tag_edits import rebuild_names, rebuild_reach

_LINKS_AT_ONCE = 250
_COPY = ".verify-"
_CHECK = "INSERT INTO link_index (link_index) VALUES ('integrity-check')"
# Longer than SQLite's waiters sleep between two looks, 100 ms: somebody who wants to write gets in.
_PAUSE_SECONDS = 0.11

Progress = Callable[[int, int], None]

_COUNTS_DIFFER = """
    SELECT tag.path
    FROM tag
    WHERE tag.links <> (
            SELECT count(*)
            FROM link_tag
            JOIN link ON link.id = link_tag.link_id
            WHERE link_tag.tag_id = tag.id AND link.trashed_at IS NULL
        )
        OR tag.links_below <> (SELECT count(*) FROM tag_reach WHERE tag_reach.tag_id = tag.id)
"""
_REACH_WANTED = """
    WITH RECURSIVE reach (tag_id, link_id) AS (
        SELECT link_tag.tag_id, link_tag.link_id
        FROM link_tag
        JOIN link ON link.id = link_tag.link_id
        WHERE link.trashed_at IS NULL
        UNION
        SELECT tag.parent_id, reach.link_id
        FROM reach
        JOIN tag ON tag.id = reach.tag_id
        WHERE tag.parent_id IS NOT NULL
    )
"""
_REACH_DIFFERS = f"""
    {_REACH_WANTED}
    SELECT tag.path
    FROM tag
    WHERE tag.id IN (
        SELECT tag_id FROM (SELECT tag_id, link_id FROM reach EXCEPT SELECT tag_id, link_id FROM tag_reach)
        UNION
        SELECT tag_id FROM (SELECT tag_id, link_id FROM tag_reach EXCEPT SELECT tag_id, link_id FROM reach)
    )
"""  # noqa: S608 - our own clauses
_TAG_COUNT_DIFFERS = """
    SELECT url
    FROM link
    WHERE tag_count <> (SELECT count(*) FROM link_tag WHERE link_tag.link_id = link.id)
"""


def index_problems(database: Database, step: Callable[[], None]) -> Iterator[Problem]:
    """Links whose index entry is not what their rows say, and tags that count wrongly.

    `step` is called after each indexed link.
    """
    fault = _structure_fault(database)
    if fault:
        yield Problem(code="index_differs", subject=fault, repairable=True)
        return
    for link_id in stale_links(database):
        yield Problem(code="index_differs", subject=f"link {link_id}", repairable=True)
    for link_id, found in database.rows("SELECT id, sz FROM link_index_docsize ORDER BY id"):
        if expected_sizes(database, link_id) != _varints(found):
            yield Problem(code="index_differs", subject=f"link {link_id}", repairable=True)
        step()
    for sql in (_COUNTS_DIFFER, _REACH_DIFFERS, _TAG_COUNT_DIFFERS):
        for (subject,) in database.rows(sql):
            yield Problem(code="tag_counts_differ", subject=subject, repairable=True)


def rebuild_index(library: Library, progress: Progress | None = None) -> None:
    """Empty the index and fill it again, some hundred links at a time; the library stays usable.

    `progress` is called with the links done and all of them. Killed in the middle, the rest waits
    and is indexed by whoever reads pages next.
    """
    database = library.database
    with library.transaction():
        empty_index(database)
        database.run(
            "UPDATE link SET tag_count = (SELECT count(*) FROM link_tag WHERE link_id = id)"
        )
        rebuild_names(database)
        rebuild_reach(database)
    report = progress or (lambda done, total: None)
    total, done = waiting_links(database), 0
    while dealt := index_waiting(library, _LINKS_AT_ONCE):
        done += dealt
        report(done, total)
        time.sleep(_PAUSE_SECONDS)


def _structure_fault(database: Database) -> str:
    """What FTS5 finds wrong inside the index; "" where it is whole.

    FTS5 checks by an INSERT, which would keep everybody else from writing for as long as it takes: 20 s
    for 100,000 pages. So a copy is checked, made by reading alone, but where the disk has no room for one.
    """
    try:
        return _fault_in_copy(database)
    except (DiskFull, sqlite3.OperationalError):
        try:
            database.run(_CHECK)
        except LibraryDamaged as error:
            return str(error)
        return ""


def _fault_in_copy(database: Database) -> str:
    sweep_leftovers(database.path.parent, _COPY)
    with tempfile.TemporaryDirectory(dir=database.path.parent, prefix=_COPY) as folder:
        path = Path(folder) / "index.db"
        made = database.value("SELECT sql FROM sqlite_master WHERE name = 'link_index'")
        with closing(sqlite3.connect(path)) as copy:
            copy.execute(made)
            copy.commit()
        _copy_parts(database, path)
        with closing(sqlite3.connect(path)) as copy:
            try:
                copy.execute(_CHECK)
            except sqlite3.DatabaseError as error:
                return str(error)
    return ""


def _copy_parts(database: Database, path: Path) -> None:
    database.run("ATTACH ? AS checked", (str(path),))
    try:
        with database.named_failures(), database.atomic():
            for part in ("data", "idx", "docsize"):
                database.run(f"DELETE FROM checked.link_index_{part}")  # noqa: S608 - our own names
                database.run(
                    f"INSERT INTO checked.link_index_{part} SELECT * FROM main.link_index_{part}"  # noqa: S608 - our own names
                )
    finally:
        database.run("DETACH checked")


def _varints(data: bytes) -> list[int]:
    """SQLite's variable-length integers, big-endian, seven bits a byte."""
    numbers, number = [], 0
    for byte in data:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = 0
    return numbers
