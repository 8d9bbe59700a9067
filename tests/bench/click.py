"""From the click (popup opened) to the receipt, against Chrome's own `Page.captureSnapshot`.

Real Chromium, the real host, warm; pages of ../shared/corpus/fidelity. Both are measured on the same page in the
same run, so that the machine's pace cancels out.
"""

from __future__ import annotations

import functools
import http.server
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import CDPSession, sync_playwright
from tests.bench.table import BenchRow
from tests.e2e.chromium import Chromium

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY.parent / "shared" / "corpus"
PAGES = 60
ALLOWED_RATIO = 2
ALLOWED_EXTRA_MS = 60
STEPS = ("opened", "reading", "gathering", "sending", "saved")


class Click(NamedTuple):
    """One page: milliseconds from the popup's navigation to each step, and of Chrome's own snapshot.

    The click is counted from "opened", the popup's first script: what comes before is the
    browser's own work of opening a document.
    """

    url: str
    steps_ms: dict[str, float]
    snapshot_ms: float

    @property
    def click_ms(self) -> float:
        """From the popup's first script to the receipt."""
        return self.steps_ms["saved"] - self.steps_ms["opened"]


def sample_pages(count: int = PAGES) -> list[str]:
    """Entry pages below the fidelity folder, spread evenly over its groups."""
    groups: dict[str, list[str]] = {}
    for line in (CORPUS / "MANIFEST.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row.get("group") != "fidelity":
            continue
        entries = row.get("entries") or [row["path"]]
        pages = [entry for entry in entries if entry.endswith((".html", ".htm", ".xhtml"))]
        groups.setdefault(row["source"], []).extend(pages)
    spread = sorted(
        (
            (index / len(pages), page)
            for pages in groups.values()
            for index, page in enumerate(pages)
        )
    )
    return [page for _, page in spread[:: max(1, len(spread) // count)]][:count]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *values: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def measure(count: int = PAGES) -> list[Click]:
    """Click on `count` pages."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        served(CORPUS / "fidelity") as root,
        sync_playwright() as playwright,
    ):
        browser = Chromium(playwright, Path(folder))
        try:
            measure_page(browser, root)  # the host starts, the worker's code is compiled
            return [
                click
                for page in sample_pages(count)
                if (click := measure_page(browser, root + page.removeprefix("fidelity/")))
            ]
        finally:
            browser.close()


def measure_page(browser: Chromium, url: str) -> Click | None:
    """One page: Chrome's snapshot, the click, Chrome's snapshot; None where it does not load.

    So both are measured in the same moments of a machine that others use.
    """
    page = browser.context.new_page()
    try:
        page.goto(url, wait_until="load", timeout=20_000)
        session = browser.context.new_cdp_session(page)
        time_snapshot(session)  # the first one starts what the next ones use
        before_ms = time_snapshot(session)
        tab = browser.own_page().evaluate(
            "async url => (await chrome.tabs.query({})).filter(t => t.url === url).at(-1)?.id",
            page.url,
        )
        popup = browser.open_popup(tab)
        popup.wait_for("saved", timeout_ms=60_000)
        read = "step => performance.getEntriesByName('linkshot:' + step)[0]?.startTime ?? 0"
        steps_ms = {step: popup.page.evaluate(read, step) for step in STEPS}
        popup.close()
        return Click(url, steps_ms, (before_ms + time_snapshot(session)) / 2)
    except Exception as error:
        sys.stderr.write(f"left out: {url}: {str(error).splitlines()[0]}\n")
        return None
    finally:
        page.close()


def time_snapshot(session: CDPSession) -> float:
    """Milliseconds that `Page.captureSnapshot` takes."""
    begun_at = time.perf_counter()
    session.send("Page.captureSnapshot", {"format": "mhtml"})
    return (time.perf_counter() - begun_at) * 1000


def summary(clicks: list[Click]) -> dict[str, float]:
    """Medians, and the bound that the goal sets."""
    click_ms = statistics.median(click.click_ms for click in clicks)
    snapshot_ms = statistics.median(click.snapshot_ms for click in clicks)
    medians = {step: statistics.median(c.steps_ms[step] for c in clicks) for step in STEPS}
    bound_ms = ALLOWED_RATIO * snapshot_ms + ALLOWED_EXTRA_MS
    return {
        "pages": len(clicks),
        "click_ms": click_ms,
        "snapshot_ms": snapshot_ms,
        "bound_ms": bound_ms,
        **medians,
    }


def rows() -> list[BenchRow]:
    """The click against twice Chrome's snapshot and 60 ms; nothing without the corpus."""
    if not CORPUS.is_dir():
        sys.stderr.write(f"click: the corpus of real pages is not at {CORPUS}\n")
        return []
    figures = summary(measure())
    steps = ", ".join(f"{step} {figures[step]:.0f}" for step in STEPS)
    return [
        BenchRow(
            what="click to receipt, less 60 ms, over Chrome's own snapshot",
            ratio=(figures["click_ms"] - ALLOWED_EXTRA_MS) / figures["snapshot_ms"],
            goal=ALLOWED_RATIO,
            detail=f"{figures['click_ms']:.0f} ms against {figures['snapshot_ms']:.0f} ms, median of "
            f"{figures['pages']:.0f} pages; steps begin, counted from the navigation, at (ms): {steps}",
        )
    ]
