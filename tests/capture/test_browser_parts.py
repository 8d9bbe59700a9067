"""A site that hands out parts of files, as sites with videos do; what is kept is whole."""

from __future__ import annotations

import http.server
import threading

import pytest

from linkshot.capture.browser import BrowserOptions

pytestmark = pytest.mark.e2e

DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
# The picture is there whole when a part of it is asked for once more.
PAGE = b"""<!doctype html><title>Parts</title><img src=dot.svg><script>
addEventListener('load', () => fetch('dot.svg', {headers: {Range: 'bytes=9-'}, cache: 'no-store'}));
</script>"""


class Parts(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_page = not self.path.endswith(".svg")
        body, kind = (PAGE, "text/html") if is_page else (DOT, "image/svg+xml")
        part = self.headers.get("Range", "")
        start = int(part.removeprefix("bytes=").rstrip("-") or 0)
        self.send_response(206 if part else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) - start))
        if part:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        self.end_headers()
        self.wfile.write(body[start:])

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing: stderr belongs to the test."""


@pytest.fixture
def parts_url():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Parts)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_part_asked_for_last_does_not_take_the_place_of_the_whole(start_capturer, parts_url):
    capture = start_capturer(BrowserOptions()).capture(parts_url)
    [picture] = [one for one in capture.plan.resources if one.url.endswith("dot.svg")]
    assert capture.sources[picture.sha256] == DOT
