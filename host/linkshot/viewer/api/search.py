"""Full-text search, as one types."""

from __future__ import annotations

from typing import Annotated

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.records import SearchResult
from linkshot.store.search import State, search
from linkshot.viewer.api.links import MAX_PAGE
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_arguments


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, where to look, and which part of the hits."""

    q: str
    tag: str = ""
    state: State | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 20
    offset: Annotated[int, msgspec.Meta(ge=0)] = 0


def show_hits(viewer: Viewer, request: Request) -> SearchResult:
    """The links that answer the query, best first."""
    asked = read_arguments(request, Query)
    return search(
        viewer.library,
        asked.q,
        limit=asked.limit,
        offset=asked.offset,
        tag=asked.tag,
        state=asked.state,
    )


ROUTES = (("GET", "/api/search", show_hits),)
