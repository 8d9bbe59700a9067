"""A style sheet without what cannot show in one document: for files that stand alone.

A stored document never changes, so a rule whose selectors all need a class, an id or an element that
the document has not is never used; nor is a font that was not kept. Whatever is not surely so
stays, and a sheet that is not plainly nested stays whole.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_TAGS = re.compile(r"<([a-zA-Z][^\s/>]*)")
_NAMES = re.compile(r"""\b(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_STRING = r""""(?:[^"\\\n]|\\[\s\S])*+"|'(?:[^'\\\n]|\\[\s\S])*+'"""
_URL = r"""url\(\s*+(?!["'])[^)"']*+\)"""
_COMMENT_RULE = r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/"
# Those that do not end are taken to the end, so that no other look is needed.
_TOKEN = re.compile(
    rf"""{_COMMENT_RULE[:-4]}(?:\*/|\Z)|{_STRING}|{_URL}?|\\[\s\S]|[{{}};"']""", re.I
)
_UNENDED = re.compile(r"""["']|/\*(?:(?!\*/\Z).)*|url\([^)]*""", re.I | re.S)
_COMMENT = re.compile(_COMMENT_RULE)
# The marks of HTML around old sheets.
_OLD_MARK = re.compile(r"<!--|-->")
_IDLE = re.compile(
    rf"({_STRING}|{_URL})|(?<!:)\s*+([{{}};])\s*+|((?:\s|{_COMMENT_RULE})++(?![{{}};]))", re.I
)
_BESIDE_SELECTORS = re.compile(rf"({_STRING})|\s*([>,~])\s*")
# An empty custom property keeps its space.
_BESIDE_VALUES = re.compile(rf"({_STRING}|{_URL})|\s*+([:,])\s++(?![;}}]|\Z)|\s+([:,!])", re.I)
_INSIDE_WORD = re.compile(r"[\w%.#-]")
_BRACKETS = re.compile(rf"\[(?:[^\]\"']|{_STRING})*+\]?")
_PARENTHESES = re.compile(r"\([^()]*\)")
_PSEUDO = re.compile(r"(?<!\\)::?-?[a-zA-Z][\w-]*")
# Escapes of marks that are read here, and those that stand for a code point.
_HARD_ESCAPE = re.compile(r"\\[\[\](),0-9a-fA-F\s]")
_IDENT = r"(?:[\w-]|[^\x00-\x7f]|\\[^0-9a-fA-F\s])+"
_NEEDED = re.compile(rf"[.#]({_IDENT})|({_IDENT})")
_CONDITIONS = ("@media", "@supports", "@container", "@layer")
_FONT_SOURCE = re.compile(r"(?:url|local)\(\s*([^)]*)\)", re.I)
_MAX_DEPTH = 20
# Larger sheets stay whole: a second of work for each million characters is more than it saves.
_MAX_CHARACTERS = 4_000_000
_STEPS = {"{": 1, "}": -1, ";": 0}


class Names(NamedTuple):
    """Classes, ids and element names of a document, in small letters."""

    given: frozenset[str]
    tags: frozenset[str]


class _Item(NamedTuple):
    """A rule or statement: its prelude without comments, its block (None for a statement), its text."""

    prelude: str
    block: str | None
    text: str

    def selectors(self) -> str:
        """The prelude as it stands: a comment in it may be all that keeps two words apart."""
        return self.text[: len(self.text) - len(self.block or "") - 2]


class _Broken(Exception):
    """The sheet is not plainly nested."""


def names_in(html: str) -> Names:
    """What a document's selectors can meet; more than there is where its texts look like markup."""
    given = set()
    for double, single in _NAMES.findall(html):
        given.update(unescape(double or single).lower().split())
    tags = {tag.lower() for tag in _TAGS.findall(html)}
    return Names(frozenset(given), frozenset(tags))


def used_style(css: str, names: Names) -> str:
    """`css` without rules that meet nothing in the document, without comments and idle white space."""
    if len(css) > _MAX_CHARACTERS:
        return css
    try:
        return "".join(_used(css, names, 0))
    except _Broken:
        return css


def _used(css: str, names: Names, depth: int) -> Iterator[str]:
    for item in _items(css):
        if item.block is None:
            yield _tight(item.text)
        elif item.prelude.startswith("@"):
            yield from _used_at_rule(item, names, depth)
        elif "{" in item.block:
            yield _tight(item.text)
        elif _may_meet(item.prelude, names):
            selectors = _BESIDE_SELECTORS.sub(_bare, _tight(item.selectors()))
            yield f"{selectors}{{{_BESIDE_VALUES.sub(_bare, _tight(item.block)).rstrip(';')}}}"


def _used_at_rule(item: _Item, names: Names, depth: int) -> Iterator[str]:
    name = item.prelude.split(None, 1)[0].partition("(")[0].lower()
    if name == "@font-face" and not _has_source(item.block or ""):
        return
    if name not in _CONDITIONS or depth > _MAX_DEPTH:
        yield _tight(item.text)
        return
    inner = "".join(_used(item.block or "", names, depth + 1))
    # A layer says its place among the others even where it is empty.
    if inner or name == "@layer":
        yield f"{_tight(item.selectors())}{{{inner}}}"


def _items(css: str) -> Iterator[_Item]:
    start = 0
    for block_start, end in _ends(css):
        text = css[start:end]
        if block_start is not None:
            prelude = _OLD_MARK.sub("", _COMMENT.sub(" ", css[start : block_start - 1])).strip()
            yield _Item(prelude, css[block_start : end - 1], text)
        elif text.lstrip().startswith("@"):
            yield _Item("", None, text)
        else:
            continue  # a semicolon in a selector: the rule goes on, and is none
        start = end
    if _OLD_MARK.sub("", _COMMENT.sub("", css[start:])).strip():
        raise _Broken


def _ends(css: str) -> Iterator[tuple[int | None, int]]:
    """Where rules end, with the start of their block, and where statements do."""
    depth = block_start = 0
    for token in _TOKEN.finditer(css):
        mark = token[0]
        step = _STEPS.get(mark)
        if step is None:
            _check_end(mark)
            continue
        depth += step
        if depth < 0:
            raise _Broken
        if depth == 1 and mark == "{":
            block_start = token.end()
        elif depth == 0 and mark in ("}", ";"):
            yield block_start if mark == "}" else None, token.end()
    if depth:
        raise _Broken


def _check_end(token: str) -> None:
    if _UNENDED.fullmatch(token):
        raise _Broken


@functools.lru_cache(maxsize=4096)
def _may_meet(selectors: str, names: Names) -> bool:
    if _HARD_ESCAPE.search(selectors) or "|" in selectors or "&" in selectors:
        return True
    plain = _BRACKETS.sub("", selectors)
    while "(" in plain:
        inner = _PARENTHESES.sub("", plain)
        if inner == plain:
            return True
        plain = inner
    plain = _PSEUDO.sub("", plain)
    return any(_may_meet_one(selector, names) for selector in plain.split(","))


def _may_meet_one(selector: str, names: Names) -> bool:
    for given, tag in _NEEDED.findall(selector):
        if given and given.replace("\\", "").lower() not in names.given:
            return False
        if tag and tag.lower() not in names.tags:
            return False
    return True


def _has_source(block: str) -> bool:
    sources = _FONT_SOURCE.findall(block)
    return not sources or any(not source.startswith(("data:,", '"data:,')) for source in sources)


def _tight(text: str) -> str:
    stripped = text.strip()
    return _IDLE.sub(_shortened, stripped) + (" " if stripped.endswith(":") else "")


def _shortened(found: re.Match[str]) -> str:
    if found[1] or found[2]:
        return found[1] or found[2]
    if not found[0].startswith("/") or not found[0].endswith("/"):
        return " "
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    is_needed = _INSIDE_WORD.match(before) and re.match(r"[\w%-]", after)
    return "/**/" if is_needed else ""


def _bare(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group)
