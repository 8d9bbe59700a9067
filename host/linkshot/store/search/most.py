"""The second rung: where few links or none have all of a query, those that have most of it.

The query is cut into pieces, words and pairs of characters, without looking for where a Chinese
word ends; a piece weighs the more the fewer links have it, and in a title thrice as much. A common
one is looked for in titles alone: there it tells 山东省厂务公开条例 from 广东省厂务公开条例, in a text nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linkshot.store.database import Database
from linkshot.store.search.first import (
    Page,
    Scored,
    all_conditions,
    best_of,
    filters_and_words,
    links_of,
)
from linkshot.store.search.folding import fold
from linkshot.store.search.plan import match_words
from linkshot.store.search.query import And, Node, Not, Words
from linkshot.store.search.tokens import runs_of

# With so many links that have all of it, the others are not asked for.
FEW = 3
_MAX_PIECES = 40
# A piece on more pages than these is common.
_MAX_READ = 1_500
# In a title a piece counts so many times.
_TITLE_WORTH = 3.0
# A link is among those that have most where it has this part of what the best has.
_SHARE_OF_BEST = 0.5
# And this part of the query's pieces, of those too that no page has: one pair of eight is not most of it.
_SHARE_OF_QUERY = 0.25
_IDS_AT_ONCE = 500
# Sums of pieces say less than the weights of whole words: the newer stands first among more of them.
_DIGITS = 2


class _Piece(NamedTuple):
    """A part of the query that the library has: links that have it, none of a common one; links titled so."""

    words: Words
    links: list[int]
    titled: list[int]
    weight: float


def find_most_of(
    database: Database,
    node: Node,
    tag_ids: dict[Words, list[int]],
    page: Page,
    besides: Iterable[int] = (),
) -> tuple[int, list[Words], Scored]:
    """How many links have most of the query but not all of it, its pieces, and a page of the links.

    Those `besides` them stand above already.
    """
    filters, parts = filters_and_words(node)
    words = tuple(part for part in parts if isinstance(part, Words))
    if any(not isinstance(part, Words | Not) for part in parts):
        return 0, [], []
    cut = list(dict.fromkeys(_cut(words)))[:_MAX_PIECES]
    pieces, common = _pieces(database, cut) if len(cut) > 1 else ([], 0)
    if len(pieces) < 2:
        return 0, [], []
    asked = len(cut) - common
    scores = _scores(pieces, max(min(2, asked - 1), asked * _SHARE_OF_QUERY))
    left_out = links_of(database, And(words), tag_ids).union(besides)
    for part in parts:
        if isinstance(part, Not):
            left_out |= links_of(database, part.node, tag_ids)
    best = min(scores.values(), default=0.0)
    found = [
        link_id
        for link_id, score in scores.items()
        if score <= best * _SHARE_OF_BEST and link_id not in left_out
    ]
    if filters:
        found = _narrowed(database, found, filters)
    ranked = best_of([(link_id, scores[link_id]) for link_id in found], page, digits=_DIGITS)
    return len(found), [piece.words for piece in pieces], ranked


def _cut(words: tuple[Words, ...]) -> Iterator[Words]:
    for word in words:
        if word.quoted:
            yield word
            continue
        for run in runs_of(fold(word.text)):
            if not run.is_paired or len(run.text) <= 2:
                yield Words(run.text, word.column, quoted=not run.is_paired)
            else:
                for start in range(len(run.text) - 1):
                    yield Words(run.text[start : start + 2], word.column)


def _pieces(database: Database, cut: list[Words]) -> tuple[list[_Piece], int]:
    """The pieces that the library has, rarest first, and how many of them are common."""
    links: int = database.value("SELECT count(*) FROM link_index_docsize")
    counts = {word: _count(database, word) for word in cut}
    known = sorted((word for word in cut if counts[word]), key=counts.__getitem__)
    rare = [word for word in known if counts[word] <= _MAX_READ]
    read = rare if len(rare) >= 2 else known
    pieces = []
    for word in known:
        having = _having(database, word, _MAX_READ) if word in read else []
        titled = _titled(database, word)
        weight = math.log((links + 1) / (counts[word] + 0.5))
        pieces.append(_Piece(word, having, titled, weight))
    return pieces, len(known) - len(read)


def _count(database: Database, words: Words) -> int:
    counted: int = database.value(
        "SELECT count(*) FROM link_index WHERE link_index MATCH ?", (match_words(words),)
    )
    return counted


def _titled(database: Database, words: Words) -> list[int]:
    """The links that have it in their title, all of them: a tenth of those that have it, as a rule."""
    if words.column not in (None, "title"):
        return []
    return _having(database, Words(words.text, "title", words.quoted), -1)


def _having(database: Database, words: Words, limit: int) -> list[int]:
    """The newest links that have it."""
    rows = database.rows(
        "SELECT rowid FROM link_index WHERE link_index MATCH ? ORDER BY rowid DESC LIMIT ?",
        (match_words(words), limit),
    )
    return [link_id for (link_id,) in rows]


def _scores(pieces: list[_Piece], fewest: float) -> dict[int, float]:
    """Of the links that have at least `fewest` pieces; lower is better, as with bm25."""
    scores: defaultdict[int, float] = defaultdict(float)
    counts: defaultdict[int, int] = defaultdict(int)
    for _, links, titled, weight in pieces:
        in_title = set(titled)
        for link_id in links:
            counts[link_id] += 1
            scores[link_id] -= weight * _TITLE_WORTH if link_id in in_title else weight
        for link_id in in_title.difference(links):
            counts[link_id] += 1
            scores[link_id] -= weight * _TITLE_WORTH
    return {link_id: score for link_id, score in scores.items() if counts[link_id] >= fewest}


def _narrowed(database: Database, link_ids: list[int], filters: list[Node]) -> list[int]:
    condition, values = all_conditions(database, filters)
    found: list[int] = []
    for start in range(0, len(link_ids), _IDS_AT_ONCE):
        part = link_ids[start : start + _IDS_AT_ONCE]
        marks = ",".join("?" * len(part))
        rows = database.rows(
            f"SELECT link.id FROM link WHERE link.id IN ({marks}) AND {condition}",  # noqa: S608 - marks and our own clauses
            [*part, *values],
        )
        found += [link_id for (link_id,) in rows]
    return found
