"""Full-text search over the library."""

from __future__ import annotations

from typing import Literal

from linkshot.store.library import Library
from linkshot.store.records import SearchResult

State = Literal["starred", "untagged"]


def search(  # noqa: PLR0913 - the filters of one list, all by keyword
    library: Library,
    query: str,
    *,
    limit: int = 20,
    offset: int = 0,
    tag: str = "",
    state: State | None = None,
) -> SearchResult:
    """Links whose newest text, title, tags or note answer the query, best first.

    `tag` narrows to one tag and all below it, `state` to links that `is:` it. No query is an error but one that is too long.

    Raises:
        QueryTooLong: over 2,000 characters.
    """
    # Imported at the first search: keeping a page needs the index, not the grammar.
    from linkshot.store.search.first import Page
    from linkshot.store.search.query import Filter
    from linkshot.store.search.run import run_search

    chosen = (("tag", tag), ("is", state))
    within = tuple(Filter(kind, value) for kind, value in chosen if value)
    with library.database.transaction_of_reads():
        return run_search(library, query, Page(limit, offset), within)
