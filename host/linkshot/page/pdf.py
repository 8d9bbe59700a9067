"""What a PDF says: its text, with lines that only the page's width broke put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it has no py.typed

from linkshot.page.article import read_page
from linkshot.page.reading import Reading

MOST_PAGES = 3_000
MOST_CHARACTERS = 4_000_000
_MOST_LOOKED_THROUGH = 200_000

# PDFium writes a hyphen at the end of a line as one of these.
_SOFT_HYPHENS = ("\ufffe", "\x02", "\xad")
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]"
)
_ENDS_SENTENCE = re.compile(r"[.!?。！？：:；;]$")
# A line this much shorter than the page's longest ones was ended by its writer.
_FULL = 0.85


def read_pdf(data: bytes) -> Reading:
    """Title and text, a paragraph a line; at most `MOST_PAGES` and `MOST_CHARACTERS` of it.

    Raises:
        ValueError: it is no PDF, it is broken, or it wants a password.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"the PDF cannot be opened: {error}") from error
    with document:
        title = " ".join(document.get_metadata_value("Title").split())
        text = "\n".join(_bounded(_page_texts(document)))
    html = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    # The card, dates and keywords are found as in a page of these paragraphs; the text stays whole.
    said = read_page(html[:_MOST_LOOKED_THROUGH], "")
    return msgspec.structs.replace(said, title=title, text=text, html=html)


def _page_texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for index in range(min(len(document), MOST_PAGES)):
        try:
            page = document[index]
            text: str = page.get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            continue  # One page that is broken does not make the others unread.
        yield "\n".join(paragraphs(text.splitlines()))


def _bounded(texts: Iterable[str]) -> Iterator[str]:
    left = MOST_CHARACTERS
    for text in texts:
        yield text[:left]
        left -= len(text)
        if left <= 0:
            return


def paragraphs(lines: list[str]) -> list[str]:
    """A page's lines, joined where only the width of the page ended them.

    A word cut at the end of a line would else be found by none of its characters' pairs.
    """
    lines = [line.strip() for line in lines if line.strip()]
    if not lines:
        return []
    longest = sorted(map(_width, lines))[-max(len(lines) // 10, 1)]
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if before.endswith(_SOFT_HYPHENS):
            joined[-1] = joined[-1][:-1] + line
        elif _width(before) >= _FULL * longest and not _ENDS_SENTENCE.search(before):
            joined[-1] += _between(before, line) + line
        else:
            joined.append(line)
    return joined


def _between(before: str, after: str) -> str:
    return "" if _WIDE.match(before[-1]) or _WIDE.match(after[0]) else " "


def _width(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))
