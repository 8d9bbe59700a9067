"""A library with pages in it, and the viewer's server over it."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Playwright
from tests.conftest import Answer, Site

from linkshot.page.reading import Reading
from linkshot.page.urls import canonical_url
from linkshot.store.library import Library
from linkshot.store.readings import save_reading
from linkshot.store.records import (
    BlobSource,
    NewSnapshot,
    Receipt,
    ResourceRecord,
    SavedSnapshot,
)
from linkshot.store.snapshots import save_snapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.guard import cookie_name
from linkshot.viewer.run import serve_library

NOON = dt.datetime(2026, 5, 8, 12, 0, tzinfo=dt.UTC)
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EXTENSIONS = {
    "text/html": "html",
    "text/css": "css",
    "image/png": "png",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
}

Keep = Callable[..., SavedSnapshot]
# Nothing here is encrypted, and to read all of the machine's authorities for each request takes longer than the request.
get = functools.partial(httpx.get, verify=False)


def resource(data: bytes, media_type: str, url: str) -> tuple[ResourceRecord, BlobSource]:
    """A resource with its blob."""
    sha256 = hashlib.sha256(data).hexdigest()
    record = ResourceRecord(
        name=f"{sha256}.{EXTENSIONS.get(media_type, 'bin')}",
        url=url,
        sha256=sha256,
        media_type=media_type,
        size=len(data),
    )
    return record, BlobSource(sha256=sha256, media_type=media_type, data=data)


def keep_page(
    library: Library,
    url: str,
    html: str,
    *,
    title: str = "A page",
    text: str = "",
    tags: tuple[str, ...] = (),
    files: tuple[tuple[bytes, str] | tuple[bytes, str, str], ...] = (),
    captured_at: dt.datetime = NOON,
    receipt: Receipt | None = None,
) -> SavedSnapshot:
    """Store a document as it is, as a capture would leave it, and read it if it has a text."""
    document, blob = resource(html.encode(), "text/html", url)
    others = [
        resource(data, media_type, *(rest or [f"{url}#{at}"]))
        for at, (data, media_type, *rest) in enumerate(files)
    ]
    saved = save_snapshot(
        library,
        NewSnapshot(
            capture_id=secrets.token_hex(16),
            url=canonical_url(url),
            page_url=url,
            title=title,
            captured_at=captured_at,
            via="http",
            digest=hashlib.sha256(html.encode()).hexdigest(),
            document=document.name,
            resources=[document, *(record for record, _ in others)],
            receipt=receipt or Receipt(kept=len(others)),
            blobs=[blob, *(source for _, source in others)],
            tags=list(tags),
        ),
    )
    if text:
        save_reading(library, saved.snapshot_id, Reading(title=title, text=text, lang="zh"))
    return saved


@pytest.fixture
def keep(library: Library) -> Keep:
    """Stores a page in the library: `keep_page` without its first argument."""
    return functools.partial(keep_page, library)


@pytest.fixture
def opened() -> list[str]:
    """The addresses that were shown in the person's browser."""
    return []


@pytest.fixture
def shown() -> list[Path]:
    """The files that were shown in the person's own programs."""
    return []


@pytest.fixture
def viewer(library: Library, opened: list[str], shown: list[Path]) -> Iterator[Viewer]:
    """The viewer's servers over the library."""

    def take(url: str) -> bool:
        opened.append(url)
        return True

    def show(path: Path) -> bool:
        shown.append(path)
        return True

    with serve_library(library.root, language="en", open_outside=take, show_file=show) as running:
        yield running


@pytest.fixture
def client(viewer: Viewer) -> Iterator[httpx.Client]:
    """A client that the viewer let in, sending what its page sends."""
    port = viewer.app_origin.rsplit(":", 1)[1]
    with httpx.Client(
        base_url=viewer.app_origin,
        cookies={cookie_name(port): viewer.key},
        headers={"Origin": viewer.app_origin, "Sec-Fetch-Site": "same-origin"},
        verify=False,
    ) as inside:
        yield inside


class HeldAnswers(dict[str, Answer]):
    """A site's answers, given once the gate is open."""

    gate: threading.Event

    def get(self, path: str, default: Answer) -> Answer:  # type: ignore[override]
        """Wait, then answer."""
        self.gate.wait(60)
        return super().get(path, default)


@pytest.fixture
def gate(site: Site) -> Iterator[threading.Event]:
    """Until it is set, `site` answers nobody. To be asked for behind `viewer`, which waits for its captures."""
    held = HeldAnswers()
    held.gate = threading.Event()
    site.answers = held
    yield held.gate
    held.gate.set()


@pytest.fixture
def page(playwright: Playwright) -> Iterator[Page]:
    """A page of the system's Chromium, which asks its own makers for nothing."""
    executable = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if executable is None:
        pytest.skip("no Chromium or Chrome on this machine")
    browser = playwright.chromium.launch(
        executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
    )
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.set_default_timeout(60_000)
    yield context.new_page()
    browser.close()
