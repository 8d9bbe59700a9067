from __future__ import annotations

import pytest

from linkshot.errors import (
    LinkNotFound,
    TagEmpty,
    TagInvalid,
    TagNameTaken,
    TagNotFound,
    TagSlashAtEnd,
    TagTooLong,
)
from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.links import count_links, list_links, restore_links, trash_links
from linkshot.store.search import search
from linkshot.store.tags import (
    add_alias,
    complete_tag,
    link_tags,
    merge_tags,
    parse_tag,
    remove_alias,
    rename_tag,
    retag_links,
    tag_counts,
)

from .pages import keep


def kept(library: Library, *tags: str) -> int:
    number = count_links(library)
    return keep(library, f"https://example.org/{number}", tags=list(tags)).link_id


def counts(library: Library) -> dict[str, tuple[int, int]]:
    return {tag.path: (tag.links, tag.links_below) for tag in tag_counts(library)}


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("政策/产业/集成电路", "政策/产业/集成电路"),
        ("  政策 ／ 产业 ", "政策/产业"),
        ("deep   learning", "deep learning"),
        ("ＡＩ", "ＡＩ"),
    ],
)
def test_tag_is_shown_as_typed(typed: str, path: str) -> None:
    assert parse_tag(typed) == path


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", TagEmpty),
        (" \u200b ", TagEmpty),
        ("/", TagEmpty),
        ("a//b", TagEmpty),
        ("a/", TagSlashAtEnd),
        ("／a", TagSlashAtEnd),
        ("a" * 201, TagTooLong),
        ("/".join("abcdefghijk"), TagTooLong),
        ("a\nb", TagInvalid),
        ("a\x00", TagInvalid),
        ("a\ud800", TagInvalid),
    ],
)
def test_bad_tag_is_refused(typed: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_tag(typed)


def test_bad_tag_among_good_changes_nothing(library: Library) -> None:
    link_id = kept(library)
    with pytest.raises(TagSlashAtEnd):
        retag_links(library, [link_id], ["good", "bad/"])
    assert tag_counts(library) == []


def test_unknown_link_changes_nothing(library: Library) -> None:
    link_id = kept(library)
    with pytest.raises(LinkNotFound):
        retag_links(library, [link_id, 99], ["good"])
    assert tag_counts(library) == []


def test_same_tag_in_other_form_is_one(library: Library) -> None:
    link_id = kept(library, "AI")
    retag_links(library, [link_id], ["ai", "ＡＩ", " Ai "])
    assert link_tags(library, link_id) == ["AI"]


def test_link_with_two_tags_below_counts_once(library: Library) -> None:
    kept(library, "政策/产业", "政策/土地")
    kept(library, "政策")
    assert counts(library) == {"政策": (1, 2), "政策/产业": (1, 1), "政策/土地": (1, 1)}


def test_list_by_tag_has_those_below(library: Library) -> None:
    first, second = kept(library, "政策/产业"), kept(library, "政策")
    kept(library, "其他")
    assert {link.link_id for link in list_links(library, tag="政策")} == {first, second}
    assert count_links(library, tag="政策/产业") == 1
    assert count_links(library, tag="unknown") == 0


def test_trashed_link_is_not_counted(library: Library) -> None:
    link_id = kept(library, "a/b")
    trash_links(library, [link_id])
    assert counts(library) == {"a": (0, 0), "a/b": (0, 0)}
    assert count_links(library, tag="a/b", trashed=True) == 1
    restore_links(library, [link_id])
    assert counts(library) == {"a": (0, 1), "a/b": (1, 1)}


def test_tag_given_in_trash_counts_after_restore(library: Library) -> None:
    link_id = kept(library)
    trash_links(library, [link_id])
    retag_links(library, [link_id], ["a"])
    assert counts(library) == {"a": (0, 0)}
    restore_links(library, [link_id])
    assert counts(library) == {"a": (1, 1)}


def test_removed_tag_is_not_counted(library: Library) -> None:
    link_id = kept(library, "a/b", "a/c")
    retag_links(library, [link_id], remove=["A/B", "never"])
    assert counts(library) == {"a": (0, 1), "a/b": (0, 0), "a/c": (1, 1)}


def test_renamed_tag_takes_those_below_along(library: Library) -> None:
    link_id = kept(library, "政策/产业/集成电路")
    rename_tag(library, "政策/产业", "经济/工业")
    assert link_tags(library, link_id) == ["经济/工业/集成电路"]
    assert counts(library) == {
        "政策": (0, 0),
        "经济": (0, 1),
        "经济/工业": (0, 1),
        "经济/工业/集成电路": (1, 1),
    }
    assert search(library, "工业").total == 1


def test_tag_renamed_below_itself_is_a_tree_still(library: Library) -> None:
    kept(library, "a/x")
    rename_tag(library, "a", "a/b")
    assert counts(library) == {"a": (0, 1), "a/b": (0, 1), "a/b/x": (1, 1)}
    assert verify(library) == []


def test_rename_to_other_case_is_the_same_tag(library: Library) -> None:
    link_id = kept(library, "ai")
    rename_tag(library, "ai", "AI")
    assert link_tags(library, link_id) == ["AI"]


@pytest.mark.parametrize("above", ["A", "甲"])
def test_rename_below_another_name_of_a_tag_goes_below_that_tag(
    library: Library, above: str
) -> None:
    keep(library, tags=["a", "c"])
    add_alias(library, "a", "甲")
    rename_tag(library, "c", f"{above}/d")
    assert [tag.path for tag in tag_counts(library)] == ["a", "a/d"]


def test_rename_below_an_alias_of_itself_changes_nothing(library: Library) -> None:
    keep(library, tags=["a"])
    add_alias(library, "a", "甲")
    with pytest.raises(TagNameTaken):
        rename_tag(library, "a", "甲/b")
    assert [tag.path for tag in tag_counts(library)] == ["a"]


def test_rename_to_a_taken_name_changes_nothing(library: Library) -> None:
    kept(library, "a/x", "b")
    with pytest.raises(TagNameTaken):
        rename_tag(library, "a", "B")
    assert set(counts(library)) == {"a", "a/x", "b"}


def test_rename_that_makes_one_below_too_long_changes_nothing(library: Library) -> None:
    kept(library, "a/" + "x" * 150)
    with pytest.raises(TagTooLong):
        rename_tag(library, "a", "y" * 100)
    assert "a" in counts(library)


def test_merged_tags_are_one_and_stay_as_aliases(library: Library) -> None:
    first, second = kept(library, "AI/芯片"), kept(library, "人工智慧", "人工智能/芯片")
    merge_tags(library, ["AI", "人工智慧"], "人工智能")
    assert link_tags(library, first) == ["人工智能/芯片"]
    assert link_tags(library, second) == ["人工智能", "人工智能/芯片"]
    assert counts(library) == {"人工智能": (1, 2), "人工智能/芯片": (2, 2)}
    retag_links(library, [first], ["ai"])
    assert link_tags(library, first) == ["人工智能", "人工智能/芯片"]
    assert verify(library) == []


def test_tag_merged_into_one_below_it_stays_above(library: Library) -> None:
    link_id = kept(library, "a")
    merge_tags(library, ["a"], "a/b")
    assert link_tags(library, link_id) == ["a/b"]
    assert counts(library) == {"a": (0, 1), "a/b": (1, 1)}
    assert verify(library) == []


def test_tag_and_one_below_it_merge_together(library: Library) -> None:
    link_id = kept(library, "a", "a/b")
    merge_tags(library, ["a", "a/b"], "c")
    assert verify(library) == []
    assert set(link_tags(library, link_id)) <= {"c", "c/b"}


def test_merge_of_unknown_tag_changes_nothing(library: Library) -> None:
    kept(library, "a")
    with pytest.raises(TagNotFound):
        merge_tags(library, ["a", "never"], "b")
    assert counts(library) == {"a": (1, 1)}


def test_alias_gives_and_finds_its_tag(library: Library) -> None:
    first = kept(library, "人工智能")
    add_alias(library, "人工智能", "AI")
    second = kept(library, "ai/芯片")
    assert link_tags(library, second) == ["人工智能/芯片"]
    found = {hit.link_id for hit in search(library, "tag:AI").hits}
    assert found == {first, second}
    assert {hit.link_id for hit in search(library, "AI").hits} == {first, second}


def test_alias_like_a_tag_is_refused(library: Library) -> None:
    kept(library, "a", "b")
    with pytest.raises(TagNameTaken):
        add_alias(library, "a", "B")


def test_removed_alias_is_free_again(library: Library) -> None:
    link_id = kept(library, "人工智能")
    add_alias(library, "人工智能", "AI")
    remove_alias(library, "人工智能", "ai")
    retag_links(library, [link_id], ["AI"])
    assert link_tags(library, link_id) == ["AI", "人工智能"]


def test_completion_prefers_the_beginning_then_use(library: Library) -> None:
    kept(library, "政策/产业")
    kept(library, "产业链")
    kept(library, "产业链", "大产业")
    assert [tag.path for tag in complete_tag(library, "产业")] == [
        "产业链",
        "政策/产业",
        "大产业",
    ]
