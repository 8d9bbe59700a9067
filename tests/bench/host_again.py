"""Bytes over the wire for a page that did not change, against those of its first time."""

from __future__ import annotations

import gzip
import hashlib
import statistics
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.table import BenchRow
from tests.bench.wire import HELLO, HOST, Wire, plan_of, writes

ARTICLES = Path(__file__).parents[3] / "shared" / "corpus" / "articles"
PAGES = 20


def rows() -> list[BenchRow]:
    """The median over real pages as they were served, text alone: pictures would flatter it."""
    if not ARTICLES.is_dir():
        return []
    saved = sorted((ARTICLES / "gov-cn").glob("*.html.gz"))[:PAGES]
    with tempfile.TemporaryDirectory() as home, Wire(HOST, Path(home)) as wire:
        wire.call("hello", **HELLO)
        counts = [keep_twice(wire, number, path) for number, path in enumerate(saved)]
    ratio = statistics.median(again / first for first, again in counts)
    detail = f"{sum(c[0] for c in counts)} bytes, then {sum(c[1] for c in counts)}, {PAGES} pages"
    return [BenchRow(what="the same page again: bytes over the wire", ratio=ratio, goal=0.05, detail=detail)]  # fmt: skip


def keep_twice(wire: Wire, number: int, path: Path) -> tuple[int, int]:
    """The bytes sent for the first capture of a page and for the second."""
    document = gzip.decompress(path.read_bytes()).decode("utf-8", "replace").encode()
    plan = plan_of(f"https://example.org/{number}", document, {})
    started = wire.sent_bytes
    wire.call("capture.begin", plan=plan)
    wire.stream(writes(plan["capture_id"], [document]))
    wire.call("capture.commit", capture_id=plan["capture_id"])
    first = wire.sent_bytes - started
    reply = wire.call("capture.begin", **digest_alone(plan))
    assert reply["saved"]["unchanged"]
    return first, wire.sent_bytes - started - first


def digest_alone(plan: dict[str, Any]) -> dict[str, object]:
    """What the extension sends first when the link is known; the page's own address stands for nothing in it."""
    lines = [f"D {d['frame']}  {d['sha256']}" for d in plan["documents"]]
    digest = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
    kept = {key: plan[key] for key in ("page_url", "title", "captured_at")}
    return {**kept, "capture_id": plan["capture_id"][::-1], "digest": digest, "tags": [], "note": ""}  # fmt: skip
