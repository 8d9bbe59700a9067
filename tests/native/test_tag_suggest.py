"""`tag.suggest` over the wire."""

import pytest

pytestmark = pytest.mark.usefixtures("made")
TEXT = (
    "<p>各区县人民政府,市政府各部门:为加快推进集成电路产业发展,经市政府同意,现就有关事项通知如下。"
)
CARD = """<table><tr><td>索 引 号:</td><td>000014349/2021-00007</td><td>主题分类:</td><td>工业、交通</td></tr>
<tr><td>发文机关:</td><td>市政府办公厅</td><td>成文日期:</td><td>2021年12月27日</td></tr>
<tr><td>发文字号:</td><td>渝府办发[2021]149号</td><td>发布日期:</td><td>2022年01月05日</td></tr></table>"""


def make_notice(make_page, name, paragraphs=4):
    """A page that says itself what it is about, without a tag of its own."""
    page = make_page(name, text=f"{CARD}<div>{TEXT * paragraphs}</div>")
    page.plan["tags"] = []
    return page


def test_page_not_kept_gets_the_tags_of_its_site(host_with_page):
    reply = host_with_page.call("tag.suggest", page_url="https://example.org/two", title="石油价格")
    assert reply["tags"][:1] == [{"path": "政策", "links": 1, "why": "site"}]


def test_tags_given_are_not_suggested_again(host_with_page):
    reply = host_with_page.call("tag.suggest", page_url="https://example.org/two", tags=["政策"])
    assert reply["tags"] == []


def test_link_with_all_its_tags_wants_none(host_with_page):
    assert host_with_page.call("tag.suggest", link_id=1)["tags"] == []


def test_page_just_kept_has_its_own_tags_at_once(host, make_page):
    page = make_notice(make_page, "notice")
    link_id = page.send(host)["saved"]["link_id"]
    tags = host.call("tag.suggest", link_id=link_id)["tags"]
    assert {"path": "工业、交通", "links": 0, "why": "policy"} in tags
    assert {"path": "市政府办公厅", "links": 0, "why": "policy"} in tags


def test_captures_are_answered_while_a_page_is_read_for_its_tags(host, make_page):
    notices = [make_notice(make_page, f"notice{number}", 2_000) for number in range(3)]
    link_ids = [notice.send(host)["saved"]["link_id"] for notice in notices]
    asked = [host.post("tag.suggest", link_id=link_id) for link_id in link_ids]
    assert make_page("one").send(host)["ok"]
    assert [host.reply(request_id)["tags"] != [] for request_id in asked] == [True] * 3
    assert host.end() == (0, b"")


def test_no_page_is_an_invalid_message(shared_host):
    assert shared_host.call("tag.suggest", title="x")["code"] == "message_invalid"


def test_unknown_link_is_named(shared_host):
    assert shared_host.call("tag.suggest", link_id=99)["code"] == "link_not_found"
