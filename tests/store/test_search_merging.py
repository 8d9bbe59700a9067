from __future__ import annotations

from linkshot.store.library import Library
from linkshot.store.search import search

from .pages import keep_text


def test_pieces_of_the_index_stay_few(library: Library) -> None:
    for number in range(90):
        keep_text(library, f"第 {number} 页", title=f"{number}")
    pieces = library.database.value("SELECT count(DISTINCT segid) FROM link_index_idx")
    assert pieces <= 8
    assert search(library, "第").total == 90


def test_no_page_waits_for_what_others_left_to_merge(library: Library) -> None:
    configured = library.database.rows("SELECT * FROM link_index_config WHERE k = 'automerge'")
    assert configured == [("automerge", 0)]
