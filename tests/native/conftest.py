"""A browser's end of the wire: starts the real host, writes frames, reads replies."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import queue
import shutil
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from linkshot.native.reader import QUIET_SECONDS

ORIGIN = "chrome-extension://dpcbbfpmgdooghflddnlinmhmmmfgigl/"
CHUNK_BYTES = 1024 * 1024
WINDOW = 4
HELLO = {"protocol": 1, "extension_version": "0.1.0", "browser": "Chromium 156", "language": "en"}

Reply = dict[str, Any]


def frame(message: object) -> bytes:
    body = json.dumps(message).encode()
    return struct.pack("=I", len(body)) + body


class HostProcess:
    """The real host over pipes, as a browser runs it."""

    def __init__(self, library: Path, home: Path, code: str = "") -> None:
        start = ["-c", code] if code else ["-m", "linkshot.native.main"]
        places = {"HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "LINKSHOT_LANG": "en"}
        self.process = subprocess.Popen(
            [sys.executable, *start, ORIGIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **places, "LINKSHOT_LIBRARY": str(library)},
        )
        self.messages: queue.Queue[Reply | None] = queue.Queue()
        self.early: dict[int, Reply] = {}
        self.events: list[Reply] = []
        self.next_id = 1
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        while len(head := stream.read(4)) == 4:
            self.messages.put(json.loads(stream.read(struct.unpack("=I", head)[0])))
        assert head == b""
        self.messages.put(None)

    def write(self, raw: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(raw)
        self.process.stdin.flush()

    def receive(self, timeout: float = 60) -> Reply | None:
        """The next message, or None at the end."""
        return self.messages.get(timeout=timeout)

    def post(self, action: str, **fields: object) -> int:
        request_id, self.next_id = self.next_id, self.next_id + 1
        self.write(frame({"id": request_id, "action": action, **fields}))
        return request_id

    def reply(self, request_id: int) -> Reply:
        while request_id not in self.early:
            message = self.receive()
            assert message is not None, "the host ended"
            if "event" in message:
                self.events.append(message)
            else:
                self.early[message["id"]] = message
        return self.early.pop(request_id)

    def call(self, action: str, **fields: object) -> Reply:
        return self.reply(self.post(action, **fields))

    def event(self, timeout: float = 60) -> Reply:
        while not self.events:
            message = self.receive(timeout)
            assert message is not None, "the host ended"
            self.events.append(message)
        return self.events.pop(0)

    def end(self) -> tuple[int, bytes]:
        """Close the stream as a browser does; the exit status and what stderr had."""
        assert self.process.stdin
        self.process.stdin.close()
        status = self.process.wait(60)
        assert self.process.stderr
        return status, self.process.stderr.read()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Page:
    """A page as the extension holds it in its outbox: a plan, and bytes by number."""

    def __init__(self, name: str, html: str, resources: dict[str, tuple[str, bytes]]) -> None:
        url = f"https://example.org/{name}"
        body = html.encode()
        self.blobs = [body, *[data for _, data in resources.values()]]
        self.url = url
        self.plan: dict[str, Any] = {
            "capture_id": hashlib.md5(name.encode()).hexdigest(),
            "page_url": url,
            "title": name,
            "captured_at": "2026-05-08T10:00:00Z",
            "via": "tab",
            "documents": [{"frame": "", "url": url, "base_url": url, **named(body)}],
            "resources": [
                {"url": address, "media_type": media_type, **named(data)}
                for address, (media_type, data) in resources.items()
            ],
            "tags": ["政策"],
        }

    @property
    def capture_id(self) -> str:
        return str(self.plan["capture_id"])

    def planned(self, index: int) -> Reply:
        planned: Reply = [*self.plan["documents"], *self.plan["resources"]][index]
        return planned

    def writes(self, need: list[list[int]]) -> Iterator[Reply]:
        """The fields of each `blob.write`, in order."""
        for index, offset in need:
            data = self.blobs[index]
            for start in range(offset, len(data), CHUNK_BYTES):
                yield {
                    "capture_id": self.capture_id,
                    "sha256": self.planned(index)["sha256"],
                    "offset": start,
                    "data": base64.b64encode(data[start : start + CHUNK_BYTES]).decode(),
                }

    def send(self, host: HostProcess) -> Reply:
        """The whole conversation of one capture; the last reply."""
        begun = host.call("capture.begin", plan=self.plan)
        if not begun["ok"] or "saved" in begun:
            return begun
        failed = self.upload(host, begun["need"])
        return failed or host.call("capture.commit", capture_id=self.capture_id, sent=1)

    def upload(self, host: HostProcess, need: list[list[int]]) -> Reply | None:
        """Send what is needed, WINDOW requests at a time; the first refusal."""
        open_ids: list[int] = []
        refused = None
        for fields in self.writes(need):
            open_ids.append(host.post("blob.write", **fields))
            if len(open_ids) == WINDOW:
                reply = host.reply(open_ids.pop(0))
                refused = refused or (None if reply["ok"] else reply)
        for request_id in open_ids:
            reply = host.reply(request_id)
            refused = refused or (None if reply["ok"] else reply)
        return refused


# A host that is asked reads nothing until this long after (linkshot.native.reader).
_PAUSE_SECONDS = QUIET_SECONDS + 0.1


def until(answer: Callable[[], Any], timeout_seconds: float = 90) -> Any:
    """The first answer that is not empty; a host that is asked reads meanwhile, as nobody asks for a moment."""
    deadline = time.monotonic() + timeout_seconds
    while not (found := answer()):
        assert time.monotonic() < deadline
        time.sleep(_PAUSE_SECONDS)
    return found


def named(data: bytes) -> Reply:
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


@pytest.fixture
def library_dir(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def made(library_dir: Path, empty_library: Path) -> None:
    """The library is there already: a third of a short host's time goes into making one."""
    shutil.copytree(empty_library, library_dir)


@pytest.fixture
def start_host(tmp_path: Path, library_dir: Path) -> Iterator[Callable[..., HostProcess]]:
    """Start a host; `library` names another folder, `code` another program."""
    hosts: list[HostProcess] = []

    def start(library: Path | None = None, code: str = "") -> HostProcess:
        hosts.append(HostProcess(library or library_dir, tmp_path, code))
        return hosts[-1]

    yield start
    for host in hosts:
        host.kill()


@pytest.fixture
def host(start_host: Callable[..., HostProcess]) -> HostProcess:
    """A host that has answered hello."""
    host = start_host()
    assert host.call("hello", **HELLO)["ok"]
    return host


def greeted(place: Path) -> Iterator[HostProcess]:
    """A host that has answered hello, with a library of its own; it ends well."""
    host = HostProcess(place / "library", place)
    assert host.call("hello", **HELLO)["ok"]
    yield host
    assert host.end() == (0, b"")


@pytest.fixture(scope="session")
def shared_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """A host with nothing kept, for tests that leave nothing behind: starting one takes a while."""
    yield from greeted(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def host_with_page(
    tmp_path_factory: pytest.TempPathFactory, make_page: Callable[..., Page]
) -> Iterator[HostProcess]:
    """A host that has kept and read link 1, tagged 政策, for tests that only ask."""
    hosts = greeted(tmp_path_factory.mktemp("with-page"))
    host = next(hosts)
    make_page("one").send(host)
    until(lambda: host.call("search", query="石油价格")["hits"])
    yield host
    assert not list(hosts)


@pytest.fixture(scope="session")
def shared_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("in-process") / "library"


@pytest.fixture
def host_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The host's command line, its places set in this process's environment."""
    for variable in ("LINKSHOT_LIBRARY", "HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    return [sys.executable, "-m", "linkshot.native.main", ORIGIN]


@pytest.fixture(scope="session")
def make_page() -> Callable[..., Page]:
    """A small page with a large picture: `make_page("name", picture_bytes)`, or with other text."""

    def make(name: str, picture: bytes = b"", text: str = "石油价格") -> Page:
        address = f"https://example.org/{name}.png"
        html = f'<!DOCTYPE html><title>{name}</title><p>{text}<img src="{address}">'
        return Page(name, html, {address: ("image/png", picture)} if picture else {})

    return make
