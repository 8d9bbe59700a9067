"""Pages that a browser left unread when it ended: whoever runs next reads them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkshot.store.library import Library

# Somebody waits for the answer: the rest is left to the next who runs.
_MOST_PAGES = 20


def catch_up(library: Library) -> None:
    """Read a few of them, so that they are found and shown; where that cannot be done now, later."""
    from linkshot.errors import LibraryError
    from linkshot.store.readings import pending_readings

    with contextlib.suppress(LibraryError):
        if pending_readings(library, 1):
            from linkshot.capture.reading import read_pending

            read_pending(library, _MOST_PAGES)
