"""A library that is checked or whose index is made anew can be written meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

from linkshot.store.health import verify
from linkshot.store.library import Library

from .pages import keep, keep_text


def test_check_holds_no_lock(library: Library) -> None:
    for number in range(20):
        keep_text(library, f"第{number}页的正文", url=f"https://example.org/{number}")
    with Library.open(library.root, busy_seconds=0.0) as other, other.transaction():
        assert verify(library) == []


def test_damaged_index_is_told(library: Library) -> None:
    keep_text(library, "乡村振兴")
    library.database.run("DELETE FROM link_index_data WHERE id > 10")
    assert [problem.code for problem in verify(library)][:1] == ["index_differs"]


def test_page_is_kept_while_the_index_is_made_anew(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        for number in range(300):
            keep_text(library, f"第{number}页的正文", url=f"https://example.org/{number}")
        library.database.run("UPDATE link_index_docsize SET sz = x'00'")
        repairing = threading.Thread(target=lambda: verify(library, repair=True))
        repairing.start()
        with Library.open(tmp_path) as other:
            kept = keep(other, "https://example.org/new")
        repairing.join()
        assert kept.link_id == 301
        assert verify(library) == []
