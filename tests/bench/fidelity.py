"""How faithfully, fast and small a page is kept, against SingleFile and Chrome's MHTML on the same pages.

The measuring is done by ../shared/tools/fidelity.py; here its pages are chosen and its figures become
rows. SingleFile is the npm package single-file-cli in the folder that SF_DIR names (`make bench`
installs it under build/); it is run beside Linkshot and never part of it. FIDELITY_PAGES says how
many pages, spread over the corpus (0: all); FIREFOX_PAGES, how many of those Firefox keeps too. What was
measured of each page is written to build/fidelity.json.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.click import CORPUS, REPOSITORY, sample_pages
from tests.bench.fidelity_firefox import firefox_rows
from tests.bench.stored_bytes import bytes_below
from tests.bench.table import BenchRow

TOOL = CORPUS.parent / "tools" / "fidelity.py"
SINGLEFILE_DIR = Path(os.environ.get("SF_DIR", REPOSITORY / "build" / "singlefile"))
PAGES = int(os.environ.get("FIDELITY_PAGES", "60"))
FIREFOX_PAGES = int(os.environ.get("FIREFOX_PAGES", "60"))
RESULTS = REPOSITORY / "build" / "fidelity.json"
LARGE_BYTES = 200_000
PASS_SCORE = 0.995
PEERS = ("singlefile", "mhtml")
REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
# Pages that name sites outside wait for names that never resolve here; all capturers get the same rule.
RUN_OFFLINE = """
import runpy, sys
tool = runpy.run_path(sys.argv[1])
tool["ARGS"].append("--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")
sys.argv = sys.argv[1:]
tool["main"]()
"""


def rows() -> list[BenchRow]:
    """Pass rates, pages lost to SingleFile, time and bytes, Firefox's pass rate."""
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder))
        stored = bytes_below(Path(folder) / "library")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(measured, ensure_ascii=False, indent=1), encoding="utf-8")
    chromium = {row["page"]: passes(row, "ours") for row in spread(measured)}
    return [
        *fidelity_rows(measured),
        *cost_rows(measured, stored),
        *firefox_rows(chromium, CORPUS / "fidelity", TOOL),
    ]


def spread(measured: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most FIREFOX_PAGES of the pages."""
    step = -(-len(measured) // max(1, FIREFOX_PAGES))
    return measured[::step][:FIREFOX_PAGES]


def measure(folder: Path) -> list[dict[str, Any]]:
    """One row a page, as the tool writes them."""
    pages = [page.removeprefix("fidelity/") for page in sample_pages(PAGES or 10**6) if stays(page)]
    chosen = folder / "pages.txt"
    chosen.write_text("\n".join(pages), encoding="utf-8")
    out = folder / "out.json"
    command = [sys.executable, "-c", RUN_OFFLINE, str(TOOL), str(CORPUS / "fidelity")]
    command += ["--list", str(chosen), "--with", "singlefile,mhtml,ours", "--out", str(out)]
    places = {
        "SF_DIR": str(SINGLEFILE_DIR),
        "OURS": f"{sys.executable} -m linkshot.cli",
        "LINKSHOT_LIBRARY": str(folder / "library"),
    }
    subprocess.run(command, check=True, stdout=sys.stderr, env={**os.environ, **places})
    found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))["rows"]
    return found


def stays(page: str) -> bool:
    """Whether a page stays where it is: one that goes on and on elsewhere has no picture to compare with."""
    return REFRESH.search((CORPUS / page).read_bytes()) is None


def passes(row: dict[str, Any], name: str) -> bool:
    """Looks the same, asks for nothing, runs nothing."""
    kept = row.get(name, {})
    return kept.get("score", 0) >= PASS_SCORE and not kept["net"] and not kept.get("scripts")


def fidelity_rows(measured: list[dict[str, Any]]) -> list[BenchRow]:
    """What is seen of the copies."""
    passed = {name: sum(passes(row, name) for row in measured) for name in ("ours", *PEERS)}
    lost = [
        row["page"] for row in measured if passes(row, "singlefile") and not passes(row, "ours")
    ]
    return [
        BenchRow(
            what="fidelity: pages that pass",
            ratio=passed["ours"] / len(measured),
            goal=0.98,
            at_least=True,
            detail=f"{passed['ours']} of {len(measured)} pages",
        ),
        BenchRow(
            what="fidelity: pages that pass, less the better peer's",
            ratio=passed["ours"] - max(passed[name] for name in PEERS),
            goal=1,
            at_least=True,
            detail=", ".join(f"{name} {count}" for name, count in passed.items()),
        ),
        BenchRow(
            what="fidelity: pages SingleFile passes and we do not",
            ratio=len(lost),
            goal=0,
            detail=", ".join(lost),
        ),
    ]


def cost_rows(measured: list[dict[str, Any]], stored_bytes: int) -> list[BenchRow]:
    """Time and bytes, over the pages that both kept."""
    both = [
        row
        for row in measured
        if all("score" in row.get(name, {}) for name in ("ours", "singlefile"))
    ]
    ours, theirs = file_bytes(both)
    alike = [row for row in both if passes(row, "ours") and passes(row, "singlefile")]
    our_alike, their_alike = file_bytes(alike)
    ratios = {row["page"]: row["ours"]["ms"] / row["singlefile"]["ms"] for row in both}
    large = [row["page"] for row in both if row["singlefile"]["bytes"] > LARGE_BYTES]
    slowest = max(large, key=lambda page: ratios[page], default="")
    return [
        BenchRow(
            what="fidelity: capture time against SingleFile's, median",
            ratio=statistics.median(ratios.values()),
            goal=0.6,
            detail=f"{len(both)} pages, serialise to assembled",
        ),
        BenchRow(
            what="fidelity: capture time against SingleFile's, slowest page over 200 KB",
            ratio=ratios.get(slowest, 0),
            goal=1.0,
            detail=f"{len(large)} pages; {slowest}",
        ),
        BenchRow(
            what="fidelity: single HTML file, bytes against SingleFile's",
            ratio=ours / theirs,
            goal=1.0,
            detail=f"{ours:,} of {theirs:,}; {our_alike:,} of {their_alike:,} on the {len(alike)} pages"
            " that both show right",
        ),
        BenchRow(
            what="fidelity: stored bytes against SingleFile's files",
            ratio=stored_bytes / theirs,
            goal=0.4,
            detail=f"{stored_bytes:,} of {theirs:,}; the whole library on disk",
        ),
    ]


def file_bytes(measured: list[dict[str, Any]]) -> tuple[int, int]:
    """Our single files and SingleFile's, in all."""
    ours = sum(row["ours"]["bytes"] for row in measured)
    return ours, sum(row["singlefile"]["bytes"] for row in measured)
