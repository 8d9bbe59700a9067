"""`link.status`: whether an address is in the library."""

from __future__ import annotations

from linkshot.native.messages import LinkStatus
from linkshot.native.session import Session
from linkshot.page.urls import canonical_url
from linkshot.store.links import link_status


def answer(session: Session, request: LinkStatus) -> dict[str, object]:
    """Return the link's id, versions, last date, tags and star.

    Raises:
        UrlInvalid: the text is no web address.
    """
    status = link_status(session.library, canonical_url(request.url))
    return {
        "link_id": status.link_id,
        "snapshots": status.snapshots,
        "last_captured_at": status.last_captured_at,
        "tags": status.tags,
        "starred": status.starred,
    }
