from __future__ import annotations

from collections.abc import Callable

import pytest

from linkshot.errors import TagNameTaken
from linkshot.store.library import Library
from linkshot.store.links import count_links
from linkshot.store.search import search
from linkshot.store.tag_duplicates import near_duplicates, refuse_duplicate
from linkshot.store.tags import (
    add_alias,
    complete_tag,
    link_tags,
    move_tag,
    rename_tag,
    retag_links,
    tag_counts,
)

from .pages import keep


def kept(library: Library, *tags: str) -> int:
    number = count_links(library)
    return keep(library, f"https://example.org/{number}", tags=list(tags)).link_id


def paths(library: Library, text: str) -> list[str]:
    return [tag.path for tag in complete_tag(library, text)]


def pairs(library: Library) -> list[tuple[str, str, str]]:
    return [(pair.source, pair.target, pair.why) for pair in near_duplicates(library)]


def test_tags_are_in_the_order_of_their_sounds(library: Library) -> None:
    kept(library, "政策/土地", "政策/产业", "重庆", "安徽", "AI", "zinc", "银行")
    assert [tag.path for tag in tag_counts(library)] == [
        "AI",
        "zinc",
        "安徽",
        "重庆",
        "银行",
        "政策",
        "政策/产业",
        "政策/土地",
    ]


def test_tags_by_count_begin_with_the_most_used(library: Library) -> None:
    kept(library, "b", "a")
    kept(library, "b")
    assert [tag.path for tag in tag_counts(library, order="count")] == ["b", "a"]


def test_tag_with_more_below_it_is_the_one_to_keep(library: Library) -> None:
    kept(library, "WebGPU/着色器")
    kept(library, "WebGPU/渲染")
    kept(library, "Web-GPU")
    [pair] = near_duplicates(library)
    assert (pair.source, pair.source_links) == ("Web-GPU", 1)
    assert (pair.target, pair.target_links) == ("WebGPU", 2)


@pytest.mark.parametrize("typed", ["xczx", "xc", "xiangcun", "xiang cun zhen xing", "XCZX"])
def test_tag_is_completed_by_its_sound(library: Library, typed: str) -> None:
    kept(library, "政策/乡村振兴", "其他")
    assert paths(library, typed) == ["政策/乡村振兴"]


@pytest.mark.parametrize(
    ("tag", "typed"),
    [("政策/国务院", "國務院"), ("國務院", "国务"), ("AI", "ａｉ"), ("國務院／通知", "国务院")],
)
def test_tag_is_completed_in_the_other_script(library: Library, tag: str, typed: str) -> None:
    kept(library, tag, "其他")
    assert paths(library, typed)[0] == tag.partition("／")[0]


def test_beginning_in_the_other_script_comes_first(library: Library) -> None:
    kept(library, "大國務", "国务院")
    kept(library, "大國務")
    assert paths(library, "國務") == ["国务院", "大國務"]


def test_alias_in_the_other_script_completes_its_tag(library: Library) -> None:
    kept(library, "中央政府")
    add_alias(library, "中央政府", "国务院")
    assert paths(library, "國務院") == ["中央政府"]


def test_literal_completion_comes_before_sound(library: Library) -> None:
    kept(library, "乡村", "xc-tools", "old-xc")
    assert paths(library, "xc") == ["xc-tools", "old-xc", "乡村"]


def test_alias_is_completed_by_its_sound(library: Library) -> None:
    kept(library, "AI")
    add_alias(library, "AI", "人工智能")
    assert [(tag.path, tag.aliases) for tag in complete_tag(library, "rgzn")] == [
        ("AI", ["人工智能"])
    ]


def test_renamed_tag_is_completed_by_its_new_sound(library: Library) -> None:
    kept(library, "乡村")
    assert paths(library, "xc") == ["乡村"]
    rename_tag(library, "乡村", "城市")
    assert (paths(library, "xc"), paths(library, "cs")) == ([], ["城市"])


def test_aliases_give_and_find_one_tag(library: Library) -> None:
    first = kept(library, "人工智能")
    for alias in ("AI", "人工智慧"):
        add_alias(library, "人工智能", alias)
    second = kept(library)
    retag_links(library, [second], ["人工智慧"])
    assert link_tags(library, second) == ["人工智能"]
    for name in ("AI", "ai", "人工智能", "人工智慧"):
        assert {hit.link_id for hit in search(library, f"tag:{name}").hits} == {first, second}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("集成电路", "集成電路"),
        ("deep learning", "Deep-Learning"),
        ("snapshot", "snapshots"),
        ("knowledge", "knowlegde"),
        ("乡村振兴", "乡村振兴战"),
    ],
)
def test_names_nearly_alike_are_offered(library: Library, first: str, second: str) -> None:
    kept(library, first)
    kept(library, first, second)
    assert pairs(library) == [(second, first, "form")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("2023年", "2024年"), ("第一批次", "第二批次"), ("上海", "上饶"), ("a", "b")],
)
def test_other_things_are_not_offered(library: Library, first: str, second: str) -> None:
    kept(library, first)
    kept(library, second)
    assert pairs(library) == []


def test_tags_on_the_same_links_are_offered(library: Library) -> None:
    for _ in range(3):
        kept(library, "AI", "人工智能")
    kept(library, "人工智能")
    assert pairs(library) == []
    kept(library, "AI", "人工智能")
    assert pairs(library) == [("AI", "人工智能", "use")]


def test_refused_pair_stays_refused_under_other_names(library: Library) -> None:
    kept(library, "snapshot", "snapshots")
    refuse_duplicate(library, "snapshots", "snapshot")
    assert pairs(library) == []
    rename_tag(library, "snapshot", "snap-shot")
    assert pairs(library) == []


@pytest.mark.parametrize("change", [move_tag, rename_tag])
def test_tag_goes_not_below_another_name_of_its_own(
    library: Library, change: Callable[[Library, str, str], str]
) -> None:
    link_id = kept(library, "人工智能")
    add_alias(library, "人工智能", "AI")
    with pytest.raises(TagNameTaken):
        change(library, "人工智能", "AI/新/一")
    assert link_tags(library, link_id) == ["人工智能"]
    assert [tag.path for tag in tag_counts(library)] == ["人工智能"]
