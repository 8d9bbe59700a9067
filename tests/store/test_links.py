from __future__ import annotations

import datetime as dt

import pytest

from linkshot.errors import LinkNotFound, NoteTooLong
from linkshot.store.library import Library
from linkshot.store.links import (
    count_links,
    get_link,
    list_links,
    restore_links,
    set_note,
    trash_links,
)
from linkshot.store.search import search

from .pages import NOON, keep


def test_trashed_link_captured_again_comes_back(library: Library) -> None:
    saved = keep(library, tags=["a"])
    trash_links(library, [saved.link_id])
    assert search(library, "page").total == 0
    keep(library)
    assert [link.link_id for link in list_links(library, tag="a")] == [saved.link_id]
    assert search(library, "page").total == 1


def test_trash_answers_the_links_that_moved(library: Library) -> None:
    one, other = (keep(library, f"https://{name}.org/").link_id for name in "ab")
    assert trash_links(library, [one]) == [one]
    assert trash_links(library, [one, other]) == [other]
    assert restore_links(library, [one]) == [one]
    assert restore_links(library, [one, other]) == [other]


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


def give_many_links(library: Library, tag: str, count: int) -> None:
    """Put so many links below a tag, the higher the number the newer; rows alone, without pages."""
    value = library.database.value
    with library.transaction():
        tag_id = value("SELECT id FROM tag WHERE path = ?", (tag,))
        library.database.run(
            """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
            INSERT INTO link (url, title, title_key, site, dated_on, created_at, last_captured_at, last_snapshot_id)
            SELECT 'https://many.org/' || n, n, n, 'many.org', '2020-01-01', n, n, last_snapshot_id
            FROM number, (SELECT max(last_snapshot_id) AS last_snapshot_id FROM link)
            """,
            (count,),
        )
        library.database.run(
            "INSERT INTO tag_reach (tag_id, link_id) SELECT ?, id FROM link WHERE site = 'many.org'",
            (tag_id,),
        )
        library.database.run("UPDATE tag SET links_below = links_below + ?", (count,))


def test_large_tag_is_listed_newest_first_and_deep(library: Library) -> None:
    keep(library, "https://example.org/newest", title="newest", tags=["政策"])
    keep(library, "https://example.org/other", title="other")
    give_many_links(library, "政策", 3_000)
    assert count_links(library, tag="政策") == 3_001
    first = [link.title for link in list_links(library, tag="政策", limit=3)]
    assert first == ["newest", "3000", "2999"]
    deep = [link.title for link in list_links(library, tag="政策", limit=2, offset=2_000)]
    assert deep == ["1001", "1000"]
