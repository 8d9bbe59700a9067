"""Keep, list, find, tag, show, export: the library's commands on pages of a site on this machine."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Command
from tests.conftest import Site

from linkshot.capture.assemble import assemble
from linkshot.capture.http import capture_with_http
from linkshot.store.library import Library
from linkshot.store.links import trash_links
from linkshot.store.search import search

NOTICE = "<title>春茶上市</title><link rel=stylesheet href=s.css><p>青溪县的春茶比往年早十天上市。"


@pytest.fixture
def notice(site: Site) -> str:
    site.put("/s.css", "p { color: green }", media_type="text/css")
    return site.put("/notice", NOTICE)


def test_add_answers_as_the_contract_says(linkshot: Command, notice: str) -> None:
    ended = linkshot("add", notice, "--tag", "农业/茶", "--via", "http", "--json")
    assert ended.status == 0, ended.err
    (saved,) = ended.value  # type: ignore[misc]
    receipt = saved.pop("receipt")
    saved.pop("captured_at")
    assert saved == {
        "url": notice,
        "link_id": 1,
        "snapshot_id": 1,
        "title": "春茶上市",
        "tags": ["农业/茶"],
        "via": "http",
        "unchanged": False,
    }
    assert (receipt["kept"], receipt["missing"]) == (1, [])
    assert set(receipt["timings_ms"]) == {"settle", "serialise", "gather", "transfer", "assemble"}


def test_two_characters_find_the_page(linkshot: Command, notice: str) -> None:
    linkshot("add", notice, "--via", "http", "--tag", "农业/茶")
    answer = linkshot("search", "春茶", "--json").value
    assert answer["total"] == 1  # type: ignore[index]
    (hit,) = answer["hits"]  # type: ignore[index]
    assert (hit["link_id"], hit["url"], hit["tags"]) == (1, notice, ["农业/茶"])
    assert "\x02春茶\x03" in hit["snippet"]


@pytest.mark.parametrize(
    ("words", "field"), [(("search", "早十天"), "total"), (("show", "1"), "text")]
)
def test_page_that_a_browser_left_unread_is_read_by_who_asks(
    linkshot: Command, notice: str, words: tuple[str, ...], field: str
) -> None:
    with Library.open(linkshot.library) as library:
        capture = capture_with_http(notice)
        assemble(capture.plan, capture.sources, library)
        assert search(library, "早十天").total == 0
    assert linkshot(*words, "--json").value[field] in (1, "青溪县的春茶比往年早十天上市。")  # type: ignore[index,call-overload]


def test_failed_address_is_named_and_the_others_are_kept(
    linkshot: Command, site: Site, notice: str
) -> None:
    missing = site.url + "/gone"
    ended = linkshot("add", "notes", missing, notice, "--via", "http", "--json")
    assert ended.status == 1
    assert [saved["url"] for saved in ended.value] == [notice]  # type: ignore[attr-defined]
    assert ended.err.splitlines() == [
        "linkshot: “notes” is not a web address. Give one that starts with http:// or https://. [url_invalid]",
        f"linkshot: {missing} answered 404. Add --keep-errors to keep the page all the same. [http_status]",
    ]


def test_link_over_plain_http_is_found_by_its_address_without_scheme(
    linkshot: Command, notice: str
) -> None:
    linkshot("add", notice, "--via", "http")
    assert linkshot("show", notice.removeprefix("http://"), "--json").status == 0


def test_error_page_is_kept_when_asked(linkshot: Command, site: Site) -> None:
    page = site.put("/gone", "<title>没有找到</title>", status=404)
    (saved,) = linkshot("add", page, "--keep-errors", "--via", "http", "--json").value  # type: ignore[misc]
    (version,) = linkshot("show", str(saved["link_id"]), "--json").value["versions"]  # type: ignore[index]
    assert version["status"] == 404


def test_addresses_come_from_stdin(linkshot: Command, site: Site, notice: str) -> None:
    other = site.put("/other", "<title>另一页</title>")
    ended = linkshot("add", "-", "--via", "http", "--json", given=f"{notice}\n\n{other}\r\n")
    assert [saved["url"] for saved in ended.value] == [notice, other]  # type: ignore[attr-defined]


def test_html_file_is_kept(linkshot: Command) -> None:
    page = linkshot.home / "旧 页.html"
    page.write_bytes("<meta charset=gbk><title>旧页</title><p>正文".encode("gbk"))
    (saved,) = linkshot("add", str(page), "--via", "http", "--json").value  # type: ignore[misc]
    assert (saved["title"], saved["url"]) == ("旧页", page.as_uri())


def test_bad_tag_stops_before_anything_is_fetched(
    linkshot: Command, site: Site, notice: str
) -> None:
    ended = linkshot("add", notice, "--tag", "政策/", "--json")
    assert (ended.status, ended.out, site.requests) == (1, "", [])
    assert "[tag_slash_at_end]" in ended.err


def test_list_has_the_links_newest_first(linkshot: Command, site: Site, notice: str) -> None:
    other = site.put("/other", "<title>另一页</title>")
    linkshot("add", notice, other, "--via", "http")
    links = linkshot("list", "--json").value
    assert [link["url"] for link in links] == [other, notice]  # type: ignore[attr-defined]
    assert len(linkshot("list", "--limit", "1", "--json").value) == 1  # type: ignore[arg-type]


def test_people_see_titles_and_no_json(linkshot: Command, notice: str) -> None:
    added = linkshot("add", notice, "--via", "http", "--tag", "农业/茶", LINKSHOT_LANG="zh")
    assert added.out.splitlines()[:3] == ["✓ 春茶上市  #1，快照 1", f"  {notice}", "  农业/茶"]
    assert "春茶上市" in linkshot("list").out
    assert "春茶上市" in linkshot("search", "早十天").out
    assert "比往年早十天上市" in linkshot("show", "1").out


def test_show_tells_what_an_earlier_version_said(linkshot: Command, site: Site) -> None:
    for sum_of_money in ("300", "500"):
        page = site.put("/notice", f"<title>通知</title><p>补贴标准为{sum_of_money}万元。")
        linkshot("add", page, "--via", "http")
    assert "500万元" in linkshot("show", "1").out
    assert "300万元" in linkshot("show", "1", "--snapshot", "1").out
    assert linkshot("show", "1", "--snapshot", "1", "--json").value["text"] == "补贴标准为300万元。"  # type: ignore[index,call-overload]
    assert "[snapshot_not_found]" in linkshot("show", "1", "--snapshot", "9").err


def test_show_says_that_a_link_is_in_the_trash(linkshot: Command, notice: str) -> None:
    linkshot("add", notice, "--via", "http")
    assert "trash" not in linkshot("show", "1").out
    with Library.open(linkshot.library) as library:
        trash_links(library, [1])
    assert "in the trash since" in linkshot("show", "1").out
    assert "移入回收站" in linkshot("show", "1", LINKSHOT_LANG="zh").out


def test_show_says_in_words_what_is_likely_wrong(linkshot: Command, site: Site) -> None:
    linkshot("add", site.put("/p", "<title>请登录</title>"), "--via", "http")
    assert "  ! 看起来是登录页" in linkshot("show", "1", LINKSHOT_LANG="zh").out
    assert "  ! looks like a login page" in linkshot("show", "1").out
    assert linkshot("show", "1", "--json").value["receipt"]["warnings"] == ["login_wall"]  # type: ignore[index]


def test_show_takes_a_number_or_an_address(linkshot: Command, notice: str) -> None:
    linkshot("add", notice, "--via", "http", "--note", "待读")
    by_number = linkshot("show", "1", "--json").value
    assert by_number == linkshot("show", notice, "--json").value
    assert {"note", "versions", "receipt", "reading", "text"} <= set(by_number)  # type: ignore[call-overload]
    assert linkshot("show", "99").err == "linkshot: The library has no link 99. [link_not_found]\n"


def test_tags_are_put_renamed_merged_aliased_and_counted(linkshot: Command, notice: str) -> None:
    linkshot("add", notice, "--via", "http", "--tag", "茶")
    assert linkshot("tag", "add", "农业", "1").status == 0
    assert linkshot("tag", "rename", "农业", "政策/农业").status == 0
    assert linkshot("tag", "merge", "茶", "--into", "政策/农业").status == 0
    assert linkshot("tag", "alias", "政策/农业", "三农").status == 0
    tags = linkshot("tag", "list", "--json").value
    assert [(tag["path"], tag["links"], tag["links_below"], tag["aliases"]) for tag in tags] == [  # type: ignore[attr-defined]
        ("政策", 0, 1, []),
        ("政策/农业", 1, 1, ["三农", "茶"]),
    ]
    assert linkshot("tag", "remove", "政策/农业", "1").status == 0
    assert linkshot("list", "--tag", "政策", "--json").value == []


def test_unknown_tag_is_named(linkshot: Command) -> None:
    ended = linkshot("tag", "rename", "无", "有")
    assert (ended.status, "[tag_not_found]" in ended.err) == (1, True)


def test_export_writes_one_file(linkshot: Command, notice: str) -> None:
    linkshot("add", notice, "--via", "http")
    page = linkshot.home / "导出 页.html"
    ended = linkshot("export", "1", "--format", "html", "--output", str(page))
    assert (ended.status, ended.out) == (0, "")
    assert "春茶" in page.read_text("utf-8")
    assert linkshot("export", "1", "--output", "-").out == page.read_text("utf-8")


def test_export_says_which_page_it_wrote(linkshot: Command, site: Site) -> None:
    pages = (
        ("/a", "春茶"),
        ("/a", "春茶"),
        ("/b", "秋茶"),
    )  # the second link is the third snapshot
    for path, title in pages:
        linkshot("add", site.put(path, f"<title>{title}</title>"), "--via", "http")
    page = linkshot.home / "o.html"
    assert "“春茶”, #1, kept " in linkshot("export", "2", "--output", str(page)).err
    zh = linkshot("export", "3", "--output", str(page), LINKSHOT_LANG="zh").err
    assert "《秋茶》，#2，保存于 " in zh


def test_export_names_what_cannot_be_written(linkshot: Command, notice: str) -> None:
    linkshot("add", notice, "--via", "http")
    folder = linkshot.home / "out"
    ended = linkshot("export", "1", "7", "--output", str(folder))
    assert ended.status == 1
    assert "The library has no snapshot 7. [snapshot_not_found]" in ended.err
    assert [path.name for path in folder.iterdir()] == ["1.html"]


@pytest.fixture
def report(linkshot: Command, site: Site) -> bytes:
    """A text and a file that no page can show are kept; the file's bytes."""
    body = b"PK\x03\x04<script>document.title='ran'</script>"
    linkshot("add", site.put("/a", "<script>春茶", media_type="text/plain"), "--via", "http")
    linkshot("add", site.put("/b", body, media_type="application/zip"), "--via", "http")
    return body


def test_export_names_each_file_by_what_it_is(linkshot: Command, report: bytes) -> None:
    folder = linkshot.home / "out"
    assert linkshot("export", "1", "2", "--output", str(folder)).status == 0
    assert sorted(path.name for path in folder.iterdir()) == ["1.html", "2.zip"]
    assert "<pre>\n&lt;script&gt;春茶</pre>" in (folder / "1.html").read_text("utf-8")
    assert (folder / "2.zip").read_bytes() == report


def test_export_of_a_file_under_a_pages_name_is_refused(linkshot: Command, report: bytes) -> None:
    page = linkshot.home / "o.html"
    for language, words in (
        (
            "en",
            f"linkshot: {page} is the name of a page, but what was kept is a file. Name it o.zip.",
        ),
        ("zh", f"linkshot: {page} 是网页的名称，而保存的是文件。请改名为 o.zip。"),
    ):
        ended = linkshot("export", "2", "--output", str(page), LINKSHOT_LANG=language)
        assert (ended.status, ended.err) == (1, f"{words} [output_misnamed]\n")
    assert not page.exists()
    assert linkshot("export", "2", "--output", str(linkshot.home / "o.zip")).status == 0
    assert (linkshot.home / "o.zip").read_bytes() == report


def test_health_commands_answer(linkshot: Command, notice: str) -> None:
    linkshot("add", notice, "--via", "http")
    assert linkshot("verify", "--json").value == []
    counted = linkshot("stats", "--json").value
    assert (counted["links"], counted["snapshots"]) == (1, 1)  # type: ignore[index]
    assert "links" in linkshot("stats").out


def test_what_is_missing_is_said_in_words(linkshot: Command, site: Site) -> None:
    page = site.put(
        "/", "<title>甲</title><img src=lost.png><img src=http://no-such-host.invalid/a.png>"
    )
    assert linkshot("add", page, "--via", "http").status == 0
    shown = linkshot("show", "1", LINKSHOT_LANG="zh").out
    assert f"状态 404：{site.url}/lost.png" in shown
    assert "找不到服务器：http://no-such-host.invalid/a.png" in shown
