"""`capture.commit`: everything was sent; keep it."""

from __future__ import annotations

from linkshot.native.messages import CaptureCommit
from linkshot.native.saved import saved_fields
from linkshot.native.session import Session
from linkshot.store.snapshots import find_saved


def answer(session: Session, request: CaptureCommit) -> dict[str, object]:
    """Return `saved` once the capture is on disk; on an error the upload may be begun again.

    Raises:
        UploadUnknown: the capture was not begun here.
        UploadInvalid: bytes are missing.
        LibraryError: the library does not take it.
    """
    # Only now: the parsers behind it take longer to load than the host to start.
    from linkshot.capture.assemble import assemble

    saved = find_saved(session.library, request.capture_id)
    if saved is None:
        upload = session.uploads.find(request.capture_id)
        if request.timings_ms is not None:
            upload.plan.timings_ms = request.timings_ms
        sources = upload.sources()
        saved = assemble(upload.plan, sources, session.library, sent_bytes=request.sent)
        session.has_news.set()
    session.drop_upload(request.capture_id)
    return {"saved": saved_fields(saved)}
