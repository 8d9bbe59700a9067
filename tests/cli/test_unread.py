"""A page whose text cannot be read: kept, and said in the person's language, not in the words of a log."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Command

SAID = {
    "en": "its text cannot be read; it is found by title and address alone.",
    "zh": "无法读取正文，只能按标题和网址找到。",
}


@pytest.mark.parametrize("language", SAID)
def test_text_that_cannot_be_read_is_said(linkshot: Command, language: str) -> None:
    page = linkshot.home / "broken.pdf"
    page.write_bytes(b"%PDF-1.4\n%%EOF")
    added = linkshot("add", str(page), "--via", "http", LINKSHOT_LANG=language)
    assert (added.status, added.err.count("\n")) == (0, 1)
    assert SAID[language] in added.err
    assert SAID[language] in linkshot("show", "1", LINKSHOT_LANG=language).err
