"""The day on which an authority's document was signed, from its text.

A document ends with its office and, in a line of its own, the day (GB/T 9704); attachments follow, often documents
that others signed. What a meeting has passed has the day in brackets under its title instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from linkshot.page.article_tree import Block
from linkshot.page.metadata_dates import HAN_DATE, parse_moment

_DAY = rf"(?P<signed>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日|{HAN_DATE})"
_UNDER_TITLE = re.compile(rf"\({_DAY}\)")
# Beside it only what names an office: neither 施行日期2021年5月7日 nor 写于2021年5月7日.
_SIGNED = re.compile(rf"(?:[\u4e00-\u9fff()、]{{1,60}}[部委局厅院府会署行室处办组司心]\)?)?{_DAY}")
_LABEL = re.compile(r"(?:[;；:：,，]|时间|日期)$")
_MAX_LINE = 90


def is_sentence(text: str) -> bool:
    """Is this of the running text, not a title, a name or a day?"""
    return "。" in text


def read_signature(blocks: Iterable[Block]) -> str:
    """The day as ISO, "" where there is none; `blocks` are the document's, without its information table."""
    lines = [line for line in (_plain(line) for block in blocks for line in block.lines) if line]
    begin = next((n for n, line in enumerate(lines) if is_sentence(line)), len(lines))
    heads = (_day(_UNDER_TITLE, line) for line in lines[:begin])
    return next(filter(None, heads), "") or _signed(lines[begin:])


def _signed(lines: list[str]) -> str:
    """The first day under a name; right behind a sentence it counts where no other follows."""
    last = ""
    for before, line in pairwise(lines):
        day = _day(_SIGNED, line)
        if is_sentence(line):
            last = ""
        elif day and not is_sentence(before) and not _LABEL.search(before):
            return day
        elif is_sentence(before):
            last = day
    return last


def _day(form: re.Pattern[str], line: str) -> str:
    found = form.fullmatch(line) if len(line) <= _MAX_LINE else None
    return parse_moment(found["signed"]) if found else ""


def _plain(line: str) -> str:
    """A line that may be a signature in the usual width and without white space."""
    return "".join(unicodedata.normalize("NFKC", line).split()) if len(line) <= _MAX_LINE else line
