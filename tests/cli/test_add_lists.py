"""Lists of links as people have them: out of a document, a table, a chat; and files that are not there."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Command
from tests.conftest import Site

LINES = (
    "<{url}>",
    "“{url}”",
    "3. 关于春茶的通知\t{url}",
    "[春茶]({url})",
    "（见{url}）。",
    "{url}\t春茶上市",
)
FOREIGN = ("www.例子.invalid/to?u={url}", "# {url}", "甲 {url}.invalid 或 {url}")


@pytest.mark.parametrize("line", LINES)
def test_line_with_one_address_is_that_address(linkshot: Command, site: Site, line: str) -> None:
    url = site.put("/notice", "<title>春茶上市</title>")
    ended = linkshot("add", "-", "--via", "http", "--json", given=line.format(url=url))
    assert [saved["url"] for saved in ended.value] == [url]  # type: ignore[attr-defined]


def test_address_that_a_list_has_twice_is_kept_once(linkshot: Command, site: Site) -> None:
    url = site.put("/notice", "<title>春茶上市</title>")
    ended = linkshot("add", "-", "--via", "http", "--json", given=f"{url}\n春茶 {url}\n")
    assert len(ended.value) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gbk"])
def test_list_that_windows_saved_is_read(linkshot: Command, site: Site, encoding: str) -> None:
    site.put("/%E6%94%BF%E7%AD%96", "<title>政策</title>")
    listed = f"关于春茶的通知\t{site.url}/政策\r\n".encode(encoding)
    ended = linkshot("add", "-", "--via", "http", "--json", given=listed)
    assert [saved["title"] for saved in ended.value] == ["政策"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", FOREIGN)
def test_address_that_is_part_of_another_or_not_alone_is_not_taken(
    linkshot: Command, site: Site, line: str
) -> None:
    url = site.put("/notice", "<title>春茶上市</title>")
    ended = linkshot("add", "-", "--via", "http", "--json", given=line.format(url=url))
    assert (ended.status, site.requests) == (1, [])


@pytest.mark.parametrize("name", ["gone.html", "gone.mht", "saved/gone.html", "存档/旧/gone.pdf"])
def test_file_that_is_not_there_is_told_as_a_file(linkshot: Command, name: str) -> None:
    assert "[file_unreadable]" in linkshot("add", name, "--via", "http").err


def test_link_of_a_file_is_found_by_the_name_it_was_added_by(linkshot: Command) -> None:
    page = linkshot.home / "100%增长.html"
    page.write_text("<title>通知</title>", "utf-8")
    linkshot("add", str(page), "--via", "http")
    assert linkshot("show", str(page), "--json").value["title"] == "通知"  # type: ignore[call-overload,index]
