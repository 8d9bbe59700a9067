from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkshot.store.library import Library
from linkshot.store.search import search
from linkshot.store.search.first import Page, best_of
from linkshot.store.search.folding import fold
from linkshot.store.search.tokens import runs_of

from .pages import keep_text

# Fewer examples than usual: each one is a page kept and read.
SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CHINESE = st.text(
    "中国人民共和乡村振兴发展规划，。（）〔〕2021第号國發AIai +#*年\n", min_size=1, max_size=30
)


@pytest.fixture(scope="module")
def shared() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        yield library


def starts_inside_a_word(text: str, start: int) -> bool:
    """Whether a cut here parts a Latin word: those are found from their beginning on."""
    return start > 0 and any(
        not run.is_paired and run.start < len(fold(text[:start])) < run.end
        for run in runs_of(fold(text))
    )


@SLOW
@given(text=st.one_of(CHINESE, st.text(max_size=30)), data=st.data())
def test_every_part_of_a_text_is_found(shared: Library, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    part = text[start : start + data.draw(st.integers(1, 8))].replace('"', "")
    if not runs_of(fold(part)) or starts_inside_a_word(text, start) or '"' in text:
        return
    link_id = keep_text(shared, text)
    found = search(shared, f'"{part}"', limit=10_000)
    assert link_id in {hit.link_id for hit in found.hits}
    assert found.total == len(found.hits)


@settings(max_examples=150, deadline=None)
@given(
    query=st.one_of(st.text(max_size=40), st.text('ab中国"()-:|OR 。“”（）：*^{}+tag', max_size=30))
)
def test_any_text_is_a_safe_query(shared: Library, query: str) -> None:
    found = search(shared, query)
    assert sum(hit.has_all for hit in found.hits) == min(found.total, 20)
    assert len(found.hits) == min(found.total + found.most, 20)


@given(
    scores=st.lists(
        st.sampled_from([0.0, -1.23, -1.2349, -1.24, -9.96, -10.1, -101.2, -101.3]), max_size=40
    ),
    offset=st.integers(0, 10),
    limit=st.integers(0, 20),
)
def test_page_of_the_best_is_part_of_all_in_order(
    scores: list[float], offset: int, limit: int
) -> None:
    scored = list(enumerate(scores))
    in_order = best_of(scored, Page(limit=len(scored), offset=0))
    assert best_of(scored, Page(limit, offset)) == in_order[offset : offset + limit]
