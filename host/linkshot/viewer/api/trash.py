"""Into the trash and back; nothing is deleted here."""

from __future__ import annotations

from typing import Annotated

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.links import restore_links, trash_links
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_body


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The links it is about."""

    link_ids: Annotated[list[int], msgspec.Meta(min_length=1, max_length=10_000)]


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """The links that were moved; those that were there already are none of them."""

    link_ids: list[int]


def trash(viewer: Viewer, request: Request) -> Moved:
    """Put links into the trash; answers what undo needs."""
    chosen = read_body(request, Chosen)
    return Moved(link_ids=trash_links(viewer.library, chosen.link_ids))


def restore(viewer: Viewer, request: Request) -> Moved:
    """Take links out of the trash."""
    chosen = read_body(request, Chosen)
    return Moved(link_ids=restore_links(viewer.library, chosen.link_ids))


ROUTES = (
    ("POST", "/api/trash", trash),
    ("POST", "/api/trash/restore", restore),
)
