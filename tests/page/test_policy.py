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
