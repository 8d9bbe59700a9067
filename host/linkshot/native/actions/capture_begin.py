"""`capture.begin`: announce a capture, learn what to send of it."""

from __future__ import annotations

from linkshot.native.messages import CaptureBegin
from linkshot.native.saved import saved_fields
from linkshot.native.session import Session
from linkshot.page.urls import canonical_url
from linkshot.store.snapshots import find_saved, repeat_snapshot


def answer(session: Session, request: CaptureBegin) -> dict[str, object]:
    """Return `saved` where nothing needs to be sent, else what is wanted.

    Raises:
        UrlInvalid: the page's address is none that a library keeps.
        UploadInvalid, MessageInvalid: the plan contradicts itself.
    """
    if request.plan is None:
        return _begin_with_digest(session, request)
    plan = request.plan
    canonical_url(plan.page_url)  # refused now rather than after the upload
    saved = find_saved(session.library, plan.capture_id)
    if saved is not None:
        session.drop_upload(plan.capture_id)
        return {"saved": saved_fields(saved)}
    known = session.library.blobs.known([resource.sha256 for resource in plan.resources])
    need = session.uploads.begin(plan, known)
    upload = session.uploads.find(plan.capture_id)
    for whole in filter(None, map(upload.whole_file, upload.blobs)):
        session.library.blobs.arrivals.add(*whole)  # from an earlier host
    return {"need": need}


def _begin_with_digest(session: Session, request: CaptureBegin) -> dict[str, object]:
    # CaptureBegin refuses a message that has neither a plan nor these.
    assert request.capture_id and request.digest and request.page_url and request.captured_at  # noqa: S101
    saved = find_saved(session.library, request.capture_id) or repeat_snapshot(
        session.library,
        url=canonical_url(request.page_url),
        digest=request.digest,
        capture_id=request.capture_id,
        page_url=request.page_url,
        captured_at=request.captured_at,
        tags=request.tags,
        note=request.note,
    )
    if saved is None:
        return {"plan_wanted": True}
    return {"saved": saved_fields(saved)}
