"""Search over real Chinese and English pages: speed of indexing, size, queries, substrings found.

Times are CPU times, so that a busy machine does not count. `LINKSHOT_BENCH_PAGES=100000` asks for
more pages than the 10,000 of the first goal.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.table import BenchRow
from tests.store.pages import new_snapshot

from linkshot.page.reading import Reading
from linkshot.store.health import stats
from linkshot.store.library import Library
from linkshot.store.readings import save_reading
from linkshot.store.search import search
from linkshot.store.search.tokens import runs_of
from linkshot.store.snapshots import save_snapshot

TEXTS = Path(__file__).parents[3] / "shared" / "corpus" / "zhtext"
PAGES = int(os.environ.get("LINKSHOT_BENCH_PAGES", "10000"))
PAGE_CHARACTERS = 1_400
QUERIES = 200
CHECKED = 40
QUERY_GOALS_MS = (
    {"p50": 2, "p95": 8, "worst": 40} if PAGES <= 10_000 else {"p50": 4, "p95": 50, "worst": 250}
)
RATE_GOAL = 700 if PAGES <= 10_000 else 600
SIZE_GOAL = 1.6


class Page(NamedTuple):
    """One made page: passages of one source after another, cut at the length of a page."""

    title: str
    text: str


class Indexed(NamedTuple):
    """What filling the library took."""

    seconds: float
    index_bytes: int


def rows() -> list[BenchRow]:
    """Every figure of one library; nothing without the corpus."""
    sources = sorted(TEXTS.glob("*/open.jsonl.gz"))
    if not sources:
        sys.stderr.write(f"search: the corpus of Chinese text is not at {TEXTS}\n")
        return []
    pages = mixed_pages(sources, PAGES)
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        indexed = fill(library, pages)
        substrings = chosen_substrings(pages)
        times_ms = [query_ms(library, part) for part in substrings]
        found = statistics.mean(is_exact(library, part, pages) for part in substrings[:CHECKED])
    return [*index_rows(pages, indexed), *query_rows(times_ms), recall_row(found)]


def mixed_pages(sources: list[Path], count: int) -> list[Page]:
    """`count` pages, a page from each source in turn."""
    waiting = [pages_of(path) for path in sources]
    pages: list[Page] = []
    while waiting and len(pages) < count:
        for source in list(waiting):
            page = next(source, None)
            if page is None:
                waiting.remove(source)
            else:
                pages.append(page)
    return pages[:count]


def pages_of(path: Path) -> Iterator[Page]:
    """A source's passages put together to pages."""
    title, text = "", ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            passage = json.loads(line)
            title = title or passage.get("title") or ""
            text += passage["text"] + "\n"
            if len(text) >= PAGE_CHARACTERS:
                yield Page(title, text[:PAGE_CHARACTERS])
                title, text = "", ""


def fill(library: Library, pages: list[Page]) -> Indexed:
    """Keep all pages, then read them: the reading and its index are what is timed."""
    seconds = 0.0
    for start in range(0, len(pages), 100):
        part = pages[start : start + 100]
        with library.transaction():
            saved = [
                save_snapshot(
                    library,
                    new_snapshot(
                        f"https://example.org/{start + n}",
                        page.text.encode()[:200] + str(start + n).encode(),
                        title=page.title,
                    ),
                )
                for n, page in enumerate(part)
            ]
        begun = time.process_time()
        with library.transaction():
            for kept, page in zip(saved, part, strict=True):
                reading = Reading(title=page.title, text=page.text)
                save_reading(library, kept.snapshot_id, reading)
        seconds += time.process_time() - begun
    return Indexed(seconds, stats(library).index_bytes)


def chosen_substrings(pages: list[Page]) -> list[str]:
    """Literal parts of one to eight characters, Latin words whole."""
    chance = random.Random(5)
    parts: list[str] = []
    while len(parts) < QUERIES:
        text = chance.choice(pages).text
        start = chance.randrange(len(text) - 8)
        part = text[start : start + chance.randint(1, 8)]
        if part.isalnum() and not part.isascii() and all(run.is_paired for run in runs_of(part)):
            parts.append(part)
    return parts


def query_ms(library: Library, part: str) -> float:
    """CPU milliseconds of one search: total, first 20 hits, snippets."""
    begun = time.process_time()
    search(library, f'"{part}"', limit=20)
    return (time.process_time() - begun) * 1000


def is_exact(library: Library, part: str, pages: list[Page]) -> bool:
    """Whether no page that has the part in its text is missed, by the count of the search."""
    return search(library, f'"{part}"', limit=1).total >= sum(part in page.text for page in pages)


def index_rows(pages: list[Page], indexed: Indexed) -> list[BenchRow]:
    """Speed and size."""
    text_bytes = sum(len(page.text.encode()) for page in pages)
    rate = len(pages) / indexed.seconds
    ratio = indexed.index_bytes / text_bytes
    detail = f"{rate:.0f} pages of {PAGE_CHARACTERS} characters per CPU second, {len(pages)} pages, as read"
    size = f"{indexed.index_bytes / 1e6:.1f} MB of index for {text_bytes / 1e6:.1f} MB of text"
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
    ordered = sorted(times_ms)
    measured = {
        "p50": statistics.median(ordered),
        "p95": ordered[int(len(ordered) * 0.95)],
        "worst": ordered[-1],
    }
    return [
        BenchRow(
            what=f"query with total, 20 hits and snippets, {name}",
            ratio=measured[name] / goal_ms,
            goal=1,
            detail=f"{measured[name]:.2f} ms of {goal_ms} ms, {len(ordered)} queries, {PAGES} pages",
        )
        for name, goal_ms in QUERY_GOALS_MS.items()
    ]


def recall_row(found: float) -> BenchRow:
    """Literal substrings found on every page that has them."""
    return BenchRow(
        what="literal substrings of 1 to 8 characters found",
        ratio=found,
        goal=1,
        at_least=True,
        detail=f"{CHECKED} of them against a scan of all texts",
    )
