"""Text that SQLite and JSON can hold."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text with its lone surrogates replaced; pages may have them, UTF-8 does not."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
