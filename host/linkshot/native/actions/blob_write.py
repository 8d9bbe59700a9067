"""`blob.write`: the next bytes of one blob."""

from __future__ import annotations

from linkshot.native.messages import BlobWrite
from linkshot.native.session import Session


def answer(session: Session, request: BlobWrite) -> dict[str, object]:
    """Return how many bytes of the blob are here.

    Raises:
        UploadUnknown, UploadInvalid: the bytes do not fit what was announced.
        LibraryError: the disk does not take them.
    """
    received = session.uploads.write(
        request.capture_id, request.sha256, request.offset, request.data.raw
    )
    whole = session.uploads.find(request.capture_id).whole_file(request.sha256)
    if whole is not None:
        session.library.blobs.arrivals.add(*whole)
    return {"received": received}
