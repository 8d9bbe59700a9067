"""`tag.suggest`: tags that a page may want, from the person's own tags and the page's words."""

from __future__ import annotations

import logging

from linkshot.errors import LinkshotError
from linkshot.native.messages import TagSuggest
from linkshot.native.session import Session
from linkshot.page.reading import Reading
from linkshot.page.urls import canonical_url, site_of
from linkshot.store.links import link_status
from linkshot.store.records import SuggestedTag
from linkshot.store.suggestions import SuggestFor, suggest_for_page, suggest_tags

_log = logging.getLogger(__name__)


def answer(session: Session, request: TagSuggest) -> dict[str, object]:
    """Return tags with their number of links and the reason, likeliest first.

    A link's page that was not read yet is read now: who has just kept it is asked for its tags once.

    Raises:
        LinkNotFound: the library has no such link.
        UrlInvalid: `page_url` is no address.
    """
    tags = _suggested(session, request)
    return {"tags": [{"path": tag.path, "links": tag.links, "why": tag.why} for tag in tags]}


def _suggested(session: Session, request: TagSuggest) -> list[SuggestedTag]:
    url = "" if request.link_id else canonical_url(request.page_url or "")
    link_id = request.link_id or link_status(session.library, url).link_id
    if link_id is not None:
        _read(session, link_id)
        return suggest_tags(session.library, link_id, request.limit, request.tags)
    page = SuggestFor(
        url=url,
        site=site_of(url),
        reading=Reading(title=request.title),
        tags=request.tags,
    )
    return suggest_for_page(session.library, page, request.limit)


def _read(session: Session, link_id: int) -> None:
    # The reader loads it; the host's start must not wait for it.
    from linkshot.capture.reading import read_newest

    try:
        with session.reading:
            read_newest(session.library, link_id)
    except LinkshotError as error:
        _log.warning("suggestions do without the page: %s", error.code)
