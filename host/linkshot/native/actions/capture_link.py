"""`capture.link`: keep an address that is not open in the browser."""

from __future__ import annotations

from linkshot.native.messages import CaptureLink
from linkshot.native.session import Session
from linkshot.page.urls import canonical_url
from linkshot.store.captures import request_capture


def answer(session: Session, request: CaptureLink) -> dict[str, object]:
    """Return the id of the queued request; the host's background thread takes it from there.

    Raises:
        UrlInvalid: the text is no web address.
        InputError: a tag cannot be used as it was typed.
    """
    canonical_url(request.url)
    queued = request_capture(
        session.library, request.url, via=request.via, tags=request.tags, note=request.note
    )
    session.has_news.set()
    return {"request_id": queued.request_id}
