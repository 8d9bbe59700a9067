"""One search: the tree of the query, its hits in order, the page's own words around them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.moments import from_micros
from linkshot.store.reading_rows import unpacked_text
from linkshot.store.records import SearchHit, SearchResult
from linkshot.store.search.plan import (
    link_condition,
    match_text,
    match_words,
    positive_words,
    tags_named,
    without_empty,
)
from linkshot.store.search.query import And, Filter, Node, Not, Or, Words, parse_query
from linkshot.store.search.snippets import Marker
from linkshot.store.tag_rows import tags_of

# title, text, url, note, doc, office, extra
_WEIGHTS = "10.0, 1.0, 2.0, 4.0, 8.0, 4.0, 4.0"
_TAG_SCORE = 8.0

_Scored = list[tuple[int, float]]


class _Page(NamedTuple):
    limit: int
    offset: int


def run_search(library: Library, query: str, *, limit: int, offset: int, tag: str) -> SearchResult:
    """What `search` answers."""
    started = time.perf_counter()
    parsed = parse_query(query)
    node = without_empty(parsed.node) if parsed.node else None
    if node is None:
        return SearchResult(total=0, took_ms=_ms_since(started), hits=[], read_as=parsed.read_as)
    asked = And((node, Filter("tag", tag))) if tag else node
    database = library.database
    total, scored = _find(database, asked, _Page(limit, offset))
    hits = _hits(database, scored, list(positive_words(node)))
    return SearchResult(total=total, took_ms=_ms_since(started), hits=hits, read_as=parsed.read_as)


def _find(database: Database, node: Node, page: _Page) -> tuple[int, _Scored]:
    tag_ids = tags_named(database, node)
    parts = node.nodes if isinstance(node, And) else (node,)
    filters = [part for part in parts if _is_filter(part)]
    words = tuple(part for part in parts if not _is_filter(part))
    text = match_text(And(words), tag_ids=tag_ids) if words else None
    if text is not None:
        return _find_by_text(database, text, filters, page)
    if not words:
        return _find_by_filters(database, filters, page)
    return _find_by_sets(database, node, tag_ids, page)


def _is_filter(node: Node) -> bool:
    return isinstance(node, Filter) or (isinstance(node, Not) and isinstance(node.node, Filter))


def _condition(database: Database, node: Node) -> tuple[str, list[object]]:
    if isinstance(node, Not):
        condition, values = _condition(database, node.node)
        return f"NOT ({condition})", values
    assert isinstance(node, Filter)  # noqa: S101 - `_is_filter` chose it
    return link_condition(database, node)


def _conditions(database: Database, nodes: Sequence[Node]) -> tuple[str, list[object]]:
    conditions, values = [], list[object]()
    for node in nodes:
        condition, bound = _condition(database, node)
        conditions.append(condition)
        values += bound
    return " AND ".join(conditions), values


def _find_by_text(
    database: Database, text: str, filters: Sequence[Node], page: _Page
) -> tuple[int, _Scored]:
    tables, where, values = "link_index", "link_index MATCH ?", list[object]([text])
    if filters:
        condition, bound = _conditions(database, filters)
        tables = "link_index CROSS JOIN link ON link.id = link_index.rowid"
        where, values = f"{where} AND {condition}", [*values, *bound]
    total = database.value(f"SELECT count(*) FROM {tables} WHERE {where}", values)  # noqa: S608 - our own clauses
    rows = database.rows(
        f"""
        SELECT link_index.rowid, bm25(link_index, {_WEIGHTS}) AS score
        FROM {tables}
        WHERE {where}
        ORDER BY score, link_index.rowid DESC
        LIMIT ? OFFSET ?
        """,  # noqa: S608 - our own clauses, values bound
        [*values, page.limit, page.offset],
    )
    return total, rows


def _find_by_filters(
    database: Database, filters: Sequence[Node], page: _Page
) -> tuple[int, _Scored]:
    condition, values = _conditions(database, filters)
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
    return total, rows


def _find_by_sets(
    database: Database, node: Node, tag_ids: dict[Words, list[int]], page: _Page
) -> tuple[int, _Scored]:
    """Where texts, tags and links are asked for in one breath: sets of ids, joined here."""
    evaluation = _Evaluation(database, tag_ids)
    found = evaluation.links(node)
    scores = evaluation.scores(node)
    ranked = sorted(found, key=lambda link_id: (scores.get(link_id, 0.0), -link_id))
    part = ranked[page.offset : page.offset + page.limit]
    return len(found), [(link_id, scores.get(link_id, 0.0)) for link_id in part]


class _Evaluation:
    """The sets of links of one query's parts."""

    def __init__(self, database: Database, tag_ids: dict[Words, list[int]]) -> None:
        self._database = database
        self._tag_ids = tag_ids

    def links(self, node: Node) -> set[int]:
        text = match_text(node, tag_ids=self._tag_ids)
        if text is not None:
            return self._ids("SELECT rowid FROM link_index WHERE link_index MATCH ?", [text])
        if isinstance(node, Words):
            found = self._ids(
                "SELECT rowid FROM link_index WHERE link_index MATCH ?", [match_words(node)]
            )
            return found | self._tagged(node)
        if isinstance(node, Filter):
            condition, values = link_condition(self._database, node)
            return self._ids(
                f"SELECT id FROM link WHERE trashed_at IS NULL AND {condition}",  # noqa: S608 - our own clauses
                values,
            )
        if isinstance(node, Not):
            return self._all() - self.links(node.node)
        sets = [self.links(part) for part in node.nodes]
        return set.union(*sets) if isinstance(node, Or) else set.intersection(*sets)

    def scores(self, node: Node) -> dict[int, float]:
        """Lower is better, as with bm25; a tag counts as much as a good title."""
        words = list(dict.fromkeys(positive_words(node)))
        if not words:
            return {}
        rows = self._database.rows(
            f"SELECT rowid, bm25(link_index, {_WEIGHTS}) FROM link_index WHERE link_index MATCH ?",  # noqa: S608 - our own weights
            (" OR ".join(map(match_words, words)),),
        )
        scores: dict[int, float] = dict(rows)
        for word in words:
            for link_id in self._tagged(word):
                scores[link_id] = scores.get(link_id, 0.0) - _TAG_SCORE
        return scores

    def _tagged(self, words: Words) -> set[int]:
        tag_ids = self._tag_ids.get(words, [])
        if not tag_ids:
            return set()
        marks = ",".join("?" * len(tag_ids))
        return self._ids(f"SELECT link_id FROM tag_reach WHERE tag_id IN ({marks})", tag_ids)  # noqa: S608 - marks only

    def _all(self) -> set[int]:
        return self._ids("SELECT id FROM link WHERE trashed_at IS NULL", [])

    def _ids(self, sql: str, values: Sequence[object]) -> set[int]:
        return {link_id for (link_id,) in self._database.rows(sql, values)}


def _hits(database: Database, scored: _Scored, words: Sequence[Words]) -> list[SearchHit]:
    link_ids = [link_id for link_id, _ in scored]
    rows = _link_rows(database, link_ids)
    tags = tags_of(database, link_ids)
    marker = Marker(words)
    return [
        _hit(rows[link_id], tags[link_id], score, marker)
        for link_id, score in scored
        if link_id in rows
    ]


def _link_rows(database: Database, link_ids: Sequence[int]) -> dict[int, Sequence[Any]]:
    marks = ",".join("?" * len(link_ids))
    rows = database.rows(
        f"""
        SELECT link.id, link.last_snapshot_id, link.url, link.title, link.site, link.starred,
            link.last_captured_at, link.note, reading.text, thumbnail.sha256
        FROM link
        LEFT JOIN indexed ON indexed.link_id = link.id
        LEFT JOIN reading ON reading.tree_id = indexed.tree_id
        LEFT JOIN snapshot ON snapshot.id = link.last_snapshot_id
        LEFT JOIN blob AS thumbnail ON thumbnail.id = snapshot.thumbnail_blob_id
        WHERE link.id IN ({marks})
        """,  # noqa: S608 - marks only
        link_ids,
    )
    return {row[0]: row for row in rows}


def _hit(row: Sequence[Any], tags: list[str], score: float, marker: Marker) -> SearchHit:
    text = unpacked_text(row[8]) if row[8] else ""
    return SearchHit(
        link_id=row[0],
        snapshot_id=row[1],
        url=row[2],
        title=row[3],
        tags=tags,
        snippet=marker.snippet([text, row[7], row[3]]),
        score=round(-score, 4),
        site=row[4],
        starred=bool(row[5]),
        last_captured_at=from_micros(row[6]),
        thumbnail=bytes(row[9]).hex() if row[9] else None,
    )


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
