"""The icon of a page that names none: browsers look for it at an address of its own."""

from __future__ import annotations

import re

from linkshot.page.media import sniff_media_type
from linkshot.page.urls import resolve

# So long it is waited for, and so large it may be.
ICON_SECONDS = 3
_ICON_BYTES = 256 * 1024
# What stands in a comment is no tag.
_COMMENT = r"<!--.*?(?:-->|\Z)"
_LINK = re.compile(rf"{_COMMENT}|(<link\b[^<>]*>)", re.I | re.S)
_ICON = re.compile(
    r"""\srel\s*=\s*(?:"(?:[^"]*\s)?icon[\s"]|'(?:[^']*\s)?icon[\s']|icon[\s>/])""", re.I
)
_HEAD = re.compile(rf"{_COMMENT}|(<head\b[^<>]*>)", re.I | re.S)


def default_icon(html: str, url: str) -> str | None:
    """Where browsers look for this page's icon; None where it names one, or is no page of the web."""
    if not url.startswith(("http:", "https:")) or any(map(_ICON.search, _LINK.findall(html))):
        return None
    return resolve(url, "/favicon.ico")


def is_icon(data: bytes) -> bool:
    """Is what came from there a picture? Many sites answer with a page."""
    is_picture = sniff_media_type(data[:512], "", "").startswith("image/")
    return is_picture and 0 < len(data) <= _ICON_BYTES


def with_icon(html: str, icon: str) -> str:
    """The page, naming that icon in its head; as it is where no tag begins one."""
    head = next((found for found in _HEAD.finditer(html) if found[1]), None)
    if head is None:
        return html
    return f'{html[: head.end()]}<link rel="icon" href="{icon}">{html[head.end() :]}'
