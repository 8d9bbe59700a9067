"""The HTML page around what is none: a text, a picture, a document in XML. All stand under one policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from html import escape

# Everything from the file itself, style in its place, nothing that runs, is sent or stands elsewhere.
POLICY = "default-src data: 'unsafe-inline';script-src 'none';form-action 'none';base-uri 'none'"
POLICY_TAG = f'<meta http-equiv=Content-Security-Policy content="{POLICY}">'.encode()
XML_POLICY_TAG = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'.encode()

# As browsers show a text that they are given alone, and dark where all else is.
_TEXT_HEAD = (
    b'<meta name=color-scheme content="light dark">'
    b"<style>pre{white-space:pre-wrap;overflow-wrap:break-word}</style>"
)
_PICTURE_HEAD = (
    b"<style>body{margin:0;min-height:100vh;display:grid}img{max-width:100%;margin:auto}</style>"
)
# A drawing without measures of its own fills the window.
_DRAWING_HEAD = (
    b"<style>html,body{margin:0;height:100%}body>svg{display:block}"
    b"body>svg:not([width]){width:100%}body>svg:not([height]){height:100%}</style>"
)
_FRAME = b'<iframe style="position:fixed;inset:0;width:100%;height:100%;border:0" src="'
_PIECE_CHARACTERS = 1 << 18


def source_tags(page_url: str, captured_at: dt.datetime) -> bytes:
    """Where a page came from and when it was kept, for whoever gets the file; not the name of a file of one's own."""
    named = {"url": page_url, "captured-at": captured_at.isoformat(timespec="seconds")}
    if page_url.startswith("file:"):
        del named["url"]
    tags = (
        f'<meta name="linkshot-{name}" content="{escape(value)}"/>' for name, value in named.items()
    )
    return "".join(tags).encode("utf-8", "replace")


def around_text(title: str, text: str) -> Iterator[bytes]:
    """The text as it is, wrapped at the window's edge."""
    yield _start(title, _TEXT_HEAD) + b"<pre>\n"  # the first line's end is no part of the text
    for at in range(0, len(text), _PIECE_CHARACTERS):
        piece = text[at : at + _PIECE_CHARACTERS]
        yield escape(piece, quote=False).encode("utf-8", "replace")
    yield b"</pre></body></html>"


def around_picture(title: str, address: Iterable[bytes]) -> Iterator[bytes]:
    """The picture in the middle, no wider than the window."""
    yield _start(title, _PICTURE_HEAD) + b'<img src="'
    yield from address
    yield b'" alt="' + escape(title).encode() + b'"></body></html>'


def around_drawing(title: str, svg: bytes) -> Iterator[bytes]:
    """An SVG document that an HTML parser reads alike, as an element."""
    yield _start(title, _DRAWING_HEAD)
    yield svg[svg.find(b"<svg") :]
    yield b"</body></html>"


def around_frame(title: str, address: bytes) -> Iterator[bytes]:
    """Another document in a frame that fills the window."""
    yield _start(title) + _FRAME
    yield address
    yield b'"></iframe></body></html>'


def _start(title: str, head: bytes = b"") -> bytes:
    name = b"<title>" + escape(title).encode() + b"</title>"
    before = b"<!DOCTYPE html><html><head>" + POLICY_TAG + b"<meta charset=utf-8>"
    return before + name + head + b"</head><body>"
