"""How titles sort: folded, so that case, width and accents do not part them."""

from __future__ import annotations

import unicodedata

_KEY_CHARACTERS = 120


def sort_key(text: str) -> str:
    """A key by which lists order titles."""
    plain = unicodedata.normalize("NFKC", text[:_KEY_CHARACTERS]).casefold()
    return " ".join(plain.split())
