"""Serves requests for captures that need no tab: asked for by the window, or from the browser's menu."""

from __future__ import annotations

from linkshot.capture.keep import WayIn, keep
from linkshot.errors import LinkshotError
from linkshot.store.captures import claim_capture, finish_capture
from linkshot.store.library import Library

_SERVED: tuple[WayIn, ...] = ("auto", "browser", "http")


def serve_queued(library: Library, limit: int = 100) -> int:
    """Make up to `limit` of the captures that wait in the queue; how many were taken up.

    A failure ends its request with the reason; an error of the library itself is raised.
    """
    done = 0
    while done < limit:
        request = next(filter(None, (claim_capture(library, via=via) for via in _SERVED)), None)
        if request is None:
            break
        done += 1
        try:
            saved = keep(
                library, request.url, via=request.via, tags=request.tags, note=request.note
            )
        except LinkshotError as error:
            finish_capture(library, request.request_id, error=error)
        else:
            finish_capture(library, request.request_id, snapshot_id=saved.snapshot_id)
    return done
