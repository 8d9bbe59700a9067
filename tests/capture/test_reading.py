"""What stored pages say: PDFs, alone and within a page, whole and broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pdfs import pdf_of

from linkshot.capture.assemble import assemble
from linkshot.capture.pdf_apart import read_pdf_apart
from linkshot.capture.reading import read_pending
from linkshot.store.library import Library
from linkshot.store.readings import get_reading
from linkshot.store.search import search

from .plans import capture_of

NOTICE = pdf_of(
    [
        "国务院关于促进集成电路产业发展若干政策的通知",
        "国发〔2020〕8号",
        "集成电路产业和软件产业是信息产业的核心，是引领新一轮科技革",
        "命和产业变革的关键力量。为进一步优化产业发展环境，提升创新能",
        "力和发展质量，制定以下政策。",
    ],
    ["第二页：人才政策。"],
)
BROKEN = NOTICE[:200]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


def test_pdf_is_read_with_its_card() -> None:
    reading = read_pdf_apart(NOTICE)
    assert "科技革命和产业变革" in reading.text and reading.text.endswith("第二页：人才政策。")
    assert reading.policy is not None and reading.policy.doc_number == "国发〔2020〕8号"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", BROKEN, b"<html>" * 1000])
def test_what_is_no_whole_pdf_is_an_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="PDF"):
        read_pdf_apart(data)


def test_pdf_that_a_page_shows_is_found_by_its_words(library: Library) -> None:
    plan, sources = capture_of(
        {"": "<embed src=a.pdf>"}, {"http://e.com/d/a.pdf": (NOTICE, "application/pdf")}
    )
    saved = assemble(plan, sources, library)
    read_pending(library)
    assert [hit.link_id for hit in search(library, "人才政策").hits] == [saved.link_id]


def test_broken_pdf_leaves_the_page_read(library: Library) -> None:
    plan, sources = capture_of(
        {"": "<p>附件<embed src=a.pdf>"}, {"http://e.com/d/a.pdf": (BROKEN, "application/pdf")}
    )
    saved = assemble(plan, sources, library)
    read_pending(library)
    reading = get_reading(library, saved.snapshot_id)
    assert reading is not None and reading.text == "附件"
