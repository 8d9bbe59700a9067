"""A site that hands out parts of files, as sites with videos do; what is kept is whole."""

from __future__ import annotations

import http.server
import struct
import threading
import time

import pytest

from linkshot.capture.browser import BrowserOptions

pytestmark = pytest.mark.e2e

DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
# More than a player loads of a sound that nobody plays.
SOUND_BYTES = 12_000_000
SOUND = b"".join(
    [
        struct.pack(
            "<4sI4s4sIHHII", b"RIFF", SOUND_BYTES + 36, b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000
        ),
        struct.pack("<HH4sI", 1, 8, b"data", SOUND_BYTES),
        bytes(SOUND_BYTES),
    ]
)
# No server would send it, and nobody keep it.
FILM_BYTES = 5 << 30
FILES = {"/dot.svg": (DOT, "image/svg+xml"), "/sound.wav": (SOUND, "audio/wav")}
PAGES = {
    # The picture is there whole when a part of it is asked for once more.
    "/picture": b"""<!doctype html><title>Parts</title><img src=dot.svg><script>
addEventListener('load', () => fetch('dot.svg', {headers: {Range: 'bytes=9-'}, cache: 'no-store'}));
</script>""",
    "/sound": b"<!doctype html><title>Sound</title><audio src=sound.wav controls preload=metadata></audio>",
    "/film": b"<!doctype html><title>Film</title><video src=film.wav controls preload=metadata></video>",
}
WHOLE_SECONDS = 1.0


class Parts(http.server.BaseHTTPRequestHandler):
    """Sends what is asked for; a whole file takes its time."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        part = self.headers.get("Range", "")
        self.server.asked.append((self.path, bool(part)))
        start = int(part.removeprefix("bytes=").partition("-")[0] or 0)
        if self.path == "/film.wav":
            return self._send(206, SOUND[start:100_000], "audio/wav", (start, FILM_BYTES))
        if self.path in PAGES:
            return self._send(200, PAGES[self.path], "text/html", None)
        body, kind = FILES.get(self.path, (b"", "text/plain"))
        if part:
            return self._send(206, body[start:], kind, (start, len(body)))
        if self.path == "/sound.wav":
            time.sleep(WHOLE_SECONDS)
        return self._send(200, body, kind, None)

    def _send(self, status: int, body: bytes, kind: str, part: tuple[int, int] | None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if part:
            start, size = part
            self.send_header("Content-Range", f"bytes {start}-{start + len(body) - 1}/{size}")
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True  # the player has enough

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing: stderr belongs to the test."""


@pytest.fixture
def server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Parts)
    server.asked = []
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def capture_page(start_capturer, server):
    capturer = start_capturer(BrowserOptions())
    return lambda name: capturer.capture(f"http://127.0.0.1:{server.server_port}/{name}")


def kept(capture, name):
    """The bytes of the one resource of this name."""
    [found] = [one for one in capture.plan.resources if one.url.endswith(name)]
    return capture.sources[found.sha256]


def test_part_asked_for_last_does_not_take_the_place_of_the_whole(capture_page):
    assert kept(capture_page("picture"), "dot.svg") == DOT


def test_sound_loaded_in_parts_is_kept_whole_and_fetched_once(capture_page, server):
    assert kept(capture_page("sound"), "sound.wav") == SOUND
    assert server.asked.count(("/sound.wav", False)) == 1


def test_sound_is_fetched_while_the_page_settles(capture_page):
    assert capture_page("sound").plan.timings_ms.gather < WHOLE_SECONDS * 1000


def test_film_too_large_is_told_without_asking_for_it(capture_page, server):
    [missing] = capture_page("film").plan.missing
    assert (missing.reason, ("/film.wav", False) in server.asked) == ("too_large", False)
