"""Tags: changes over 50,000 links, and suggestions in a library of many pages.

Times are CPU times. `LINKSHOT_BENCH_PAGES` says how many pages the library of the suggestions has,
`LINKSHOT_BENCH_TAGS` how many tags; `LINKSHOT_BENCH_LIBRARY` names a folder where it is kept.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.search import filled_library, list_row
from tests.bench.search_corpus import TEXTS
from tests.bench.search_pages import PAGES, mixed_pages
from tests.bench.table import BenchRow
from tests.store.test_tags_properties import many_links

from linkshot.store.library import Library
from linkshot.store.links import count_links
from linkshot.store.suggestions import suggest_tags
from linkshot.store.tag_duplicates import near_duplicates
from linkshot.store.tags import (
    delete_tags,
    merge_tags,
    rename_tag,
    retag_links,
    split_tag,
    tag_counts,
    tag_list,
)
from linkshot.store.undo import undo_last

LINKS = 50_000
RUNS = 3
CHANGE_GOAL_SECONDS = 1.0
SUGGEST_GOAL_MS = 50.0
TAGS = int(os.environ.get("LINKSHOT_BENCH_TAGS", "1000"))
_TAG = "主题/{}"
# Each page of the library has about so many of the tags.
_TAGS_A_PAGE = 3
ASKED = 200


def rows() -> list[BenchRow]:
    """Changes, then suggestions."""
    return [*change_rows(), *suggestion_rows()]


def change_rows() -> list[BenchRow]:
    """The median of some runs of each change and of its undo, on one library."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        many_links(library, LINKS)
        changes: dict[str, Callable[[], object]] = {
            "rename": lambda: rename_tag(library, "a", "q/r"),
            "merge": lambda: merge_tags(library, ["a"], "b/c"),
            "split in two": lambda: split_tag(library, "a", ["x", "y"]),
            "delete": lambda: delete_tags(library, ["a"]),
        }
        return [
            row
            for what, change in changes.items()
            for row in done_and_undone(library, what, change)
        ]


def done_and_undone(
    library: Library, what: str, change: Callable[[], object]
) -> tuple[BenchRow, BenchRow]:
    done, undone = [], []
    for _ in range(RUNS):
        done.append(cpu_seconds(change))
        undone.append(cpu_seconds(lambda: undo_last(library)))
    return change_row(what, done), change_row(f"{what}, undone", undone)


def change_row(what: str, seconds: list[float]) -> BenchRow:
    median = statistics.median(seconds)
    return BenchRow(
        what=f"tags: {what}, {LINKS} links",
        ratio=median / CHANGE_GOAL_SECONDS,
        goal=1.0,
        detail=f"{median:.2f} s CPU",
    )


def suggestion_rows() -> list[BenchRow]:
    """How long suggestions for a kept page take, and what the sidebar asks; nothing without the corpus."""
    if not TEXTS.is_dir():
        sys.stderr.write(f"tags: the corpus of Chinese text is not at {TEXTS}\n")
        return []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(os.environ.get("LINKSHOT_BENCH_LIBRARY") or folder)
        with Library.open(root) as library:
            filled_library(library, mixed_pages(PAGES))
            ids = tagged_links(library)
            times_ms = sorted(
                1000 * cpu_seconds(lambda link_id=link_id: suggest_tags(library, link_id))  # type: ignore[misc]
                for link_id in random.Random(11).sample(ids, min(ASKED, len(ids)))
            )
            asked = {
                "the sidebar's list": lambda: tag_list(library),
                "tags by name": lambda: tag_counts(library),
                "tags by count": lambda: tag_counts(library, order="count"),
                "pairs alike": lambda: near_duplicates(library),
            }
            lists = [list_row(f"{name}, {TAGS} tags", call) for name, call in asked.items()]
    p95 = times_ms[int(len(times_ms) * 0.95)]
    detail = f"p50 {statistics.median(times_ms):.1f} ms, p95 {p95:.1f} ms CPU, {len(ids)} pages, {TAGS} tags"
    what = "tags: suggestions for a page, p95 against 50 ms"
    return [BenchRow(what=what, ratio=p95 / SUGGEST_GOAL_MS, goal=1.0, detail=detail), *lists]


def tagged_links(library: Library) -> list[int]:
    """All links, with tags drawn by lot where the library was not given them by an earlier run."""
    chance = random.Random(11)
    ids = [link_id for (link_id,) in library.database.rows("SELECT id FROM link ORDER BY id")]
    if not count_links(library, tag=_TAG.format(TAGS - 1)):
        for number in range(TAGS):
            chosen = chance.sample(ids, len(ids) * _TAGS_A_PAGE // TAGS)
            retag_links(library, chosen, [_TAG.format(number)])
    return ids


def cpu_seconds(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started
