"""Real pages for the benchmarks of search: the corpus's passages put together."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TEXTS = Path(__file__).parents[3] / "shared" / "corpus" / "zhtext"
PAGE_CHARACTERS = 1_400
# A page of which one page before it has so much, clause by clause, is another edition of it.
_COPIED = 0.3
_CLAUSE_END = re.compile(r"[，。；：！？、\s]+")
_CLAUSE = 8


class Page(NamedTuple):
    """One page: passages of one source after another, cut at the length of a page."""

    title: str
    text: str
    source: str


def real_pages() -> list[Page]:
    """All pages of the corpus, one from each source in turn; [] without the corpus.

    Laws stand in the corpus in several editions, and some pages of manuals do. The first of such
    pages is taken: asked for a part of both, nobody can say which of them is meant.
    """
    waiting = [_pages_of(path) for path in sorted(TEXTS.glob("*/open.jsonl.gz"))]
    pages: list[Page] = []
    copies = _Copies()
    while waiting:
        for source in list(waiting):
            page = next((page for page in source if not copies.has(page)), None)
            if page is None:
                waiting.remove(source)
            else:
                pages.append(page)
    return pages


def _pages_of(path: Path) -> Iterator[Page]:
    """A source's passages put together to pages."""
    title, text = "", ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            passage = json.loads(line)
            title = title or passage.get("title") or ""
            text += passage["text"] + "\n"
            if len(text) >= PAGE_CHARACTERS:
                yield Page(title, text[:PAGE_CHARACTERS], path.parent.name)
                title, text = "", ""


class _Copies:
    """Tells pages that one page before them has for the most part."""

    def __init__(self) -> None:
        self._where: dict[str, list[int]] = {}
        self._pages = 0

    def has(self, page: Page) -> bool:
        """Whether it is one; if not, it is remembered."""
        clauses = {clause for clause in _CLAUSE_END.split(page.text) if len(clause) >= _CLAUSE}
        had: Counter[int] = Counter()
        for clause in clauses:
            had.update(dict.fromkeys(self._where.get(clause, ()), len(clause)))
        if had and had.most_common(1)[0][1] > _COPIED * PAGE_CHARACTERS:
            return True
        for clause in clauses:
            self._where.setdefault(clause, []).append(self._pages)
        self._pages += 1
        return False
