"""`capture.abort`: forget what was uploaded."""

from __future__ import annotations

from linkshot.native.messages import CaptureAbort
from linkshot.native.session import Session


def answer(session: Session, request: CaptureAbort) -> dict[str, object]:
    """Return nothing; a capture that was never begun is forgotten as well."""
    session.abandon_upload(request.capture_id)
    return {}
