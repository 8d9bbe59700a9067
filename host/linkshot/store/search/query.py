"""A query as typed, read into a tree. Full-width punctuation works as half-width, a field's name in
either script.

Words are ANDed; `"…"` is a phrase, `OR` parts alternatives (and binds looser than AND), `-` leaves
out (whole words), brackets group. Whatever cannot be read so is read as plain words, never refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from linkshot.errors import QueryTooLong
from linkshot.store.search.folding import fold
from linkshot.store.search.periods import Period, period_of

MAX_QUERY_CHARACTERS = 2_000
_MAX_DEPTH = 20
_MAX_TERMS = 100

Column = Literal["title", "text", "url", "note", "doc", "office"]

_COLUMNS: dict[str, Column] = {
    "title": "title", "标题": "title",
    "text": "text", "正文": "text",
    "url": "url", "网址": "url",
    "note": "note", "备注": "note",
    "doc": "doc", "文号": "doc", "发文字号": "doc", "index": "doc", "索引号": "doc",
    "office": "office", "机关": "office", "发文机关": "office",
}  # fmt: skip
_FILTERS = {
    "tag": "tag", "标签": "tag",
    "site": "site", "网站": "site",
    "lang": "lang", "语言": "lang",
    "topic": "topic", "主题": "topic", "主题分类": "topic",
    "valid": "validity", "validity": "validity", "有效性": "validity",
    "written": "written", "成文日期": "written",
    "issued": "issued", "发布日期": "issued",
    "is": "is",
    "before": "before", "早于": "before",
    "after": "after", "晚于": "after",
    "on": "on", "日期": "on",
}  # fmt: skip
_STATES = {
    "starred": "starred", "星标": "starred",
    "untagged": "untagged", "无标签": "untagged",
    "missing": "missing", "有缺失": "missing",
    "changed": "changed", "有变化": "changed",
}  # fmt: skip
_DATED = frozenset({"before", "after", "on", "written", "issued"})
_HALF_WIDTH = str.maketrans("“”„‟＂「」『』（）：－−—　｜", '"' * 9 + "():---" + " |")
_FIELD = re.compile(r"(\w+):", re.UNICODE)
# A tag's own quotes: an opening one is closed by its partner before the word's end, `""` is one of them.
_QUOTED_TAG = re.compile(
    r"""(?:"(?P<straight>(?:[^"]|"")*)"|“(?P<curly>[^”]*)”|「(?P<corner>[^」]*)」|『(?P<double>[^』]*)』)"""
    r"(?=[\s|｜)）]|$)"
)
_PAIR_IN_TAG = re.compile(r"“[^\s|｜”]*”|「[^\s|｜」]*」|『[^\s|｜』]*』")


@dataclass(frozen=True)
class Words:
    """A literal text to be found, in one column or anywhere; a `whole` one does not end within a Latin word."""

    text: str
    column: Column | None = None
    quoted: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Filter:
    """A condition on the link itself."""

    kind: str
    value: str
    period: Period | None = None


@dataclass(frozen=True)
class Not:
    """All but these."""

    node: Node


@dataclass(frozen=True)
class And:
    """What has all of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """What has any of them."""

    nodes: tuple[Node, ...]


Node = Words | Filter | Not | And | Or


@dataclass(frozen=True)
class Query:
    """The tree, None where nothing was asked; `read_as` where it was read otherwise than typed."""

    node: Node | None
    read_as: str = ""


class _Broken(Exception):
    """The query is not in the grammar."""


def parse_query(text: str) -> Query:
    """The query's tree.

    Raises:
        QueryTooLong: over 2,000 characters.
    """
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryTooLong(length=len(text), limit=MAX_QUERY_CHARACTERS)
    try:
        return Query(_Parser(text).parse())
    except _Broken:
        return _plain(text)


def _plain(text: str) -> Query:
    words = re.sub(r'["():|]|(?<!\S)-+', " ", text.translate(_HALF_WIDTH)).split()
    words = [word for word in words if word not in ("OR", "AND", "NOT")][:_MAX_TERMS]
    if not words:
        return Query(None)
    return Query(And(tuple(Words(word) for word in words)), read_as=" ".join(words))


class _Parser:
    """Recursive descent over the query's characters."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._text = typed.translate(_HALF_WIDTH)
        self._at = 0
        self._is_tag = False
        self._terms = 0

    def parse(self) -> Node | None:
        node = self._alternatives(depth=0)
        self._skip_spaces()
        if self._at < len(self._text):
            raise _Broken
        return node

    def _alternatives(self, *, depth: int) -> Node | None:
        if depth > _MAX_DEPTH:
            raise _Broken
        nodes = [self._sequence(depth=depth)]
        while self._take_word("OR") or self._take("|"):
            nodes.append(self._sequence(depth=depth))
        if len(nodes) == 1:
            return nodes[0]
        if None in nodes:
            raise _Broken
        return Or(tuple(node for node in nodes if node is not None))

    def _sequence(self, *, depth: int) -> Node | None:
        nodes: list[Node] = []
        while not self._is_at_end():
            self._take_word("AND")
            nodes.append(self._term(depth=depth))
            self._skip_spaces()
        if not nodes:
            return None
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _is_at_end(self) -> bool:
        self._skip_spaces()
        return self._text[self._at : self._at + 1] in ("", ")", "|") or self._is_word("OR")

    def _term(self, *, depth: int) -> Node:
        self._terms += 1
        if self._terms > _MAX_TERMS:
            raise _Broken
        self._skip_spaces()
        if self._take_word("NOT") or self._take_minus():
            return Not(_whole(self._term(depth=depth + 1)))
        if depth > _MAX_DEPTH:
            raise _Broken
        if self._take("("):
            node = self._alternatives(depth=depth + 1)
            self._skip_spaces()
            if node is None or not self._take(")"):
                raise _Broken
            return node
        return self._field(depth=depth) or self._words()

    def _field(self, *, depth: int) -> Node | None:
        found = _FIELD.match(self._text, self._at)
        name = fold(found[1]) if found else ""
        if found is None or (name not in _COLUMNS and name not in _FILTERS):
            return None
        self._at = found.end()
        self._skip_spaces()
        outer, self._is_tag = self._is_tag, _FILTERS.get(name) == "tag"
        node = self._value(name, depth=depth)
        self._is_tag = outer
        return node

    def _value(self, name: str, *, depth: int) -> Node:
        start = self._at
        if not self._is_at_group():
            try:
                return _within(self._words(), name)
            except _Broken:
                self._at = start
        return self._group(name, depth=depth)

    def _group(self, name: str, *, depth: int) -> Node:
        """All that is in brackets, of one field."""
        if not self._take("("):
            raise _Broken
        node = self._alternatives(depth=depth + 1)
        if node is None or not self._take(")"):
            raise _Broken
        return _within(node, name)

    def _is_at_group(self) -> bool:
        """Whether all up to the next word is in one pair of brackets; `(2021)5号` is a word that begins with one."""
        depth, is_quoted = 0, False
        for at in range(self._at, len(self._text)):
            character = self._text[at]
            is_quoted ^= character == '"'
            if not is_quoted:
                depth += (character == "(") - (character == ")")
            if depth <= 0:
                behind = self._text[at + 1 : at + 2]
                return character == ")" and (behind in ("", ")", "|") or behind.isspace())
        return False

    def _words(self) -> Words:
        if self._is_tag and (quoted := _QUOTED_TAG.match(self._typed, self._at)):
            self._at = quoted.end()
            text = quoted[quoted.lastgroup or 0]
            return Words(text.replace('""', '"') if quoted["straight"] else text, quoted=True)
        is_pair = self._is_tag and _PAIR_IN_TAG.match(self._typed, self._at)
        if not is_pair and self._take('"'):
            end = self._text.find('"', self._at)
            if end < 0:
                raise _Broken
            start, self._at = self._at, end + 1
            return Words(self._read(start, end), quoted=True)
        return self._word()

    def _word(self) -> Words:
        start, depth = self._at, 0
        while self._at < len(self._text):
            pair = _PAIR_IN_TAG.match(self._typed, self._at) if self._is_tag else None
            if pair:
                self._at = pair.end()
                continue
            character = self._text[self._at]
            if character.isspace() or character in '"|':
                break
            depth += (character == "(") - (character == ")")
            if depth < 0:
                break
            self._at += 1
        if depth > 0 or self._at == start:
            raise _Broken
        return Words(self._read(start, self._at))

    def _read(self, start: int, end: int) -> str:
        """A part of the query; a tag's as typed, whose name may have full-width signs."""
        return (self._typed if self._is_tag else self._text)[start:end]

    def _skip_spaces(self) -> None:
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1

    def _take(self, character: str) -> bool:
        self._skip_spaces()
        if self._text.startswith(character, self._at):
            self._at += 1
            return True
        return False

    def _take_word(self, word: str) -> bool:
        self._skip_spaces()
        is_there = self._is_word(word)
        if is_there:
            self._at += len(word)
        return is_there

    def _is_word(self, word: str) -> bool:
        if not self._text.startswith(word, self._at):
            return False
        behind = self._text[self._at + len(word) :][:1]
        return behind in ("", "(", ")") or behind.isspace()

    def _take_minus(self) -> bool:
        rest = self._text[self._at :]
        if rest.startswith("-") and len(rest) > 1 and not rest[1].isspace():
            self._at += 1
            return True
        return False


def _within(node: Node, name: str) -> Node:
    """The tree with this field for every word that names none."""

    def named(words: Words) -> Node:
        if words.column is not None:
            return words
        column = _COLUMNS.get(name)
        return replace(words, column=column) if column else _filter(_FILTERS[name], words.text)

    return _with_words(node, named)


def _whole(node: Node) -> Node:
    """The tree of whole words: leaving out AI leaves Airport there."""
    return _with_words(node, lambda words: replace(words, whole=True))


def _with_words(node: Node, change: Callable[[Words], Node]) -> Node:
    if isinstance(node, Words):
        return change(node)
    if isinstance(node, Not):
        return Not(_with_words(node.node, change))
    if isinstance(node, And | Or):
        return type(node)(tuple(_with_words(part, change) for part in node.nodes))
    return node


def _filter(kind: str, value: str) -> Filter:
    if not value.strip():
        raise _Broken
    if kind == "is":
        state = _STATES.get(fold(value))
        if state is None:
            raise _Broken
        return Filter("is", state)
    if kind in _DATED:
        period = period_of(value)
        if period is None:
            raise _Broken
        return Filter(kind, value, period)
    return Filter(kind, value)
