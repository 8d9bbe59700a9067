"""`link.tag`: put tags on a link, take some off."""

from __future__ import annotations

from linkshot.native.messages import LinkTag
from linkshot.native.session import Session
from linkshot.store.tags import link_tags, retag_links


def answer(session: Session, request: LinkTag) -> dict[str, object]:
    """Return all of the link's tags as they are now; one entry of the journal, and on an error none was changed.

    Raises:
        LinkNotFound: the library has no such link.
        InputError: a tag cannot be used as it was typed.
    """
    library = session.library
    with library.transaction():
        retag_links(library, [request.link_id], request.add, request.remove)
        return {"tags": link_tags(library, request.link_id)}
