"""What is kept of scripts: data that a reading asks for, in an attribute of the template in their place.

No stored document has a script, also none that would be inert: so much is simpler to hold and to test.
"""

from __future__ import annotations

from collections.abc import Mapping

# https://json-ld.org/, and https://docs.mathjax.org/en/v2.7-latest/advanced/model.html
LINKED, TEX = "data-linkshot-linked", "data-linkshot-tex"
LONGEST = 200_000


def attribute_for(script_type: str | None) -> str:
    """The attribute that keeps a script of this type, "" where nothing of it is kept."""
    kind = (script_type or "").lower()
    if "ld+json" in kind:
        return LINKED
    return TEX if kind.startswith("math/tex") else ""


def kept_text(text: str) -> str:
    """What of it is kept: all, or where it is too long nothing."""
    return text if len(text) <= LONGEST else ""


def kept_in_template(attributes: Mapping[str, str | None]) -> tuple[str, str]:
    """The attribute of a stored document's template that keeps a script, and its text; both "" without."""
    for attribute in (LINKED, TEX):
        if text := attributes.get(attribute):
            return attribute, text
    return "", ""
