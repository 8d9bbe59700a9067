from __future__ import annotations

import pytest

from linkshot.store.library import Library
from linkshot.store.records import Missing, Receipt
from linkshot.store.search import search
from linkshot.store.search.query import Words
from linkshot.store.search.snippets import HIT_START, Marker
from linkshot.store.search.sounds import fill_sounds
from linkshot.store.search.tokens import index_text
from linkshot.store.tag_names import fill_names
from linkshot.store.tags import add_alias, retag_links

from .pages import keep, keep_text

TEXT = "全面推进乡村振兴,加快农业农村现代化。The 5G network."


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", ""),
        ("犇", "犇"),
        ("犇牪，𠀀犇 Ωmega", "犇牪 牪 𠀀犇 犇 ωmega"),
        ("中国5G人", "中国 国 5g 人 · 中· 人· 国· 5·"),
    ],
)
def test_text_is_cut_into_pairs_and_words(text: str, tokens: str) -> None:
    assert index_text(text) == tokens


@pytest.mark.parametrize("query", ["乡村", "振", "化", "现代化。the", "5G", "netw", "乡村 5g"])
def test_part_of_text_is_found(library: Library, query: str) -> None:
    link_id = keep_text(library, TEXT)
    keep_text(library, "其他内容")
    assert [hit.link_id for hit in search(library, query).hits] == [link_id]


@pytest.mark.parametrize("written", ["二○一八年", "二〇一八年", "二◯一八年"])
def test_zero_of_a_year_is_found_however_typed(library: Library, written: str) -> None:
    keep_text(library, f"{written}六月二十九日")
    found = search(library, "二〇一八年").hits + search(library, "二○一八年").hits
    assert [hit.snippet for hit in found] == [f"\x02{written}\x03六月二十九日"] * 2


def test_hit_of_a_title_alone_shows_how_the_page_begins(library: Library) -> None:
    keep_text(library, "第一条 为了加强管理", title="禁毒条例")
    keep(library, "https://example.org/b", title="禁毒办法")
    hits = search(library, "禁毒").hits
    assert [hit.snippet for hit in hits] == ["\x02禁毒\x03办法", "第一条 为了加强管理"]


def test_snippet_marks_the_pages_own_words(library: Library) -> None:
    keep_text(library, TEXT)
    assert search(library, "乡村 NETWORK").hits[0].snippet == (
        "全面推进\x02乡村\x03振兴,加快农业农村现代化。The 5G \x02network\x03."
    )


def test_tag_name_is_found_as_a_word(library: Library) -> None:
    saved = keep(library, tags=["政策/产业"])
    retag_links(library, [saved.link_id], ["规划"])
    assert search(library, "产业").total == 1
    assert search(library, "tag:政策 规划 page").total == 1


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("tag:没有 规划", ["没有"]),
        ("-tag:没有", ["没有"]),
        ("tag:没有 OR tag:a/没有", ["没有", "a/没有"]),
        ("tag:政策/产业/", []),
        ("tag:别名", []),
        ("tag:zhengce", []),
        ("规划", []),
    ],
)
def test_tag_that_there_is_not_is_said(library: Library, query: str, unknown: list[str]) -> None:
    keep(library, tags=["政策/产业"])
    add_alias(library, "政策/产业", "别名")
    fill_names(library)
    assert search(library, query).unknown_tags == unknown


def test_common_character_marks_the_densest_passage():
    text = "的一二三四五六七八九" * 600 + "。" + "的" * 60 + "。"
    snippet = Marker([Words("的")]).snippet([text])
    assert snippet.count(HIT_START) > 30


@pytest.mark.parametrize("query", ["xiangcun", "xczx", "xiangcunzh", "xcz"])
def test_title_is_found_by_sound(library: Library, query: str) -> None:
    link_id = keep_text(library, "无关", title="全面推进乡村振兴的意见")
    keep_text(library, "其他内容", title="其他")
    fill_sounds(library, 10)
    assert [hit.link_id for hit in search(library, query).hits] == [link_id]


@pytest.mark.parametrize("query", ["xczx", "xiangcun"])
def test_text_is_not_found_by_sound(library: Library, query: str) -> None:
    keep_text(library, "乡村振兴", title="其他")
    fill_sounds(library, 10)
    assert search(library, query).total == 0


@pytest.mark.parametrize(
    "query",
    [
        "guowuyuan 通知",
        "guowuyuan tongzhi",
        "gwybgt site:gov.cn",
        "gwybgt after:2018",
        "gwybgt -废止",
        "gwybgt (xczx OR tongzhi)",
        "title:gwybgtgy",
        "tag:zhengce",
        "gwybgt tag:zhengce",
        "tag:(none OR zhengce)",
        "gwybgt tag:(zhengce OR none)",
        "tongzhi tag:政策",
    ],
)
def test_part_of_a_query_is_found_by_sound(library: Library, query: str) -> None:
    title = "国务院办公厅关于印发规划的通知"
    meant = keep_text(library, "无关", title=title, url="https://www.gov.cn/1", tags=["政策"])
    keep_text(library, "废止", title="国务院办公厅的信", url="https://example.org/1", tags=["信"])
    library.database.run("UPDATE link SET dated_on = '2017-01-01' WHERE id <> ?", (meant,))
    fill_names(library)
    fill_sounds(library, 10)
    found = search(library, query)
    assert (found.total, [hit.link_id for hit in found.hits]) == (1, [meant])


@pytest.mark.parametrize(
    "query",
    [
        '"gwybgt"',
        "text:gwybgt",
        "gwybgt 废止",
        "gwybgt site:example.org",
        "通知 -gwybgt2",
        "tag:xin",
    ],
)
def test_sound_is_not_all_of_a_query(library: Library, query: str) -> None:
    keep_text(library, "无关", title="国务院办公厅", url="https://www.gov.cn/1", tags=["正"])
    fill_names(library)
    fill_sounds(library, 10)
    assert search(library, query).total == 0


def test_tag_chosen_narrows_what_is_found_by_sound(library: Library) -> None:
    meant = keep_text(library, "一", title="国务院办公厅", tags=["政策/国务院"])
    keep_text(library, "二", title="国务院办公厅", tags=["其他"])
    fill_sounds(library, 10)
    for query in ("gwybgt", "gwybgt 一"):
        assert [hit.link_id for hit in search(library, query, tag="政策").hits] == [meant]


def test_link_found_by_sound_is_not_found_once_more(library: Library) -> None:
    sounding = keep_text(library, "产品质量 监督管理", title="国务院办公厅")
    other = keep_text(library, "产品质量 监督管理", title="其他")
    fill_sounds(library, 10)
    found = search(library, "gwybgt 产品质量 监督管理")
    assert [(hit.link_id, hit.has_all) for hit in found.hits] == [(sounding, True), (other, False)]


def test_literal_hit_stands_before_one_by_sound(library: Library) -> None:
    literal = keep_text(library, "the word xczx in a text", title="其他")
    sounding = keep_text(library, "无关", title="乡村振兴")
    tagged = keep(library, "https://example.org/tagged", html=b"x", tags=["乡村振兴"]).link_id
    fill_names(library)
    fill_sounds(library, 10)
    found = search(library, "xczx")
    assert [hit.link_id for hit in found.hits] == [literal, tagged, sounding]
    assert found.total == 3


def test_new_title_sounds_in_place_of_the_old(library: Library) -> None:
    keep_text(library, "一", title="乡村振兴", url="https://example.org/a")
    fill_sounds(library, 10)
    keep_text(library, "二", title="产业发展", url="https://example.org/a")
    fill_sounds(library, 10)
    assert (search(library, "xczx").total, search(library, "cyfz").total) == (0, 1)


def test_one_pair_of_many_is_not_most_of_a_query(library: Library) -> None:
    for number, text in enumerate(["组合拳", "词组", "不存在"]):
        keep_text(library, text, url=f"https://example.org/{number}")
    assert search(library, "从来没有的词组合啊啊").most == 0


def test_most_of_a_query_is_the_second_rung(library: Library) -> None:
    meant = keep_text(library, "第一条 为了加强产品质量监督管理", title="上海市产品质量条例")
    keep_text(library, "无关的内容")
    found = search(library, "请问质量上海市产品是什么规定")
    assert (found.total, found.most) == (0, 1)
    assert [(hit.link_id, hit.has_all) for hit in found.hits] == [(meant, False)]


def test_common_word_tells_titles_apart(library: Library) -> None:
    other = keep_text(library, "一", title="广东省厂务公开条例")
    meant = keep_text(library, "一", title="山东省厂务公开条例")
    keep_text(library, "一", title="广东省厂务公开条例")
    # Straight into the index, as so many links take seconds to keep.
    texts = ["山东"] * 2_000 + ["浙江"] * 4_000
    rows = [(other + 1_000 + n, index_text(text)) for n, text in enumerate(texts)]
    with library.transaction():
        library.database.run_many("INSERT INTO link_index (rowid, text) VALUES (?, ?)", rows)
    assert search(library, "公开条厂务山东").hits[0].link_id == meant


def test_word_that_names_a_tag_of_many_links_is_paged(library: Library) -> None:
    with library.transaction():
        kept = [
            keep(library, f"https://example.org/{n}", title=f"{n}").link_id for n in range(1_005)
        ]
        mentioned = keep_text(library, "合集在文中")
        titled = keep_text(library, "一", title="合集")
        retag_links(library, [*kept, titled], ["合集"])
    first = search(library, "合集", limit=2)
    last = search(library, "合集", limit=3, offset=1_004)
    assert first.total == 1_007
    assert [hit.link_id for hit in first.hits] == [titled, kept[-1]]
    assert [hit.link_id for hit in last.hits] == [kept[1], kept[0], mentioned]


def test_second_rung_is_narrowed_by_the_tag_chosen(library: Library) -> None:
    meant = keep_text(library, "产品质量 监督", title="甲", tags=["法规"])
    keep_text(library, "产品质量 监督", title="乙")
    found = search(library, "产品质量 监督 没有的", tag="法规")
    assert [(hit.link_id, hit.has_all) for hit in found.hits] == [(meant, False)]


def test_second_rung_leaves_out_what_is_not_wanted(library: Library) -> None:
    keep_text(library, "产品质量 废止", title="甲")
    kept = keep_text(library, "产品质量 现行", title="乙")
    found = search(library, "质量产品监督 -废止")
    assert [hit.link_id for hit in found.hits] == [kept]


def test_title_stands_before_text_and_newer_before_older(library: Library) -> None:
    for number in range(3):
        url = f"https://example.org/{number}"
        keep_text(library, "规划 规划 规划 规划", title=f"其他 {number}", url=url)
    titled = keep_text(library, "内容", title="规划")
    newest = keep_text(library, "规划 规划 规划 规划", title="其他 9", url="https://example.org/9")
    assert [hit.link_id for hit in search(library, "规划").hits][:2] == [titled, newest]


def test_few_hits_stand_in_the_order_of_their_weight(library: Library) -> None:
    for number, text in enumerate(
        [
            "规划" * 2 + "甲" * 90,
            "规划" * 9 + "甲" * 9,
            "规划",
            "甲" * 400 + "规划",
            "规划，规划" * 3,
        ]
    ):
        keep_text(library, text, url=f"https://example.org/{number}")
    weighed = library.database.rows(
        "SELECT rowid FROM link_index WHERE link_index MATCH '规划' ORDER BY bm25(link_index)"
    )
    hits = search(library, "规划").hits
    assert [hit.link_id for hit in hits] == [link_id for (link_id,) in weighed]


def test_words_near_each_other_stand_before_scattered_ones(library: Library) -> None:
    near = keep_text(library, "养老社区" + "甲乙" * 30, url="https://example.org/near")
    scattered = keep_text(library, "养老" + "甲乙" * 30 + "社区", url="https://example.org/far")
    found = search(library, "养老 社区").hits
    assert [hit.link_id for hit in found] == [near, scattered]


@pytest.mark.parametrize(
    "site",
    ["gov.cn", "www.gov.cn", "https://www.gov.cn/", "www.gov.cn/zhengce", "WWW.GOV.CN", "cn"],
)
def test_site_is_found_as_typed(library: Library, site: str) -> None:
    kept = keep(library, "https://www.gov.cn/zhengce/1.htm").link_id
    keep(library, "https://example.org/")
    assert [hit.link_id for hit in search(library, f"site:{site}").hits] == [kept]


def test_states_of_a_link_are_filters(library: Library) -> None:
    missing = keep(
        library,
        "https://example.org/missing",
        receipt=Receipt(missing=[Missing(url="https://example.org/a.png", reason="404")]),
    ).link_id
    changed = keep_text(library, "一", url="https://example.org/changed")
    keep_text(library, "二", url="https://example.org/changed")
    keep_text(library, "三")
    assert [hit.link_id for hit in search(library, "is:missing").hits] == [missing]
    assert [hit.link_id for hit in search(library, "is:changed").hits] == [changed]


@pytest.mark.parametrize("unwanted", ["-(甲 乙)", "-title:(甲 乙)", "-title:(甲 | 丁)", "-法规"])
def test_second_rung_leaves_out_all_that_is_not_wanted(library: Library, unwanted: str) -> None:
    keep_text(library, "产品质量 监督", title="甲 乙", url="https://example.org/1", tags=["法规"])
    kept = keep_text(library, "产品质量 监督", title="丙", url="https://example.org/2")
    found = search(library, f"产品质量 监督 没有的 {unwanted}")
    assert [(hit.link_id, hit.has_all) for hit in found.hits] == [(kept, False)]


def test_page_that_has_all_by_its_tag_stands_in_the_first_rung_alone(library: Library) -> None:
    kept = keep_text(library, "产品质量 监督", title="甲", tags=["法规"])
    found = search(library, "产品质量 监督 法规")
    assert (found.total, found.most) == (1, 0)
    assert [(hit.link_id, hit.has_all) for hit in found.hits] == [(kept, True)]


@pytest.mark.parametrize("query", ["國家标准", "末尾 Zebra", "zebra -x", '"标准，Zebra"'])
def test_snippet_shows_what_stands_far_behind(library: Library, query: str) -> None:
    keep_text(library, "第一条规定了许多事。" * 80_000 + "末尾的国家标准，Zebra。")
    (hit,) = search(library, query).hits
    marked = hit.snippet.replace("\x02", "").replace("\x03", "")
    assert "\x02" in hit.snippet and "末尾的国家标准，Zebra。" in marked


@pytest.fixture
def notes(library: Library) -> Library:
    """Pages of which two have a word that only begins with what others have as a whole word."""
    for title in ("Airport notes", "AI notes", "Chrome notes", "C++ notes", "中文AI技术 notes"):
        keep_text(library, "x", title=title, url=f"https://example.org/{len(title)}/{title}")
    return library


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ai", "Airport AI 中文AI技术"),
        ("notes -AI", "Airport Chrome C++"),
        ('notes -"AI"', "Airport Chrome C++"),
        ("notes -title:(AI OR C)", "Airport Chrome"),
        ("notes -Air", "Airport AI Chrome C++ 中文AI技术"),
        ("notes -技", "Airport AI Chrome C++"),
        ('"ai notes"', "AI"),
        ('"ai not"', "AI"),
        ("C++", "C++"),
        ('"C#"', "C++"),
        ("c", "Chrome C++"),
        ("c*", "Chrome C++"),
        ("-C++ notes", "Airport AI Chrome 中文AI技术"),
        ('"AI "', "AI 中文AI技术"),
    ],
)
def test_word_is_whole_where_its_end_is_told(notes: Library, query: str, found: str) -> None:
    titles = {hit.title.removesuffix(" notes") for hit in search(notes, query).hits if hit.has_all}
    assert titles == set(found.split())


def test_whole_word_is_marked_and_no_beginning(library: Library) -> None:
    keep_text(library, "Chrome is written in C++, not in C#.")
    (hit,) = search(library, "C++").hits
    assert hit.snippet == "Chrome is written in \x02C\x03++, not in \x02C\x03#."


def test_word_left_out_leaves_tags_that_begin_so(library: Library) -> None:
    meant = keep_text(library, "one", tags=["Airport"])
    keep_text(library, "two", tags=["AI"])
    assert [hit.link_id for hit in search(library, "-AI").hits] == [meant]
