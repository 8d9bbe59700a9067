"""A formula as text: the TeX it was made from where the page has it, between dollar signs."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_TEX = re.compile(r"tex\b|latex", re.I)
_DRAWN = re.compile(r"(?:^|\s)(?:katex-html|MathJax_Preview|MathJax_SVG|MathJax_CHTML)(?:\s|$)")


def formula_text(math: LexborNode) -> str:
    """What a <math> element says: its annotation in TeX, its `alttext`, or its characters."""
    tex = next(
        (
            note.text(deep=True)
            for note in math.css("annotation")
            if _TEX.search(note.attributes.get("encoding") or "")
        ),
        math.attributes.get("alttext") or "",
    )
    tex = " ".join(tex.split())
    return f"${tex}$" if tex else "".join(math.text(deep=True).split())


def is_drawn_formula(attrs: dict[str, str | None]) -> bool:
    """Is this the drawing of a formula whose <math> or TeX stands beside it?"""
    return bool(_DRAWN.search(attrs.get("class") or ""))
