"""What cannot be done is said with its code, in both languages, and nothing is kept or lost."""

from __future__ import annotations

import os
import socket

import pytest
from tests.bad_tags import BAD_TAGS
from tests.cli.conftest import Command
from tests.conftest import Answer, Site

TWO_GB = Answer(b"", headers=(("Content-Length", str(2 << 30)),))
# What is given, the code, and the messages; {site} is a site on this machine.
BAD = {
    "no address": (
        ("notes",),
        "url_invalid",
        "“notes” is not a web address. Give one that starts with http:// or https://.",
        "“notes”不是网址。请输入以 http:// 或 https:// 开头的地址。",
    ),
    "nothing": (
        ("",),
        "url_invalid",
        "“” is not a web address. Give one that starts with http:// or https://.",
        "“”不是网址。请输入以 http:// 或 https:// 开头的地址。",
    ),
    "another scheme": (
        ("javascript:alert(1)",),
        "url_invalid",
        "“javascript:alert(1)” is not a web address. Give one that starts with http:// or https://.",
        "“javascript:alert(1)”不是网址。请输入以 http:// 或 https:// 开头的地址。",
    ),
    "host that does not resolve": (
        ("http://no-such-host.invalid/",),
        "host_not_resolved",
        "http://no-such-host.invalid/: The site no-such-host.invalid was not found. Check the address and your connection.",
        "http://no-such-host.invalid/: 找不到网站 no-such-host.invalid。请检查网址和网络连接。",
    ),
    "nobody there": (
        ("http://127.0.0.1:9/",),
        "connection_failed",
        "No connection to http://127.0.0.1:9/: All connection attempts failed",
        "无法连接 http://127.0.0.1:9/：对方没有接受连接",
    ),
    "404": (
        ("{site}/gone",),
        "http_status",
        "{site}/gone answered 404. Add --keep-errors to keep the page all the same.",
        "{site}/gone 返回 404。如仍要保存该页面，请加 --keep-errors。",
    ),
    "2 GB": (
        ("{site}/huge",),
        "page_too_large",
        "{site}/huge is larger than 100 MB and was not kept.",
        "{site}/huge 超过 100 MB，未保存。",
    ),
    **{f"tag {tag[:9]!r}": (("{site}/", "--tag", tag), *said) for tag, said in BAD_TAGS.items()},
}


@pytest.fixture
def bad_site(site: Site) -> Site:
    site.put("/", "<title>A</title>")
    site.answers["/huge"] = TWO_GB
    return site


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_said_and_keeps_nothing(
    linkshot: Command, bad_site: Site, case: str, language: str
) -> None:
    arguments, code, *messages = BAD[case]
    given = [argument.format(site=bad_site.url) for argument in arguments]
    said = messages[language == "zh"].format(site=bad_site.url)
    ended = linkshot("add", *given, "--via", "http", LINKSHOT_LANG=language)
    assert (ended.status, ended.err.startswith(f"linkshot: {said}")) == (1, True), ended.err
    assert f"[{code}]" in ended.err
    assert linkshot("list", "--json").value == []


@pytest.mark.waits
def test_site_that_never_answers_is_said_after_a_bound(linkshot: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        started = [
            linkshot.start("add", url, "--via", "http", LINKSHOT_LANG=language)
            for language in ("en", "zh")
        ]
        ended = [(one.communicate()[1].decode(), one.returncode) for one in started]
    assert ended == [
        (
            f"linkshot: {url} did not answer within 20 seconds. Try again later. [fetch_timeout]\n",
            1,
        ),
        (f"linkshot: {url} 在 20 秒内没有响应。请稍后再试。 [fetch_timeout]\n", 1),
    ]
    assert linkshot("list", "--json").value == []


@pytest.mark.parametrize("given", ["missing.html", "./none", "/no/such/file.html", "/"])
def test_file_that_is_not_there_is_told_as_a_file(linkshot: Command, given: str) -> None:
    ended = linkshot("add", given)
    assert (ended.status, "[file_unreadable]" in ended.err) == (1, True)


HUGE = "9" * 30
NUMBERED = {
    "show": (("show", HUGE), "link_not_found"),
    "show, longer than a number may be": (("show", "9" * 5_000), "link_not_found"),
    "open": (("open", HUGE), "link_not_found"),
    "tag add": (("tag", "add", "x", HUGE), "link_not_found"),
    "tag split": (("tag", "split", "有", HUGE, "--into", "y"), "link_not_found"),
    "tag suggest": (("tag", "suggest", HUGE), "link_not_found"),
    "tag undo": (("tag", "undo", HUGE), "undo_not_found"),
    "tag rule on": (("tag", "rule", "on", HUGE), "rule_not_found"),
    "export": (("export", HUGE, "--output", "-"), "snapshot_not_found"),
}


NOBODYS = ("0", str(2**63), "-1")


@pytest.mark.parametrize("number", NOBODYS)
@pytest.mark.parametrize("case", NUMBERED)
def test_number_that_nothing_has_is_an_error_in_words(
    linkshot: Command, bad_site: Site, case: str, number: str
) -> None:
    linkshot("add", f"{bad_site.url}/", "--tag", "有", "--via", "http")
    arguments, code = NUMBERED[case]
    ended = linkshot(*(number if word.startswith("999") else word for word in arguments))
    if number == "-1":
        assert (
            "usage: linkshot " in ended.err if ended.status == 2 else "[url_invalid]" in ended.err
        )
    else:
        assert (ended.status, f"[{code}]" in ended.err) == (1, True), ended.err


@pytest.mark.parametrize("command", [("list",), ("search", "A")])
def test_empty_tag_names_no_tag(
    linkshot: Command, bad_site: Site, command: tuple[str, ...]
) -> None:
    linkshot("add", f"{bad_site.url}/", "--via", "http")
    ended = linkshot(*command, "--tag", "")
    assert (ended.status, "[tag_not_found]" in ended.err) == (1, True)


@pytest.mark.parametrize("case", NUMBERED)
def test_number_beyond_all_is_told_as_not_there(
    linkshot: Command, bad_site: Site, case: str
) -> None:
    linkshot("add", f"{bad_site.url}/", "--tag", "有", "--via", "http")
    arguments, code = NUMBERED[case]
    ended = linkshot(*arguments)
    assert (ended.status, f"[{code}]" in ended.err) == (1, True), ended.err


def test_bound_beyond_all_bounds_nothing(linkshot: Command, bad_site: Site) -> None:
    linkshot("add", f"{bad_site.url}/", "--via", "http")
    assert len(linkshot("list", "--limit", HUGE, "--json").value) == 1  # type: ignore[arg-type]
    assert linkshot("search", "A", "--limit", HUGE, "--json").value["total"] == 1  # type: ignore[call-overload,index]
    assert linkshot("search", "A", "--offset", HUGE, "--json").value["hits"] == []  # type: ignore[call-overload,index]


@pytest.mark.skipif(os.name == "nt", reason="there every name is text")
def test_folder_whose_name_is_no_text_is_told_all_the_same(linkshot: Command) -> None:
    folder = os.fsdecode(os.fsencode(linkshot.home) + b"/l\xff")
    linkshot("--library", folder, "tag", "list")
    told = linkshot("--library", folder, "doctor", "--json").value["library"]  # type: ignore[call-overload,index]
    assert told["ok"]
    assert f"{linkshot.home}/l\ufffd" in told["message"]
