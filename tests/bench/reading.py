"""How well and how fast a page is read, against trafilatura and readability-lxml on the same real pages.

Texts and fields are scored by ../shared/tools/reader_score.py, in this process for all three readers; ours is
what `linkshot extract` calls. READING_PAGES says how many pages of each folder (50; 0: all). Times are
CPU times.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import logging
import os
import runpy
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.table import BenchRow

from linkshot.page.article import read_page
from linkshot.page.charset import decode_html
from linkshot.page.reading import Policy

SHARED = Path(__file__).parents[3] / "shared"
ARTICLES = SHARED / "corpus" / "articles"
TOOL = SHARED / "tools" / "reader_score.py"
PAGES = int(os.environ.get("READING_PAGES", "50")) or 10**6
PEERS = ("trafilatura", "readability")
READERS = ("ours", *PEERS)
CHINESE = ("gne", "zh-web-extraction")
SHARES = {"author": 0.7, "date": 0.9}
POLICY = ("doc_number", "index_number", "office", "title")
POLICY_SHARE = 0.95
TIME_GOAL = 1 / 3


@dataclass
class Scores:
    """What each reader reached: F1s and CPU milliseconds by page, fields right by their names."""

    texts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    right: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    known: Counter[str] = field(default_factory=Counter)


def rows() -> list[BenchRow]:
    """The table of reading; nothing without the corpus or the two peers."""
    missing = [name for name in PEERS if importlib.util.find_spec(name) is None]
    if missing or not TOOL.exists():
        sys.stderr.write(f"reading: not here: {', '.join(missing) or TOOL}\n")
        return []
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    tool = runpy.run_path(str(TOOL))
    folders = {path.name: measure(path, tool) for path in sorted(ARTICLES.iterdir())}
    folders = {name: scores for name, scores in folders.items() if scores.times}
    return [
        *text_rows(folders),
        *field_rows(folders),
        *share_rows(folders),
        time_row(folders),
    ]


def measure(folder: Path, tool: dict[str, Any]) -> Scores:
    """All three readers on the first pages of a folder, by name."""
    scores = Scores()
    for path in sorted(folder.glob("*.truth.json"))[:PAGES]:
        truth = json.loads(path.read_text(encoding="utf-8"))
        source = path.with_name(path.name.replace(".truth.json", ".html.gz"))
        if source.exists():
            scores.known.update(name for name in tool["FIELDS"] if truth.get(name))
            raw = gzip.decompress(source.read_bytes())
            for reader in READERS:
                read = by_ours if reader == "ours" else tool["READERS"][reader]
                score_page(scores, reader, (read, raw, truth), tool)
    return scores


def score_page(
    scores: Scores,
    reader: str,
    page: tuple[Callable[[bytes, str], dict[str, Any]], bytes, dict[str, Any]],
    tool: dict[str, Any],
) -> None:
    """Read one page and count what is right; a reader that raises has read nothing."""
    read, raw, truth = page
    started = time.process_time()
    try:
        got = read(raw, truth.get("url") or "")
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        sys.stderr.write(f"reading: {reader}: {error!r}\n")
        got = {}
    scores.times[reader].append((time.process_time() - started) * 1e3)
    if truth.get("text"):
        scores.texts[reader].append(tool["f1"](got.get("text"), truth["text"]))
    scores.right[reader].update(
        name
        for name in tool["FIELDS"]
        if truth.get(name) and tool["right"](name, got.get(name), truth[name])
    )


def by_ours(raw: bytes, url: str) -> dict[str, Any]:
    """A page as `linkshot extract --json` gives it, in the names of the tool."""
    reading = read_page(decode_html(raw, "")[0], url)
    policy = reading.policy or Policy()
    return {
        "text": reading.text,
        "title": reading.title,
        "author": reading.author,
        "date": policy.issued or reading.published,
        "doc_number": policy.doc_number,
        "index_number": policy.index_number,
        "office": policy.office,
    }


def text_rows(folders: dict[str, Scores]) -> list[BenchRow]:
    """F1 of the text against the better peer's, a row a folder."""
    made = []
    for name, scores in folders.items():
        if not scores.texts:
            continue
        means = [statistics.fmean(scores.texts[reader]) for reader in READERS]
        detail = f"{' / '.join(f'{mean:.4f}' for mean in means)}, {len(scores.texts['ours'])} pages"
        made.append(_at_least(f"text F1, {name}", means[0] / max(means[1:]), 1.0, detail))
    return made


def field_rows(folders: dict[str, Scores]) -> list[BenchRow]:
    """Titles, dates and authors right against the better peer's, each over all folders."""
    made = []
    for name in ("title", "date", "author"):
        counts = [sum(s.right[reader][name] for s in folders.values()) for reader in READERS]
        each = "; ".join(
            f"{folder} {'/'.join(str(s.right[reader][name]) for reader in READERS)} of {s.known[name]}"
            for folder, s in folders.items()
            if s.known[name]
        )
        made.append(_at_least(f"{name} right", counts[0] / max(*counts[1:], 1), 1.0, each))
    return made


def share_rows(folders: dict[str, Scores]) -> list[BenchRow]:
    """The share that is right: on Chinese pages, and of the card of policy documents."""
    made = []
    for name, goal in SHARES.items():
        chosen = [folders[folder] for folder in CHINESE if folder in folders]
        made.append(_share_row(f"{name}, Chinese pages", name, goal, chosen))
    policy = [folders["gov-cn"]] if "gov-cn" in folders else []
    made += [_share_row(f"{name}, policy documents", name, POLICY_SHARE, policy) for name in POLICY]
    return made


def _share_row(what: str, name: str, goal: float, chosen: list[Scores]) -> BenchRow:
    known = sum(scores.known[name] for scores in chosen)
    right = sum(scores.right["ours"][name] for scores in chosen)
    return _at_least(what, right / max(known, 1), goal, f"{right} of {known}")


def time_row(folders: dict[str, Scores]) -> BenchRow:
    """CPU time of the page in the middle, against trafilatura's."""
    medians = [
        statistics.median([ms for scores in folders.values() for ms in scores.times[reader]])
        for reader in READERS
    ]
    return BenchRow(
        what="time per page, median, against trafilatura's",
        ratio=medians[0] / medians[1],
        goal=round(TIME_GOAL, 3),
        detail=" / ".join(f"{median:.1f} ms" for median in medians),
    )


def _at_least(what: str, ratio: float, goal: float, detail: str) -> BenchRow:
    return BenchRow(what=what, ratio=ratio, goal=goal, at_least=True, detail=detail)
