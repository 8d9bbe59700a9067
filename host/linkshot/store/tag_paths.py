"""Tags as typed: checked, squeezed, split into levels, and folded for comparison."""

from __future__ import annotations

import re
import unicodedata

from linkshot.errors import TagEmpty, TagInvalid, TagSlashAtEnd, TagTooLong

MAX_TAG_CHARACTERS = 200
MAX_TAG_DEPTH = 10
_SPACES = re.compile(r"\s+")
# Line and paragraph separators break a list of tags as control characters do.
_BREAKS = {"\u2028", "\u2029"}
_INVISIBLE = {"Cf", "Mn", "Me", "Cn", "Co", "Cs", "Zs"}


def parse_tag(text: str) -> str:
    """The tag's path as it is shown: levels parted by `/`, spaces squeezed.

    Raises:
        TagEmpty: nothing visible in the tag or in one of its levels.
        TagSlashAtEnd: it begins or ends with a slash.
        TagTooLong: over 200 characters or 10 levels.
        TagInvalid: a control character, a line break, or a character no text can hold.
    """
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") or character in _BREAKS:
            raise TagInvalid(tag=_printable(text), character=f"U+{ord(character):04X}")
    levels = [_squeeze(level) for level in text.replace("／", "/").split("/")]
    if not _is_visible("".join(levels)):
        raise TagEmpty(tag=text)
    if not levels[0] or not levels[-1]:
        raise TagSlashAtEnd(tag=text)
    if not all(_is_visible(level) for level in levels):
        raise TagEmpty(tag=text)
    path = "/".join(levels)
    if len(path) > MAX_TAG_CHARACTERS or len(levels) > MAX_TAG_DEPTH:
        raise TagTooLong(tag=path, limit=MAX_TAG_CHARACTERS, depth=MAX_TAG_DEPTH)
    return path


def tag_key(path: str) -> str:
    """What makes two paths the same tag: NFKC, case folded, spaces squeezed.

    A slash that folding brings forth (`℀`) stays inside its level.
    """
    return "/".join(_fold_level(level) for level in path.split("/"))


def ancestors(path: str) -> list[str]:
    """The paths above, outermost first."""
    levels = path.split("/")
    return ["/".join(levels[:count]) for count in range(1, len(levels))]


def last_level(path: str) -> str:
    """The tag's own name."""
    return path.rpartition("/")[2]


def _fold_level(level: str) -> str:
    folded = unicodedata.normalize("NFKC", level).casefold()
    return _squeeze(unicodedata.normalize("NFKC", folded).replace("/", "∕"))


def _squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _is_visible(text: str) -> bool:
    return any(unicodedata.category(character) not in _INVISIBLE for character in text)


def _printable(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
