from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.growth import grows_in_step

from linkshot.errors import InputError
from linkshot.store.database import Database
from linkshot.store.index_health import index_problems
from linkshot.store.library import Library
from linkshot.store.links import restore_links, trash_links
from linkshot.store.tag_edits import delete_tags, move_tag, split_tag
from linkshot.store.tags import (
    add_alias,
    merge_tags,
    rename_tag,
    retag_links,
    tag_counts,
)
from linkshot.store.undo import list_undo, undo, undo_last

from .pages import keep

LINKS = 4
NAMES = st.sampled_from(["a", "b", "A", "c"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
LINK_IDS = st.integers(1, LINKS)


def structure(library: Library) -> list[object]:
    tables = (
        "SELECT path, path_key, parent_id, color, id FROM tag ORDER BY id",
        "SELECT alias_key, alias, tag_id FROM tag_alias ORDER BY 1",
        "SELECT link_id, tag_id FROM link_tag ORDER BY 1, 2",
        "SELECT rowid, name FROM tag_index ORDER BY 1",
    )
    return [library.database.rows(table) for table in tables]


class Tags(RuleBasedStateMachine):
    """Any sequence of what people do to tags; what is refused changes nothing."""

    @initialize()
    def open_library(self) -> None:
        self.root = Path(os.environ["TAGS_ROOT"]) / str(time.monotonic_ns())
        self.library = Library.open(self.root)
        self.library.database.run("PRAGMA synchronous = OFF")
        for number in range(LINKS):
            keep(self.library, f"https://example.org/{number}")

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()

    def attempt(self, change: object, *arguments: object) -> None:
        before = structure(self.library)
        entries = len(list_undo(self.library))
        try:
            change(self.library, *arguments)  # type: ignore[operator]
        except InputError:
            assert structure(self.library) == before
            return
        if len(list_undo(self.library)) > entries:
            after = structure(self.library)
            undo_last(self.library)
            assert structure(self.library) == before
            change(self.library, *arguments)  # type: ignore[operator]
            assert [len(table) for table in structure(self.library)] == [  # type: ignore[arg-type]
                len(table)
                for table in after  # type: ignore[arg-type]
            ]

    @rule(link_id=LINK_IDS, path=PATHS)
    def give(self, link_id: int, path: str) -> None:
        retag_links(self.library, [link_id], [path])

    @rule(link_id=LINK_IDS, path=PATHS)
    def take(self, link_id: int, path: str) -> None:
        retag_links(self.library, [link_id], remove=[path])

    @rule(
        link_ids=st.lists(LINK_IDS, max_size=3),
        add=st.lists(PATHS, max_size=2),
        remove=st.lists(PATHS, max_size=2),
    )
    def retag(self, link_ids: list[int], add: list[str], remove: list[str]) -> None:
        self.attempt(retag_links, link_ids, add, remove)

    @rule(old=PATHS, new=PATHS)
    def rename(self, old: str, new: str) -> None:
        self.attempt(rename_tag, old, new)

    @rule(tag=PATHS, under=PATHS | st.just(""))
    def move(self, tag: str, under: str) -> None:
        self.attempt(move_tag, tag, under)

    @rule(sources=st.lists(PATHS, min_size=1, max_size=3), into=PATHS)
    def merge(self, sources: list[str], into: str) -> None:
        self.attempt(merge_tags, sources, into)

    @rule(
        tag=PATHS,
        into=st.lists(PATHS, max_size=2),
        link_ids=st.none() | st.lists(LINK_IDS, max_size=3),
    )
    def split(self, tag: str, into: list[str], link_ids: list[int] | None) -> None:
        self.attempt(split_tag, tag, into, link_ids)

    @rule(tags=st.lists(PATHS, min_size=1, max_size=2))
    def delete(self, tags: list[str]) -> None:
        self.attempt(delete_tags, tags)

    @rule(tag=PATHS, alias=PATHS)
    def alias(self, tag: str, alias: str) -> None:
        self.attempt(add_alias, tag, alias)

    @rule(link_id=LINK_IDS, away=st.booleans())
    def trash(self, link_id: int, away: bool) -> None:
        (trash_links if away else restore_links)(self.library, [link_id])

    @rule(number=st.integers(0, 5))
    def undo_one(self, number: int) -> None:
        entries = list_undo(self.library)
        if number < len(entries):
            before = structure(self.library)
            try:
                undo(self.library, entries[number].undo_id)
            except InputError:
                assert structure(self.library) == before

    @invariant()
    def tags_are_a_tree(self) -> None:
        if not hasattr(self, "library"):
            return
        database = self.library.database
        paths = dict(database.rows("SELECT id, path FROM tag"))
        for tag_id, parent_id in database.rows("SELECT id, parent_id FROM tag"):
            above = paths[tag_id].rpartition("/")[0]
            assert above == (paths[parent_id] if parent_id is not None else "")
        keys = {tag.path.casefold() for tag in tag_counts(self.library)}
        assert len(keys) == len(paths)
        aliases = database.rows("SELECT alias_key FROM tag_alias")
        assert not keys & {key for (key,) in aliases}

    @invariant()
    def counts_equal_a_recount(self) -> None:
        if hasattr(self, "library"):
            assert list(index_problems(self.library.database, lambda: None)) == []
            assert self.library.database.rows("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("seed", [0])
def test_tags_stay_a_tree_with_right_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("TAGS_ROOT", str(tmp_path))
    Tags.TestCase.settings = settings(
        max_examples=int(os.environ.get("TAGS_EXAMPLES", "20")),
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Tags.TestCase().runTest()


_MERGE = """
import sys
from pathlib import Path
from linkshot.store.library import Library
from linkshot.store.tag_edits import merge_tags
with Library.open(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    merge_tags(library, ["a"], "b/c")
"""


def many_links(library: Library, count: int) -> None:
    """Links with the tag `a`, every other one with `b` too, straight into their tables."""
    link_id = keep(library, tags=["a", "b"]).link_id
    database: Database = library.database
    with library.transaction():
        database.run_many(
            """
            INSERT INTO link (
                id, url, title, title_key, site, dated_on, created_at, last_captured_at, tag_count
            )
            VALUES (?, ?, '', '', '', '', 0, 0, ?)
            """,
            [(n, f"https://e.org/{n}", 2 - n % 2) for n in range(link_id + 1, link_id + count)],
        )
        for table in ("link_tag", "tag_reach"):
            database.run(
                f"""
                INSERT INTO {table} (link_id, tag_id)
                SELECT link.id, tag.id
                FROM link
                JOIN tag ON tag.path = 'a' OR link.id % 2 = 0
                WHERE link.id > ?
                """,
                (link_id,),
            )
        database.run(
            """
            UPDATE tag
            SET links = (SELECT count(*) FROM link_tag WHERE tag_id = id),
                links_below = (SELECT count(*) FROM link_tag WHERE tag_id = id)
            """
        )


def state_of(library: Library) -> list[tuple[str, int, int]]:
    rows = library.database.rows("SELECT path, links, links_below FROM tag ORDER BY path")
    return [(path, links, links_below) for path, links, links_below in rows]


def test_killed_merge_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        many_links(library, 10_000)
        before = state_of(library)
    after = [("b", 5_001, 10_000), ("b/c", 10_000, 10_000)]
    random.seed(4)
    for _ in range(6):
        merging = subprocess.Popen(
            [sys.executable, "-c", _MERGE, tmp_path], stdout=subprocess.PIPE, text=True
        )
        assert merging.stdout is not None
        merging.stdout.readline()
        time.sleep(random.uniform(0, 0.25))
        merging.send_signal(signal.SIGKILL)
        merging.wait()
        with Library.open(tmp_path) as library:
            found = state_of(library)
            assert found in (before, after)
            assert library.database.value("SELECT count(*) FROM undo") == int(found == after)
            if found == after:
                undo_last(library)
            assert state_of(library) == before


def test_time_to_merge_and_undo_grows_in_step_with_links(tmp_path: Path) -> None:
    size = 50_000
    for count in (size // 4, size):
        with Library.open(tmp_path / str(count)) as library:
            many_links(library, count)

    def merge_and_undo(count: int) -> None:
        with Library.open(tmp_path / str(count)) as library:
            merge_tags(library, ["a"], "b/c")
            undo_last(library)

    assert grows_in_step(merge_and_undo, size)


def test_time_to_give_many_tags_grows_in_step_with_their_number(tmp_path: Path) -> None:
    def give(count: int) -> None:
        with Library.open(tmp_path / str(time.monotonic_ns())) as library, library.transaction():
            first = keep(library).link_id
            for number in range(count):
                retag_links(library, [first], [f"a/{number}"])

    assert grows_in_step(give, 2_000)
