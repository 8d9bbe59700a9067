"""`capture.result`: what became of a `capture.wanted`."""

from __future__ import annotations

from linkshot.errors import CaptureError
from linkshot.native.messages import CaptureResult
from linkshot.native.session import Session
from linkshot.store.captures import finish_capture


def answer(session: Session, request: CaptureResult) -> dict[str, object]:
    """Return nothing; whoever asked for the capture sees its end.

    Raises:
        CaptureNotFound: no request has this id.
    """
    if request.snapshot_id is None:
        error = reported(request.code, request.message)
        finish_capture(session.library, request.request_id, error=error)
    else:
        finish_capture(session.library, request.request_id, snapshot_id=request.snapshot_id)
    session.wanted.discard(request.request_id)
    return {}


def reported(code: str, message: str) -> CaptureError:
    """Return the browser's failure under its own code, which may be one that only it has."""
    words = {"code": code or CaptureError.code, "en": "{message}", "zh": "{message}"}
    failure: CaptureError = type("Reported", (CaptureError,), words)(message=message or code)
    return failure
