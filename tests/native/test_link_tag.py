"""`link.tag` over the wire: what the popup changes is undone as what the window changes."""

from linkshot.store.library import Library
from linkshot.store.tags import link_tags
from linkshot.store.undo import undo_last


def test_tags_changed_in_the_popup_are_one_step_back(host, make_page, library_dir):
    link_id = make_page("one").send(host)["saved"]["link_id"]
    changed = host.call("link.tag", link_id=link_id, add=["新", "政策/产业"], remove=["政策"])
    assert sorted(changed["tags"]) == ["政策/产业", "新"]
    with Library.open(library_dir) as library:
        undo_last(library)
        assert link_tags(library, link_id) == ["政策"]


def test_tag_that_the_link_has_not_is_passed_over(host, make_page):
    link_id = make_page("one").send(host)["saved"]["link_id"]
    assert host.call("link.tag", link_id=link_id, add=[], remove=["从未"])["tags"] == ["政策"]
