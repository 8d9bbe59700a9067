"""The second rung: where few links or none have all of a query, those that have most of it.

The query is cut into pieces, words and pairs of characters, without looking for where a Chinese
word ends; a piece weighs the more the fewer links have it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from linkshot.store.database import Database
from linkshot.store.search.first import Page, Scored, all_conditions, best_of, filters_and_words
from linkshot.store.search.folding import fold
from linkshot.store.search.plan import match_words
from linkshot.store.search.query import Node, Not, Words
from linkshot.store.search.tokens import runs_of

# With so many links that have all of it, the others are not asked for.
FEW = 3
_MAX_PIECES = 40
# A piece on so many pages tells little; so many of its links are read at most.
_MAX_READ = 1_500
# So many of the best are looked at for their titles.
_MAX_TITLES = 300
_SHORT_TITLE = 10
# A link is among those that have most where it has this part of what the best has.
_SHARE_OF_BEST = 0.5
# And this part of the query's pieces, of those too that no page has: one pair of eight is not most of it.
_SHARE_OF_QUERY = 0.25
_IDS_AT_ONCE = 500
# Sums of pieces say less than the weights of whole words: the newer stands first among more of them.
_best = partial(best_of, digits=2)


class _Piece(NamedTuple):
    words: Words
    folded: str
    links: list[int]
    weight: float


def find_most_of(
    database: Database, node: Node, page: Page, *, some_have_all: bool, besides: Iterable[int] = ()
) -> tuple[int, list[Words], Scored]:
    """How many links have most of the query but not all of it, its pieces, and a page of the links.

    Those `besides` them stand above already.
    """
    filters, parts = filters_and_words(node)
    words = tuple(part for part in parts if isinstance(part, Words))
    if any(not isinstance(part, Words | Not) for part in parts):
        return 0, [], []
    cut = list(dict.fromkeys(_cut(words)))[:_MAX_PIECES]
    pieces, common = _weighed(database, cut) if len(cut) > 1 else ([], 0)
    if len(pieces) < 2:
        return 0, [], []
    asked = len(cut) - common
    scores = _scores(pieces, min(2, asked - 1), asked * _SHARE_OF_QUERY)
    left_out = _left_out(
        database,
        words if some_have_all else (),
        [part.node for part in parts if isinstance(part, Not)],
    )
    left_out.update(besides)
    best = min(scores.values(), default=0.0)
    found = [
        link_id
        for link_id, score in scores.items()
        if score <= best * _SHARE_OF_BEST and link_id not in left_out
    ]
    if filters:
        found = _narrowed(database, found, filters)
    ranked = _best([(link_id, scores[link_id]) for link_id in found], Page(_MAX_TITLES, 0))
    with_titles = _with_titles(database, ranked, pieces)
    if page.offset + page.limit <= len(ranked):
        ranked = _best(with_titles, page)
    else:
        rest = [(link_id, scores[link_id]) for link_id in found]
        after = _best(rest, Page(len(rest), _MAX_TITLES))
        ranked = _best(with_titles, Page(_MAX_TITLES, 0)) + after
        ranked = ranked[page.offset : page.offset + page.limit]
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


def _weighed(database: Database, words: list[Words]) -> tuple[list[_Piece], int]:
    """The pieces that the library has, rarest first, and how many are left out as common."""
    links: int = database.value("SELECT count(*) FROM link_index_docsize")
    pieces: list[_Piece] = []
    for word in words:
        rows = database.rows(
            "SELECT rowid FROM link_index WHERE link_index MATCH ? ORDER BY rowid DESC LIMIT ?",
            (match_words(word), _MAX_READ),
        )
        if rows:
            weight = math.log((links + 1) / (len(rows) + 0.5))
            pieces.append(_Piece(word, fold(word.text), [link_id for (link_id,) in rows], weight))
    rare = [piece for piece in pieces if len(piece.links) < _MAX_READ]
    telling = rare if len(rare) >= 2 else pieces
    return sorted(telling, key=lambda piece: len(piece.links)), len(pieces) - len(telling)


def _scores(pieces: list[_Piece], fewest: int, share: float) -> dict[int, float]:
    """Of the links that have at least `fewest` pieces and `share`; lower is better, as with bm25."""
    scores: defaultdict[int, float] = defaultdict(float)
    counts: defaultdict[int, int] = defaultdict(int)
    for piece in pieces:
        for link_id in piece.links:
            scores[link_id] -= piece.weight
            counts[link_id] += 1
    needed = max(fewest, share)
    return {link_id: score for link_id, score in scores.items() if counts[link_id] >= needed}


def _with_titles(database: Database, ranked: Scored, pieces: list[_Piece]) -> Scored:
    """The scores again: a piece in the title counts twice, and a little more in a short one."""
    marks = ",".join("?" * len(ranked))
    titles = dict(
        database.rows(
            f"SELECT id, title FROM link WHERE id IN ({marks})",  # noqa: S608 - marks only
            [link_id for link_id, _ in ranked],
        )
    )
    scored: Scored = []
    for link_id, score in ranked:
        title = fold(titles[link_id])
        weight = sum(piece.weight for piece in pieces if piece.folded in title)
        scored.append((link_id, score - weight * (1 + _SHORT_TITLE / (_SHORT_TITLE + len(title)))))
    return scored


def _left_out(database: Database, words: tuple[Words, ...], unwanted: list[Node]) -> set[int]:
    """Links that have all of it, which stand above, and those that have what must not be there."""
    found: set[int] = set()
    expressions = [" AND ".join(map(match_words, words))] if words else []
    expressions += [match_words(node) for node in unwanted if isinstance(node, Words)]
    for expression in expressions:
        rows = database.rows("SELECT rowid FROM link_index WHERE link_index MATCH ?", (expression,))
        found.update(link_id for (link_id,) in rows)
    return found


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
