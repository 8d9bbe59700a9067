"""Folded text cut into index tokens.

Latin and numeric runs are words. Scripts written without spaces are cut into overlapping pairs,
with the last character of a run by itself: 中国人 gives 中国, 国人, 人. A run asked for is a phrase of
its pairs, a single character the prefix of the pairs it begins. The commonest characters begin
too many pairs for that: which of them a text has is listed behind it, each as a token of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from linkshot.store.search.folding import fold

# Han with its marks, Kana, Hangul, Bopomofo, Yi, Thai, Lao, Tibetan, Myanmar, Khmer.
_PAIRED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u30ff\u3105-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\u0e01-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# A word longer than this is no word; the index keeps its beginning.
MAX_WORD = 64
# A token that no text yields; behind a character, it makes the token that lists it.
_APART = "\u00b7"
# The characters that begin most pairs of today's Chinese, laws and older prose among it, and what
# Latin words begin with: well over half of what is written.
_COMMON_HAN = (
    "一七三上下不与业个中为主之也了事二于五交产人从他代令以们件任会位体作你使例供依保信元入全"
    "公六共关其内军准出分划利到制前加务动化区十单县及发取可合同名后向告员和品四因国在地城处外"
    "多大天如委子学它安定实审家对将小就山工已市常年并应府建开当得性情意成我或所护报按据接提收"
    "改政数文新方施日时明是月有服期未本机权条来构果查标案检正此民水求法然照物王现理生用由百的"
    "监相着知程立第等管级组经统置者而职能自营行表被要规计议设证说请责资起过运还这进违通道部都"
    "里重门院面项高"
)
_COMMON_SET = frozenset(_COMMON_HAN)
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LISTED = _LETTERS | _COMMON_SET
# Two characters and a space.
_PAIR_WIDTH = 3


class Run(NamedTuple):
    """A run of folded text, and where it starts and ends there."""

    text: str
    start: int
    end: int
    is_paired: bool


@cache
def _run_or_word() -> re.Pattern[str]:
    """One pattern for all, made when it is first needed: so large a set of characters takes 4 ms."""
    return re.compile(f"([{_PAIRED}]+)|([^\\W_{_PAIRED}]+)")


def runs_of(folded: str) -> list[Run]:
    """The runs of folded text that are indexed, in order."""
    return [
        Run(found[0], found.start(), found.end(), found[1] is not None)
        for found in _run_or_word().finditer(folded)
    ]


def index_text(text: str) -> str:
    """The tokens of a text as the index takes them: parted by spaces."""
    if not text:
        return ""
    folded = fold(text)
    found = _run_or_word().findall(folded)
    pairs = _pairs_of("".join([run for run, _ in found]))
    parts: list[str] = []
    starts = set[str]()
    at = 0
    for run, word in found:
        if run:
            # Without its last pair, which reaches into the next run.
            end = at + _PAIR_WIDTH * len(run)
            parts.append(pairs[at : end - _PAIR_WIDTH] + run[-1])
            at = end
        else:
            parts.append(word[:MAX_WORD])
            starts.add(word[0])
    # Always in the same order: a contentless index is told a text again when it is to forget it.
    listed = [*_common_in(folded), *sorted(starts & _LETTERS)]
    if listed:
        parts.append(_APART)
        parts.append(f"{_APART} ".join(listed) + _APART)
    return " ".join(parts)


def _pairs_of(text: str) -> str:
    """Each character, the one behind it and a space; two spaces behind the last.

    In UTF-32 a character is one number, and numbers are copied three places apart: eight times as
    fast as joining characters.
    """
    characters = memoryview(text.encode("utf-32-le", "surrogatepass")).cast("I")
    pairs = memoryview(bytearray(" ".encode("utf-32-le") * (_PAIR_WIDTH * len(text)))).cast("I")
    pairs[::_PAIR_WIDTH] = characters
    pairs[1:-_PAIR_WIDTH:_PAIR_WIDTH] = characters[1:]
    return str(pairs, "utf-32-le", "surrogatepass")


def _common_in(folded: str) -> list[str]:
    if len(folded) > len(_COMMON_HAN):
        return [character for character in _COMMON_HAN if character in folded]
    return sorted(_COMMON_SET.intersection(folded))


def index_parts(parts: Iterable[str]) -> str:
    """The tokens of several texts; no phrase reaches from one into the next."""
    return f" {_APART} ".join(map(index_text, parts))


class Phrase(NamedTuple):
    """Tokens that stand side by side; the last one may be only a beginning."""

    tokens: tuple[str, ...]
    is_prefix: bool


# A search asks for the same few words many times over.
@lru_cache(maxsize=256)
def phrase_of(text: str, *, listed: bool = True, whole: bool = False) -> Phrase | None:
    """The phrase that finds `text` wherever it stands; None where nothing in it is indexed.

    Its last run is a beginning: of a longer word, unless it is to be `whole`, or (a single
    character) of a pair. What is `listed` asks for a common character by its entry in the list
    behind the text.
    """
    folded = fold(text)
    runs = runs_of(folded)
    if not runs:
        return None
    last = runs[-1]
    has_end = is_whole(folded, last) or (whole and not last.is_paired)
    if listed and len(runs) == 1 and last.text in _LISTED and not has_end:
        return Phrase((last.text + _APART,), is_prefix=False)
    tokens: list[str] = []
    for run in runs:
        if run.is_paired:
            tokens.extend(map(str.__add__, run.text, run.text[1:]))
            tokens.append(run.text[-1])
        else:
            tokens.append(run.text[:MAX_WORD])
    if last.is_paired and len(last.text) > 1:
        return Phrase(tuple(tokens[:-1]), is_prefix=False)
    return Phrase(tuple(tokens), is_prefix=not has_end)


def is_whole(folded: str, last: Run) -> bool:
    """Whether a text's last run is a word with its end: behind it stands what is no word (`C++`), and no `*`."""
    return not last.is_paired and folded[last.end : last.end + 1] not in ("", "*")
