"""The links that have all of a query, best first: hits in titles and tags, then by their weight.

Weighing (bm25) reads every hit, and says little where there are thousands: then the newest come
first, which the index gives without reading the others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, islice, repeat
from operator import itemgetter
from typing import NamedTuple

from linkshot.store.database import Database
from linkshot.store.search.plan import (
    link_condition,
    match_nearness,
    match_text,
    match_titles,
    match_words,
    positive_words,
)
from linkshot.store.search.query import And, Filter, Node, Not, Or, Words
from linkshot.store.search.tokens import Phrase, phrase_of

# text, title, url, note, doc, office, extra
COLUMN_WEIGHTS = (1.0, 10.0, 2.0, 4.0, 8.0, 4.0, 4.0)
WEIGHTS = ", ".join(map(str, COLUMN_WEIGHTS))
_TITLE_ALONE = "0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0"
# More hits than these are not weighed.
MAX_WEIGHED = 1_000
TITLE_WORTH = 100.0
# Words near each other weigh a little more. As a phrase of its own within bm25, where they stood
# before, a rare neighbourhood outweighed all else: three keywords found the page meant at 0.946, now 0.955.
_NEAR_WORTH = 1.2

Scored = list[tuple[int, float]]


class Page(NamedTuple):
    """Which part of the ranked hits is wanted."""

    limit: int
    offset: int


class Found(NamedTuple):
    """How many links have all of a query, and a page of them with their worth, best first.

    Where that is every one of a handful and `is_ranked` is false, they are in no order yet: whoever
    reads their texts weighs them (`hits_of`), as the index would have to be read twice more for it.
    """

    total: int
    scored: Scored
    is_ranked: bool = True


class _Where(NamedTuple):
    """The conditions on links that stand beside the text."""

    tables: str
    condition: str
    values: list[object]


def find_all_of(
    database: Database, node: Node, tag_ids: dict[Words, list[int]], page: Page
) -> Found:
    """How many links have all of the query, and a page of them."""
    filters, words = filters_and_words(node)
    text = match_text(And(words), tag_ids=tag_ids) if words else None
    if text is not None:
        return _find_by_text(database, And(words), _where(database, filters), page)
    if not words:
        return _find_by_filters(database, filters, page)
    return _find_by_sets(database, node, tag_ids, page)


def filters_and_words(node: Node) -> tuple[list[Node], tuple[Node, ...]]:
    """The parts that are conditions on links, and the others."""
    parts = node.nodes if isinstance(node, And) else (node,)
    filters = [part for part in parts if _is_filter(part)]
    return filters, tuple(part for part in parts if not _is_filter(part))


def _is_filter(node: Node) -> bool:
    """Whether it is made of filters alone."""
    if isinstance(node, Not):
        return _is_filter(node.node)
    if isinstance(node, And | Or):
        return all(map(_is_filter, node.nodes))
    return isinstance(node, Filter)


def _condition(database: Database, node: Node) -> tuple[str, list[object]]:
    if isinstance(node, Not):
        condition, values = _condition(database, node.node)
        return f"NOT ({condition})", values
    if isinstance(node, And | Or):
        condition, values = all_conditions(
            database, node.nodes, " AND " if isinstance(node, And) else " OR "
        )
        return f"({condition})", values
    assert isinstance(node, Filter)  # noqa: S101 - `_is_filter` chose it
    return link_condition(database, node)


def all_conditions(
    database: Database, nodes: Sequence[Node], joined: str = " AND "
) -> tuple[str, list[object]]:
    """Filters as one condition on `link`, and its values."""
    conditions, values = [], list[object]()
    for node in nodes:
        condition, bound = _condition(database, node)
        conditions.append(condition)
        values += bound
    return joined.join(conditions), values


def _where(database: Database, filters: Sequence[Node]) -> _Where:
    if not filters:
        return _Where("link_index", "1", [])
    condition, values = all_conditions(database, filters)
    return _Where("link_index CROSS JOIN link ON link.id = link_index.rowid", condition, values)


def _find_by_text(database: Database, node: And, where: _Where, page: Page) -> Found:
    text = match_text(node, tag_ids={}) or ""
    phrase = _only_phrase(node)
    if phrase and phrase.is_prefix and not phrase.tokens[-1].isascii():
        # Weighing a single character would gather the pairs that it begins twice more.
        found = _newest(database, text, where, -1)
        return Found(len(found), _by_tiers(found, _titled(database, node, where, text), page))
    end = page.offset + page.limit
    # A beginning is gathered anew by each statement, so that counting takes as long as fetching.
    enough = 1 + (MAX_WEIGHED if phrase and phrase.is_prefix else end)
    # Without an order: FTS5 takes a quarter longer for the newest first where it reads all.
    found = _some(database, text, where, enough)
    # Counting reads no rows: it takes a third of the time of fetching them all.
    total = len(found) if len(found) < enough else _count(database, text, where)
    if total > MAX_WEIGHED:
        found = _newest(database, text, where, end)
        return Found(total, _by_tiers(found, _titled(database, node, where, text), page))
    if total <= 1:
        return Found(total, best_of([(link_id, -1.0) for link_id in found], page))
    words = _only_text(node)
    if words and words.column is None and page.offset == 0 and total <= page.limit:
        return Found(total, [(link_id, 0.0) for link_id in found], is_ranked=False)
    return Found(total, best_of(_weighed(database, node, where, text), page))


def _titled(database: Database, node: And, where: _Where, text: str) -> list[int]:
    """What has all of the query, and its words in the title or the document number, newest first."""
    titles = match_titles(node)
    is_plain = all(isinstance(part, Words) and part.column is None for part in node.nodes)
    return _newest(database, titles if is_plain else f"({text}) AND {titles}", where, -1)


def _weighed(database: Database, node: And, where: _Where, text: str) -> Scored:
    """All links that have it, with their weights."""
    rows = database.rows(
        f"""
        SELECT link_index.rowid, bm25(link_index, {WEIGHTS}), bm25(link_index, {_TITLE_ALONE})
        FROM {where.tables}
        WHERE link_index MATCH ? AND {where.condition}
        """,  # noqa: S608 - our own clauses, values bound
        [text, *where.values],
    )
    if _only_text(node):
        titled = {link_id for link_id, _, in_title in rows if in_title}
    else:
        titled = set(_titled(database, node, where, text))
    nearness = match_nearness(node)
    near = set(_newest(database, f"({text}) AND {nearness}", where, -1)) if nearness else set()
    return [
        (
            link_id,
            score * (_NEAR_WORTH if link_id in near else 1)
            - (TITLE_WORTH if link_id in titled else 0),
        )
        for link_id, score, _ in rows
    ]


def _only_text(node: And) -> Words | None:
    """The text that is all there is in it; None where there is more."""
    words = node.nodes[0]
    return words if len(node.nodes) == 1 and isinstance(words, Words) else None


def _only_phrase(node: And) -> Phrase | None:
    words = _only_text(node)
    return phrase_of(words.text, whole=words.whole) if words else None


def _by_tiers(found: list[int], in_title: list[int], page: Page) -> Scored:
    """Newest first: those with all of it in their title, then the others."""
    first = set(in_title)
    others = (link_id for link_id in found if link_id not in first)
    ranked = chain(zip(in_title, repeat(-TITLE_WORTH)), zip(others, repeat(0.0)))
    return list(islice(ranked, page.offset, page.offset + page.limit))


def _newest(database: Database, text: str, where: _Where, limit: int) -> list[int]:
    return _some(database, text, where, limit, order="ORDER BY link_index.rowid DESC")


def _some(
    database: Database, text: str, where: _Where, limit: int, *, order: str = ""
) -> list[int]:
    rows = database.rows(
        f"""
        SELECT link_index.rowid
        FROM {where.tables}
        WHERE link_index MATCH ? AND {where.condition}
        {order}
        LIMIT ?
        """,  # noqa: S608 - our own clauses, values bound
        [text, *where.values, limit],
    )
    return [link_id for (link_id,) in rows]


def _count(database: Database, text: str, where: _Where) -> int:
    counted: int = database.value(
        f"SELECT count(*) FROM {where.tables} WHERE link_index MATCH ? AND {where.condition}",  # noqa: S608 - our own clauses
        [text, *where.values],
    )
    return counted


def best_of(scored: Scored, page: Page, *, digits: int = 3) -> Scored:
    """A page of what is scored, lowest first, newer first among those that weigh the same by `digits`."""
    end = page.offset + page.limit
    first = sorted(scored, key=itemgetter(1))
    # Rounding keeps the order: what weighs as much as the last one shown is all that can come before it.
    last = _rounded(first[end - 1][1], digits) if 0 < end < len(first) else math.inf
    while end < len(first) and _rounded(first[end][1], digits) <= last:
        end += 1
    ranked = sorted(first[:end], key=lambda item: (_rounded(item[1], digits), -item[0]))
    return ranked[page.offset : page.offset + page.limit]


def _rounded(score: float, digits: int) -> float:
    """So that whole hits in titles stay apart, and a page's length by a word does not."""
    titles = int(score / TITLE_WORTH) * TITLE_WORTH
    return titles + float(f"{score - titles:.{digits - 1}e}")


def _find_by_filters(database: Database, filters: Sequence[Node], page: Page) -> Found:
    condition, values = all_conditions(database, filters)
    where = f"link.trashed_at IS NULL AND {condition}"
    total = database.value(f"SELECT count(*) FROM link WHERE {where}", values)  # noqa: S608 - our own clauses
    rows = database.rows(
        f"""
        SELECT link.id, 0.0
        FROM link
        WHERE {where}
        ORDER BY link.last_captured_at DESC, link.id DESC
        LIMIT ? OFFSET ?
        """,  # noqa: S608 - our own clauses, values bound
        [*values, page.limit, page.offset],
    )
    return Found(total, rows)


def _find_by_sets(
    database: Database, node: Node, tag_ids: dict[Words, list[int]], page: Page
) -> Found:
    """Where texts, tags and links are asked for in one breath: sets of ids, joined here."""
    evaluation = _Evaluation(database, tag_ids)
    found = evaluation.links(node)
    scores = evaluation.scores(node, found)
    if len(found) > MAX_WEIGHED:
        return Found(len(found), _by_worth(found, scores, page))
    return Found(
        len(found), best_of([(link_id, scores.get(link_id, 0.0)) for link_id in found], page)
    )


def _by_worth(found: set[int], scores: dict[int, float], page: Page) -> Scored:
    """Of more than are weighed: by their few different scores, the newest of each; without one, last."""
    tiers = defaultdict[float, list[int]](list)
    for link_id, score in scores.items():
        tiers[score].append(link_id)
    tiers[0.0] += found.difference(scores)
    end = page.offset + page.limit
    ranked: Scored = []
    for score in sorted(tiers):
        newest = sorted(tiers[score], reverse=True)[: end - len(ranked)]
        ranked += zip(newest, repeat(score))
    return ranked[page.offset :]


def links_of(database: Database, node: Node, tag_ids: dict[Words, list[int]]) -> set[int]:
    """All links that have it, whatever it is made of."""
    return _Evaluation(database, tag_ids).links(node)


class _Evaluation:
    """The sets of links of one query's parts."""

    def __init__(self, database: Database, tag_ids: dict[Words, list[int]]) -> None:
        self._database = database
        self._tag_ids = tag_ids
        self._tagged = cache(self._read_tagged)

    def links(self, node: Node) -> set[int]:
        text = match_text(node, tag_ids=self._tag_ids)
        if text is not None:
            return self._matching(text)
        if isinstance(node, Words):
            return self._matching(match_words(node)) | self._tagged(node)
        if isinstance(node, Filter):
            condition, values = link_condition(self._database, node)
            return self._ids(
                f"SELECT id FROM link WHERE trashed_at IS NULL AND {condition}",  # noqa: S608 - our own clauses
                values,
            )
        if isinstance(node, Not):
            return self._all() - self.links(node.node)
        if isinstance(node, Or):
            return set().union(*map(self.links, node.nodes))
        return self._all_of(node.nodes)

    def scores(self, node: Node, found: set[int]) -> dict[int, float]:
        """Lower is better; a word in the title or among the tags before any in the text."""
        scores: dict[int, float] = {}
        words = list(dict.fromkeys(positive_words(node)))
        if words and len(found) <= MAX_WEIGHED:
            rows = self._database.rows(
                f"SELECT rowid, bm25(link_index, {WEIGHTS}) FROM link_index WHERE link_index MATCH ?",  # noqa: S608 - our own weights
                (" OR ".join(map(match_words, words)),),
            )
            scores.update((link_id, score) for link_id, score in rows if link_id in found)
        for word in words:
            for link_id in found & (self._matching(match_titles(word)) | self._tagged(word)):
                scores[link_id] = scores.get(link_id, 0.0) - TITLE_WORTH
        return scores

    def _all_of(self, nodes: Iterable[Node]) -> set[int]:
        """What is left out is taken from the others, so that it is not the whole library first."""
        wanted = [self.links(part) for part in nodes if not isinstance(part, Not)]
        found = set.intersection(*wanted) if wanted else self._all()
        for part in nodes:
            if isinstance(part, Not):
                found -= self.links(part.node)
        return found

    def _matching(self, text: str) -> set[int]:
        return self._ids("SELECT rowid FROM link_index WHERE link_index MATCH ?", [text])

    def _read_tagged(self, words: Words) -> set[int]:
        tag_ids = self._tag_ids.get(words, [])
        if not tag_ids:
            return set()
        marks = ",".join("?" * len(tag_ids))
        return self._ids(f"SELECT link_id FROM tag_reach WHERE tag_id IN ({marks})", tag_ids)  # noqa: S608 - marks only

    def _all(self) -> set[int]:
        return self._ids("SELECT id FROM link WHERE trashed_at IS NULL", [])

    def _ids(self, sql: str, values: Sequence[object]) -> set[int]:
        return {link_id for (link_id,) in self._database.rows(sql, values)}
