"""`tag.complete`: the library's tags that begin like what is typed."""

from __future__ import annotations

from linkshot.native.messages import TagComplete
from linkshot.native.session import Session
from linkshot.store.tags import complete_tag


def answer(session: Session, request: TagComplete) -> dict[str, object]:
    """Return tags with their number of links, best first."""
    tags = complete_tag(session.library, request.text, request.limit)
    return {"tags": [{"path": tag.path, "links": tag.links} for tag in tags]}
