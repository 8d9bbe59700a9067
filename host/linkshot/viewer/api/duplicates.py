"""Tags that may be one, offered for merging; a refusal is for good, or till it is taken back."""

from __future__ import annotations

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.records import TagPair
from linkshot.store.tag_duplicates import near_duplicates, offer_duplicate, refuse_duplicate
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_body


class Pairs(msgspec.Struct, frozen=True, kw_only=True):
    """Pairs of tags, surest first."""

    pairs: list[TagPair]


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two tags."""

    first: str
    second: str


def show_pairs(viewer: Viewer, request: Request) -> Pairs:
    """Pairs that were not refused."""
    return Pairs(pairs=near_duplicates(viewer.library))


def refuse(viewer: Viewer, request: Request) -> Pair:
    """Remember that two tags are not one."""
    asked = read_body(request, Pair)
    refuse_duplicate(viewer.library, asked.first, asked.second)
    return asked


def offer(viewer: Viewer, request: Request) -> Pair:
    """Take a refusal back."""
    asked = read_body(request, Pair)
    offer_duplicate(viewer.library, asked.first, asked.second)
    return asked


ROUTES = (
    ("GET", "/api/tags/duplicates", show_pairs),
    ("POST", "/api/tags/duplicates/refuse", refuse),
    ("POST", "/api/tags/duplicates/offer", offer),
)
