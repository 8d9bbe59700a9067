"""Search over real Chinese and English pages: indexing, size, queries, recall, known items, lists.

Times are CPU times, so that a busy machine counts less. `LINKSHOT_BENCH_PAGES=100000` asks for more
pages than the 10,000 of the first goal; `LINKSHOT_BENCH_LIBRARY` names a folder where the filled
library is kept for the next run.
"""

from __future__ import annotations

import dataclasses
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.search_corpus import PAGE_CHARACTERS, TEXTS, Page
from tests.bench.search_pages import (
    PAGES,
    KnownItem,
    chosen_substrings,
    known_items,
    mixed_pages,
)
from tests.bench.search_peers import peer_rows
from tests.bench.table import BenchRow
from tests.store.pages import keep_text, new_snapshot

from linkshot.page.reading import Reading
from linkshot.store.health import stats
from linkshot.store.library import Library
from linkshot.store.links import count_links, list_links
from linkshot.store.readings import save_reading
from linkshot.store.search import search
from linkshot.store.search.index import merge_further, merge_index
from linkshot.store.snapshots import save_snapshot
from linkshot.store.tags import tag_counts

CHECKED = 40
IS_SMALL = PAGES <= 10_000
QUERY_GOALS_MS = (
    {"p50": 2, "p95": 8, "worst": 40} if IS_SMALL else {"p50": 4, "p95": 50, "worst": 250}
)
FRAME_MS = 16
RATE_GOAL = 700 if IS_SMALL else 600
SIZE_GOAL = 1.6
ONE_PAGE_GOAL_MS = 8 if IS_SMALL else 10
LIST_GOAL_MS = 10 if IS_SMALL else 30
ITEM_GOALS = {
    "title": (0.96, 0.95),
    "eight characters of the text": (0.98, 0.97),
    "three keywords": (0.96, 0.95),
    "title words shuffled, a third left out": (0.93, 0.92),
    "a question around title words": (0.88, 0.86),
}
_TAGGED = "合集/{}"
_TAGS = 200


class Filled(NamedTuple):
    """What filling the library took, and merging its index further while nobody waits."""

    seconds: float
    idle_seconds: float
    index_bytes: int


def rows() -> list[BenchRow]:
    """Every figure of one library; nothing without the corpus."""
    pages = mixed_pages(PAGES)
    if not pages:
        sys.stderr.write(f"search: the corpus of Chinese text is not at {TEXTS}\n")
        return []
    kept = os.environ.get("LINKSHOT_BENCH_LIBRARY")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(kept or folder)
        with Library.open(root) as library:
            filled = filled_library(library, pages)
            return [*index_rows(pages, filled), *library_rows(library, pages)]


def library_rows(library: Library, pages: list[Page]) -> list[BenchRow]:
    """What is measured on the full library."""
    substrings = chosen_substrings(pages)
    search(library, "开始")
    times_ms = [usual_ms(lambda part=part: search(library, f'"{part}"')) for part in substrings]  # type: ignore[misc]
    found = statistics.mean(is_exact(library, part, pages) for part in substrings[:CHECKED])
    return [
        *query_rows(times_ms),
        recall_row(found),
        typing_row(library, pages),
        *item_rows(
            library, known_items(pages, lambda word: search(library, word, limit=1).total), pages
        ),
        *list_rows(library),
        one_page_row(library, pages),
        *peer_rows(pages, substrings, times_ms),
    ]


def filled_library(library: Library, pages: list[Page]) -> Filled:
    """Fill it, or take what an earlier run measured and left."""
    told = library.root / "bench.json"
    if not told.exists():
        told.write_text(json.dumps(fill(library, pages)), encoding="utf-8")
    return Filled(*json.loads(told.read_text(encoding="utf-8")))


def fill(library: Library, pages: list[Page]) -> Filled:
    """Keep all pages, then read them: the reading and its index are what is timed."""
    seconds = 0.0
    for start in range(0, len(pages), 100):
        part = pages[start : start + 100]
        with library.transaction():
            saved = [
                save_snapshot(
                    library,
                    new_snapshot(
                        f"https://{(start + n) % 997}.example.org/{start + n}",
                        page.text.encode()[:200] + str(start + n).encode(),
                        title=page.title,
                        tags=[_TAGGED.format((start + n) % _TAGS)],
                    ),
                )
                for n, page in enumerate(part)
            ]
        begun = time.process_time()
        with library.transaction():
            for kept, page in zip(saved, part, strict=True):
                reading = Reading(title=page.title, text=page.text)
                save_reading(library, kept.snapshot_id, reading)
            merge_index(library.database, len(part))
        seconds += time.process_time() - begun
    begun = time.process_time()
    while merge_further(library.database):
        pass
    return Filled(seconds, time.process_time() - begun, stats(library).index_bytes)


def spent_ms(call: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    begun = time.process_time()
    call()
    return (time.process_time() - begun) * 1000


def usual_ms(call: Callable[[], object]) -> float:
    """The middle one of three times, so that what else the machine does counts less."""
    return statistics.median(spent_ms(call) for _ in range(3))


def is_exact(library: Library, part: str, pages: list[Page]) -> bool:
    """Whether no page that has the part in its text is missed, by the count of the search."""
    return search(library, f'"{part}"', limit=1).total >= sum(part in page.text for page in pages)


def index_rows(pages: list[Page], filled: Filled) -> list[BenchRow]:
    """Speed and size."""
    text_bytes = sum(len(page.text.encode()) for page in pages)
    rate = len(pages) / filled.seconds
    ratio = filled.index_bytes / text_bytes
    idle_ms = filled.idle_seconds / len(pages) * 1000
    detail = (
        f"{rate:.0f} pages of {PAGE_CHARACTERS} characters per CPU second, {len(pages)} pages, as read; "
        f"{idle_ms:.2f} ms a page afterwards, while idle"
    )
    size = f"{filled.index_bytes / 1e6:.1f} MB of index for {text_bytes / 1e6:.1f} MB of text"
    return [
        BenchRow(
            what="indexing, of the wanted pages per CPU second",
            ratio=rate / RATE_GOAL,
            goal=1,
            at_least=True,
            detail=detail,
        ),
        BenchRow(what="index size against the text", ratio=ratio, goal=SIZE_GOAL, detail=size),
    ]


def query_rows(times_ms: list[float]) -> list[BenchRow]:
    """Each bound as a row, measured over goal."""
    measured = {
        "p50": statistics.median(times_ms),
        "p95": part_of(times_ms, 0.95),
        "worst": max(times_ms),
    }
    return [
        bound_row(f"query with total, 20 hits and snippets, {name}", measured[name], goal_ms)
        for name, goal_ms in QUERY_GOALS_MS.items()
    ]


def part_of(times_ms: Sequence[float], share: float) -> float:
    """The time that this share of all stays below."""
    return sorted(times_ms)[int(len(times_ms) * share)]


def bound_row(what: str, measured_ms: float, goal_ms: float) -> BenchRow:
    """A time against its bound."""
    detail = f"{measured_ms:.2f} ms of {goal_ms} ms, CPU time, {PAGES} pages"
    return BenchRow(what=what, ratio=measured_ms / goal_ms, goal=1, detail=detail)


def recall_row(found: float) -> BenchRow:
    """Literal substrings found on every page that has them."""
    return BenchRow(
        what="literal substrings of 1 to 8 characters found",
        ratio=found,
        goal=1,
        at_least=True,
        detail=f"{CHECKED} of them against a scan of all texts",
    )


def typing_row(library: Library, pages: list[Page]) -> BenchRow:
    """Titles typed, key by key."""
    titles = [page.title[:12] for page in pages[:: len(pages) // 20] if page.title]
    typed = [title[:end] for title in titles for end in range(1, len(title) + 1)]
    times_ms = [usual_ms(lambda text=text: search(library, text)) for text in typed]  # type: ignore[misc]
    return bound_row(
        f"search as one types, p95 of {len(typed)} keys", part_of(times_ms, 0.95), FRAME_MS
    )


def item_rows(
    library: Library, kinds: dict[str, list[KnownItem]], pages: list[Page]
) -> list[BenchRow]:
    """The mean reciprocal rank of the page that is meant, known by its title.

    A part of the text that several pages have is asked for as well, and those of one title once more alone.
    """
    kind = "eight characters of the text"
    titles = [len({p.title for p in pages if item.query in p.text}) for item in kinds[kind]]
    telling = [item for item, count in zip(kinds[kind], titles, strict=True) if count <= 1]
    details = {kind: expected_by_chance(titles)}
    rows = [item_row(library, kind, items, details.get(kind, "")) for kind, items in kinds.items()]
    alone = item_row(library, kind, telling, "")
    what = "known item by eight characters that no page of another title has, mean reciprocal rank"
    return [*rows, dataclasses.replace(alone, what=what)]


def item_row(library: Library, kind: str, items: Sequence[KnownItem], detail: str) -> BenchRow:
    """One kind of query against its goal."""
    return BenchRow(
        what=f"known item by {kind}, mean reciprocal rank",
        ratio=statistics.mean(reciprocal_rank(library, item) for item in items),
        goal=ITEM_GOALS[kind][0 if IS_SMALL else 1],
        at_least=True,
        detail=f"{len(items)} pages of {PAGES}{detail}",
    )


def expected_by_chance(titles: Sequence[int]) -> str:
    """What rank chance alone gives the page meant, of parts that stand under so many titles each.

    Which of the pages is meant nothing tells, so no order can be expected to do better.
    """
    by_chance = statistics.mean(
        statistics.mean(1 / rank for rank in range(1, max(1, count) + 1)) for count in titles
    )
    several = sum(count > 1 for count in titles)
    return (
        f"; {several} parts stand under several titles: {by_chance:.3f} is all that can be expected"
    )


def reciprocal_rank(library: Library, item: KnownItem) -> float:
    """One over the place of the first page with the title that is meant."""
    hits = search(library, item.query, limit=10).hits
    ranks = (rank for rank, hit in enumerate(hits, 1) if hit.title == item.title)
    return 1 / next(ranks, float("inf"))


def list_rows(library: Library) -> list[BenchRow]:
    """What the sidebar and the list ask for."""
    deep = PAGES // 2
    calls: dict[str, Callable[[], object]] = {
        "tags with their counts": lambda: tag_counts(library, order="count"),
        "count of all": lambda: count_links(library),
        "count of a tag": lambda: count_links(library, tag="合集"),
        "newest": lambda: list_links(library),
        "newest, in the middle": lambda: list_links(library, offset=deep),
        "by site": lambda: list_links(library, order="site"),
        "by site, in the middle": lambda: list_links(library, order="site", offset=deep),
        "of a tag": lambda: list_links(library, tag=_TAGGED.format(7)),
        "of a tag with all below it": lambda: list_links(library, tag="合集"),
        "of such a tag, in the middle": lambda: list_links(library, tag="合集", offset=deep),
        "of such a tag, by title": lambda: list_links(library, tag="合集", order="title"),
    }
    return [list_row(name, call) for name, call in calls.items()]


def list_row(name: str, call: Callable[[], object]) -> BenchRow:
    """The second slowest of twenty against the bound of a list."""
    times_ms = [spent_ms(call) for _ in range(20)]
    return bound_row(f"list: {name}, p95", part_of(times_ms, 0.9), LIST_GOAL_MS)


def one_page_row(library: Library, pages: list[Page]) -> BenchRow:
    """One more page read and indexed, each in a transaction of its own; the save is not counted."""
    times_ms: list[float] = []
    for number, page in enumerate(pages[:60]):
        link_id = keep_text(library, page.text[:50] + str(number) + str(time.time_ns()))
        snapshot_id = library.database.value(
            "SELECT last_snapshot_id FROM link WHERE id = ?", (link_id,)
        )
        reading = Reading(title=page.title, text=page.text)
        times_ms.append(spent_ms(lambda: save_reading(library, snapshot_id, reading)))  # noqa: B023 - called at once
    return bound_row("one page added to the index, p95", part_of(times_ms, 0.95), ONE_PAGE_GOAL_MS)
