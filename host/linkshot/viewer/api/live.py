"""Opens a link's live page in the person's default browser: the only way out of the window."""

from __future__ import annotations

import msgspec
from werkzeug.wrappers import Request

from linkshot.errors import UrlInvalid
from linkshot.store.snapshots import get_snapshot
from linkshot.viewer.context import Viewer

SCHEMES = ("http://", "https://")


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a browser took the address."""

    url: str
    opened: bool


def open_live(viewer: Viewer, request: Request, snapshot_id: int) -> Opened:
    """Open the page that the snapshot was made of; never an address that the request names.

    Raises:
        UrlInvalid: the snapshot came from a file or another place that is not the web.
    """
    url = get_snapshot(viewer.library, snapshot_id).page_url
    if not url.lower().startswith(SCHEMES):
        raise UrlInvalid(url=url)
    return Opened(url=url, opened=viewer.open_outside(url))


ROUTES = (("POST", "/api/snapshots/<int:snapshot_id>/live", open_live),)
