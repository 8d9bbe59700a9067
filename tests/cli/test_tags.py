from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Command

PAGE = "<!DOCTYPE html><title>{0}</title><article><h1>{0}</h1><p>{0}。{1}</p></article>"


@pytest.fixture
def tagged(linkshot: Command) -> Command:
    """Three pages: two about tea with `农业/茶叶`, one about chips with `芯片`."""
    pages = (("春茶上市", "农业/茶叶"), ("秋茶采摘", "农业/茶叶"), ("芯片产业", "芯片"))
    for name, tag in pages:
        path: Path = linkshot.home / f"{name}.html"
        path.write_text(
            PAGE.format(name, "茶叶的价格与产量。" if "茶" in name else "集成电路的设计。"), "utf-8"
        )
        assert linkshot("add", str(path), "--via", "http", "--tag", tag).status == 0
    return linkshot


def paths(linkshot: Command, *order: str) -> list[str]:
    return [tag["path"] for tag in linkshot("tag", "list", "--json", *order).value]  # type: ignore[attr-defined]


def test_merge_is_planned_done_and_undone(tagged: Command) -> None:
    plan = tagged("tag", "merge", "芯片", "--into", "产业", "--dry-run", "--json").value
    assert plan == {
        "links": 1,
        "gain": {"产业": 1},
        "lose": {"芯片": 1},
        "made": ["产业"],
        "vanish": ["芯片"],
        "moved": [],
        "aliases": ["芯片"],
        "target": "产业",
    }
    assert tagged("tag", "merge", "芯片", "--into", "产业", "--json").value == plan
    assert paths(tagged) == ["产业", "农业", "农业/茶叶"]
    assert tagged("tag", "undo").err == "Undone: merge 芯片\n"
    assert paths(tagged) == ["农业", "农业/茶叶", "芯片"]


def test_list_is_by_pinyin_or_by_count(tagged: Command) -> None:
    assert paths(tagged) == ["农业", "农业/茶叶", "芯片"]
    tagged("tag", "rename", "芯片", "半导体")
    assert paths(tagged) == ["半导体", "农业", "农业/茶叶"]
    assert paths(tagged, "--order", "count") == ["农业", "农业/茶叶", "半导体"]


def test_tag_is_split_moved_coloured_and_deleted(tagged: Command) -> None:
    assert tagged("tag", "split", "农业/茶叶", "1", "--into", "春茶").status == 0
    assert tagged("tag", "move", "春茶", "--under", "农业").status == 0
    assert tagged("tag", "color", "农业/春茶", "#2a7f3b", "--json").value[0]["color"] == "#2a7f3b"  # type: ignore[index]
    assert paths(tagged) == ["农业", "农业/茶叶", "农业/春茶", "芯片"]
    assert tagged("tag", "delete", "农业").status == 0
    assert paths(tagged) == ["芯片"]


def test_undo_lists_what_was_done(tagged: Command) -> None:
    tagged("tag", "rename", "芯片", "半导体")
    entries = tagged("tag", "undo", "--list", "--json").value
    assert [(e["kind"], e["tags"], e["target"]) for e in entries] == [
        ("rename", ["芯片"], "半导体")
    ]  # type: ignore[attr-defined]
    assert tagged("tag", "undo", "99").err.endswith("[undo_not_found]\n")


def test_suggestion_comes_from_pages_of_like_text(tagged: Command) -> None:
    page = tagged.home / "新茶.html"
    page.write_text(PAGE.format("新茶上市", "茶叶的价格与产量。"), "utf-8")
    tagged("add", str(page), "--via", "http")
    found = tagged("tag", "suggest", "4", "--limit", "1", "--json").value
    assert [(tag["path"], tag["links"]) for tag in found] == [("农业/茶叶", 2)]  # type: ignore[attr-defined]


def test_duplicates_are_offered_until_refused(tagged: Command) -> None:
    tagged("tag", "add", "农业/茶葉", "3")
    pairs = tagged("tag", "duplicates", "--json").value
    assert [(pair["source"], pair["target"], pair["why"]) for pair in pairs] == [  # type: ignore[attr-defined]
        ("农业/茶葉", "农业/茶叶", "form")
    ]
    assert tagged("tag", "duplicates", "--refuse", "农业/茶叶", "农业/茶葉").status == 0
    assert tagged("tag", "duplicates", "--json").value == []
    assert tagged("tag", "duplicates", "--offer", "农业/茶葉", "农业/茶叶", "--json").value == pairs


def test_rule_is_tried_switched_on_and_undone(tagged: Command) -> None:
    made = tagged("tag", "rule", "add", "茶", "--text", "茶叶", "--json").value
    assert made["trial"]["would_tag"] == 2  # type: ignore[index]
    assert paths(tagged) == ["茶", "农业", "农业/茶叶", "芯片"]
    assert tagged("tag", "rule", "on", "1", "--apply").err == "Rule 1 is on; it tagged 2 links.\n"
    assert tagged("tag", "rule", "try", "1", "--json").value["trial"]["would_tag"] == 0  # type: ignore[index]
    tagged("tag", "undo")
    assert [rule["is_on"] for rule in tagged("tag", "rule", "list", "--json").value] == [False]  # type: ignore[attr-defined]
    assert tagged("tag", "rule", "remove", "1").status == 0
    assert tagged("tag", "rule", "list", "--json").value == []


def test_rule_that_is_on_tags_the_next_page(tagged: Command) -> None:
    tagged("tag", "rule", "add", "茶", "--text", "茶叶")
    tagged("tag", "rule", "on", "1")
    page = tagged.home / "新茶.html"
    page.write_text(PAGE.format("新茶上市", "茶叶的价格与产量。"), "utf-8")
    tagged("add", str(page), "--via", "http")
    shown = tagged("list", "--tag", "茶", "--json").value
    assert [link["title"] for link in shown] == ["新茶上市"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "arguments", [("list",), ("list", "--json"), ("search", "茶")], ids="-".join
)
def test_unknown_tag_is_no_empty_library(tagged: Command, arguments: tuple[str, ...]) -> None:
    ended = tagged(*arguments, "--tag", "没有")
    assert (ended.status, ended.out) == (1, "")
    assert "[tag_not_found]" in ended.err


def test_tag_without_links_is_no_empty_library(tagged: Command) -> None:
    tagged("tag", "remove", "芯片", "3")
    ended = tagged("list", "--tag", "芯片")
    assert (ended.status, ended.err) == (0, "No link has the tag “芯片”.\n")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "There is no tag named “没有”\n"), ("zh", "没有名为“没有”的标签\n")],
)
def test_search_says_that_there_is_no_such_tag(tagged: Command, language: str, said: str) -> None:
    assert said in tagged("search", "tag:没有", LINKSHOT_LANG=language).err


def test_rule_without_condition_is_refused(tagged: Command) -> None:
    ended = tagged("tag", "rule", "add", "茶")
    assert (ended.status, "[rule_invalid]" in ended.err) == (1, True)


def test_rules_field_without_a_value_is_told_in_chinese(tagged: Command) -> None:
    ended = tagged("tag", "rule", "add", "茶", "--field", "title", LINKSHOT_LANG="zh")
    assert "字段“title”" in ended.err and "[rule_field_invalid]" in ended.err


def test_rules_acts_are_told_apart(tagged: Command) -> None:
    tagged("tag", "rule", "add", "茶", "--text", "茶叶")
    for act in ("on", "off", "remove"):
        tagged("tag", "rule", act, "1")
    kinds = [entry["kind"] for entry in tagged("tag", "undo", "--list", "--json").value]  # type: ignore[attr-defined]
    assert kinds[:4] == ["rule_remove", "rule_off", "rule_on", "rule_add"]


def test_undo_speaks_the_persons_language(tagged: Command) -> None:
    tagged("tag", "rename", "芯片", "半导体")
    assert tagged("tag", "undo", LINKSHOT_LANG="zh").err == "已撤销：重命名 芯片\n"


def test_tag_is_split_into_several_at_once(tagged: Command) -> None:
    tagged("tag", "add", "旧", "1")
    assert tagged("tag", "split", "旧", "1", "--into", "新一", "新二").status == 0
    assert {"新一", "新二"} <= {tag["path"] for tag in tagged("tag", "list", "--json").value}  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_are_shown_in_both_languages(tagged: Command, language: str) -> None:
    tagged("tag", "rename", "芯片", "半导体")
    tagged("tag", "rule", "add", "茶", "--text", "茶叶")
    for arguments in (["undo", "--list"], ["rule", "list"], ["suggest", "3"], ["duplicates"]):
        assert tagged("tag", *arguments, LINKSHOT_LANG=language).status == 0


def test_scripts_become_one_tag_when_chosen(tagged: Command) -> None:
    assert tagged("tag", "scripts", "--json").value == {"scripts": "apart"}
    assert tagged("tag", "scripts", "same").err.startswith(
        "集成電路 and 集成电路 name the same tag"
    )
    assert tagged("tag", "add", "農業/茶葉", "3").status == 0
    assert paths(tagged) == ["农业", "农业/茶叶", "芯片"]


def test_add_and_remove_are_undone_by_themselves(tagged: Command) -> None:
    tagged("tag", "rule", "add", "茶", "--text", "茶叶")
    tagged("tag", "rule", "on", "1")
    tagged("tag", "add", "重要", "1", "2", "3")
    tagged("tag", "remove", "重要", "1", "2")
    counts = []
    for done in ("take", "give", "rule_on"):
        shown = tagged("tag", "list", "--json").value
        counts += [tag["links"] for tag in shown if tag["path"] == "重要"]  # type: ignore[attr-defined]
        assert tagged("tag", "undo", "--json").value["kind"] == done  # type: ignore[index]
    assert counts == [1, 3]


def test_tag_that_is_not_there_is_not_taken_off(tagged: Command) -> None:
    ended = tagged("tag", "remove", "没有", "1")
    assert (ended.status, "[tag_not_found]" in ended.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "links"),
    [
        (("add", "新", "1", "99", "https://nobody.example/", "2"), {"新": 2}),
        (("remove", "农业/茶叶", "99", "https://nobody.example/", "1"), {"农业/茶叶": 1}),
        (("split", "农业/茶叶", "99", "https://nobody.example/", "1", "--into", "新"), {"新": 1}),
    ],
    ids=["add", "remove", "split"],
)
def test_link_that_is_not_there_keeps_no_other_back(
    tagged: Command, arguments: tuple[str, ...], links: dict[str, int]
) -> None:
    ended = tagged("tag", *arguments)
    assert (ended.status, ended.err.count("[link_not_found]")) == (1, 2)
    shown = {tag["path"]: tag["links"] for tag in tagged("tag", "list", "--json").value}  # type: ignore[attr-defined]
    assert shown | links == shown
    assert len(tagged("tag", "undo", "--list", "--json").value) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "arguments", [("add", "新"), ("split", "芯片", "--into", "新")], ids="-".join
)
def test_links_that_are_not_there_change_nothing(
    tagged: Command, arguments: tuple[str, ...]
) -> None:
    before = tagged("tag", "list", "--json").value
    ended = tagged("tag", *arguments[:2], "98", "99", *arguments[2:], "--json")
    assert (ended.status, ended.out, ended.err.count("[link_not_found]")) == (1, "", 2)
    assert tagged("tag", "list", "--json").value == before


@pytest.mark.parametrize("change", ["add 别名 3", "color 别名 #2a7f3b", "alias 别名 又名"])
def test_change_by_another_name_answers_with_the_tag(tagged: Command, change: str) -> None:
    tagged("tag", "alias", "农业/茶叶", "别名")
    answered = tagged("tag", *change.split(), "--json").value
    assert [tag["path"] for tag in answered] == ["农业/茶叶"]  # type: ignore[attr-defined]


def test_line_that_is_no_address_is_told_and_the_others_get_the_tag(tagged: Command) -> None:
    ended = tagged("tag", "add", "年度/2026", "-", given="1\n春茶的通知\n2\n99\n")
    assert ended.status == 1
    assert [line.split()[-1] for line in ended.err.splitlines()[:2]] == [
        "[url_invalid]",
        "[link_not_found]",
    ]
    assert len(tagged("list", "--tag", "年度", "--json").value) == 2  # type: ignore[arg-type]
