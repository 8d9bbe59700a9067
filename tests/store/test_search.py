from __future__ import annotations

import pytest

from linkshot.store.library import Library
from linkshot.store.search import search
from linkshot.store.search.query import Words
from linkshot.store.search.snippets import HIT_START, Marker
from linkshot.store.tags import add_tags

from .pages import keep, keep_text

TEXT = "全面推进乡村振兴,加快农业农村现代化。The 5G network."


@pytest.mark.parametrize("query", ["乡村", "振", "化", "现代化。the", "5G", "netw", "乡村 5g"])
def test_part_of_text_is_found(library: Library, query: str) -> None:
    link_id = keep_text(library, TEXT)
    keep_text(library, "其他内容")
    assert [hit.link_id for hit in search(library, query).hits] == [link_id]


def test_snippet_marks_the_pages_own_words(library: Library) -> None:
    keep_text(library, TEXT)
    assert search(library, "乡村 NETWORK").hits[0].snippet == (
        "全面推进\x02乡村\x03振兴,加快农业农村现代化。The 5G \x02network\x03."
    )


def test_tag_name_is_found_as_a_word(library: Library) -> None:
    saved = keep(library, tags=["政策/产业"])
    add_tags(library, [saved.link_id], ["规划"])
    assert search(library, "产业").total == 1
    assert search(library, "tag:政策 规划 page").total == 1


def test_common_character_marks_the_densest_passage():
    text = "的一二三四五六七八九" * 600 + "。" + "的" * 60 + "。"
    snippet = Marker([Words("的")]).snippet([text])
    assert snippet.count(HIT_START) > 30
