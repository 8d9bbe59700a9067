"""Pages and questions for the benchmarks of search, made from real Chinese and English text."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import NamedTuple

from tests.bench.search_corpus import Page, real_pages
from tests.bench.search_filler import filler_pages

from linkshot.page.keywords import choose_keywords
from linkshot.store.search.tokens import runs_of

PAGES = int(os.environ.get("LINKSHOT_BENCH_PAGES", "10000"))
QUERIES = 200
KNOWN_ITEMS = 100
_ASKED = ("请问{}是怎么规定的？", "{}有哪些要求", "我想知道{}的内容", "关于{}，应该怎么办？")


class KnownItem(NamedTuple):
    """A query that somebody may type who means this page."""

    query: str
    title: str


def mixed_pages(count: int) -> list[Page]:
    """`count` pages, a page from each source in turn; [] without the corpus.

    Where that does not suffice, the rest are written by `search_filler`, and all stand in any order.
    """
    real = real_pages()[:count]
    if not real or len(real) == count:
        return real
    pages = [*real, *filler_pages(real, count - len(real))]
    return random.Random(3).sample(pages, count)


def chosen_substrings(pages: list[Page]) -> list[str]:
    """Literal parts of one to eight characters of Chinese."""
    chance = random.Random(5)
    return [chosen_part(chance.choice(pages), chance.randint(1, 8), chance) for _ in range(QUERIES)]


def chosen_part(page: Page, length: int, chance: random.Random) -> str:
    """So many characters of Chinese side by side; of the title where the text has none."""
    for _ in range(1_000):
        start = chance.randrange(len(page.text) - length)
        part = page.text[start : start + length]
        if not part.isascii() and all(run.is_paired for run in runs_of(part)) and part.isalnum():
            return part
    return page.title[:length]


def known_items(pages: list[Page], count: Callable[[str], int]) -> dict[str, list[KnownItem]]:
    """Queries by kind, each for a real page of a title that what is asked tells from all others.

    `count` says how many pages have a word.
    """
    chance = random.Random(7)
    titles = {page.title for page in pages}
    real = [page for page in pages if page.source]
    kinds: dict[str, list[KnownItem]] = {}
    for page in chance.sample(real, len(real)):
        words = _title_words(page.title)
        kept = words[: len(words) - len(words) // 3]
        if len(words) < 4 or sum(all(word in title for word in kept) for title in titles) > 1:
            continue
        for kind, query in _queries(page, kept, count, chance).items():
            if query:
                kinds.setdefault(kind, []).append(KnownItem(query, page.title))
        if len(kinds["title"]) == KNOWN_ITEMS:
            break
    return kinds


def _queries(
    page: Page, kept: list[str], count: Callable[[str], int], chance: random.Random
) -> dict[str, str]:
    keywords = choose_keywords("", page.text, page.title, "")
    worth = {word: page.text.count(word) / (count(word) + 1) for word in keywords}
    telling = sorted(keywords, key=lambda word: -worth[word])[:3]
    shuffled = chance.sample(kept, len(kept))
    return {
        "title": page.title,
        "eight characters of the text": chosen_part(page, 8, chance),
        "three keywords": " ".join(telling) if len(telling) == 3 else "",
        "title words shuffled, a third left out": _joined(shuffled),
        "a question around title words": chance.choice(_ASKED).format(_joined(kept)),
    }


def _joined(words: list[str]) -> str:
    """Chinese as it is written, words of Latin apart."""
    return "".join(word if not word.isascii() else f" {word} " for word in words).strip()


def _title_words(title: str) -> list[str]:
    """Words of Latin, pairs of Chinese side by side."""
    words: list[str] = []
    for run in runs_of(title):
        if run.is_paired:
            words += [run.text[at : at + 2] for at in range(0, len(run.text), 2)]
        else:
            words.append(run.text)
    return words
