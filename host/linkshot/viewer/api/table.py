"""The whole table of routes, gathered from one file a capability."""

from __future__ import annotations

from collections.abc import Callable

from linkshot.viewer.api import (
    captures,
    duplicates,
    exports,
    files,
    links,
    live,
    marks,
    rules,
    search,
    session,
    snapshots,
    tag_edits,
    tags,
    thumbnails,
    trash,
    undo,
)

Handler = tuple[str, str, Callable[..., object]]

HANDLERS: tuple[Handler, ...] = (
    *session.ROUTES,
    *links.ROUTES,
    *search.ROUTES,
    *tags.ROUTES,
    *tag_edits.ROUTES,
    *duplicates.ROUTES,
    *rules.ROUTES,
    *undo.ROUTES,
    *snapshots.ROUTES,
    *thumbnails.ROUTES,
    *captures.ROUTES,
    *marks.ROUTES,
    *trash.ROUTES,
    *live.ROUTES,
    *exports.ROUTES,
    *files.ROUTES,
)
