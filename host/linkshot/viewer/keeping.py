"""Joins the window's captures to the way every link is kept."""

from __future__ import annotations

from linkshot.store.library import Library
from linkshot.store.records import CaptureRequest, SavedSnapshot
from linkshot.viewer.captures import Keep, Steps


def keeper_of(library: Library) -> Keep:
    """What keeps a link in this library."""

    def keep_wanted(wanted: CaptureRequest, steps: Steps) -> SavedSnapshot:
        # Here, as it brings the HTTP client and the browser driver: the window opens without them.
        from linkshot.capture.keep import keep

        return keep(
            library,
            wanted.url,
            via="auto",
            tags=wanted.tags,
            note=wanted.note,
            keep_errors=wanted.keep_errors,
            progress=steps,
        )

    return keep_wanted
