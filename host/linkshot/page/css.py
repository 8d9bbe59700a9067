"""Style sheets: what they refer to, and rewriting that; https://www.w3.org/TR/css-syntax-3/.

One compiled expression finds the places that matter (comments, strings, `url(`, `@import`,
`image-set(` …) and everything between them passes through untouched, so that odd or broken
sheets stay as they are and 24 MB take seconds.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import unquote_to_bytes

import msgspec

ReferenceKind = Literal["import", "font", "url"]
Replace = Callable[[str], str | None]

NOTHING = "data:,"
_MAX_DEPTH = 5

_ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\r\n\f0-9a-fA-F])"
_IN_DOUBLE = r'(?:[^"\\\r\n\f]+|\\(?:\r\n|[\s\S]))*+(?:"|(?=[\r\n\f])|\\?\Z)'
_IN_SINGLE = r"(?:[^'\\\r\n\f]+|\\(?:\r\n|[\s\S]))*+(?:'|(?=[\r\n\f])|\\?\Z)"
STRING = rf"(?:\"{_IN_DOUBLE}|'{_IN_SINGLE})"
_IN_COMMENT = r"\*(?:[^*]+|\*(?!/))*+(?:\*/|\Z)"
COMMENT = f"/{_IN_COMMENT}"
_SPACE = r"[ \t\r\n\f]"
_GAP = rf"(?:{_SPACE}+|{COMMENT})*+"
_ARGUMENT = (
    rf"{_SPACE}*+"
    rf"(?:(?P<quoted>{STRING}){_SPACE}*+(?:\)|\Z)?"
    rf"|(?P<bare>(?:[^\"'()\\ \t\r\n\f]+|{_ESCAPE})*+){_SPACE}*+(?:\)|\Z))"
)
_TARGET = rf"(?:url|src)\({_ARGUMENT}"
_NAMESPACE = rf"namespace(?:[^;{{}}\"'/]+|{STRING}|{COMMENT}|/)*+;?"
# Begins with one of a few characters, none of them a letter: the engine skips ahead to the next one
# of them, and a sheet passes several times as fast. A function is met at its bracket.
_TOKEN = re.compile(
    "[\"'/@(](?:"
    + "|".join(
        (
            rf"(?P<skipped>(?<=/){_IN_COMMENT}|(?<=\"){_IN_DOUBLE}|(?<='){_IN_SINGLE}|(?<=@){_NAMESPACE})",
            rf"(?P<url>(?:(?<=url\()(?<![-\w\\]url\()|(?<=src\()(?<![-\w\\]src\()){_ARGUMENT})",
            r"(?P<set>(?<=image-set\()(?:(?<![-\w\\]image-set\()|(?<=-webkit-image-set\()))",
            rf"(?P<import>(?<=@)import(?![-\w\\]){_GAP})",
            rf"(?P<face>(?<=@)font-face(?![-\w\\]){_GAP})",
        )
    )
    + ")",
    re.IGNORECASE,
)
# Ran in browsers of long ago; disarmed all the same.
_ACTIVE = re.compile(
    rf"(?<=[:\s])expression(?=\()|(?<![-\w\\.#])-?((?:behavior|moz-binding){_SPACE}*+:{_SPACE}*+)(?=url\()",
    re.IGNORECASE,
)
_MAYBE_BEHAVIOR = re.compile(r"behavior(?<![-\w\\.#]behavior)")
_IMPORTED = re.compile(rf"(?P<string>{STRING})|{_TARGET}", re.IGNORECASE)
_IN_SET = re.compile(
    rf"{COMMENT}|type\({_GAP}{STRING}?|{_TARGET}|(?P<string>{STRING})|(?P<open>\()|(?P<close>\))|[;{{}}]",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_MARKUP_OR_TEXT = re.compile(
    rf"{COMMENT}|{STRING}|url\([^)\"']*\)?|<!--|<(?=[a-zA-Z/!?])", re.IGNORECASE
)
_CHARSET = re.compile(r'\ufeff?@charset "[^"]*";', re.IGNORECASE)
_ANY_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\s\S]))")
_LETTER_ESCAPE = re.compile(r"\\(?:0{0,4}[46][1-9a-fA-F]|0{0,4}[57][0-9aA]|[g-zG-Z])")
_PLAIN_VALUE = re.compile(r"[\w./:;,=+%&?#@!~*$|^-]*")
_DATA_CSS = re.compile(r"data:text/css([^,]*),", re.IGNORECASE)
_DEAD_SCHEMES = ("javascript:", "vbscript:", "data:text/html")


class CssReference(msgspec.Struct, frozen=True):
    """An address in a sheet, unescaped, as it is written there (not resolved)."""

    url: str
    kind: ReferenceKind


class _Place(msgspec.Struct, frozen=True):
    """Where a reference stands: its span, its address, and whether the span is a bare string."""

    start: int
    end: int
    url: str
    kind: ReferenceKind
    is_string: bool


def css_references(text: str) -> list[CssReference]:
    """Every address that `text` loads, in order; fragments and data: addresses are left out.

    References inside an imported `data:text/css` sheet are among them.
    """
    found: list[CssReference] = []
    _collect(text, found, depth=0)
    return found


def rewrite_css(text: str, replace: Replace) -> str:
    """`text` with each address replaced, nothing left in it that acts, and no `@charset`.

    `replace` gets the address as it is written (unescaped) and answers what to put there; None
    becomes an empty data: address. Fragments and data: addresses stay as they are.
    """
    return _rewrite(text, replace, depth=0)


def css_string(text: str) -> str:
    """`text` as a quoted CSS string."""
    return '"' + re.sub(r'[\x00-\x1f"\\<\x7f]', lambda m: f"\\{ord(m[0]):x} ", text) + '"'


def without_markup(text: str) -> str:
    """`text` with no `<` that could begin a tag or comment, wherever a parser might meet it."""
    if not _MARKUP.search(text):
        return text
    return _MARKUP_OR_TEXT.sub(_tame, text)


def unescape(text: str) -> str:
    """What a string or an address means, its escapes read."""
    return _ANY_ESCAPE.sub(_unescape_one, text) if "\\" in text else text


def _rewrite(text: str, replace: Replace, depth: int) -> str:
    text = _disarmed(_plain_names(text))
    if text[:1] in ("@", "\ufeff"):
        text = _CHARSET.sub("", text, count=1)
    pieces: list[str] = []
    done = 0
    for place in _places(text):
        value = _new_value(place, replace, depth)
        if value is None:
            continue
        pieces.append(text[done : place.start])
        pieces.append(css_string(value) if place.is_string else _as_url(value))
        done = place.end
    pieces.append(text[done:])
    return "".join(pieces)


def _disarmed(text: str) -> str:
    lowered = text.lower()
    if "expression(" in lowered or "-moz-binding" in lowered or _MAYBE_BEHAVIOR.search(lowered):
        return _ACTIVE.sub(lambda found: "x-" + found[0].lstrip("-"), text)
    return text


def _new_value(place: _Place, replace: Replace, depth: int) -> str | None:
    """What stands there instead; None where it stays."""
    url = place.url.strip()
    lowered = url[:20].lower()
    if not url or url.startswith("#"):
        return None
    if lowered.startswith(_DEAD_SCHEMES):
        return NOTHING
    if not lowered.startswith("data:"):
        value = replace(url)
        return NOTHING if value is None else value
    inner = _data_css(url) if place.kind == "import" and depth < _MAX_DEPTH else None
    if inner is None:
        return NOTHING if place.kind == "import" else None
    return data_css(_rewrite(inner, replace, depth + 1))


def data_css(text: str) -> str:
    """A sheet as a data: address."""
    return (
        "data:text/css;charset=utf-8;base64,"
        + base64.b64encode(text.encode("utf-8", "replace")).decode()
    )


def _collect(text: str, found: list[CssReference], depth: int) -> None:
    for place in _places(_plain_names(text)):
        url = place.url.strip()
        if not url or url.startswith("#"):
            continue
        if url[:5].lower() != "data:":
            found.append(CssReference(url, place.kind))
        elif place.kind == "import" and depth < _MAX_DEPTH:
            _collect(_data_css(url) or "", found, depth + 1)


def _places(text: str) -> Iterator[_Place]:
    """References in order."""
    position = face_end = 0
    while found := _TOKEN.search(text, position):
        position = found.end()
        kind = found.lastgroup
        if kind == "face":
            face_end = text.find("}", position) + 1 or len(text)
        elif kind != "skipped":
            places, position = _targets(text, found, is_font=position <= face_end)
            yield from places


def _targets(text: str, found: re.Match[str], *, is_font: bool) -> tuple[list[_Place], int]:
    """What a `url(`, an `@import` or an `image-set(` refers to, and where it ends."""
    end = found.end()
    if found.lastgroup == "import":
        imported = _IMPORTED.match(text, end)
        return ([_place(imported, "import")], imported.end()) if imported else ([], end)
    if found.lastgroup == "set":
        tokens = list(_in_set(text, end))
        places = [_place(t, "url") for t in tokens if t["string"] or t["quoted"] or t["bare"]]
        return places, tokens[-1].end() if tokens else end
    # The match begins at the bracket, the reference with the name before it.
    return [_place(found, "font" if is_font else "url", found.start() - len("url"))], end


def _in_set(text: str, position: int) -> Iterator[re.Match[str]]:
    """The tokens of an image-set() up to its end, or to where it breaks off."""
    depth = 1
    while depth and (found := _IN_SET.search(text, position)):
        if found[0] in (";", "{", "}"):
            return
        depth += (found["open"] is not None or found[0][:5].lower() == "type(") - (
            found["close"] is not None
        )
        position = found.end()
        yield found


def _place(found: re.Match[str], kind: ReferenceKind, start: int | None = None) -> _Place:
    if found.lastgroup == "string":
        begin, end = found.span("string")
        return _Place(begin, end, _string_value(found["string"]), kind, is_string=True)
    quoted = found["quoted"]
    url = _string_value(quoted) if quoted is not None else unescape(found["bare"] or "")
    begin = found.start() if start is None else start
    return _Place(begin, found.end(), url, kind, is_string=False)


def _string_value(text: str) -> str:
    body = text[1:-1] if len(text) > 1 and text[-1] == text[0] else text[1:]
    return unescape(body)


def _as_url(value: str) -> str:
    return (
        f"url({value})" if _PLAIN_VALUE.fullmatch(value) and value else f"url({css_string(value)})"
    )


def _plain_names(text: str) -> str:
    r"""Letters written as escapes, written plainly: `\75rl(` is `url(`."""
    if "\\" not in text or not _LETTER_ESCAPE.search(text):
        return text
    return _ANY_ESCAPE.sub(lambda m: _letter(m) or m[0], text)


def _letter(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16) & 0x7F) if found[1] and int(found[1], 16) < 128 else found[2] or ""
    return char if char.isascii() and char.isalpha() else ""


def _unescape_one(found: re.Match[str]) -> str:
    if found[1] is None:
        return "" if found[2] in ("\n", "\r", "\f", "\r\n") else found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _data_css(url: str) -> str | None:
    """The text of a `data:text/css` address; None for any other."""
    found = _DATA_CSS.match(url)
    if found is None:
        return None
    raw = unquote_to_bytes(url[found.end() :].partition("#")[0])
    if "base64" in found[1].lower():
        try:
            raw = base64.b64decode(raw + b"===")
        except ValueError:
            return None
    return raw.decode("utf-8", "replace")


def _tame(found: re.Match[str]) -> str:
    text = found[0]
    if text == "<!--":
        return ""
    if text == "<":
        return "< "
    return "" if text.startswith("/*") else _MARKUP.sub(r"\\3c ", text)
