"""The library's bytes on disk for 20 pages of one site, against 20 single HTML files.

The pages are real (gov.cn, as served); the corpus has not their pictures and sheets, so the same
address always gets the same made bytes: 60 KB for a photograph, 2 KB for an icon, 20 KB of CSS.
"""

from __future__ import annotations

import gzip
import hashlib
import random
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.bench.table import BenchRow

from linkshot.capture.assemble import assemble
from linkshot.capture.http import capture_with_http
from linkshot.capture.reading import read_pending
from linkshot.formats.html import export_html
from linkshot.store.library import Library

PAGES = sorted(
    (Path(__file__).parents[3] / "shared" / "corpus" / "articles" / "gov-cn").glob("*.html.gz")
)[:20]
ORIGIN = b"http://www.gov.cn"
SHEET = "".join(f".c{n} {{ margin: {n}px; color: #{n:06x} }}\n" for n in range(500)).encode()


class Site(BaseHTTPRequestHandler):
    """One site: the pages under their numbers, everything else made up from its address."""

    def do_GET(self) -> None:
        media_type, body = answer(self.path)
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


def answer(path: str) -> tuple[str, bytes]:
    """The media type and bytes of an address."""
    name = path.partition("?")[0].strip("/")
    if name.isdigit():
        return "text/html", gzip.decompress(PAGES[int(name)].read_bytes()).replace(ORIGIN, b"")
    if name.endswith(".css"):
        return "text/css", f"/* {name} */".encode() + SHEET
    chance = random.Random(hashlib.sha256(name.encode()).digest())
    if name.endswith((".gif", ".ico")):
        return "image/gif", b"GIF89a" + chance.randbytes(2_000)
    return "image/jpeg", b"\xff\xd8\xff" + chance.randbytes(60_000)


def rows() -> list[BenchRow]:
    """All of the library's bytes are counted, as it is left: database and blobs.

    The goal is about the pages; what reading adds, text and search index, is said beside it.
    """
    if len(PAGES) < 20:
        return []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(Path(folder) / "empty"):
            pass
        empty = bytes_below(Path(folder) / "empty")
        root = Path(folder) / "library"
        single = keep_all(root, f"http://127.0.0.1:{server.server_port}")
        stored = bytes_below(root)
        with Library.open(root) as library:
            read_pending(library)
        read = bytes_below(root)
    server.shutdown()
    detail = (
        f"{stored / 1e6:.2f} MB on disk against {single / 1e6:.2f} MB of single files; "
        f"{read / 1e6:.2f} MB with text and index, of which an empty library has {empty / 1e6:.2f}"
    )
    return [BenchRow(what="stored bytes, 20 pages of one site", ratio=stored / single, goal=0.35, detail=detail)]  # fmt: skip


def bytes_below(root: Path) -> int:
    """Every file's length."""
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def keep_all(root: Path, origin: str) -> int:
    """Keep every page; how large they are as single files."""
    single = 0
    with Library.open(root) as library:
        for number in range(len(PAGES)):
            capture = capture_with_http(f"{origin}/{number}")
            saved = assemble(capture.plan, capture.sources, library)
            single += len(export_html(library, saved.snapshot_id))
    return single
