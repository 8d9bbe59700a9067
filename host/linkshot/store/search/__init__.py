"""Full-text search over the library."""

from __future__ import annotations

from linkshot.store.library import Library
from linkshot.store.records import SearchResult


def search(
    library: Library, query: str, *, limit: int = 20, offset: int = 0, tag: str = ""
) -> SearchResult:
    """Links whose newest text, title, tags or note answer the query, best first.

    `tag` narrows to one tag and all below it. No query is an error but one that is too long.

    Raises:
        QueryTooLong: over 2,000 characters.
    """
    # Imported at the first search: keeping a page needs the index, not the grammar.
    from linkshot.store.search.run import run_search

    return run_search(library, query, limit=limit, offset=offset, tag=tag)
