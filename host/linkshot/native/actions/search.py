"""`search`: links that answer a query, as short as a popup shows them."""

from __future__ import annotations

from linkshot.native.messages import Search
from linkshot.native.session import Session
from linkshot.store.records import SearchHit
from linkshot.store.search import search

# Twenty hits of this size are far below MAX_REPLY_BYTES.
MAX_URL = 2_000
MAX_TITLE = 300
MAX_SNIPPET = 600
MAX_TAGS = 8


def answer(session: Session, request: Search) -> dict[str, object]:
    """Return the first hits, and what the library's window says above them.

    Raises:
        QueryTooLong: over the search's own limit.
    """
    found = search(session.library, request.query, limit=request.limit)
    return {
        "total": found.total,
        "most": found.most,
        "waiting": found.waiting,
        "read_as": found.read_as,
        "hits": [_hit(hit) for hit in found.hits],
    }


def _hit(hit: SearchHit) -> dict[str, object]:
    return {
        "link_id": hit.link_id,
        "url": hit.url[:MAX_URL],
        "title": hit.title[:MAX_TITLE],
        "site": hit.site,
        "last_captured_at": hit.last_captured_at,
        "tags": hit.tags[:MAX_TAGS],
        "snippet": hit.snippet[:MAX_SNIPPET],
        "has_all": hit.has_all,
    }
