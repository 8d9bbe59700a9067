"""A page of our own to try Linkshot on, and a server on this machine that serves it.

The county, its office and the notice are made up.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# The same port every time, so that trying twice makes two versions of one link.
PORT = 47128
PAGE = "notice.html"


class _Handler(SimpleHTTPRequestHandler):
    """Files with their types in UTF-8, and no log."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".svg": "image/svg+xml",
    }

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve_sample() -> Iterator[str]:
    """Serve the sample on the loopback address; yields the page's address."""
    handler = functools.partial(_Handler, directory=str(Path(__file__).parent))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", PORT), handler)
    except OSError:  # the port is taken
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{PAGE}"
    finally:
        server.shutdown()
        server.server_close()
