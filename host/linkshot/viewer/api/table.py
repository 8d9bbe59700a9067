"""The whole table of routes, gathered from one file a capability."""

from __future__ import annotations

from collections.abc import Callable

from linkshot.viewer.api import (
    captures,
    exports,
    files,
    links,
    live,
    marks,
    search,
    session,
    snapshots,
    tag_edits,
    tags,
    thumbnails,
    trash,
)

Handler = tuple[str, str, Callable[..., object]]

HANDLERS: tuple[Handler, ...] = (
    *session.ROUTES,
    *links.ROUTES,
    *search.ROUTES,
    *tags.ROUTES,
    *tag_edits.ROUTES,
    *snapshots.ROUTES,
    *thumbnails.ROUTES,
    *captures.ROUTES,
    *marks.ROUTES,
    *trash.ROUTES,
    *live.ROUTES,
    *exports.ROUTES,
    *files.ROUTES,
)
