"""Every field of a query on a small library: one page has what is asked for, the other does not."""

from __future__ import annotations

import pytest

from linkshot.page.reading import Policy, Reading
from linkshot.store.library import Library
from linkshot.store.links import set_note, set_starred
from linkshot.store.readings import save_reading
from linkshot.store.records import Missing, Receipt
from linkshot.store.search import search

from .pages import keep

MEANT = Reading(
    title="乡村振兴规划",
    text="全面推进农业农村现代化。",
    lang="zh-CN",
    published="2018-06-29",
    policy=Policy(doc_number="渝府办发〔2018〕149号", office="重庆市人民政府"),
)
# What the other page has, it has in another field.
OTHER = Reading(
    title="现代化",
    text="乡村振兴规划 渝府办发〔2018〕149号 重庆市人民政府 待读 zhengce 2018-06-29 政策",
    lang="en",
    published="2026-01-01",
)


@pytest.fixture
def meant(library: Library) -> int:
    """The page that each query is to find."""
    first = keep(
        library,
        "https://www.gov.cn/zhengce/1.htm",
        title=MEANT.title,
        receipt=Receipt(missing=[Missing(url="https://www.gov.cn/a.png", reason="404")]),
    )
    save_reading(library, first.snapshot_id, MEANT)
    saved = keep(
        library,
        "https://www.gov.cn/zhengce/1.htm",
        html=b"<p>changed",
        title=MEANT.title,
        receipt=Receipt(missing=[Missing(url="https://www.gov.cn/a.png", reason="404")]),
        tags=["政策/乡村"],
    )
    save_reading(library, saved.snapshot_id, MEANT)
    set_note(library, saved.link_id, "待读 remember")
    set_starred(library, saved.link_id, starred=True)
    other = keep(library, "https://example.org/", html=b"other", title=OTHER.title, tags=["乡村2"])
    save_reading(library, other.snapshot_id, OTHER)
    set_note(library, other.link_id, "乡村振兴规划")
    return saved.link_id


@pytest.mark.parametrize(
    "queries",
    [
        "title:乡村 标题：鄉村 標題:「乡村振兴」 title:规",
        "text:农业 正文:现代化 正文：“农村现代”",
        "url:zhengce 网址:zhengce/1 url:gov",
        "note:待读 备注:remember 備註:待讀",
        "tag:政策 标签:政策/乡村 標籤：政策／乡村",
        "site:gov.cn 网站:www.gov.cn",
        "lang:zh 语言:zh-CN lang:ZH",
        "doc:149 文号:渝府办发[2018]149号 文号：渝府辦發（2018）149號",
        "office:重庆 机关:人民政府",
        "before:2018-07 早于:2026",
        "on:2018-06-29 日期:2018年6月 on:2018",
        "is:starred is:星标",
        "is:missing is:有缺失",
        "is:changed is:有变化",
    ],
)
def test_field_finds_what_it_names(library: Library, meant: int, queries: str) -> None:
    for query in queries.split():
        assert [hit.link_id for hit in search(library, query).hits] == [meant], query
        left = [hit.link_id for hit in search(library, f"-{query}").hits]
        assert len(left) == 1 and meant not in left, query


@pytest.mark.parametrize("query", ["after:2026", "晚于:2025-12-31", "is:untagged OR lang:en"])
def test_field_finds_the_other_page(library: Library, meant: int, query: str) -> None:
    found = [hit.link_id for hit in search(library, query).hits]
    assert len(found) == 1 and meant not in found


def test_untagged_link_is_found(library: Library, meant: int) -> None:
    untagged = keep(library, "https://example.org/untagged", html=b"untagged").link_id
    for query in ("is:untagged", "is:无标签"):
        assert [hit.link_id for hit in search(library, query).hits] == [untagged]


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("乡村振兴 现代化", 2),
        ("title:乡村 OR title:现代化", 2),
        ("乡村振兴 -title:乡村", 1),
        ('"全面推进农业" 规划', 1),
        ("(农业 OR zhengce) lang:en", 1),
        ("农业 lang:en", 0),
        ('"推进全面"', 0),
    ],
)
def test_fields_and_words_work_together(
    library: Library, meant: int, query: str, total: int
) -> None:
    assert search(library, query).total == total


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag:(政策 OR 无)", "meant"),
        ("标签：（无 OR “政策/乡村”）", "meant"),
        ("tag:(政策)", "meant"),
        ("tag:(政策 乡村2)", ""),
        ("tag:(政策|乡村2)", "meant other"),
        ("tag:(政策 OR 乡村2) -tag:(政策)", "other"),
        ("-tag:(政策 OR 无) 现代化", "other"),
        ("tag:(-政策) 现代化", "other"),
        ("现代化 tag:(政策 OR -(政策 OR 无))", "meant other"),
        ("tag:(政策 title:乡村)", "meant"),
        ("tag:(无 OR lang:en)", "other"),
        ("site:(gov.cn OR example.net)", "meant"),
        ("is:(starred changed missing)", "meant"),
        ("-is:(starred OR untagged)", "other"),
        ("lang:(en OR fr)", "other"),
        ("before:(2018) OR after:(2020 OR 2025)", "other"),
        ("on:(2018 OR 2020)", "meant"),
        ("note:(待读 OR 无)", "meant"),
        ("title:(-规划)", "other"),
        ("url:(zhengce OR nothing)", "meant"),
    ],
)
def test_field_holds_for_all_in_its_brackets(
    library: Library, meant: int, query: str, found: str
) -> None:
    answer = search(library, query)
    hits = {"meant" if hit.link_id == meant else "other" for hit in answer.hits if hit.has_all}
    assert (answer.read_as, hits) == ("", set(found.split()))


def test_brackets_behind_a_field_narrow_the_second_rung(library: Library, meant: int) -> None:
    answer = search(library, "乡村振兴 不存在的词 tag:(政策 OR 无)")
    assert (answer.total, [hit.link_id for hit in answer.hits]) == (0, [meant])
