"""A captured document made safe and self-contained: nothing in it acts, every address is a name.

What a stored document looks like stands in docs/architecture.md; what may stay, in
`rewrite_rules`. XHTML and SVG documents go through `rewrite_xml`, by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkshot.page.css import without_markup
from linkshot.page.kept_scripts import attribute_for, kept_text
from linkshot.page.rewrite_rules import (
    DROPPED_ELEMENTS,
    FRAME_KEY,
    Attributes,
    Replace,
    Rules,
)

__all__ = ["FRAME_KEY", "Replace", "rewrite_document"]

_DOCTYPE = re.compile(r"\ufeff?(?>\s++|<!--.*?-->|<\?[^>]*>)*+(<!doctype\b[^>]*>)", re.I | re.S)
_DOUBLE_NEWLINE = re.compile(r"<(?:pre|textarea|listing)\b[^>]*>(?:\r\n|\n){2}", re.I)
# Deeper than any page that is meant to be read; what is below is cut (the
# walk is not recursive, but templates in templates are).
_MAX_TEMPLATE_DEPTH = 100
_TEXT_IN_HTML = frozenset({"xmp", "plaintext"})
# Their text is no markup in HTML but is in SVG; none of it is ever shown.
_EMPTIED = frozenset({"noscript", "iframe", "noembed", "noframes"})
# All that a parser makes a comment of.
_COMMENT = re.compile(r"<(?:!(?!doctype\b)|\?|/[^a-z])", re.I)
_TEMPLATE = re.compile("<template", re.I)
# Looked at even where they have no attribute.
_WATCHED = _EMPTIED | _TEXT_IN_HTML | DROPPED_ELEMENTS | {"script", "style"}


def rewrite_document(
    html: str,
    base_url: str,
    replace: Replace,
    frame_names: Mapping[str, str],
    watched: frozenset[str] = frozenset(),
) -> str:
    """`html` without anything that acts, each address replaced, frames pointing at their names.

    `replace` gets an absolute address without fragment and answers the name of what was kept;
    None becomes an empty data: address. `frame_names` maps the keys of `data-linkshot-frame` to
    names. Links to elsewhere come out absolute. Doctype and rendering mode stay. What the `watched`
    attributes were is kept beside them.
    """
    parser = LexborHTMLParser(html, scripting=True)
    root = parser.root
    if root is None:
        return ""
    has_templates = _TEMPLATE.search(html) is not None
    cleaner = _Cleaner(
        Rules(base_url, replace, frame_names, watched),
        has_templates=has_templates,
        has_comments=_COMMENT.search(html) is not None,
    )
    cleaner.clean(root)
    if _DOUBLE_NEWLINE.search(html):
        _keep_leading_newlines(parser)
    _declare_utf8(parser)
    return serialise(parser, html)


def serialise(parser: LexborHTMLParser, source: str) -> str:
    """The tree as HTML, with the doctype of the `source` it was parsed from.

    The parser writes every doctype as `<!DOCTYPE html>`, which would change the rendering mode.
    """
    found = _DOCTYPE.match(source)
    return (found[1] if found else "") + (parser.html or "").removeprefix("<!DOCTYPE html>")


class _Cleaner:
    """Cleans a tree in one walk; most elements are passed with one look at their attributes."""

    def __init__(self, rules: Rules, *, has_templates: bool, has_comments: bool) -> None:
        self._rules = rules
        self._has_comments = has_comments
        self._has_templates = has_templates

    def clean(self, top: LexborNode, depth: int = 0) -> None:
        """Clean everything below `top` and inside its templates.

        Comments go, as what stands in one is markup again where a page makes a parser change its mind.
        """
        for node in list(top.traverse(include_text=self._has_comments)):
            tag = node.tag
            if tag == "-text":
                continue
            attributes = node.attributes
            if attributes or tag in _WATCHED:
                self._clean_element(node, (tag or "").lower(), attributes)
            elif not node.is_element_node:
                node.decompose()
        for fragment in top.template_fragments() if self._has_templates else ():
            if depth < _MAX_TEMPLATE_DEPTH:
                self.clean(fragment, depth + 1)
            else:
                fragment.decompose()

    def _clean_element(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        rules = self._rules
        if tag == "script":
            _replace_script(node)
            return
        if rules.drops(tag, attributes):
            node.decompose(recursive=tag not in ("portal", "fencedframe", "applet"))
            return
        if attributes:
            for name, value in rules.changes(tag, attributes).items():
                if value is None:
                    del node.attrs[name]
                else:
                    node.attrs[name] = value
        if tag == "style":
            _set_text(node, rules)
        elif tag in _EMPTIED or (tag in _TEXT_IN_HTML and _is_foreign(node)):
            _empty(node)


def _is_foreign(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("svg", "math"):
            return True
        parent = parent.parent
    return False


def _replace_script(node: LexborNode) -> None:
    """A script in the body leaves an inert element: selectors such as `:last-child` count it.

    Data leaves one everywhere, as a reading of the stored document asks what it says.
    """
    parent = node.parent
    attribute = attribute_for(node.attributes.get("type"))
    text = kept_text(node.text(deep=True)) if attribute else ""
    if parent is not None and (text or parent.tag not in ("head", "html")):
        inert = node.parser.create_node("template")
        if text:
            inert.attrs[attribute] = text
        node.insert_before(inert)
    node.decompose()


def _set_text(node: LexborNode, rules: Rules) -> None:
    before = node.text(deep=True)
    after = without_markup(rules.css(before))
    if after != before:
        _empty(node)
        node.insert_child(after)


def _empty(node: LexborNode) -> None:
    for child in list(node.iter(include_text=True)):
        child.decompose()


def _keep_leading_newlines(parser: LexborHTMLParser) -> None:
    """The parser eats one newline after these start tags: give back what it would eat again."""
    for node in parser.css("pre,textarea,listing"):
        first = node.first_child
        if first is not None and first.is_text_node and (first.text_content or "").startswith("\n"):
            first.insert_before("\n")


def _declare_utf8(parser: LexborHTMLParser) -> None:
    head = parser.head
    if head is None:
        return
    meta = parser.create_node("meta")
    meta.attrs["charset"] = "utf-8"
    first = head.first_child
    if first is None:
        head.insert_child(meta)
    else:
        first.insert_before(meta)
