"""Attributes that a page's style sheets look at and that a stored document has to change.

A sheet may print an address by `attr(href)` or mark links by `a[href^="http"]`: in a stored document
the address is another, or gone. What it was is kept beside it in a `data-` attribute, and the sheets
look there; the page shows what it showed.
"""

from __future__ import annotations

import re

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
_SAFE = r"/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
# Names of grid lines stand in brackets too, but in a declaration, which ends before a block begins.
_PLACES = re.compile(
    rf"{_SAFE}|\[\s*(?P<selected>[a-z]+)(?=\s*[\]~|^$*=][^;{{}}]*\{{)"
    rf"|\battr\(\s*(?P<printed>[a-z]+)(?=\s*[\s,)])",
    re.I | re.S,
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
        name = found["selected"] or found["printed"]
        if not name or name.lower() not in watched:
            return found[0]
        return found[0][: -len(name)] + PREFIX + name.lower()

    return _PLACES.sub(beside, css)
