"""The search index made anew (`linkshot verify --repair`) while pages are kept and searched.

`LINKSHOT_BENCH_PAGES` and `LINKSHOT_BENCH_LIBRARY` as for the search bench, whose library it fills.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path

from tests.bench.search import fill
from tests.bench.search_pages import PAGES, mixed_pages
from tests.bench.table import BenchRow
from tests.store.pages import keep_text

from linkshot.store.index_health import rebuild_index
from linkshot.store.library import Library
from linkshot.store.search import search

# "100,000 pages in minutes": ten of them.
_WANTED_PER_SECOND = 100_000 / 600
_WAIT_GOAL_SECONDS = 1.0


def rows() -> list[BenchRow]:
    """How fast, and how long at the most somebody who keeps or searches waits."""
    pages = mixed_pages(PAGES)
    if not pages:
        return []
    kept = os.environ.get("LINKSHOT_BENCH_LIBRARY")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(kept or folder)
        with Library.open(root) as library:
            if not kept:
                fill(library, pages)
            user = _User(root)
            user.start()
            begun, cpu_begun = time.perf_counter(), time.process_time()
            rebuild_index(library)
            seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu_begun
            user.end()
    return [
        BenchRow(
            what="index made anew, of the wanted pages per second",
            ratio=PAGES / seconds / _WANTED_PER_SECOND,
            goal=1,
            at_least=True,
            detail=f"{PAGES:,} pages in {seconds:.0f} s, {cpu:.0f} s of CPU, in use meanwhile",
        ),
        BenchRow(
            what="longest wait of who keeps or searches meanwhile, seconds",
            ratio=max(user.waits),
            goal=_WAIT_GOAL_SECONDS,
            detail=f"{len(user.waits)} times a page kept and a word looked for",
        ),
    ]


class _User(threading.Thread):
    """Keeps a page and looks for a word, again and again, through a library opened apart."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._root = root
        self._is_over = threading.Event()

    def run(self) -> None:
        with Library.open(self._root) as library:
            while not self._is_over.wait(0.2):
                begun = time.perf_counter()
                address = f"https://example.org/kept-meanwhile/{time.time_ns()}"
                keep_text(library, "乡村振兴", url=address)
                search(library, "乡村")
                self.waits.append(time.perf_counter() - begun)

    def end(self) -> None:
        self._is_over.set()
        self.join()
