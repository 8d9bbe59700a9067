"""An XHTML or SVG document before its capture over HTTP: its title, its base, its frames with their keys.

Read by patterns, not parsed: what is not well-formed must still be kept as far as a browser shows it.
"""

from __future__ import annotations

import re
from html import unescape

from linkshot.capture.http_page import Frame, PreparedPage
from linkshot.page.rewrite import FRAME_KEY
from linkshot.page.urls import resolve, without_fragment

_ATTRIBUTES = r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+"
_PLACES = re.compile(
    rf"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?P<tag>(?:[\w.-]+:)?(?P<name>iframe|frame|base|style))\b"
    rf"(?P<attributes>{_ATTRIBUTES})>",
    re.S,
)
_TITLE = re.compile(r"<(?:[\w.-]+:)?title\b[^>]*>([^<]*)<", re.S)
_STYLE_TEXT = re.compile(r"(?:\s*<!\[CDATA\[)?(.*?)(?:\]\]>\s*)?</", re.S)


def prepare_xml(text: str, url: str, key: str = "") -> PreparedPage:
    """The document at `url` with its frames named; `key` is its own frame key."""
    title = _TITLE.search(text)
    naming = _Naming(url, key)
    named = _PLACES.sub(naming.place, text)
    return PreparedPage(
        html=named,
        base_url=naming.base_url,
        title=" ".join(unescape(title[1]).split())[:10_000] if title else "",
        frames=naming.frames,
        styles=naming.styles,
    )


class _Naming:
    """Names frames one after another, as they come."""

    def __init__(self, url: str, key: str) -> None:
        self.base_url = url
        self.frames: list[Frame] = []
        self.styles: list[str] = []
        self._key = key

    def place(self, found: re.Match[str]) -> str:
        attributes = found["attributes"] or ""
        if found["name"] == "base":
            base = resolve(self.base_url, _value(attributes, "href"))
            if base and base.startswith(("http:", "https:", "file:")):
                self.base_url = base
        elif found["name"] == "style":
            self.styles.append((_STYLE_TEXT.match(found.string, found.end()) or "  ")[1])
        elif found["name"]:
            return self._frame(found, attributes)
        return found[0]

    def _frame(self, found: re.Match[str], attributes: str) -> str:
        key = f"{self._key}.{len(self.frames)}" if self._key else str(len(self.frames))
        source = _value(attributes, "src")
        url = resolve(self.base_url, source) if source else None
        if not url or not url.startswith(("http:", "https:", "file:")):
            return found[0]
        self.frames.append(Frame(key=key, url=without_fragment(url)))
        return f'<{found["tag"]} {FRAME_KEY}="{key}"{attributes}>'


def _value(attributes: str, name: str) -> str:
    found = re.search(rf"\s{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", attributes)
    return unescape(found[1] or found[2] or "") if found else ""
