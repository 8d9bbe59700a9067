"""A site with pictures that it guards: by Referer, by cookie; and addresses that answer late or never."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "78da63f8cfc0f01f00050001ff89993d1d0000000049454e44ae426082"
)
SLOW_S = 2
_LONG = ("Content-Length", str(2 * 1024**3))
_ATTACHED = ("Content-Disposition", 'attachment; filename="a.html"')
# Files, each for a reason of its own, and pages; of two gigabytes or of no stated length.
LARGE = {
    "/large.bin": (("Content-Type", "application/octet-stream"), _LONG),
    "/attached.html": (("Content-Type", "text/html"), _ATTACHED),
    "/untyped": (_LONG,),
    "/large.html": (("Content-Type", "text/html"), _LONG),
    "/growing.html": (("Content-Type", "text/html"),),
}
FILES = ("/large.bin", "/attached.html", "/untyped")


class GuardedServer(ThreadingHTTPServer):
    """What the handler asks for: whose pages may show the picture, and whether the test is over."""

    daemon_threads = True
    allowed_origin = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.closing = threading.Event()
        self.letting_go = threading.Event()
        self.cut: set[str] = set()


class Handler(BaseHTTPRequestHandler):
    server: GuardedServer

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        slow = {
            "/never": self.server.closing.wait,
            "/held.html": self._answer_late,
            **dict.fromkeys(LARGE, self._answer_large),
        }
        if path in slow:
            slow[path]()
        elif path == "/endless.png":
            self._answer_endlessly()
        elif path == "/held.png":
            self.server.letting_go.wait()
            self._answer(200, PIXEL)
        elif path == "/slow.png":
            self.server.closing.wait(SLOW_S)
            self._answer(200, PIXEL)
        elif path == "/login":
            self._answer(200, b"<!doctype html>in", "text/html", "seen=yes; Path=/")
        elif self._is_let_in(path):
            self._answer(200, PIXEL)
        else:
            self._answer(403, b"")

    def _answer_endlessly(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        with contextlib.suppress(OSError):  # the other side ends it
            while not self.server.closing.wait(0.1):
                self.wfile.write(bytes(64))

    def _answer_large(self) -> None:
        """As much as the other side takes, and `cut` once it takes no more."""
        path = urlsplit(self.path).path
        self.send_response(200)
        for header in LARGE[path]:
            self.send_header(*header)
        self.end_headers()
        try:
            while not self.server.closing.wait(0.003):
                self.wfile.write(b"<p>" + b"a" * 65533)
        except OSError:
            self.server.cut.add(path)

    def _answer_late(self) -> None:
        """The first words of a page, and the others once they are let go."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write("<!doctype html><title>晚</title><p>先到".encode())
            self.wfile.flush()
            self.server.letting_go.wait()
            self.wfile.write("<p>后到".encode())

    def _is_let_in(self, path: str) -> bool:
        if path == "/referer.png":
            allowed = self.server.allowed_origin
            return bool(allowed) and self.headers.get("Referer", "").startswith(allowed)
        return "seen=yes" in self.headers.get("Cookie", "")

    def _answer(
        self, status: int, body: bytes, media_type: str = "image/png", cookie: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        # so that only the guard lets it through, never the browser's cache
        self.send_header("Cache-Control", "no-store")
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing: stderr belongs to the test."""


class GuardedSite:
    """`/referer.png` for pages of `allow`ed origin alone, `/cookie.png` for who has been at `/login`,
    `/slow.png` after a while, `/held.png` once it is `let_go`,
    `/endless.png` without end, `/never` for nobody; `/held.html` half, and whole once it is let go; those of `LARGE`
    without end, told in `cut` when whoever asked has gone."""

    def __init__(self) -> None:
        self.server = GuardedServer()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def allow(self, origin: str) -> None:
        self.server.allowed_origin = origin

    @property
    def cut(self) -> set[str]:
        return self.server.cut

    def let_go(self) -> None:
        self.server.letting_go.set()

    def close(self) -> None:
        self.server.closing.set()
        self.let_go()
        self.server.shutdown()
        self.server.server_close()
