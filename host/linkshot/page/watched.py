"""Attributes that a page's style sheets look at and that a stored document has to change.

A sheet may print an address by `attr(href)` or mark links by `a[href^="http"]`: in a stored document
the address is another, or gone. What it was is kept beside it in a `data-` attribute, and the sheets
look there; the page shows what it showed.
"""

from __future__ import annotations

import re

from linkshot.page.css import COMMENT, STRING

PREFIX = "data-linkshot-was-"

# Those that the rules of `rewrite_rules` change or drop, besides all that begin with "on". `style` is
# watched only where it is printed: its selectors are about words that stay.
_CHANGED = (
    "href|src|srcset|poster|background|data|action|formaction|ping|srcdoc|loading|autoplay|sandbox|"
    "integrity|crossorigin|referrerpolicy|on[a-z]{3,16}"
)
# Each begins with a mark that the engine skips ahead to.
_SELECTED = re.compile(rf"\[\s*(?i:({_CHANGED}))\s*[\]~|^$*=]".encode())
_PRINTED = re.compile(rf"attr\(\s*(?i:({_CHANGED}|style))\s*[\s,)]".encode())
_SAFE = rf"{COMMENT}|{STRING}"
# Names of grid lines stand in brackets too, but in a declaration, which ends before a block begins.
_PRELUDE_OR_DECLARATION = re.compile(rf"(?:[^;{{}}/\"']++|{_SAFE}|[/\"'])++[;{{}}]?", re.S)
_PRINTS = r"\battr\(\s*(?P<printed>[a-z]+)(?=\s*[\s,)])"
_IN_DECLARATION = re.compile(rf"{_SAFE}|{_PRINTS}", re.I | re.S)
_IN_PRELUDE = re.compile(
    rf"{_SAFE}|{_PRINTS}|\[\s*(?P<selected>[a-z]+)(?=\s*[\]~|^$*=])", re.I | re.S
)


def looked_at(raw: bytes) -> set[str]:
    """Names, in small letters, of the attributes in question that a sheet or a document's sheets look at."""
    found = [*_SELECTED.findall(raw), *_PRINTED.findall(raw)]
    return {name.decode().lower() for name in found}


def look_beside(css: str, watched: frozenset[str]) -> str:
    """`css` looking at what the watched attributes were."""
    if not watched:
        return css

    def beside(found: re.Match[str]) -> str:
        name = found.groupdict().get("selected") or found["printed"]
        if not name or name.lower() not in watched:
            return found[0]
        return found[0][: -len(name)] + PREFIX + name.lower()

    def piece(found: re.Match[str]) -> str:
        places = _IN_PRELUDE if found[0].endswith("{") else _IN_DECLARATION
        return places.sub(beside, found[0])

    return _PRELUDE_OR_DECLARATION.sub(piece, css)
