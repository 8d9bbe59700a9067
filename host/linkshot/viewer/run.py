"""One run of the viewer: the library, two listeners with secrets of their own, and their end."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from linkshot import config
from linkshot.errors import Language
from linkshot.store.library import Library
from linkshot.viewer.app import ViewerApp, coded
from linkshot.viewer.captures import Captures
from linkshot.viewer.catching_up import CatchingUp
from linkshot.viewer.context import Viewer
from linkshot.viewer.keeping import keeper_of
from linkshot.viewer.outside import open_address, open_file
from linkshot.viewer.presence import Presence
from linkshot.viewer.server import LoopbackServer, loopback_address
from linkshot.viewer.snapshots import SnapshotApp


@contextmanager
def serve_library(
    root: Path,
    *,
    language: Language | None = None,
    open_outside: Callable[[str], bool] = open_address,
    show_file: Callable[[Path], bool] = open_file,
) -> Iterator[Viewer]:
    """Serve the library in `root` while the block runs; afterwards nothing listens any more."""
    spoken = language or config.ui_language()
    with (
        Library.open(root) as library,
        tempfile.TemporaryDirectory(prefix="linkshot-", ignore_cleanup_errors=True) as files,
    ):
        address = loopback_address()
        own, hostile = LoopbackServer(address), LoopbackServer(address)
        secret = secrets.token_urlsafe(24)
        viewer = Viewer(
            library=library,
            key=secrets.token_urlsafe(24),
            language=spoken,
            app_origin=own.origin,
            snapshot_root=f"{hostile.origin}/{secret}",
            captures=Captures(library, coded(keeper_of(library))),
            presence=Presence(),
            open_outside=open_outside,
            open_file=show_file,
            files=Path(files),
        )
        own.app = ViewerApp(viewer)
        hostile.app = SnapshotApp(
            library=library,
            secret=secret,
            host=hostile.host,
            app_origin=own.origin,
            language=spoken,
        )
        catching_up = CatchingUp(library)
        own.start()
        hostile.start()
        catching_up.start()
        viewer.captures.start()
        try:
            yield viewer
        finally:
            viewer.presence.closing.set()
            catching_up.stop()
            own.stop()
            hostile.stop()
            # The last: those being made are waited for, and need the library.
            viewer.captures.stop()


def start_address(viewer: Viewer, link_id: int | None = None, query: str = "") -> str:
    """The address that lets a window in, at a link or at what a query finds if one is given."""
    place = {"link": link_id} if link_id is not None else {"search": query} if query else {}
    fragment = f"#{urlencode(place)}" if place else ""
    return f"{viewer.app_origin}/?key={viewer.key}{fragment}"
