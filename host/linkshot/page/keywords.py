"""Words that tell what a text is about: the page's own, then what the text repeats."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from operator import add

MAX_KEYWORDS = 12
_MAX_TEXT = 60_000
_MAX_HAN = 6_000
_MAX_WORD = 6
_REPEATS = 3
_VARIED = 8
_SPLIT = re.compile(r"[,，、;；|｜\n\t]+")
# What follows a figure begins with its measure word, which belongs to no word after it.
_HAN_RUN = re.compile(r"(?<![0-9])[\u4e00-\u9fff]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ\u0400-\u04ff][A-Za-zÀ-ɏ\u0400-\u04ff'’+#.-]{2,30}")
# Characters that join words rather than belong to one: a candidate neither begins nor ends with them.
_JOINING = frozenset(
    "的了是在和与及或于为以对将把被从到也都就而但并其这那有不我你他她它们之所要可能会等各上下中后前个种该此按由向让使又再更最很一二三四五六七八九十两第年月日时"
)
_COMMON = frozenset(
    """
    about after again also although among another because been before being between both could
    does doing during each even every first from have having here however into just like made
    make many might more most much must never only other over people said same should since
    some still such than that their them then there these they this those through time under
    until upon very want well were what when where which while will with within without would
    year years your you're don't it's can't new one two three use used using
    """.split()
)


def choose_keywords(declared: str, text: str, title: str, site: str) -> list[str]:
    """At most `MAX_KEYWORDS`, most telling first: those declared, then those of title and text."""
    words = [word for word in _declared(declared) if word not in (site, title)]
    # A list that is long, or the site's own on every page, tells little: take what the text bears out.
    if len(words) > 8:
        words = [word for word in words if word.lower() in f"{title}\n{text}".lower()] or words[:4]
    sample = text[:_MAX_TEXT]
    han = len("".join(_HAN.findall(sample[:4000])))
    found = (
        _han_words(sample, title) if han * 4 > len(sample[:4000]) else _latin_words(sample, title)
    )
    chosen: list[str] = []
    for word in words + found:
        if not any(word.lower() == other.lower() for other in chosen):
            chosen.append(word)
    return chosen[:MAX_KEYWORDS]


def _declared(text: str) -> list[str]:
    parts = [" ".join(part.split()) for part in _SPLIT.split(text[:2000])]
    if len(parts) == 1 and text.count(" ") >= 2 and _HAN.search(text):
        parts = text.split()
    return [part for part in dict.fromkeys(parts) if 2 <= len(part) <= 24]


def _han_words(text: str, title: str) -> list[str]:
    """Repeated runs of two to six characters that hold together and stand in varied company."""
    runs = _HAN_RUN.findall(title) * 2 + _HAN_RUN.findall(text[:_MAX_HAN])
    counts, company = _repeated("\n".join(["", *runs, ""]))
    total = max(sum(map(len, runs)), 1)
    scores = {
        gram: _han_score(gram, counts, total) * varied * (2.0 if gram in title else 1.0)
        for gram, varied in company.items()
    }
    ranked = sorted((g for g in scores if scores[g] > 0), key=lambda g: (-scores[g], g))
    return _without_parts(ranked, counts)


def _repeated(joined: str) -> tuple[Counter[str], dict[str, int]]:
    """How often characters and what repeats come; and for what may be a word, in how much company.

    `joined` has one run of characters a line. What is longer repeats only where its beginning does.
    """
    counts = Counter(joined)
    company: dict[str, int] = {}
    pairs = list(map(add, joined, joined[1:]))
    repeated = {pair for pair, n in Counter(pairs).items() if n >= _REPEATS}
    starts = [start for start, pair in enumerate(pairs) if pair in repeated]
    for size in range(2, _MAX_WORD + 1):
        places = defaultdict[str, list[int]](list)
        for start in starts:
            places[joined[start : start + size]].append(start)
        starts = []
        for gram, found in places.items():
            if len(found) >= _REPEATS and "\n" not in gram:
                starts += found
                counts[gram] = len(found)
                if gram[0] not in _JOINING and gram[-1] not in _JOINING:
                    company[gram] = _company(joined, found, size)
    return counts, company


def _company(joined: str, starts: list[int], size: int) -> int:
    """The number of different neighbours on the side that has fewer, at most `_VARIED`."""
    left = [joined[start - 1] for start in starts]
    right = [joined[start + size] for start in starts]
    return min(_different(left), _different(right), _VARIED)


def _different(neighbours: list[str]) -> int:
    """The end of a run is company of its own, a different one each time."""
    ends = neighbours.count("\n")
    return len(set(neighbours)) + max(ends - 1, 0)


def _han_score(gram: str, counts: Counter[str], total: int) -> float:
    """Frequency times cohesion: how much likelier than by chance its weakest seam is."""
    by_chance = max(counts[gram[:cut]] * counts[gram[cut:]] for cut in range(1, len(gram)))
    cohesion = math.log(max(counts[gram] * total / by_chance, 1.0))
    return math.log(counts[gram]) * cohesion * math.sqrt(len(gram))


def _without_parts(ranked: list[str], counts: Counter[str]) -> list[str]:
    chosen: list[str] = []
    for gram in ranked:
        if len(chosen) >= MAX_KEYWORDS:
            break
        overlapping = [other for other in chosen if gram in other or other in gram]
        if not any(counts[gram] < 3 * counts[other] or other in gram for other in overlapping):
            chosen.append(gram)
    return chosen


def _latin_words(text: str, title: str) -> list[str]:
    shapes: dict[str, dict[str, int]] = {}
    for raw, count in Counter(_LATIN.findall(f"{title}\n{title}\n{text}")).items():
        word = raw.rstrip(".'’-").removesuffix("'s").removesuffix("’s")
        key = word.lower()
        if len(key) > 3 and key not in _COMMON:
            written = shapes.setdefault(key, {})
            written[word] = written.get(word, 0) + count
    scores: dict[str, float] = {}
    folded = title.lower()
    for key, written in shapes.items():
        count = sum(written.values())
        if count >= 2:
            shape = max(written, key=written.__getitem__)
            named = 1.8 if shape[:1].isupper() else 1.0
            scores[shape] = count * named * min(len(key), 10) / 6 * (1.5 if key in folded else 1.0)
    return sorted(scores, key=lambda word: (-scores[word], word))[:MAX_KEYWORDS]
