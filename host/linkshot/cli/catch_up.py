"""Pages that a browser left unread when it ended: whoever runs next reads them."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from linkshot.cli.phrase import Phrase

if TYPE_CHECKING:
    from linkshot.store.library import Library

UNREAD = Phrase(
    "{subject}: its text cannot be read; it is found by title and address alone.",
    "{subject}：无法读取正文，只能按标题和网址找到。",
)
# Somebody waits for the answer: the rest is left to the next who runs.
_MOST_PAGES = 20


def quiet_reading() -> None:
    """Leave the reader's own words, meant for a log, out of what a person sees: `UNREAD` says it to them."""
    logger = logging.getLogger("linkshot.capture.reading")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def catch_up(library: Library) -> None:
    """Read a few of them, so that they are found and shown; where that cannot be done now, later."""
    from linkshot.errors import LibraryError
    from linkshot.store.readings import pending_readings

    with contextlib.suppress(LibraryError):
        if pending_readings(library, 1):
            quiet_reading()
            from linkshot.capture.reading import read_pending

            read_pending(library, _MOST_PAGES)
