"""`snapshot.thumbnail`: a picture of a page just kept."""

from __future__ import annotations

from linkshot.native.messages import SnapshotThumbnail
from linkshot.native.session import Session
from linkshot.store.snapshots import set_thumbnail


def answer(session: Session, request: SnapshotThumbnail) -> dict[str, object]:
    """Return nothing.

    Raises:
        SnapshotNotFound: the library has no such snapshot.
    """
    set_thumbnail(session.library, request.snapshot_id, request.media_type, request.data)
    return {}
