"""What every test may ask for: the corpus, a library of its own, a site on this machine."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from linkshot.store.library import Library

# Thousands of tests are found in each worker, and none of them is let go before the end: looking for cycles among them takes two
# fifths of that time, and a tenth of the tests' own.
gc.disable()
REPOSITORY = Path(__file__).parents[1]
CORPUS = REPOSITORY.parent / "shared" / "corpus"


def pytest_configure() -> None:
    """Interrupts and hang-ups are heard by what the tests start, also where the run began with them ignored, as behind `nohup … &`."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if os.name == "posix":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.hookimpl(trylast=True)  # of the tests that are left once `-m` has taken its own out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What mostly waits begins first, so that nothing has to wait for it at the end.

    It begins on two of the workers, which start with the first test and with the first of the second part.
    """
    waiting = [item for item in items if item.get_closest_marker("waits")]
    others = [item for item in items if not item.get_closest_marker("waits")]
    part = len(items) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    first, second = waiting[::2], waiting[1::2]
    items[:] = first + others[: part - len(first)] + second + others[part - len(first) :]


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real pages that stands beside the repository."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real pages is not at {CORPUS}")
    return CORPUS


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library's folder, to be copied: making one anew takes ten times as long."""
    folder = tmp_path_factory.mktemp("empty") / "library"
    Library.open(folder).close()
    return folder


@pytest.fixture
def library(tmp_path: Path, empty_library: Path) -> Iterator[Library]:
    """An empty library."""
    shutil.copytree(empty_library, tmp_path / "library")
    with Library.open(tmp_path / "library") as opened:
        yield opened


class Answer(NamedTuple):
    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Site:
    """A web site whose pages a test writes; `requests` are the paths asked for, in order."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.requests.append(self.path)
                answer = site.answers.get(self.path, Answer(b"not here", status=404))
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.media_type)
                # a test may announce more than it sends
                length = ("Content-Length", str(len(answer.body)))
                for name, value in (dict([length]) | dict(answer.headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *values: object) -> None:
                """Say nothing: stderr belongs to the test."""

        self.server = ThreadingHTTPServer((address, 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        # asked whether to end twenty times a second, so that no test waits long for that
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def put(self, path: str, body: str | bytes, **more: object) -> str:
        """Answer `path` with `body`; the page's address comes back."""
        raw = body.encode() if isinstance(body, str) else body
        self.answers[path] = Answer(raw, **more)  # type: ignore[arg-type]
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture
def silent_url() -> Iterator[str]:
    """An address that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
