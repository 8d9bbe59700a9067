from __future__ import annotations

import random
from pathlib import Path

from linkshot.store.library import Library
from linkshot.store.search import search
from linkshot.store.search.index import merge_further

from .pages import keep_text, undo_ninth_schema

HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


def test_pieces_of_the_index_stay_few(library: Library) -> None:
    for number in range(90):
        keep_text(library, f"第 {number} 页", title=f"{number}")
    assert len(_pieces(library)) <= 8
    assert search(library, "第").total == 90


def test_index_nobody_waits_for_is_merged_until_little_is_left(library: Library) -> None:
    for number in range(10):
        with library.transaction():
            keep_text(library, f"第 {number} 页")
    before = len(_pieces(library))
    _merge_all(library)
    assert len(_pieces(library)) <= 2 < before
    assert search(library, "页").total == 10


def test_index_in_parts_is_made_one_piece_that_little_is_not_added_to(library: Library) -> None:
    chance = random.Random(1)
    for number in range(12):
        text = "".join(chance.choices(HAN, k=3_000))
        keep_text(library, text, url=f"https://example.org/{number}")
    assert len(_pieces(library)) > 1
    _merge_all(library)
    made = _pieces(library)
    keep_text(library, "又一页")
    _merge_all(library)
    assert len(made) == 1
    assert made < _pieces(library)


def test_index_of_an_older_library_is_merged_too(tmp_path: Path) -> None:
    with Library.open(tmp_path) as made:
        keep_text(made, "第一页")
        # As it was before: FTS5 merges by itself, four pieces at once.
        for name, value in (("automerge", 4), ("usermerge", 4)):
            made.database.run(
                f"INSERT INTO link_index (link_index, rank) VALUES ('{name}', {value})"
            )
        for number in range(2):
            with made.transaction():
                keep_text(made, f"第 {number} 页", url=f"https://example.org/{number}")
        undo_ninth_schema(made.database)
        made.database.run("PRAGMA user_version = 7")
    with Library.open(tmp_path) as library:
        assert len(_pieces(library)) > 2
        _merge_all(library)
        assert len(_pieces(library)) <= 2
        assert search(library, "页").total == 3


def _merge_all(library: Library) -> None:
    while merge_further(library.database):
        pass


def _pieces(library: Library) -> set[int]:
    return {
        piece for (piece,) in library.database.rows("SELECT DISTINCT segid FROM link_index_idx")
    }
