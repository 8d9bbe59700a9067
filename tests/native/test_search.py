"""`search` over the wire, and the window opened at what a query finds."""

import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.native.conftest import until

# Stands in for the person's browser: notes the address, visits it for a moment, and is closed.
BROWSER = """#!{python}
import pathlib, sys
import httpx

with httpx.Client(follow_redirects=True) as client:
    client.get(sys.argv[1])
    with client.stream("GET", sys.argv[1].split("/?")[0] + "/api/changes", timeout=90) as stream:
        next(stream.iter_lines())
pathlib.Path("{note}").write_text(sys.argv[1])
"""


def test_word_of_two_characters_finds_the_page_with_its_passage(host_with_page):
    reply = host_with_page.call("search", query="石油", limit=1)
    [hit] = reply.pop("hits")
    assert {**reply, "id": 0} == {
        "id": 0,
        "ok": True,
        "total": 1,
        "most": 0,
        "waiting": 0,
        "read_as": "",
    }
    assert hit == {
        "link_id": 1,
        "url": "https://example.org/one",
        "title": "one",
        "site": "example.org",
        "last_captured_at": "2026-05-08T10:00:00Z",
        "tags": ["政策"],
        "snippet": "\x02石油\x03价格",
        "has_all": True,
    }


def test_fields_of_the_grammar_work(host_with_page):
    assert host_with_page.call("search", query="tag:政策 -茶叶")["total"] == 1
    assert host_with_page.call("search", query="-tag:政策")["total"] == 0


def test_broken_query_is_read_as_plain_words(host_with_page):
    reply = host_with_page.call("search", query='石油 ("价格')
    assert (reply["total"], reply["read_as"]) == (1, "石油 价格")


def test_page_with_most_of_the_words_is_said_to_be_one(host_with_page):
    reply = host_with_page.call("search", query="石油价格 茶叶")
    assert (reply["total"], reply["most"], reply["hits"][0]["has_all"]) == (0, 1, False)


def test_hits_are_no_more_than_asked_for(host, make_page):
    for name in ("one", "two", "three"):
        make_page(name).send(host)
    until(lambda: host.call("search", query="石油")["total"] == 3)
    assert len(host.call("search", query="石油", limit=2)["hits"]) == 2


def test_longest_hits_leave_the_reply_small(host, make_page):
    page = make_page("long")
    page.plan |= {"title": "石油" * 900, "tags": [f"{number}{'长' * 190}" for number in range(40)]}
    page.plan["page_url"] += "?" + "x" * 5_000
    assert page.send(host)["ok"]
    [hit] = until(lambda: host.call("search", query="石油", limit=20)["hits"])
    sizes = [len(hit[name]) for name in ("url", "title", "tags")]
    assert sizes == [2_000, 300, 8]


@pytest.mark.parametrize("query", ["", "   ", "石油" * 3, '"', "-", "tag:", "\x00"])
def test_query_that_finds_nothing_is_no_error(shared_host, query):
    reply = shared_host.call("search", query=query)
    assert (reply["ok"], reply["total"], reply["hits"]) == (True, 0, [])


def test_query_over_the_limit_is_said(shared_host):
    reply = shared_host.call("search", query="x" * 2_001)
    assert (reply["code"], reply["detail"]) == ("query_too_long", {"length": 2_001, "limit": 2_000})


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"query": None},
        {"query": 7},
        {"query": ["石油"]},
        {"query": "x" * 10_001},
        {"query": "x", "limit": 0},
        {"query": "x", "limit": 21},
        {"query": "x", "limit": "5"},
    ],
)
def test_wrong_message_is_refused(shared_host, fields):
    assert shared_host.call("search", **fields)["code"] == "message_invalid"


def test_window_opens_at_what_was_searched_for(start_host, tmp_path, monkeypatch):
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    browser, note = tmp_path / "browser", tmp_path / "note"
    browser.write_text(BROWSER.format(python=sys.executable, note=note))
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    assert start_host().call("viewer.open", link_id=None, query='-a "石油\x00#&"')["ok"]
    address = urlsplit(until(lambda: note.exists() and note.read_text()))
    assert parse_qs(address.fragment) == {"search": ['-a "石油 #&"']}
