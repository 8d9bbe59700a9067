"""Tags: changes over 50,000 links, and suggestions in a library of many pages.

Times are CPU times. `LINKSHOT_BENCH_PAGES` says how many pages the library of the suggestions has.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.search import fill
from tests.bench.search_pages import PAGES, TEXTS, mixed_pages
from tests.bench.table import BenchRow
from tests.store.test_tags_properties import many_links

from linkshot.store.library import Library
from linkshot.store.suggestions import suggest_tags
from linkshot.store.tags import delete_tags, merge_tags, rename_tag, retag_links, split_tag
from linkshot.store.undo import undo_last

LINKS = 50_000
RUNS = 3
CHANGE_GOAL_SECONDS = 1.0
SUGGEST_GOAL_MS = 50.0
TAGS = 1_000
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
    """How long suggestions for a kept page take; nothing without the corpus."""
    if not TEXTS.is_dir():
        sys.stderr.write(f"tags: the corpus of Chinese text is not at {TEXTS}\n")
        return []
    chance = random.Random(11)
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        fill(library, mixed_pages(PAGES))
        ids = [link_id for (link_id,) in library.database.rows("SELECT id FROM link ORDER BY id")]
        for number in range(TAGS):
            retag_links(library, chance.sample(ids, len(ids) // TAGS * 3), [f"主题/{number}"])
        asked = chance.sample(ids, min(ASKED, len(ids)))
        times_ms = sorted(
            1000 * cpu_seconds(lambda link_id=link_id: suggest_tags(library, link_id))  # type: ignore[misc]
            for link_id in asked
        )
    p95 = times_ms[int(len(times_ms) * 0.95)]
    detail = f"p50 {statistics.median(times_ms):.1f} ms, p95 {p95:.1f} ms CPU, {len(ids)} pages"
    return [BenchRow(what="tags: suggestions for a page, p95 against 50 ms", ratio=p95 / SUGGEST_GOAL_MS, goal=1.0, detail=detail)]  # fmt: skip


def cpu_seconds(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started
