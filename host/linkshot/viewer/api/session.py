"""What the page needs to begin, and the stream that tells it about changes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import msgspec
from werkzeug.wrappers import Request, Response

from linkshot.errors import Language
from linkshot.store.links import count_links
from linkshot.viewer.context import Viewer
from linkshot.viewer.presence import library_stamp

LOOK_EVERY_SECONDS = 1.0
# A write to a closed stream is how a closed window is noticed.
BEAT_EVERY = 3


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many links each fixed list of the sidebar has."""

    all: int
    starred: int
    untagged: int
    trashed: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """The run as the page sees it."""

    language: Language
    library: str
    snapshot_root: str
    counts: Counts


def show_session(viewer: Viewer, request: Request) -> Session:
    """Language, library, where snapshots are, and the sidebar's counts."""
    library = viewer.library
    counts = Counts(
        all=count_links(library),
        starred=count_links(library, starred=True),
        untagged=count_links(library, untagged=True),
        trashed=count_links(library, trashed=True),
    )
    return Session(
        language=viewer.language,
        library=str(library.root),
        snapshot_root=viewer.snapshot_root,
        counts=counts,
    )


def stream_changes(viewer: Viewer, request: Request) -> Response:
    """An event stream: `changed` whenever any process has written to the library."""
    reply = Response(_changes(viewer), content_type="text/event-stream; charset=utf-8")
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _changes(viewer: Viewer) -> Iterator[bytes]:
    with viewer.presence.window():
        seen = library_stamp(viewer.library.root)
        yield b"retry: 1000\n\n"
        beat = 0
        while not viewer.presence.closing.is_set():
            time.sleep(LOOK_EVERY_SECONDS)
            now = library_stamp(viewer.library.root)
            if now != seen:
                seen = now
                yield b"event: changed\ndata: {}\n\n"
            beat += 1
            if beat % BEAT_EVERY == 0:
                yield b": beat\n\n"


ROUTES = (
    ("GET", "/api/session", show_session),
    ("GET", "/api/changes", stream_changes),
)
