"""HTML that the parser reads in bounded time.

Its time grows with the square of the nesting, and of the attributes of one tag.
"""

from __future__ import annotations

import re
from itertools import accumulate

# Deeper than any parser of a browser lets a document nest; a script may still have built it.
_MAX_NESTING_KEPT = 5_000
_STEP = {"<": 1, "</": -1}
_STEPS = re.compile(
    r"</?(?=[a-z])(?!(?:area|base|br|col|hr|img|input|link|meta|source|wbr)\b)", re.I
)

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_MANY_TAGS, _MAX_NESTING = 10_000, 2_000
# Void elements, and those whose end tags may be left out: their number tells no depth.
_UNCLOSED = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr p li dt dd td th tr
    tbody thead tfoot option
    """.split()
)
_LONG_TAG, _MAX_ATTRIBUTES = 20_000, 1_000
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# They match at every tag, closed or not, so that nothing is looked at twice; a script is passed over
# whole, as what looks like a tag in it is none.
_ATTRIBUTES = r"((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)"
_WHOLE_TAG = re.compile(
    rf"<(script|style)\b{_ATTRIBUTES}(>(?:[^<]|<(?!/\1))*+)?|<([a-zA-Z][^\s/>]*+){_ATTRIBUTES}",
    re.I,
)


def bound_html(html: str) -> bytes:
    """`html` in UTF-8, without lone surrogates, NULs, tags nested too deep and attributes beyond number."""
    html = _bound_attributes(html.replace("\x00", ""))
    if html.count("<") >= _MANY_TAGS:
        html = _bound_nesting(html, _MAX_NESTING)
    return html.encode("utf-8", "replace")


def bound_markup(html: str) -> str:
    """`html` as it is, but for attributes beyond number and tags nested deeper than can be kept."""
    html = _bound_attributes(html)
    if max(accumulate(map(_STEP.__getitem__, _STEPS.findall(html))), default=0) < _MAX_NESTING_KEPT:
        return html
    return _bound_nesting(html, _MAX_NESTING_KEPT)


def _bound_attributes(html: str) -> str:
    return _WHOLE_TAG.sub(_bound_tag, html) if _may_have_long_tag(html) else html


def _may_have_long_tag(html: str) -> bool:
    """Are two `>` further apart than a tag may be long? Only the last in each stretch is looked for."""
    start = 0
    while len(html) - start > _LONG_TAG:
        start = html.rfind(">", start, start + _LONG_TAG + 1) + 1
        if not start:
            return True
    return False


def _bound_tag(match: re.Match[str]) -> str:
    attributes = match.group(2) or match.group(5) or ""
    if len(attributes) <= _LONG_TAG:
        return match.group(0)
    names = re.split(r"[\s/]+|(?<==)(?=\S)", _QUOTED.sub(" ", attributes))
    if len(names) <= _MAX_ATTRIBUTES:
        return match.group(0)
    return f"<{match.group(1) or match.group(4)}{match.group(3) or ''}"


def _bound_nesting(html: str, limit: int) -> str:
    """Tags nested deeper become <wbr>."""
    depth = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal depth
        if match.group(1):
            depth = max(depth - 1, 0)
        elif match.group(2).lower() not in _UNCLOSED:
            depth += 1
            return "<wbr" if depth > limit else match.group(0)
        return match.group(0)

    return _TAG.sub(replace, html)
