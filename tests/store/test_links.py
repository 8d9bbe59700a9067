from __future__ import annotations

import datetime as dt

import pytest

from linkshot.errors import LinkNotFound, NoteTooLong
from linkshot.store.library import Library
from linkshot.store.links import get_link, list_links, set_note, trash_links
from linkshot.store.search import search

from .pages import NOON, keep


def test_trashed_link_captured_again_comes_back(library: Library) -> None:
    saved = keep(library, tags=["a"])
    trash_links(library, [saved.link_id])
    assert search(library, "page").total == 0
    keep(library)
    assert [link.link_id for link in list_links(library, tag="a")] == [saved.link_id]
    assert search(library, "page").total == 1


def test_links_are_listed_in_each_order(library: Library) -> None:
    for number, title in enumerate(["b", "A", "c"]):
        later = NOON + dt.timedelta(days=number)
        keep(library, f"https://{title}.org/", title=title, captured_at=later)
    listed = {
        order: "".join(link.title for link in list_links(library, order=order))  # type: ignore[arg-type]
        for order in ("newest", "oldest", "title", "site")
    }
    assert listed == {"newest": "cAb", "oldest": "bAc", "title": "Abc", "site": "Abc"}


def test_changed_note_is_found_and_the_old_one_not(library: Library) -> None:
    saved = keep(library, note="旧的")
    set_note(library, saved.link_id, "新的备注")
    assert search(library, "备注").total == 1
    assert search(library, "旧的").total == 0


def test_note_of_a_later_capture_is_added(library: Library) -> None:
    keep(library, note="one")
    saved = keep(library, note="two")
    assert get_link(library, saved.link_id).note == "one\ntwo"


def test_note_over_the_limit_changes_nothing(library: Library) -> None:
    saved = keep(library, note="one")
    with pytest.raises(NoteTooLong):
        set_note(library, saved.link_id, "x" * 100_001)
    assert get_link(library, saved.link_id).note == "one"


def test_unknown_link_is_named(library: Library) -> None:
    with pytest.raises(LinkNotFound):
        get_link(library, 7)
