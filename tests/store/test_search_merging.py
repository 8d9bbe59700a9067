from __future__ import annotations

from pathlib import Path

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
        made.database.run("PRAGMA user_version = 7")
    with Library.open(tmp_path) as library:
        assert _pieces(library) > 2
        while merge_further(library.database):
            pass
        assert _pieces(library) <= 2
        assert search(library, "页").total == 3


def _pieces(library: Library) -> int:
    pieces: int = library.database.value("SELECT count(DISTINCT segid) FROM link_index_idx")
    return pieces
