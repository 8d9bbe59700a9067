"""`linkshot extract`: what the reader makes of an HTML file; nothing is stored."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from linkshot.cli.parser import Parser, plain_text
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal
from linkshot.errors import FileUnreadable

MAX_FILE_BYTES = 256 * 1024 * 1024
_HEAD_BYTES = 16_384


def arguments(parser: Parser) -> None:
    """An HTML file, and the address it came from."""
    parser.take(
        "file",
        metavar="FILE",
        about=Phrase("an HTML file, or - for stdin", "HTML 文件；- 表示标准输入"),
    )
    parser.take(
        "--url",
        type=plain_text,
        default="",
        about=Phrase("the address the file came from", "该文件原来的网址"),
    )
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Read the file as a page and print its reading."""
    from linkshot.page.article import read_page
    from linkshot.page.charset import decode_html

    raw, content_type, url = _page_in(read_bytes(options.file), options.url)
    html, _encoding = decode_html(raw, content_type)
    reading = read_page(html, options.url or url)
    if terminal.as_json:
        terminal.json(reading)
        return 0
    from linkshot.cli.layout import reading_card

    terminal.show(reading_card(reading, terminal.language))
    terminal.text(f"\n{reading.text}\n")
    return 0


def _page_in(raw: bytes, url: str) -> tuple[bytes, str, str]:
    """The page, its type and address, out of what a browser saved as one file; all else as it is."""
    if b"multipart/related" in raw[:_HEAD_BYTES].lower():
        # Imported here: it brings the HTTP client.
        from linkshot.capture.mhtml import is_mhtml, read_mhtml
        from linkshot.capture.plan import bytes_of

        saved = read_mhtml(raw, url) if is_mhtml(raw) else None
        if saved:
            return bytes_of(saved.page.data), saved.page.content_type, saved.page.url
    return raw, "", url


def read_bytes(name: str) -> bytes:
    """A file's bytes, or those of standard input for `-`, within MAX_FILE_BYTES.

    Raises:
        FileUnreadable: it is missing, a folder, not readable, or larger.
    """
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        else:
            with Path(name).open("rb") as stream:
                raw = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FileUnreadable(path=plain_text(name), reason=_reason(error)) from error
    if len(raw) > MAX_FILE_BYTES:
        raise FileUnreadable(path=plain_text(name), reason=f"> {MAX_FILE_BYTES >> 20} MB")
    return raw


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
