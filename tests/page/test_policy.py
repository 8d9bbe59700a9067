"""The card of an authority's document."""

import pytest

from linkshot.page.article import read_page
from linkshot.page.policy import normal_number
from linkshot.page.reading import Policy

TEXT = (
    "<p>各区县人民政府,市政府各部门:为加快推进集成电路产业发展,经市政府同意,现就有关事项通知如下。</p>"
    * 4
)
TABLE = """<table>
<tr><td>索 引 号:</td><td>000014349/2021-00007</td><td>主题分类:</td><td>工业、交通</td></tr>
<tr><td>发文机关:</td><td>市政府办公厅</td><td>成文日期:</td><td>2021年12月27日</td></tr>
<tr><td>标 题:</td><td colspan=3>关于印发集成电路发展方案的通知</td></tr>
<tr><td>发文字号:</td><td>渝府办发[2021]149号</td><td>发布日期:</td><td>2022年01月05日</td></tr>
<tr><td>主题词:</td><td></td><td>有效性:</td><td>有效</td></tr></table>"""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("渝府办发[2021]149号", "渝府办发〔2021〕149号"),
        ("国发 (2019) 5 号", "国发〔2019〕5号"),
        ("川办函【2020】第12号", "川办函〔2020〕12号"),
        ("没有文号", ""),
    ],
)
def test_document_number_is_brought_to_form(text: str, number: str) -> None:
    assert normal_number(text) == number


def test_information_table_fills_the_card_and_leaves_the_text() -> None:
    reading = read_page(f"<body>{TABLE}<div id=UCAP-CONTENT>{TEXT}</div></body>", "")
    assert reading.policy == Policy(
        doc_number="渝府办发〔2021〕149号",
        index_number="000014349/2021-00007",
        office="市政府办公厅",
        topic="工业、交通",
        written="2021-12-27",
        issued="2022-01-05",
        validity="有效",
    )
    assert reading.title == "关于印发集成电路发展方案的通知"
    assert "索" not in reading.text


def test_number_under_the_title_is_enough() -> None:
    policy = read_page(f"<div><p>国发〔2019〕5号</p>{TEXT}</div>", "").policy
    assert policy is not None and policy.doc_number == "国发〔2019〕5号"


def test_plain_news_has_no_card() -> None:
    assert read_page(f"<div><p>来源:新华社</p>{TEXT}</div>", "").policy is None


LETTER = f"<h1>关于完善机制的通知</h1><p>发改价格〔2021〕833号</p><p>各省:</p>{TEXT}<p>根据2015年3月15日的意见办理。</p>"


def _days(html: str, url: str = "") -> tuple[str, str]:
    reading = read_page(f"<body>{html}</body>", url)
    return (reading.policy.written if reading.policy else "none"), reading.published


@pytest.mark.parametrize(
    "end",
    [
        "<p>国家发展改革委</p><p>2021年5月7日</p>",
        "<p>国家发展改革委<br>２０２１ 年 5 月 7 日</p><p>(此件公开发布)</p>",
        "<p>国家发展改革委  财政部 2021年5月7日</p>",
        "<p>主任 何某</p><p>二〇二一年五月七日</p>",
        "<p>国务院</p><p>二○二一年五月七日</p><p>抄送:各局。2021年5月9日印发</p>",
        "<p>国务院</p><p>二零二一年五月七日</p><p>附件</p><p>经批准。</p><p>某局</p><p>2020年1月1日</p>",
        "<p>国务院</p><p>二OO一年五月七日</p>",
        "<p>2021年5月7日</p><p>附件:名单</p>",
    ],
)
def test_document_is_dated_by_its_signature(end: str) -> None:
    day = "2001-05-07" if "OO" in end else "2021-05-07"
    assert _days(LETTER + end) == (day, day)


def test_day_in_brackets_under_the_title_is_the_documents() -> None:
    html = LETTER.replace("</h1>", "</h1><p>（2021年5月7日）</p>")
    assert _days(html) == ("2021-05-07", "2021-05-07")


@pytest.mark.parametrize(
    "end",
    [
        "<p>2021年5月7日</p><p>当天召开会议。</p>",
        "<table><tr><td>批准时间</td><td>2021年5月7日</td></tr></table>",
        "<p>施行日期2021年5月7日</p>",
    ],
)
def test_day_of_something_else_is_no_signature(end: str) -> None:
    assert _days(LETTER + end)[0] == ""


def test_labels_go_before_the_signature() -> None:
    end = "<p>市政府办公厅</p><p>2021年12月20日</p>"
    assert _days(f"{TABLE}<div>{TEXT}{end}</div>")[0] == "2021-12-27"


@pytest.mark.parametrize(
    ("line", "url", "published"),
    [
        ("<p>2021-05-12 10:00 来源:本站</p>", "", "2021-05-12T10:00"),
        ("", "https://a.gov.cn/zw/t20210511_1.html", "2021-05-11"),
    ],
)
def test_day_of_publication_stays_beside_the_signature(line: str, url: str, published: str) -> None:
    html = f"{line}{LETTER}<p>国家发展改革委</p><p>2021年5月7日</p>"
    assert _days(html, url) == ("2021-05-07", published)


def test_signed_text_without_a_number_has_a_day_and_no_card() -> None:
    html = f"<div>{TEXT}<p>其2015年3月15日的意见有效。</p><p>中国证券业协会</p><p>2015年7月4日</p></div>"
    assert _days(html) == ("none", "2015-07-04")


@pytest.mark.parametrize("today", ["今天是2026年11月29日 星期日", "当前时间:2026-11-29 10:00"])
def test_day_of_the_visit_is_not_the_documents(today: str) -> None:
    html = f"<div>{today}</div><div>{LETTER}<p>国务院</p><p>2021年5月7日</p></div>"
    assert _days(html) == ("2021-05-07", "2021-05-07")


@pytest.mark.parametrize("brackets", ["[ {} ]", "【 {} 】", "[{}]", "[　{}　]:"])
def test_labels_are_read_in_brackets_with_spaces(brackets: str) -> None:
    cells = {"索引号": "000014349/2021-00007", "发文机关": "市政府办公厅", "有效性": "有效"}
    rows = "".join(f"<tr><td>{brackets.format(k)}</td><td>{v}</td></tr>" for k, v in cells.items())
    policy = read_page(f"<table>{rows}</table><div>{TEXT}</div>", "").policy
    assert policy == Policy(
        index_number="000014349/2021-00007", office="市政府办公厅", validity="有效"
    )
