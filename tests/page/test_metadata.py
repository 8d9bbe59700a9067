"""Title, author, date and site of a page."""

import pytest

from linkshot.page.article import read_page
from linkshot.page.metadata_dates import parse_compact, parse_moment, url_date

BODY = (
    "<p>省工业和信息化厅相关负责人表示,将持续优化政策环境,充分发挥试点示范的引领作用,提升服务能力。</p>"
    * 3
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年5月8日", "2024-05-08"),
        ("发布时间:2024-05-08 10:20 来源:新华网", "2024-05-08T10:20"),
        ("2024-05-08T10:20:30+08:00", "2024-05-08T10:20:30+08:00"),
        ("二〇二四年五月八日", "2024-05-08"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("一九九九年十月二十日", "1999-10-20"),
        ("May 8th, 2024", "2024-05-08"),
        ("8 mai 2024", "2024-05-08"),
        ("31.12.2023", "2023-12-31"),
        ("May 8, 2024, 11:02 PM", "2024-05-08T23:02"),
        ("2024年5月8日 下午3:20", "2024-05-08T15:20"),
        ("2024년 5월 8일", "2024-05-08"),
        ("08 أكتوبر 2024", "2024-10-08"),
        ("12/31/2023", "2023-12-31"),
        ("2024年13月40日", ""),
        ("无日期", ""),
    ],
)
def test_date_forms_become_iso(text: str, iso: str) -> None:
    assert parse_moment(text) == iso


def test_eight_digits_are_a_day_only_in_a_field() -> None:
    assert (parse_moment("20240508"), parse_compact("20240508")) == ("", "2024-05-08")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.cn/2024/05/08/a.html", "2024-05-08"),
        ("https://example.cn/zw/t20240508_12.html", "2024-05-08"),
        ("https://example.cn/12345678/", ""),
    ],
)
def test_date_is_read_from_address(url: str, day: str) -> None:
    assert url_date(url) == day


def _page(line: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><h1>产业政策的新动向</h1><div>{line}</div><div class=article>{BODY}</div></body></html>"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("作者:张三 来源:新华网", "张三"),
        ("2024-05-08 来源:新华网 责任编辑:李四", "李四"),
        ("本报记者 王小明", "王小明"),
        ("记者注意到网站已更新", ""),
    ],
)
def test_chinese_byline_gives_author(line: str, author: str) -> None:
    assert read_page(_page(line), "").author == author


def test_linked_data_gives_author_and_date() -> None:
    data = '{"@type":"NewsArticle","headline":"H","datePublished":"2024-05-08T10:00:00Z","author":[{"name":"Ann Lee"}]}'
    reading = read_page(_page("", f'<script type="application/ld+json">{data}</script>'), "")
    assert (reading.author, reading.published) == ("Ann Lee", "2024-05-08T10:00:00Z")


def test_title_loses_the_site_name() -> None:
    page = f"<title>关于产业的通知_某某新闻网</title><div>{BODY}</div>"
    assert read_page(page, "").title == "关于产业的通知"


def test_site_without_a_name_is_the_host() -> None:
    assert read_page(_page(""), "https://www.example.gov.cn/a").site == "example.gov.cn"


def test_linked_data_in_cdata_is_read() -> None:
    data = '<![CDATA[{"@type":"Article","datePublished":"2024-05-08"}]]>'
    head = f'<script type="application/ld+json">{data}</script>'
    assert read_page(_page("", head), "").published == "2024-05-08"


def test_moment_in_utc_takes_the_day_of_the_address() -> None:
    head = '<meta property="article:published_time" content="2024-05-07T22:30:00Z">'
    page = _page("", head)
    assert read_page(page, "https://example.cn/2024/05/08/a.html").published == "2024-05-08"
    assert read_page(page, "https://example.cn/a.html").published == "2024-05-07T22:30:00Z"


def test_list_of_posts_has_the_date_of_the_first() -> None:
    posts = "".join(
        f"<div class=post><span class=when>2024-05-0{day} 08:00</span>{BODY}</div>"
        for day in (8, 6)
    )
    assert read_page(f"<body>{posts}</body>", "").published == "2024-05-08T08:00"


def test_day_a_site_was_founded_is_not_the_page_s() -> None:
    line = "<p>网站建立于:2004年10月6日</p><p>发表于 2024-05-08</p>"
    assert read_page(_page(line), "").published == "2024-05-08"


def test_age_s_title_and_picture_s_address_give_a_date() -> None:
    aged = "<span class=age title=2024-05-08T09:00:00>3小时前</span>"
    head = '<meta property="og:image" content="https://example.cn/up/2024/05/08/a.jpg">'
    assert read_page(_page(aged), "").published == "2024-05-08T09:00:00"
    assert read_page(_page("", head), "").published == "2024-05-08"
