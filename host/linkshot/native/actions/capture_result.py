"""`capture.result`: what became of a `capture.wanted`."""

from __future__ import annotations

from linkshot.errors import reported
from linkshot.native.messages import CaptureResult
from linkshot.native.session import Session
from linkshot.store.captures import finish_capture, get_capture


def answer(session: Session, request: CaptureResult) -> dict[str, object]:
    """Return nothing; whoever asked for the capture sees its end.

    Raises:
        CaptureNotFound: no request has this id.
    """
    if request.snapshot_id is None:
        url = get_capture(session.library, request.request_id).url
        error = reported(request.code, request.message, {"url": url, **request.detail})
        finish_capture(session.library, request.request_id, error=error)
    else:
        finish_capture(session.library, request.request_id, snapshot_id=request.snapshot_id)
    session.wanted.discard(request.request_id)
    return {}
