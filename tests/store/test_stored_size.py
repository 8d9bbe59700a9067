"""What a library's rows take, and that rows of earlier versions are still read."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

import msgspec
import zstandard

from linkshot.page.reading import Policy, Reading
from linkshot.store.health import verify
from linkshot.store.library import DATABASE_NAME, Library
from linkshot.store.readings import get_reading, save_reading
from linkshot.store.records import ByteCounts, Missing, Receipt, Timings
from linkshot.store.snapshots import get_snapshot, repeat_snapshot
from linkshot.store.sparse import sparse_json

from .pages import NOON, keep, keep_text, sha256_of

TEXT = "\n".join("".join(map(chr, Random(n).sample(range(0x4E00, 0x9FA5), 80))) for n in range(20))
HTML = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
READING = Reading(title="通知", text=TEXT, html=HTML, policy=Policy(office="国务院"))
RECEIPT = Receipt(
    kept=2,
    missing=[Missing(url="http://e.org/", reason="404")],
    bytes=ByteCounts(page=9, sent=9),
    timings_ms=Timings(settle=1.5),
)


def test_new_library_has_small_pages(library: Library) -> None:
    assert library.database.value("PRAGMA page_size") == 2048


def test_library_made_with_larger_pages_is_used_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DATABASE_NAME) as made:
        made.execute("PRAGMA page_size = 4096")
        made.execute("PRAGMA journal_mode = WAL")
    made.close()
    with Library.open(tmp_path) as library:
        keep_text(library, TEXT)
        assert library.database.value("PRAGMA page_size") == 4096
        assert verify(library) == []


def test_clean_html_takes_a_small_part_of_its_text(library: Library) -> None:
    snapshot_id = keep(library).snapshot_id
    save_reading(library, snapshot_id, READING)
    [(text, html)] = library.database.rows("SELECT length(text), length(html) FROM reading")
    assert html < text / 3
    assert get_reading(library, snapshot_id) == READING


def test_reading_of_an_earlier_version_is_read(library: Library) -> None:
    snapshot_id = keep(library).snapshot_id
    save_reading(library, snapshot_id, READING)
    alone = zstandard.ZstdCompressor(level=3).compress(HTML.encode())
    fields = msgspec.json.encode(msgspec.structs.replace(READING, text="", html=""))
    library.database.run("UPDATE reading SET html = ?, fields = ?", (alone, fields))
    assert get_reading(library, snapshot_id) == READING


def test_receipt_of_an_earlier_version_is_read_and_repeated(library: Library) -> None:
    first = keep(library, receipt=RECEIPT)
    library.database.run("UPDATE snapshot SET receipt = ?", (msgspec.json.encode(RECEIPT),))
    again = repeat_snapshot(
        library, url=first.url, digest=sha256_of(b"<p>hello</p>"), capture_id="again",
        page_url=first.url, captured_at=NOON, tags=[], note="",
    )  # fmt: skip
    assert get_snapshot(library, first.snapshot_id).receipt == RECEIPT
    assert again is not None
    assert again.receipt.missing == RECEIPT.missing


def test_what_is_as_by_default_is_left_out() -> None:
    encoded = sparse_json(RECEIPT)
    assert msgspec.json.decode(encoded) == {
        "kept": 2,
        "missing": [{"url": "http://e.org/", "reason": "404"}],
        "bytes": {"page": 9, "sent": 9},
        "timings_ms": {"settle": 1.5},
    }
    assert msgspec.json.decode(encoded, type=Receipt) == RECEIPT
    assert sparse_json(Receipt()) == b"{}"
