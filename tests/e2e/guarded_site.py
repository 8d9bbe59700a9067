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


class GuardedServer(ThreadingHTTPServer):
    """What the handler asks for: whose pages may show the picture, and whether the test is over."""

    daemon_threads = True
    allowed_origin = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.closing = threading.Event()
        self.letting_go = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: GuardedServer

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/never":
            self.server.closing.wait()
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
    `/endless.png` without end, `/never` for nobody."""

    def __init__(self) -> None:
        self.server = GuardedServer()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def allow(self, origin: str) -> None:
        self.server.allowed_origin = origin

    def let_go(self) -> None:
        self.server.letting_go.set()

    def close(self) -> None:
        self.server.closing.set()
        self.let_go()
        self.server.shutdown()
        self.server.server_close()
