"""The passage of a page that answers a query best, in the page's own characters."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from linkshot.store.search.folding import fold, fold_places, written_forms
from linkshot.store.search.query import Words
from linkshot.store.search.tokens import is_whole, runs_of

HIT_START, HIT_END = "\x02", "\x03"
_LENGTH = 130
_LEAD = 30
_STRIDE = 6_000
_OVERLAP = 200
_MAX_SCANNED = 300_000
# Behind these a text that has no word among them is looked through for the first one alone.
_MAX_BEHIND = 3_000_000
_FORMS_KEPT = 4_096
_GAP = r"[\W_]*"
# Latin with accents and what else folds into plain letters.
_ACCENTED = re.compile(
    "[\u00aa-\u024f\u1d00-\u1eff\u2100-\u24ff\ufb00-\ufb06\U0001d400-\U0001f1ff]"
)
# What folds and is not among `written_forms`, but for marks of full width, which part words as others do:
# a text without it shows no more when it is folded.
_RARE = re.compile(
    "[\x80-\u2013\u2015-\u2017\u201a\u201b\u201e-\u2fff\u3003-\u33ff\ua000-\uff00\uff5f-\U0001ffff\U0002f800-\U0010ffff]"
)
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
_CLAUSE_END = re.compile(r"[。！？；\n]|[.!?;]\s")


class _Hit(NamedTuple):
    start: int
    end: int
    word: int


class _Pattern(NamedTuple):
    """How a word is looked for: in the page's own characters, or (compiled when it is needed) in folded text.

    `is_plain`: the first of them misses nothing but a character's rarest forms.
    """

    written: re.Pattern[str]
    folded: str
    is_plain: bool


class Marker:
    """Finds a query's words in texts."""

    def __init__(self, words: Sequence[Words]) -> None:
        """Take the words that a hit may show."""
        self._patterns = list(dict.fromkeys(filter(None, map(_pattern, words))))
        self._found: dict[str, list[_Hit]] = {}

    def snippet(self, texts: Sequence[str]) -> str:
        """The best passage of the first text that has a hit, its hits marked.

        Without any hit, the beginning of the first text that is not empty.
        """
        for text in texts:
            hits = self._hits(text)
            if hits:
                return _marked(text, hits)
        first = next((text for text in texts if text), "")
        return _clean(first[:_LENGTH]) + ("…" if len(first) > _LENGTH else "")

    def count(self, text: str) -> int:
        """How many hits a text has."""
        if len(text) <= _STRIDE:
            return len(self._hits(text)) if text else 0
        return len(self._hits_in(text[:_MAX_SCANNED]))

    def may_be_in(self, fields: str) -> bool:
        """Might texts that are written as JSON have a hit? Wrong at times where it says so, never where not."""
        return (
            "\\" in fields
            or bool(_RARE.search(fields))
            or any(pattern.written.search(fields) for pattern in self._patterns)
        )

    def whole(self, text: str) -> str:
        """All of a short text, its hits marked; empty without any."""
        hits = self._hits(text)
        return _with_marks(text, hits, 0, len(text)) if hits else ""

    def _hits(self, text: str) -> list[_Hit]:
        """The hits up to the first stretch that has every word; what was counted is known."""
        known = self._found.get(text)
        if known is None:
            known = self._found[text] = self._look_through(text)
        return known

    def _look_through(self, text: str) -> list[_Hit]:
        if len(text) <= _STRIDE:
            return sorted(self._hits_in(text))
        found: set[_Hit] = set()
        for start in range(0, min(len(text), _MAX_SCANNED), _STRIDE):
            part = self._hits_from(text, start)
            found.update(part)
            if len({hit.word for hit in part}) == len(self._patterns):
                break
        return sorted(found or self._hits_behind(text))

    def _hits_behind(self, text: str) -> list[_Hit]:
        """The hits around the first one of a text that has none where it is scanned."""
        end = _MAX_SCANNED + _MAX_BEHIND // max(1, len(self._patterns))
        places = [pattern.written.search(text, _MAX_SCANNED, end) for pattern in self._patterns]
        starts = [place.start() for place in places if place]
        return self._hits_from(text, min(starts)) if starts else []

    def _hits_from(self, text: str, start: int) -> list[_Hit]:
        part = self._hits_in(text[start : start + _STRIDE + _OVERLAP])
        return [_Hit(start + hit.start, start + hit.end, hit.word) for hit in part]

    def _hits_in(self, part: str) -> list[_Hit]:
        """The hits in a stretch; it is folded only where that may show more of them."""
        found = [
            _Hit(*hit.span(), word)
            for word, pattern in enumerate(self._patterns)
            for hit in pattern.written.finditer(part)
        ]
        seen = {hit.word for hit in found}
        missing = [word for word in range(len(self._patterns)) if word not in seen]
        if not missing:
            return found
        is_plain = all(self._patterns[word].is_plain for word in missing)
        if found and (is_plain or not _ACCENTED.search(part)):
            return found
        return self._folded_hits(part) if _RARE.search(part) else found

    def _folded_hits(self, part: str) -> list[_Hit]:
        folded = fold(part)
        spans = [
            (*found.span(), word)
            for word, pattern in enumerate(self._patterns)
            for found in re.finditer(pattern.folded, folded)
        ]
        if not spans:
            return []
        places = fold_places(part)
        return [_Hit(places[start], places[end - 1] + 1, word) for start, end, word in spans]


def _pattern(words: Words) -> _Pattern | None:
    """A text as it may stand, with anything but words between its runs; None where it has none."""
    folded = fold(words.text)
    runs = runs_of(folded)
    if not runs:
        return None
    start = "" if runs[0].is_paired else r"(?<![0-9A-Za-z])"
    end = r"(?![0-9A-Za-z])" if is_whole(folded, runs[-1]) else ""
    written = _GAP.join("".join(map(_forms_of, run.text)) for run in runs)
    plain = _GAP.join(re.escape(run.text) for run in runs)
    return _Pattern(
        re.compile(start + written + end),
        start + plain + end,
        all(run.is_paired for run in runs),
    )


@lru_cache(_FORMS_KEPT)
def _forms_of(character: str) -> str:
    forms = written_forms().get(character, character)
    return f"[{re.escape(forms)}]" if len(forms) > 1 else re.escape(forms)


def _marked(text: str, hits: Sequence[_Hit]) -> str:
    best = _best(hits)
    start = _passage_start(text, best.start)
    end = max(min(start + _LENGTH, len(text)), best.end)
    passage = _with_marks(text, hits, start, end)
    return f"{'…' if start else ''}{passage}{'…' if end < len(text) else ''}".strip()


def _with_marks(text: str, hits: Sequence[_Hit], start: int, end: int) -> str:
    pieces = []
    at = start
    for hit in hits[bisect_left(hits, (start,)) :]:
        if hit.start >= end:
            break
        if hit.start < at or hit.end > end:
            continue
        pieces += [_clean(text[at : hit.start]), HIT_START]
        pieces += [_clean(text[hit.start : hit.end]), HIT_END]
        at = hit.end
    return "".join([*pieces, _clean(text[at:end])])


def _best(hits: Sequence[_Hit]) -> _Hit:
    """The hit from which a passage shows most different words, then most hits; the first of equals."""
    if hits[-1].end <= hits[0].start + _LENGTH:
        return hits[0]
    if all(hit.word == hits[0].word for hit in hits):
        return _densest(hits)
    best, best_worth, last = hits[0], (0, 0), 0
    words: Counter[int] = Counter()
    for index, first in enumerate(hits):
        while last < len(hits) and hits[last].end <= first.start + _LENGTH:
            words[hits[last].word] += 1
            last += 1
        worth = (len(words), last - index)
        if worth > best_worth:
            best, best_worth = first, worth
        if last <= index:  # longer than a passage by itself
            last = index + 1
            continue
        words[first.word] -= 1
        if not words[first.word]:
            del words[first.word]
    return best


def _densest(hits: Sequence[_Hit]) -> _Hit:
    """As `_best`, of hits of one word."""
    starts = [hit.start for hit in hits]
    length = _LENGTH - (hits[0].end - hits[0].start)
    reach = [bisect_right(starts, start + length) - index for index, start in enumerate(starts)]
    return hits[reach.index(max(reach))]


def _passage_start(text: str, hit_start: int) -> int:
    """Where the clause of the hit begins, if that is near; else a little before the hit."""
    start = max(0, hit_start - _LEAD)
    if start == 0:
        return 0
    ends = list(_CLAUSE_END.finditer(text, start, hit_start))
    if ends:
        return ends[-1].end()
    space = text.find(" ", start, hit_start)
    return space + 1 if space >= 0 else start


def _clean(text: str) -> str:
    return _BLANK.sub(" ", text)
