"""A stored document written shorter, for files that stand alone: what it shows stays the same."""

from __future__ import annotations

import re

from linkshot.page.rewrite_rules import FRAME_KEY

# A tag as it is stored, or a mark that begins something else: then nothing here is sure.
_TOKEN = re.compile(r"""<(/?)([a-zA-Z][^\s/"'<>]*+)((?:\s[^\s"'<>/=]++="[^"]*+")*+)>|<""")
_ATTRIBUTE = re.compile(r'(\s[^\s"=]+)="([^"]*)"')
_SPACES = re.compile(r"[ \t\r\f\n]{2,}")
# Where white space is shown as it stands, whatever the style.
_VERBATIM = frozenset({"pre", "textarea", "listing", "xmp", "style", "script", "title"})
# Read again as they stand when names are replaced.
_QUOTED = frozenset({" style", " src", " srcset", " href", " data"})
_NEEDS_QUOTES = re.compile(r"[\s\"'=<>`]|[0-9a-f]{64}|/\Z")
_DROPPED_ATTRIBUTES = frozenset({f" {FRAME_KEY}"})
_PRESERVED = re.compile(
    r"white-space(?:-collapse)?\s*:\s*+(?!nowrap|normal|collapse|inherit|initial|unset)"
    r"|xml:space|plaintext-only",
    re.I,
)
# Shown nowhere where such a file is opened, unless there is no other icon.
_TOUCH_ICON = re.compile(r'\srel="(?:apple-touch-icon(?:-precomposed)?|mask-icon)"')
_ICON = re.compile(r'\srel="(?:shortcut )?icon"', re.I)
# Ends that a parser puts in by itself.
_IDLE_END = re.compile(r"</body>\s*</html>\s*\Z|</head>\s*(?=<body[\s>])")


def shows_spaces(text: str) -> bool:
    """May this document or sheet have white space shown as it stands outside `<pre>` and the like?"""
    return _PRESERVED.search(text) is not None


def compact_html(html: str, *, keeps_spaces: bool) -> str:
    """Stored HTML with one icon, without idle quotes and, where that shows nothing, white space.

    A document with odd names of attributes, as attacks have them, stays as it is.
    """
    start = max(html.find("<html"), 0)  # after the doctype
    pieces = [html[:start]]
    links = _Links(html)
    verbatim = ""
    in_head = False
    for tag in _TOKEN.finditer(html, start):
        text = html[start : tag.start()]
        pieces.append(text if keeps_spaces or verbatim else _fewer_spaces(text, in_head=in_head))
        start = tag.end()
        if not verbatim and tag[2] in (None, "plaintext"):
            return html
        name = (tag[2] or "").lower()
        in_head = not tag[1] if name == "head" else in_head and name != "body"
        if verbatim:
            pieces.append(tag[0])
            verbatim = "" if tag[1] and name == verbatim else verbatim
            continue
        verbatim = name if not tag[1] and name in _VERBATIM else ""
        pieces.append(links.compact(tag) if name == "link" else _compact_tag(tag))
    return _IDLE_END.sub("", "".join([*pieces, html[start:]]))


class _Links:
    """Of a document's icons the first goes into a tab; the others are for other places."""

    def __init__(self, html: str) -> None:
        self._has_icon = _ICON.search(html) is not None
        self._is_first = True

    def compact(self, tag: re.Match[str]) -> str:
        if _TOUCH_ICON.search(tag[3]):
            return "" if self._has_icon else tag[0]
        if not _ICON.search(tag[3]):
            return tag[0]
        is_first, self._is_first = self._is_first, False
        return tag[0] if is_first else ""


def _compact_tag(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{tag[2]}{_ATTRIBUTE.sub(_compact_attribute, tag[3])}>"


def _compact_attribute(found: re.Match[str]) -> str:
    name, value = found[1], found[2]
    if name in _DROPPED_ATTRIBUTES:
        return ""
    if name in _QUOTED or (value and _NEEDS_QUOTES.search(value)):
        return found[0]
    return f"{name}={value}" if value else name


def _fewer_spaces(text: str, *, in_head: bool) -> str:
    return "" if in_head and text.isspace() else _SPACES.sub(_one, text)


def _one(found: re.Match[str]) -> str:
    # A line's end stays one: between Chinese characters it is no space in every browser.
    return "\n" if "\n" in found[0] else " "
