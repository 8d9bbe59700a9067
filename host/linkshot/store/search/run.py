"""One search: the tree of the query, its hits in order, the page's own words around them."""

from __future__ import annotations

import time

from linkshot.store.library import Library
from linkshot.store.records import SearchResult
from linkshot.store.search.first import Page, find_all_of
from linkshot.store.search.hits import hits_of, mark_tags
from linkshot.store.search.most import FEW, find_most_of
from linkshot.store.search.plan import positive_words, tags_named, without_empty
from linkshot.store.search.query import And, Filter, Node, parse_query
from linkshot.store.search.sounds import find_by_sound, unknown_tags
from linkshot.store.search.waiting import waiting_links


def run_search(
    library: Library, query: str, page: Page, within: tuple[Filter, ...] = ()
) -> SearchResult:
    """What `search` answers."""
    limit, offset = page
    started = time.perf_counter()
    parsed = parse_query(query)
    node = without_empty(parsed.node) if parsed.node else None
    if node is None:
        return SearchResult(total=0, took_ms=_ms_since(started), hits=[], read_as=parsed.read_as)
    asked = _within(node, within) if within else node
    database = library.database
    tag_ids = tags_named(database, node)
    total, scored, is_ranked = find_all_of(database, asked, tag_ids, page)
    by_sound = find_by_sound(database, asked, tag_ids)
    first = max(0, offset - total)
    scored += [(link_id, 0.0) for link_id in by_sound[first : first + limit - len(scored)]]
    total += len(by_sound)
    words = list(positive_words(node))
    hits = hits_of(database, scored, words, has_all=True, is_ranked=is_ranked)
    most = 0
    if total < FEW:
        rest = Page(limit - len(hits), max(0, offset - total))
        most, pieces, more = find_most_of(database, asked, tag_ids, rest, by_sound)
        hits += hits_of(database, more, pieces, has_all=False)
    named = {tag_id for word in words for tag_id in tag_ids.get(word, ())}
    if named:
        hits = mark_tags(database, hits, named)
    return SearchResult(
        total=total,
        most=most,
        took_ms=_ms_since(started),
        hits=hits,
        read_as=parsed.read_as,
        waiting=waiting_links(database),
        unknown_tags=unknown_tags(database, node),
    )


def _within(node: Node, filters: tuple[Filter, ...]) -> And:
    """The query with a list's filters as more of its conditions."""
    parts = node.nodes if isinstance(node, And) else (node,)
    return And((*parts, *filters))


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
