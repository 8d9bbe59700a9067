"""XHTML and SVG documents made safe and self-contained, by the same rules as HTML.

Read with expat as a stream of events and written again as they come, so prefixes and order stay.
What is not well-formed is cut where it breaks, as a browser would show it. A document type is
written without its internal subset: entities are written out, none is fetched, and expat itself
stops those that would grow without end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from html.entities import name2codepoint
from xml.parsers import expat

from linkshot.page.css import without_markup
from linkshot.page.kept_scripts import attribute_for, kept_text
from linkshot.page.rewrite_rules import Replace, Rules

XHTML = "application/xhtml+xml"
SVG = "image/svg+xml"
XML_TYPES = (XHTML, SVG, "application/xml", "text/xml")

_DOCTYPE = re.compile(r"<!DOCTYPE\s+[^\[>]*", re.I)
_MAX_DEPTH = 10_000
# Written as they are in HTML too, where an end tag of theirs is one element more.
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

# White space that reading an attribute would turn into spaces.
_WHITE_SPACE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def rewrite_xml(
    text: str,
    base_url: str,
    replace: Replace,
    frame_names: Mapping[str, str],
    watched: frozenset[str] = frozenset(),
) -> str:
    """`text`, an XHTML or SVG document, without anything that acts, each address replaced.

    The arguments are those of `rewrite_document`.
    """
    return _Writer(Rules(base_url, replace, frame_names, watched)).write(text)


class _Writer:
    """Writes the events of one document, leaving out what the rules drop."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._out: list[str] = ['<?xml version="1.0" encoding="utf-8"?>']
        self._open: list[str] = []
        self._skipped = 0
        self._is_empty = False
        self._style: list[str] | None = None
        self._script: tuple[str, list[str]] | None = None

    def write(self, text: str) -> str:
        parser = expat.ParserCreate("utf-8")
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.SkippedEntityHandler = self._entity
        # Entities that only a document type could explain are told, not taken for errors.
        parser.UseForeignDTD(True)  # noqa: FBT003 - expat takes it so
        parser.ExternalEntityRefHandler = lambda *_: 1
        declared = _DOCTYPE.search(text[:10_000])
        if declared:
            self._out.append(declared[0].strip() + ">")
        try:
            parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat takes it so
        except (expat.ExpatError, _TooDeep):
            self._skipped = 0
            self._flush_style()
        self._out.extend(f"</{name}>" for name in reversed(self._open))
        return "".join(self._out)

    def _start(self, name: str, flat: list[str]) -> None:
        tag = name.rpartition(":")[2].lower()
        attributes: dict[str, str | None] = dict(zip(flat[::2], flat[1::2], strict=True))
        if len(self._open) + self._skipped > _MAX_DEPTH:
            raise _TooDeep
        if self._skipped or tag in ("script", "noscript") or self._rules.drops(tag, attributes):
            kept = attribute_for(attributes.get("type")) if tag == "script" else ""
            if kept and not self._skipped:
                self._script = (kept, [])
            self._skipped += 1
            return
        self._flush_style()
        changed: dict[str, str | None] = attributes | self._rules.changes(tag, attributes)
        written = "".join(f" {k}={_quoted(v)}" for k, v in changed.items() if v is not None)
        self._out.append(f"<{name}{written}>")
        self._open.append(name)
        self._is_empty = True
        if tag == "style":
            self._style = []

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._script:
                self._put_data(name, *self._script)
            return
        self._flush_style()
        self._open.pop()
        if self._is_empty and name.lower() in _VOID:
            self._out[-1] = self._out[-1][:-1] + "/>"
        else:
            self._out.append(f"</{name}>")
        self._is_empty = False

    def _characters(self, text: str) -> None:
        if self._skipped:
            if self._script:
                self._script[1].append(text)
            return
        self._is_empty = False
        if self._style is not None:
            self._style.append(text)
        else:
            self._out.append(escape(text, quote=False))

    def _entity(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's call
        code = name2codepoint.get(name)
        if code is not None and not is_parameter:
            self._characters(chr(code))

    def _put_data(self, name: str, attribute: str, texts: list[str]) -> None:
        """What is kept of a script, in a template in its place."""
        self._script = None
        if text := kept_text("".join(texts)):
            # A prefix stays as it is written.
            template = name[: -len("script")] + "template"
            self._flush_style()
            self._out.append(f"<{template} {attribute}={_quoted(text)}></{template}>")
            self._is_empty = False

    def _flush_style(self) -> None:
        if self._style is not None:
            text = without_markup(self._rules.css("".join(self._style)))
            self._style = None
            self._out.append(_style_text(text))


def _quoted(value: str) -> str:
    """An attribute's value with the quotes that need no escape, where there are such."""
    written = escape(value, quote=False).translate(_WHITE_SPACE)
    if '"' in written and "'" not in written:
        return f"'{written}'"
    written = written.replace('"', "&quot;")
    return f'"{written}"'


def _style_text(css: str) -> str:
    """Style that means the same where the file is read as HTML, which knows no escapes in it."""
    if "]]>" in css:
        return escape(css, quote=False)
    return f"/*<![CDATA[*/{css}/*]]>*/" if "<" in css or "&" in css else css


class _TooDeep(Exception):
    """Elements nested deeper than any real document."""
