"""`linkshot search`: what stands among its words, and what among its options."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Command

from linkshot.store.library import Library
from linkshot.store.search.waiting import empty_index, waiting_links

PAGES = {"预案": "粮食安全应急预案", "收购": "粮食收购价格", "茶叶": "春茶价格"}


@pytest.fixture
def three(linkshot: Command) -> Command:
    """Two pages about grain, one of which has the tag 收购, and one about tea."""
    for name, title in PAGES.items():
        page = linkshot.home / f"{name}.html"
        page.write_text(f"<title>{title}</title><p>{title}。", "utf-8")
        assert linkshot("add", str(page), "--via", "http").status == 0
    assert linkshot("tag", "add", "收购", "2").status == 0
    return linkshot


def titles(linkshot: Command, *arguments: str) -> set[str]:
    ended = linkshot("search", *arguments)
    assert ended.status == 0, ended.err
    return {hit["title"] for hit in ended.value["hits"]}  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("粮食 -预案", {"收购"}),
        ("-预案 粮食", {"收购"}),
        ("-粮食", {"茶叶"}),
        ("-(预案 OR 茶) 价格", {"收购"}),
        ("-tag:收购", {"预案", "茶叶"}),
        ("-hello 粮食", {"预案", "收购"}),
        ("-2021 -粮食", {"茶叶"}),
        ("-title:粮食", {"茶叶"}),
    ],
)
def test_word_left_out_is_no_option(three: Command, query: str, found: set[str]) -> None:
    words, options = query.split(), ["--json", "--limit", "5"]
    wanted = {PAGES[name] for name in found}
    assert titles(three, *options, *words) == wanted
    assert titles(three, *words, *options) == wanted
    assert titles(three, *options, "--", *words) == wanted


def test_option_that_is_none_is_wrong_usage(linkshot: Command) -> None:
    for arguments in (("粮食", "--预案"), ("--nothing", "粮食"), ("-粮食", "--limt", "5")):
        ended = linkshot("search", *arguments)
        assert (ended.status, ended.out) == (2, "")


@pytest.mark.parametrize("arguments", [("-h",), ("--help",), ("粮食", "-预案", "-h")], ids=" ".join)
def test_help_is_no_word(linkshot: Command, arguments: tuple[str, ...]) -> None:
    ended = linkshot("search", *arguments)
    assert (ended.status, ended.out.startswith("usage: linkshot search")) == (0, True)


def let_all_wait(linkshot: Command) -> None:
    """As after an update that writes the index another way."""
    with Library.open(linkshot.library) as library, library.transaction():
        empty_index(library.database)


def test_links_that_wait_for_the_index_are_found_without_a_window_or_a_browser(
    three: Command,
) -> None:
    let_all_wait(three)
    found = three("search", "粮食", "--json").value
    assert (found["total"], found["waiting"]) == (2, 0)  # type: ignore[index,call-overload]


def test_repair_leaves_no_link_waiting(three: Command) -> None:
    let_all_wait(three)
    assert three("verify", "--repair", "--json").value == []
    with Library.open(three.library) as library:
        assert waiting_links(library.database) == 0
