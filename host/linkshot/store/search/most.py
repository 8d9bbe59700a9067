"""The second rung: where few links or none have all of a query, those that have most of it.

The query is cut into pieces, words and pairs of characters, without looking for where a Chinese
word ends; a piece weighs the more the fewer links have it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from linkshot.store.database import Database
from linkshot.store.search.first import Page, Scored, all_conditions, best_of, filters_and_words
from linkshot.store.search.folding import fold
from linkshot.store.search.plan import match_titles, match_words
from linkshot.store.search.query import Node, Not, Words
from linkshot.store.search.tokens import runs_of

# With so many links that have all of it, the others are not asked for.
FEW = 5
_MAX_PIECES = 40
# What is read of the index: links of the rarest pieces.
_MAX_READ = 20_000
# A link is among those that have most where it has this part of what the best has.
_SHARE_OF_BEST = 0.5
_IDS_AT_ONCE = 500


class _Piece(NamedTuple):
    words: Words
    links: int
    weight: float


def find_most_of(database: Database, node: Node, page: Page) -> tuple[int, list[Words], Scored]:
    """How many links have most of the query but not all of it, its pieces, and a page of the links."""
    filters, parts = filters_and_words(node)
    words = tuple(part for part in parts if isinstance(part, Words))
    if any(not isinstance(part, Words | Not) for part in parts):
        return 0, [], []
    pieces = _weighed(database, list(dict.fromkeys(_cut(words)))[:_MAX_PIECES])
    if len(pieces) < 2:
        return 0, [], []
    scores = _scores(database, pieces)
    left_out = _left_out(database, words, [part.node for part in parts if isinstance(part, Not)])
    best = min(scores.values(), default=0.0)
    found = [
        link_id
        for link_id, score in scores.items()
        if score <= best * _SHARE_OF_BEST and link_id not in left_out
    ]
    if filters:
        found = _narrowed(database, found, filters)
    ranked = best_of([(link_id, scores[link_id]) for link_id in found], page)
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


def _weighed(database: Database, words: list[Words]) -> list[_Piece]:
    """The rarest pieces that the library has, as many as may be read."""
    links = database.value("SELECT count(*) FROM link_index_docsize")
    counted = [
        (
            database.value(
                "SELECT count(*) FROM link_index WHERE link_index MATCH ?", (match_words(word),)
            ),
            word,
        )
        for word in words
    ]
    pieces: list[_Piece] = []
    read = 0
    for count, word in sorted((item for item in counted if item[0]), key=lambda item: item[0]):
        read += count
        if read > _MAX_READ and len(pieces) >= 2:
            break
        pieces.append(_Piece(word, count, math.log((links + 1) / (count + 0.5))))
    return pieces


def _scores(database: Database, pieces: list[_Piece]) -> dict[int, float]:
    """Lower is better, as with bm25; a piece in the title counts twice."""
    scores: dict[int, float] = {}
    for piece in pieces:
        for expression in (match_words(piece.words), match_titles(piece.words)):
            rows = database.rows(
                "SELECT rowid FROM link_index WHERE link_index MATCH ? ORDER BY rowid DESC LIMIT ?",
                (expression, _MAX_READ),
            )
            for (link_id,) in rows:
                scores[link_id] = scores.get(link_id, 0.0) - piece.weight
    return scores


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
