"""The `@font-face` rules of a style sheet, and which of their files a page with certain characters needs.

Chinese fonts come in a hundred slices, each for the characters of its `unicode-range`, and most faces
name one font in several formats: a browser loads the slices it shows, each in the first format it reads.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set

import msgspec

from linkshot.page.css import css_references

_FACE = re.compile(r"@font-face(?:\s|/\*.{0,200}?\*/)*+\{([^{}]*+)\}", re.I | re.S)
_RANGE = re.compile(r"unicode-range\s*:([^;}]*)", re.I)
_ONE_RANGE = re.compile(r"u\+([0-9a-f?]{1,6})(?:-([0-9a-f]{1,6}))?", re.I)
_SOURCES = re.compile(r"(?<![-\w])src\s*:((?:[^;\"']|\"[^\"]*\"|'[^']*')*+)", re.I)
_FORMAT = re.compile(r"\)\s*format\(\s*[\"']?([\w-]+)", re.I)
_ESCAPE = re.compile(r"\\([0-9a-f]{2,6})", re.I)
# What no browser of today reads.
_DEAD_FORMATS = frozenset({"embedded-opentype", "svg"})
_DEAD_ENDINGS = (".eot", ".svg")


class FontFace(msgspec.Struct, frozen=True):
    """One face: every address it names, the one that a browser would load, and for which code points.

    `ranges` are pairs of first and last; None stands for all.
    """

    addresses: list[str]
    chosen: str | None
    ranges: list[tuple[int, int]] | None


def font_faces(text: str) -> Iterator[FontFace]:
    """The faces of a style sheet; a rule that cannot be read is left out."""
    if "font-face" not in text and "FONT-FACE" not in text:
        return
    for found in _FACE.finditer(text):
        body = found[1]
        addresses = [reference.url for reference in css_references(found[0])]
        if addresses:
            yield FontFace(addresses, _chosen(body), _ranges(body))


def spared_fonts(faces: Iterable[FontFace], characters: Set[int]) -> set[str]:
    """Addresses that a page showing these code points would not load."""
    shown = sorted(characters)
    named: set[str] = set()
    needed: set[str] = set()
    for face in faces:
        named.update(face.addresses)
        if face.chosen is None:
            needed.update(face.addresses)
        elif face.ranges is None or _meets(face.ranges, shown):
            needed.add(face.chosen)
    return named - needed


def code_points(text: str) -> set[int]:
    """The code points in a text, those written as CSS escapes among them."""
    escaped = (int(found, 16) for found in _ESCAPE.findall(text)) if "\\" in text else ()
    return {ord(character) for character in set(text)}.union(escaped)


def _chosen(body: str) -> str | None:
    """The first source that a browser reads, of the last `src`; None where that is not clear."""
    sources = _SOURCES.findall(body)
    for source in _split(sources[-1]) if sources else ():
        addresses = [reference.url for reference in css_references(f"a{{src:{source}}}")]
        if len(addresses) != 1:
            continue
        stated = _FORMAT.search(source)
        path = addresses[0].partition("#")[0].partition("?")[0].lower()
        if stated and stated[1].lower() in _DEAD_FORMATS:
            continue
        if not stated and path.endswith(_DEAD_ENDINGS):
            continue
        return addresses[0]
    return None


def _split(sources: str) -> list[str]:
    """A list of sources at its commas, but for those inside brackets."""
    return re.findall(r"(?:[^,()]|\((?:[^()\"']|\"[^\"]*\"|'[^']*')*\))+", sources)


def _ranges(body: str) -> list[tuple[int, int]] | None:
    found = _RANGE.search(body)
    if found is None:
        return None
    ranges = []
    for first, last in _ONE_RANGE.findall(found[1]):
        low = int(first.replace("?", "0"), 16)
        high = int(last, 16) if last else int(first.replace("?", "f"), 16)
        ranges.append((low, high))
    return ranges or None


def _meets(ranges: list[tuple[int, int]], shown: Sequence[int]) -> bool:
    for low, high in ranges:
        place = bisect_left(shown, low)
        if place < len(shown) and shown[place] <= high:
            return True
    return False
