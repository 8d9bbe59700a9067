"""The same pages and questions put to a LIKE scan and to tantivy."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import compress
from typing import Any

from tests.bench.search_corpus import Page
from tests.bench.search_pages import PAGES
from tests.bench.table import BenchRow

from linkshot.store.search.folding import fold
from linkshot.store.search.tokens import index_text, phrase_of

SCANNED = 20
LIKE_GOAL = 50 if PAGES <= 10_000 else 200
TANTIVY_GOAL = 10


def peer_rows(
    pages: list[Page], substrings: Sequence[str], times_ms: Sequence[float]
) -> list[BenchRow]:
    """Our median against theirs, of the queries that both answer; no row of tantivy where it is not installed."""
    ours_ms = statistics.median(times_ms)
    like_ms = statistics.median(_like_ms(pages, substrings[:SCANNED]))
    rows = [
        BenchRow(
            what="query against a LIKE scan of the folded text, times faster",
            ratio=like_ms / ours_ms,
            goal=LIKE_GOAL,
            at_least=True,
            detail=f"LIKE {like_ms:.1f} ms, ours {ours_ms:.2f} ms, median, CPU time",
        )
    ]
    answered = [not _is_beginning(part) for part in substrings]
    tantivy_ms = _tantivy_ms(pages, list(compress(substrings, answered)))
    if tantivy_ms:
        median_ms = statistics.median(tantivy_ms)
        ours_ms = statistics.median(compress(times_ms, answered))
        rows.append(
            BenchRow(
                what="query against tantivy on the same pairs, times slower",
                ratio=ours_ms / median_ms,
                goal=TANTIVY_GOAL,
                detail=f"tantivy {median_ms:.2f} ms with total and 20 texts, ours {ours_ms:.2f} ms with rows and snippets too",
            )
        )
    return rows


def _like_ms(pages: list[Page], substrings: Sequence[str]) -> list[float]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE page (text TEXT)")
    connection.executemany("INSERT INTO page VALUES (?)", ((fold(page.text),) for page in pages))
    return [
        _spent_ms(
            lambda part=part: connection.execute(  # type: ignore[misc]
                "SELECT count(*) FROM page WHERE text LIKE ?", (f"%{fold(part)}%",)
            ).fetchall()
        )
        for part in substrings
    ]


def _tantivy_ms(pages: list[Page], substrings: Sequence[str]) -> list[float]:
    try:
        import tantivy
    except ImportError:
        sys.stderr.write("search: tantivy is not installed, its row is left out\n")
        return []
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="pairs")
        .add_bytes_field("page", stored=True, indexed=False)
        .build()
    )
    index = tantivy.Index(schema)
    index.register_tokenizer("pairs", analyzer)
    writer = index.writer(200_000_000, 1)
    for page in pages:
        writer.add_document(tantivy.Document(text=index_text(page.text), page=page.text.encode()))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    queries = [_tantivy_query(tantivy, schema, part) for part in substrings]
    return [
        _spent_ms(lambda query=query: _shown(searcher, query))  # type: ignore[misc]
        for query in queries
    ]


def _shown(searcher: Any, query: Any) -> list[Any]:
    """The pages of the first 20 hits; the total comes with them."""
    return [searcher.doc(address) for _, address in searcher.search(query, 20, count=True).hits]


def _is_beginning(part: str) -> bool:
    """Whether it is asked for as the beginning of a token, of which tantivy has no phrases."""
    phrase = phrase_of(part)
    return phrase is None or phrase.is_prefix


def _tantivy_query(tantivy: Any, schema: Any, part: str) -> Any:
    """A phrase, or one term."""
    phrase = phrase_of(part)
    assert phrase is not None
    if len(phrase.tokens) == 1:
        return tantivy.Query.term_query(schema, "text", phrase.tokens[0])
    return tantivy.Query.phrase_query(schema, "text", list(phrase.tokens))


def _spent_ms(call: Callable[[], object]) -> float:
    begun = time.process_time()
    call()
    return (time.process_time() - begun) * 1000
