"""Folded text: what is compared instead of what is written.

Every character folds by itself, whatever stands beside it, so that the folding of a part is a
part of the folding of the whole; that is what makes every literal substring findable. Composed
normal forms do not have this property, so marks are dropped instead of composed. Kept are the
voicing marks of Kana and the syllables of Hangul.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

# Raised whenever folding or cutting changes: what was indexed before is then indexed anew
# (`waiting.ensure_version`).
FOLD_VERSION = 3

# From an ASCII character to its full-width form.
_FULL_WIDTH = 0xFEE0
_KANA_MARKS = "\u3099\u309a"
_JAMO = re.compile("[\u1100-\u11ff]+")
_JAMO_LETTERS = frozenset(map(chr, range(0x1100, 0x1200)))
# Every character that may change, but for Han: all except small ASCII and the punctuation and
# kinds of Han that stay as they are.
_NOT_HAN = "A-Z\x80-\u2013\u2015-\u2017\u201a\u201b\u201e-\u3000\u3003-\u33ff\ua000-\U0001ffff\U0002f800-\U0010ffff"
# Characters met so far that fold into one character.
_SINGLE: set[str] = set()


class _Folds(dict[int, str]):
    """Characters to their folded form, worked out as they are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def fold(text: str) -> str:
    """The folded text."""
    # A page has few different characters that change: finding them in one pass and replacing them
    # one by one is several times faster than `str.translate`. What comes out never folds again.
    characters = set(_foldable().findall(text))
    if not characters.isdisjoint(_JAMO_LETTERS):
        text = _JAMO.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
        characters = set(text)
    folds = _folds()
    for character in characters:
        folded = folds[ord(character)]
        if folded != character:
            text = text.replace(character, folded)
    return text


def fold_places(text: str) -> Sequence[int]:
    """For each character of the folded text the index in `text` that it came from."""
    folds = _folds()
    new = set(text) - _SINGLE
    single = {character for character in new if len(folds[ord(character)]) == 1}
    _SINGLE.update(single - _JAMO_LETTERS)
    if new <= _SINGLE:
        return range(len(text))
    places: list[int] = []
    for index, character in _composed(text):
        places.extend([index] * len(folds[ord(character)]))
    return places


def _composed(text: str) -> Iterator[tuple[int, str]]:
    """The characters as `fold` takes them, letters of Hangul as syllables, and where each begins."""
    at = 0
    for found in _JAMO.finditer(text):
        yield from enumerate(text[at : found.start()], at)
        for character in unicodedata.normalize("NFC", found[0]):
            yield found.start(), character
        at = found.end()
    yield from enumerate(text[at:], at)


@cache
def _folds() -> _Folds:
    return _Folds()


@cache
def _foldable() -> re.Pattern[str]:
    """One character that may fold into another."""
    return re.compile(f"[{_NOT_HAN}{re.escape(''.join(_simplified()))}]")


@cache
def _simplified() -> dict[str, str]:
    """Traditional and variant characters to the simplified one, from `hanzi.txt`."""
    pairs: dict[str, str] = {}
    text = files(__package__).joinpath("hanzi.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            simple, _, others = line.partition(" ")
            pairs.update(dict.fromkeys(others, simple))
    return pairs


@cache
def written_forms() -> dict[str, str]:
    """A folded character to all that are folded into it and that pages are written with.

    Traditional and variant forms, capitals, full width; left out are accents, which are many.
    """
    forms = {character: character + character.upper() for character in "abcdefghijklmnopqrstuvwxyz"}
    forms.update((digit, digit) for digit in "0123456789")
    forms = {
        plain: same + "".join(chr(ord(character) + _FULL_WIDTH) for character in same)
        for plain, same in forms.items()
    }
    for other, simple in _simplified().items():
        forms[simple] = forms.get(simple, simple) + other
    return forms


def _fold_character(character: str) -> str:
    if "\uac00" <= character <= "\ud7a3":
        return character
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    plain = unicodedata.normalize("NFKD", plain.casefold())
    kept = "".join(
        part for part in plain if part in _KANA_MARKS or unicodedata.category(part) != "Mn"
    )
    simple = _simplified()
    return "".join(simple.get(part, part) for part in kept)
