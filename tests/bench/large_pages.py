"""Pages far beyond the ordinary: how long they stand still, how long they take, whether all of them is kept."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.bench.table import BenchRow
from tests.conftest import Site
from tests.large_pages import (
    ELEMENTS,
    FRAMES,
    FROZEN_MS,
    NESTED,
    css_page,
    longest_task_ms,
    pictures_page,
)

from linkshot.capture.assemble import assemble
from linkshot.capture.browser import BrowserCapturer, BrowserOptions
from linkshot.capture.http import capture_with_http
from linkshot.capture.plan import Capture
from linkshot.store.library import Library
from linkshot.store.records import SavedSnapshot

CSS_SECONDS = 10


def rows() -> list[BenchRow]:
    """Longest tasks, the seconds that 24 MB of style take, and what is kept of pages without measure."""
    site = Site()
    try:
        return [*task_rows(site), *css_rows(site), *kept_rows(site)]
    finally:
        site.server.shutdown()
        site.server.server_close()


def task_rows(site: Site) -> list[BenchRow]:
    """The longest task of a capture over what a person notices."""
    pages = {
        "50,000 elements": site.put("/elements", ELEMENTS),
        "24 MB of style": css_page(site),
    }
    return [
        BenchRow(
            what=f"longest task while a page is read: {name}, of {FROZEN_MS} ms",
            ratio=longest_task_ms(url) / FROZEN_MS,
            goal=1,
        )
        for name, url in pages.items()
    ]


def css_rows(site: Site) -> list[BenchRow]:
    """A page of 24 MB of style sheets, from the address to the receipt."""
    url = css_page(site)
    ways = {"http": capture_with_http, "browser": by_browser}
    found = []
    for name, way in ways.items():
        start = time.perf_counter()
        captured = way(url)
        read = time.perf_counter() - start
        kept(captured)
        seconds = time.perf_counter() - start
        found.append(
            BenchRow(
                what=f"24 MB of style sheets by {name}, of {CSS_SECONDS} s",
                ratio=seconds / CSS_SECONDS,
                goal=1,
                detail=f"{seconds:.1f} s, of these {read:.1f} s until all was there",
            )
        )
    return found


def kept_rows(site: Site) -> list[BenchRow]:
    """What is kept, or told to be missing, of all there is."""
    pages = {
        "50,000 elements": (site.put("/elements", ELEMENTS), 1),
        "2,000 nested elements": (site.put("/nested", NESTED), 1),
        "500 frames": (site.put("/frames", FRAMES), 501),
        "300 MB of pictures": (pictures_page(site), 1 + 75),
    }
    found = []
    for name, (url, parts) in pages.items():
        saved = kept(by_browser(url))
        receipt = saved.receipt
        told = 1 + receipt.frames + receipt.kept + len(receipt.missing)
        found.append(
            BenchRow(
                what=f"kept or told, of all there is: {name}",
                ratio=told / parts,
                goal=1,
                at_least=True,
                detail=f"{receipt.kept} resources, {receipt.frames} frames, "
                f"{len(receipt.missing)} missing, warnings {receipt.warnings}",
            )
        )
    return found


def by_browser(url: str) -> Capture:
    """Capture as `linkshot add --via browser` does."""
    options = BrowserOptions(timeout_seconds=120, settle_seconds=60, thumbnail=False)
    with BrowserCapturer(options) as capturer:
        return capturer.capture(url)


def kept(captured: Capture) -> SavedSnapshot:
    """What a library of its own says of it."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        return assemble(captured.plan, captured.sources, library)
