from __future__ import annotations

from linkshot.store.library import Library
from linkshot.store.links import link_status, list_links
from linkshot.store.records import LinkStatus
from linkshot.store.snapshots import save_snapshot

from .pages import NOON, keep, new_snapshot


def test_saved_page_is_listed(library: Library) -> None:
    saved = keep(library, tags=["政策/产业"], note="重要")
    (link,) = list_links(library)
    assert (link.link_id, link.title, link.tags, link.note, link.snapshots) == (
        saved.link_id,
        "A page",
        ["政策/产业"],
        "重要",
        1,
    )


def test_same_capture_saved_twice_is_one_snapshot(library: Library) -> None:
    new = new_snapshot()
    assert save_snapshot(library, new) == save_snapshot(library, new)
    assert list_links(library)[0].snapshots == 1


def test_status_of_kept_page_counts_its_versions(library: Library) -> None:
    keep(library, tags=["a"])
    saved = keep(library)
    assert link_status(library, "https://example.org/a") == LinkStatus(
        link_id=saved.link_id, snapshots=2, last_captured_at=NOON, tags=["a"]
    )


def test_status_of_unknown_address_is_empty(library: Library) -> None:
    assert link_status(library, "https://example.org/b") == LinkStatus()


def test_unchanged_page_says_so(library: Library) -> None:
    keep(library)
    assert keep(library).unchanged
    assert not keep(library, html=b"<p>other</p>").unchanged
