"""Pages and questions for the benchmarks of search, made from real Chinese and English text."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from linkshot.page.keywords import choose_keywords
from linkshot.store.search.tokens import runs_of

TEXTS = Path(__file__).parents[3] / "shared" / "corpus" / "zhtext"
PAGES = int(os.environ.get("LINKSHOT_BENCH_PAGES", "10000"))
PAGE_CHARACTERS = 1_400
QUERIES = 200
KNOWN_ITEMS = 100
_BITS = 4
_ASKED = ("请问{}是怎么规定的？", "{}有哪些要求", "我想知道{}的内容", "关于{}，应该怎么办？")


class Page(NamedTuple):
    """One made page: passages of one source after another, cut at the length of a page."""

    title: str
    text: str


class KnownItem(NamedTuple):
    """A query that somebody may type who means this page."""

    query: str
    title: str


def mixed_pages(count: int) -> list[Page]:
    """`count` pages, a page from each source in turn; [] without the corpus.

    Where the text does not suffice, further pages are put together of quarters of those there are.
    """
    waiting = [_pages_of(path) for path in sorted(TEXTS.glob("*/open.jsonl.gz"))]
    pages: list[Page] = []
    while waiting and len(pages) < count:
        for source in list(waiting):
            page = next(source, None)
            if page is None:
                waiting.remove(source)
            else:
                pages.append(page)
    pages = pages[:count]
    return pages + list(_mixed_anew(pages, count - len(pages))) if pages else []


def _pages_of(path: Path) -> Iterator[Page]:
    """A source's passages put together to pages."""
    title, text = "", ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            passage = json.loads(line)
            title = title or passage.get("title") or ""
            text += passage["text"] + "\n"
            if len(text) >= PAGE_CHARACTERS:
                yield Page(title, text[:PAGE_CHARACTERS])
                title, text = "", ""


def _mixed_anew(pages: list[Page], count: int) -> Iterator[Page]:
    chance = random.Random(3)
    length = PAGE_CHARACTERS // _BITS
    for _ in range(count):
        chosen = chance.sample(pages, _BITS)
        bits = [
            page.text[place * length : (place + 1) * length] for place, page in enumerate(chosen)
        ]
        yield Page(chosen[0].title, "".join(bits))


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
    """Queries by kind, each for a page of a title that what is asked tells from all others.

    `count` says how many pages have a word.
    """
    chance = random.Random(7)
    titles = {page.title for page in pages}
    kinds: dict[str, list[KnownItem]] = {}
    for page in chance.sample(pages, len(pages)):
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
        "three keywords": " ".join(telling),
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
