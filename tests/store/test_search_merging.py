from __future__ import annotations

from linkshot.store.library import Library
from linkshot.store.search import search
from linkshot.store.search.index import merge_further

from .pages import keep_text


def test_pieces_of_the_index_stay_few(library: Library) -> None:
    for number in range(90):
        keep_text(library, f"第 {number} 页", title=f"{number}")
    assert _pieces(library) <= 8
    assert search(library, "第").total == 90


def test_index_nobody_waits_for_is_merged_until_little_is_left(library: Library) -> None:
    for number in range(10):
        with library.transaction():
            keep_text(library, f"第 {number} 页")
    before = _pieces(library)
    while merge_further(library.database):
        pass
    assert _pieces(library) <= 2 < before
    assert search(library, "页").total == 10


def test_no_page_waits_for_what_others_left_to_merge(library: Library) -> None:
    automerge = library.database.value("SELECT v FROM link_index_config WHERE k = 'automerge'")
    assert automerge == 0


def _pieces(library: Library) -> int:
    pieces: int = library.database.value("SELECT count(DISTINCT segid) FROM link_index_idx")
    return pieces
