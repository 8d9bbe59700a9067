"""The pages of `tests/pages` as a site that knows some manners, and the copies made of them."""

from __future__ import annotations

import mimetypes
import threading
import zlib
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from square_font import square_font

PAGES = Path(__file__).parents[1] / "pages"
TYPES = {
    ".html": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain; charset=utf-8",
    ".ttf": "font/ttf",
    ".css": "text/css",
}
CHARSETS = {".gbk": "gbk", ".big5": "big5", ".sjis": "shift_jis"}


class Server(ThreadingHTTPServer):
    """A browser that goes elsewhere lets its connections fall."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: stderr belongs to the test."""


class PageSite:
    """`asked` are the addresses that were asked for, in order; `copies` what is answered below /copies/."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.copies: dict[str, tuple[bytes, str]] = {}
        self._told: dict[str, threading.Event] = defaultdict(threading.Event)
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                status, media_type, body = site.answer(self)
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "max-age=600")
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, format: str, *values: object) -> None:
                """Say nothing: stderr belongs to the test."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> tuple[int, str, bytes]:
        address = urlsplit(request.path)
        if address.path in self.copies:
            body, media_type = self.copies[address.path]
            return 200, media_type, body
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        if "until" in query:
            self._told[query["until"]].wait(60)
        if "tell" in query:
            self._told[query["tell"]].set()
        path = PAGES / address.path.lstrip("/")
        if path.name.endswith(".square.ttf"):
            return 200, "font/ttf", square_font(zlib.crc32(request.path.encode()))
        if ".." in path.parts or not path.is_file():
            return 404, "text/plain", b"not here"
        if not self._is_let_in(request, query.get("guard", "")):
            return 403, "text/plain", b"not for you"
        return 200, _media_type(path), path.read_bytes()

    def _is_let_in(self, request: BaseHTTPRequestHandler, guard: str) -> bool:
        if guard == "referer":
            return request.headers.get("Referer", "").startswith(self.url)
        if guard == "cookie":
            return "seen=yes" in request.headers.get("Cookie", "")
        if guard == "once":
            return self.asked.count(request.path) == 1
        return True

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _media_type(path: Path) -> str:
    known = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
    charset = CHARSETS.get(Path(path.stem).suffix)
    return f"{known}; charset={charset}" if charset else known


def slugs() -> list[str]:
    """The pages, by the names of their folders."""
    return sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir())


def start_of(slug: str) -> str:
    """The path of a page's document."""
    [found] = sorted((PAGES / slug).glob("index.*"))
    return f"/{slug}/{found.name}"
