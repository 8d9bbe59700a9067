"""The grammar of queries: what is typed, the tree it becomes, and how a broken one is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linkshot.errors import QueryTooLong
from linkshot.store.search.periods import Period
from linkshot.store.search.query import And, Filter, Node, Not, Or, Query, Words, parse_query

A, B, C, D = (Words(letter) for letter in "abcd")
AB = Words("a b", quoted=True)
# What is left out are whole words.
NOT_A, NOT_B = (Not(Words(letter, whole=True)) for letter in "ab")
YEAR = Period("2018-01-01", "2019-01-01")
MONTH = Period("2018-06-01", "2018-07-01")
DAY = Period("2018-06-29", "2018-06-30")


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", None),
        (" \t　", None),
        ("a", A),
        ("a b", And((A, B))),
        ("a　b\n", And((A, B))),
        ("a AND b", And((A, B))),
        ("AND a", A),
        ("a AND(b)", And((A, B))),
        ("a and b", And((A, Words("and"), B))),
        ("a OR b", Or((A, B))),
        ("a or b", And((A, Words("or"), B))),
        ("a|b", Or((A, B))),
        ("a ｜ b", Or((A, B))),
        ("a OR b OR c", Or((A, B, C))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("a ORb", And((A, Words("ORb")))),
        ("()", None),
        ("((a))", A),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("（a OR b）c", And((Or((A, B)), C))),
        ("a OR(b c)", Or((A, And((B, C))))),
        ("(" * 20 + "a" + ")" * 20, A),
        ("a(b)", Words("a(b)")),
        ('"a b"', AB),
        ("“a b”", AB),
        ("„a b‟", AB),
        ("＂a b＂", AB),
        ("「a b」", AB),
        ("『a b』", AB),
        ('a "a b"c', And((A, AB, C))),
        ('"a" OR "OR"', Or((Words("a", quoted=True), Words("OR", quoted=True)))),
        ('""', Words("", quoted=True)),
        ("-a", NOT_A),
        ("－a", NOT_A),
        ("−a", NOT_A),
        ("—a", NOT_A),
        ("NOT a", NOT_A),
        ("NOT(a)", NOT_A),
        ("not a", And((Words("not"), A))),
        ("a NOT b", And((A, NOT_B))),
        ("--a", Not(NOT_A)),
        ('-"a b"', Not(Words("a b", quoted=True, whole=True))),
        ("-(a OR b) c", And((Not(Or((NOT_A.node, NOT_B.node))), C))),
        ("a-b", Words("a-b")),
        ("a - b", And((A, Words("-"), B))),
        ("《a》、b", Words("《a》、b")),
        ("a:b", Words("a:b")),
        ("10:30", Words("10:30")),
        ("https://e.org/a?b=1", Words("https://e.org/a?b=1")),
        ("a* C++", And((Words("a*"), Words("C++")))),
    ],
)
def test_query_becomes_a_tree(typed: str, tree: Node | None) -> None:
    assert parse_query(typed) == Query(tree)


@pytest.mark.parametrize(
    ("names", "leaf"),
    [
        ("title 标题 標題", Words("a b", "title", quoted=True)),
        ("text 正文", Words("a b", "text", quoted=True)),
        ("url 网址 網址", Words("a b", "url", quoted=True)),
        ("note 备注 備註", Words("a b", "note", quoted=True)),
        ("doc 文号 文號 发文字号", Words("a b", "doc", quoted=True)),
        ("index 索引号 索引號", Words("a b", "doc", quoted=True)),
        ("office 机关 機關 发文机关", Words("a b", "office", quoted=True)),
        ("tag 标签 標籤", Filter("tag", "a b")),
        ("site 网站 網站", Filter("site", "a b")),
        ("lang 语言 語言", Filter("lang", "a b")),
        ("topic 主题 主題 主题分类", Filter("topic", "a b")),
        ("valid validity 有效性", Filter("validity", "a b")),
    ],
)
def test_every_field_has_its_names(names: str, leaf: Words | Filter) -> None:
    for name in names.split():
        for typed in (f'{name}:"a b"', f"{name}：“a b”", f"{name.upper()}: 「a b」"):
            assert parse_query(typed) == Query(leaf)
        left_out = replace(leaf, whole=True) if isinstance(leaf, Words) else leaf
        assert parse_query(f'-{name}:"a b" c') == Query(And((Not(left_out), C)))


def test_brackets_behind_a_field_hold_words_of_it() -> None:
    title, doc = Words("a", "title"), Words("(2021)5号", "doc", whole=True)
    both = And((title, Or((Words("a b", "title", quoted=True), Words("c", "note")))))
    assert parse_query('标题：（a （"a b" OR note:c）） -文号:(2021)5号') == Query(
        And((both, Not(doc)))
    )


def test_brackets_behind_a_filter_hold_values_of_it() -> None:
    one, two, title = Filter("tag", "a"), Filter("tag", "b c"), Words("d", "title", whole=True)
    assert parse_query("标签：（a OR “b c”） -tag:(a title:d)") == Query(
        And((Or((one, two)), Not(And((one, title)))))
    )
    assert parse_query("tag:(a)") == parse_query("tag: (a)") == Query(one)
    assert parse_query("tag:(-a)|c") == Query(Or((Not(one), C)))
    assert parse_query("(tag:(a))") == Query(one)


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("“十四五”规划", "“十四五”规划"),
        ("政策/“双碳”", "政策/“双碳”"),
        ("产业「升级」", "产业「升级」"),
        ("「甲」『乙』(丙)", "「甲」『乙』(丙)"),
        ("“十四五 规划”", "十四五 规划"),
        ("“双碳”", "双碳"),
        ('"“十四五”规划"', "“十四五”规划"),
        ('"“双碳”"', "“双碳”"),
        ('"C|D"', "C|D"),
        ('"a""b"', 'a"b'),
        ('"""a"""', '"a"'),
        ("“a b＂", "a b"),
        ("规划——甲", "规划——甲"),
    ],
)
def test_tag_keeps_the_quotes_of_its_name(typed: str, tag: str) -> None:
    one = Filter("tag", tag)
    assert parse_query(f"tag:{typed}") == Query(one)
    assert parse_query(f"-标签：{typed} c") == Query(And((Not(one), C)))
    assert parse_query(f"tag:({typed} OR a)") == Query(Or((one, Filter("tag", "a"))))


@given(st.text(alphabet='ab"“”「」『』()（）|｜-—: 政', min_size=1, max_size=30))
def test_any_tag_can_be_asked_for(tag: str) -> None:
    assume(tag.strip())
    quoted = '"' + tag.replace('"', '""') + '"'
    assert parse_query(f"a -tag:{quoted} b") == Query(And((A, Not(Filter("tag", tag)), B)))


@given(st.text(alphabet='ab"“”「」『』()（）|｜-: ', max_size=40))
def test_any_tag_as_typed_is_read(typed: str) -> None:
    found = parse_query(f"tag:{typed}")
    assert found.read_as == "" or found.node is not None


@pytest.mark.parametrize("value", ["(a)b", "a(b)", "(a)(b)", "(试行)办法"])
def test_brackets_in_a_value_are_part_of_it(value: str) -> None:
    assert parse_query(f"tag:{value} title:{value}") == Query(
        And((Filter("tag", value), Words(value, "title")))
    )


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("before", "before 早于 早於"),
        ("after", "after 晚于 晚於"),
        ("on", "on 日期"),
        ("written", "written 成文日期"),
        ("issued", "issued 发布日期 發布日期"),
    ],
)
@pytest.mark.parametrize(
    ("value", "period"),
    [
        ("2018", YEAR),
        ("２０１８年", YEAR),
        ("2018-06", MONTH),
        ("2018.6", MONTH),
        ("2018年6月", MONTH),
        ("2018-06-29", DAY),
        ("2018/6/29", DAY),
        ("20180629", DAY),
        ("2018年6月29日", DAY),
    ],
)
def test_dates_are_years_months_and_days(kind: str, names: str, value: str, period: Period) -> None:
    for name in names.split():
        assert parse_query(f"{name}:{value}") == Query(Filter(kind, value, period))


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("starred", "starred STARRED 星标 星標"),
        ("untagged", "untagged 无标签 無標籤"),
        ("missing", "missing 有缺失"),
        ("changed", "changed 有变化 有變化"),
    ],
)
def test_states_have_their_names(state: str, names: str) -> None:
    for name in names.split():
        assert parse_query(f"is:{name}") == Query(Filter("is", state))


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("a OR", "a"),
        ("OR a", "a"),
        ("a OR OR b", "a b"),
        ("a | | b", "a b"),
        ("a AND", "a"),
        ("a NOT", "a"),
        ("(a", "a"),
        ("a)", "a"),
        ("a (b", "a b"),
        ("a OR (b", "a b"),
        ("f(x", "f x"),
        ("（a", "a"),
        ('"a', "a"),
        ("a “b", "a b"),
        ('-"a', "a"),
        ("title:", "title"),
        ("title:(a b", "title a b"),
        ("tag:(a OR b", "tag a b"),
        ("tag:(a OR)", "tag a"),
        ("is:(starred OR nope)", "is starred nope"),
        ("title:(" * 21 + "a b" + ")" * 21, "title " * 21 + "a b"),
        ("tag:", "tag"),
        ('tag:" "', "tag"),
        ("is:nope", "is nope"),
        ("before:x", "before x"),
        ("on:2018-13", "on 2018-13"),
        ("on:2018-02-30", "on 2018-02-30"),
        ("written:", "written"),
        ("(" * 21 + "a" + ")" * 21, "a"),
        ("-" * 30 + "a", "a"),
        ("a " * 101, " ".join("a" * 100)),
    ],
)
def test_broken_query_is_read_as_plain_words(typed: str, read_as: str) -> None:
    words = tuple(Words(word) for word in read_as.split())
    assert parse_query(typed) == Query(And(words), read_as)


@pytest.mark.parametrize("typed", ["OR", "AND", "NOT", "AND OR NOT", "|", "(", '"', "):"])
def test_query_of_signs_alone_asks_for_nothing(typed: str) -> None:
    assert parse_query(typed) == Query(None)


def test_query_over_the_limit_is_refused() -> None:
    assert parse_query("a" * 2_000).node == Words("a" * 2_000)
    with pytest.raises(QueryTooLong):
        parse_query("a" * 2_001)


@given(st.text(alphabet='ab"()|-: ORNTtiles标题：（“”　', max_size=60))
def test_any_query_is_read(typed: str) -> None:
    found = parse_query(typed)
    assert found.read_as == "" or found.node is not None
