"""Pages beyond those that the corpus has, written by a chain over its own words.

Each character (of Latin, each word) is one that somewhere in the same source follows the two before it;
now and then a page repeats a phrase of its own, as pages do. So no passage of the corpus stands on
several pages, and a known page stays the one that has what is asked.

It has to cost the index what real text costs. Of 2,000 real and 2,000 made pages of a source:

| made against real | technical prose | histories in modern Chinese | laws |
|---|---|---|---|
| different terms a page | 0.99 | 0.97 | 1.24 |
| in a hundred pages together | 0.98 | 0.95 | 1.17 |
| in all 2,000 | 0.96 | 0.88 | 1.25 |
| pages with the 100th, the 1,000th commonest term | 1.07, 0.98 | 1.11, 0.97 | 1.14, 1.31 |
| terms on one page alone | 0.46 of them (0.50 real) | 0.51 (0.59) | 0.49 (0.45) |

So common words have lists at least as long as in real text, and laws, which repeat themselves more than
the chain does, are harder than they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from tests.bench.search_corpus import PAGE_CHARACTERS, Page

from linkshot.store.search.tokens import runs_of

_AT_ONCE = 4_000
# A page begins to repeat itself behind so many words; how long a phrase is, and how often.
_OPENING = 40
_PHRASE = 5
_AGAIN = 0.065
_LATIN = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
_MAX_TITLE = 40


class _Chain(NamedTuple):
    """A source's text as numbers of words; behind each place the places that go on as it does."""

    words: list[str]
    lengths: np.ndarray
    text: np.ndarray
    pair: np.ndarray
    places: np.ndarray
    first: np.ndarray
    count: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Chain:
        numbers: dict[str, int] = {}
        text = np.concatenate(
            [
                np.fromiter(
                    (numbers.setdefault(word, len(numbers)) for word in _LATIN.findall(part)),
                    dtype=np.int64,
                )
                for part in texts
            ]
        )
        pairs = np.roll(text, 1) * len(numbers) + text
        _, pair, count = np.unique(pairs, return_inverse=True, return_counts=True)
        lengths = np.array([len(word) for word in numbers])
        return cls(
            words=list(numbers),
            lengths=lengths,
            text=text,
            pair=pair,
            places=np.argsort(pair, kind="stable"),
            first=np.cumsum(count) - count,
            count=count,
        )

    def after(self, at: np.ndarray, chance: np.random.Generator) -> np.ndarray:
        """For each place the one behind a place with the same two words."""
        pair = self.pair[at]
        chosen = (chance.random(len(at)) * self.count[pair]).astype(np.int64)
        return (self.places[self.first[pair] + chosen] + 1) % len(self.text)

    def written(self, places: np.ndarray) -> list[str]:
        """The words at the places, a text a row."""
        rows = self.text[places].tolist()
        return ["".join(map(self.words.__getitem__, row)) for row in rows]


def filler_pages(real: Sequence[Page], count: int) -> Iterator[Page]:
    """`count` pages, of each source as many as its share of the real ones, source by source."""
    chance = np.random.default_rng(3)
    sources = list(dict.fromkeys(page.source for page in real))
    done = 0
    made = 0
    for source in sources:
        pages = [page for page in real if page.source == source]
        done += len(pages)
        wanted = count * done // len(real) - made
        made += wanted
        texts = _texts([page.text for page in pages], wanted, chance)
        for title, text in zip(_titles(pages, wanted, chance), texts, strict=True):
            yield Page(title, text, "")


def _texts(real: Sequence[str], count: int, chance: np.random.Generator) -> Iterator[str]:
    chain = _Chain.of(real)
    for start in range(0, count, _AT_ONCE):
        places = _walk(chain, min(_AT_ONCE, count - start), chance)
        yield from (text[:PAGE_CHARACTERS] for text in chain.written(places))


def _walk(chain: _Chain, pages: int, chance: np.random.Generator) -> np.ndarray:
    """The places that so many pages are written from, a page a row."""
    row = np.arange(pages)
    at = chance.integers(0, len(chain.text), pages)
    walked = np.empty((PAGE_CHARACTERS, pages), dtype=np.int32)
    length = np.zeros(pages, dtype=np.int64)
    source, left = np.zeros(pages, dtype=np.int64), np.zeros(pages, dtype=np.int64)
    step = 0
    while length.min() < PAGE_CHARACTERS:
        at = chain.after(at, chance)
        if step > _OPENING:
            begins = (left == 0) & (chance.random(pages) < _AGAIN)
            left[begins] = _PHRASE
            source[begins] = chance.integers(0, step - _PHRASE, begins.sum())
            repeats = left > 0
            at = np.where(repeats, walked[source, row], at)
            source += repeats
            left -= repeats
        walked[step] = at
        length += chain.lengths[chain.text[at]]
        step += 1
    return walked[:step].T


def _titles(real: Sequence[Page], count: int, chance: np.random.Generator) -> Iterator[str]:
    """Titles that no real page has, by the same kind of chain."""
    known = {page.title for page in real}
    chain = _Chain.of([page.title + "\n" for page in real])
    ends = np.flatnonzero(chain.text == chain.words.index("\n"))
    made = 0
    while made < count:
        at = ends[chance.integers(0, len(ends), _AT_ONCE)]
        walked = []
        for _ in range(_MAX_TITLE):
            at = chain.after(at, chance)
            walked.append(at)
        for title in chain.written(np.array(walked).T):
            title = title.strip().partition("\n")[0]
            if title not in known and runs_of(title) and made < count:
                made += 1
                yield title
