"""From a frame to its reply: a table of handlers, and what happens when one fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from linkshot.errors import ActionUnknown, Internal, Language, LinkshotError, MessageInvalid
from linkshot.native import messages
from linkshot.native.actions import (
    blob_write,
    capture_abort,
    capture_begin,
    capture_commit,
    capture_link,
    capture_result,
    hello,
    link_status,
    link_tag,
    search,
    snapshot_thumbnail,
    tag_complete,
    tag_suggest,
    viewer_open,
)
from linkshot.native.decoding import decode_request, request_id_of
from linkshot.native.lane import Lane
from linkshot.native.log import log_path
from linkshot.native.session import Session
from linkshot.store.database import named_os_failure

_log = logging.getLogger(__name__)

FINISH_SECONDS = 3.0
LANES = ("library", "uploads", "suggestions")


class Handler(NamedTuple):
    """What answers a request, and the lane whose order it keeps."""

    answer: Callable[[Session, Any], Mapping[str, object]]
    lane: str


# Whatever touches an upload stays in order; questions of the popup do not wait for it, nor for the
# page that is read for its suggestions.
HANDLERS: dict[type[messages.Message], Handler] = {
    messages.Hello: Handler(hello.answer, "library"),
    messages.LinkStatus: Handler(link_status.answer, "library"),
    messages.TagComplete: Handler(tag_complete.answer, "library"),
    messages.TagSuggest: Handler(tag_suggest.answer, "suggestions"),
    messages.Search: Handler(search.answer, "library"),
    messages.LinkTag: Handler(link_tag.answer, "library"),
    messages.CaptureBegin: Handler(capture_begin.answer, "uploads"),
    messages.BlobWrite: Handler(blob_write.answer, "uploads"),
    messages.CaptureCommit: Handler(capture_commit.answer, "uploads"),
    messages.CaptureAbort: Handler(capture_abort.answer, "uploads"),
    messages.SnapshotThumbnail: Handler(snapshot_thumbnail.answer, "library"),
    messages.CaptureLink: Handler(capture_link.answer, "library"),
    messages.CaptureResult: Handler(capture_result.answer, "library"),
    messages.ViewerOpen: Handler(viewer_open.answer, "library"),
}


class Router:
    """Takes frames in the order they came; replies go out as they are ready."""

    def __init__(self, session: Session) -> None:
        """Start the lanes."""
        self._session = session
        self._lanes = {name: Lane(name, messages.WINDOW) for name in LANES}

    def take(self, body: bytes) -> None:
        """Queue one request, or refuse it; waits while its lane is full."""
        self._session.busy_at = time.monotonic()
        try:
            request = decode_request(body)
        except (ActionUnknown, MessageInvalid) as error:
            self._refuse(request_id_of(body), error)
            return
        handler = HANDLERS[type(request)]
        self._lanes[handler.lane].submit(partial(self._answer, handler, request))

    def finish(self) -> bool:
        """Answer what is queued; False where that took longer than the bound."""
        deadline = time.monotonic() + FINISH_SECONDS
        ended = [
            lane.finish(max(0.1, deadline - time.monotonic())) for lane in self._lanes.values()
        ]
        return all(ended)

    def _answer(self, handler: Handler, request: messages.Request) -> None:
        try:
            fields = handler.answer(self._session, request)
            self._session.writer.send({"id": request.id, "ok": True, **fields})
        except LinkshotError as error:
            self._refuse(request.id, error)
        except Exception as error:
            # The one broad net of the project: a fault of ours costs one request, not the host.
            self._refuse(request.id, self._named(error, type(request).__name__))
        self._session.busy_at = time.monotonic()

    def _named(self, error: Exception, action: str) -> LinkshotError:
        """What the disk refused outside the store keeps its name; the rest is a fault of ours."""
        if isinstance(error, OSError):
            named = named_os_failure(error, self._session.library_dir)
            if named is not None:
                return named
        _log.error("%s failed", action, exc_info=error)
        return Internal(kind=type(error).__name__, log=log_path())

    def _refuse(self, request_id: int, error: LinkshotError) -> None:
        self._session.writer.send(refusal(request_id, error, self._session.language))


def refusal(request_id: int, error: LinkshotError, language: Language) -> dict[str, object]:
    """Return the reply that says why not, in the person's language."""
    return {
        "id": request_id,
        "ok": False,
        "code": error.code,
        "message": error.message(language),
        "detail": {name: _plain(fact) for name, fact in error.facts.items()},
    }


def _plain(fact: object) -> object:
    return fact if isinstance(fact, (str, int, float, bool, type(None))) else str(fact)
