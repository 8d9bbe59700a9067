from __future__ import annotations

import pytest

from linkshot.errors import RuleInvalid, RuleNotFound, TagSlashAtEnd
from linkshot.page.reading import Policy, Reading
from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.links import set_note, trash_links
from linkshot.store.readings import save_reading
from linkshot.store.rules import (
    NewRule,
    add_rule,
    get_rule,
    list_rules,
    remove_rule,
    switch_rule,
    try_rule,
)
from linkshot.store.tags import delete_tags, link_tags, merge_tags, rename_tag, retag_links
from linkshot.store.undo import undo_last

from .pages import keep, keep_text

NOTICE = Reading(
    title="关于印发规划的通知",
    text="推进乡村振兴。",
    lang="zh-CN",
    policy=Policy(doc_number="渝府办发〔2021〕149号", office="重庆市人民政府办公厅"),
)


def keep_notice(library: Library, url: str = "https://www.cq.gov.cn/zwgk/szf/1.html") -> int:
    saved = keep(library, url)
    save_reading(library, saved.snapshot_id, NOTICE)
    return saved.link_id


@pytest.mark.parametrize(
    ("conditions", "meets"),
    [
        ({"site": "cq.gov.cn"}, True),
        ({"site": "WWW.cq.gov.cn"}, True),
        ({"site": "https://www.cq.gov.cn/zwgk/"}, True),
        ({"site": "q.gov.cn"}, False),
        ({"path": "/zwgk/"}, True),
        ({"path": "/szf"}, False),
        ({"path": "*/szf/*"}, True),
        ({"path": "/zwgk/*.htm"}, False),
        ({"text": "乡村振兴"}, True),
        ({"text": "鄉村"}, True),
        ({"text": "农村"}, False),
        ({"field": "title", "value": "印发"}, True),
        ({"field": "title", "value": "乡村"}, False),
        ({"field": "office", "value": "人民政府"}, True),
        ({"field": "doc_number", "value": "渝府办发[2021]149号"}, True),
        ({"field": "lang", "value": "zh"}, True),
        ({"field": "lang", "value": "en"}, False),
        ({"site": "cq.gov.cn", "path": "/zwgk/", "text": "振兴", "field": "lang", "value": "zh"}, True),
        ({"site": "cq.gov.cn", "text": "农村"}, False),
        ({"text": "%_"}, False),
        ({"site": "%"}, False),
    ],
)  # fmt: skip
def test_rule_meets_what_has_all_conditions(
    library: Library, conditions: dict[str, str], meets: bool
) -> None:
    link_id = keep_notice(library)
    trial = try_rule(library, NewRule(tags=["政策"], **conditions))
    found = [link.link_id for link in trial.examples]
    assert (trial.matching, trial.would_tag, found) == ((1, 1, [link_id]) if meets else (0, 0, []))


@pytest.mark.parametrize(
    "new",
    [
        NewRule(tags=[], site="a"),
        NewRule(tags=["a"]),
        NewRule(tags=["a"], text="  "),
        NewRule(tags=["a"], field="title"),
        NewRule(tags=["a"], field="nothing", value="x"),
        NewRule(tags=["a"], text="x" * 501),
    ],
)
def test_rule_that_says_nothing_is_refused(library: Library, new: NewRule) -> None:
    with pytest.raises(RuleInvalid):
        add_rule(library, new)
    assert list_rules(library) == []


def test_rule_with_a_bad_tag_is_refused(library: Library) -> None:
    with pytest.raises(TagSlashAtEnd):
        add_rule(library, NewRule(tags=["a", "b/"], text="x"))


def test_trial_counts_only_links_that_lack_a_tag(library: Library) -> None:
    keep_text(library, "乡村", tags=["a", "b"])
    keep_text(library, "乡村", tags=["a"])
    trash_links(library, [keep_text(library, "乡村")])
    trial = try_rule(library, NewRule(tags=["a", "b"], text="乡村"))
    assert (trial.matching, trial.would_tag) == (2, 1)


def test_rule_applied_is_undone_in_one_step(library: Library) -> None:
    first, second = keep_text(library, "乡村"), keep_text(library, "乡村", tags=["政策"])
    rule = add_rule(library, NewRule(tags=["政策"], text="乡村"))
    assert switch_rule(library, rule.rule_id, on=True, apply=True) == 1
    assert link_tags(library, first) == ["政策"]
    undo_last(library)
    assert get_rule(library, rule.rule_id).is_on is False
    assert (link_tags(library, first), link_tags(library, second)) == ([], ["政策"])
    assert verify(library) == []


def test_rule_on_tags_what_is_read_from_then(library: Library) -> None:
    before = keep_text(library, "乡村")
    rule = add_rule(library, NewRule(tags=["政策"], text="乡村"))
    off = keep_text(library, "乡村")
    switch_rule(library, rule.rule_id, on=True)
    after, other = keep_text(library, "乡村"), keep_text(library, "城市")
    tags = [link_tags(library, link_id) for link_id in (before, off, after, other)]
    assert tags == [[], [], ["政策"], []]
    assert verify(library) == []


def test_tag_taken_off_by_hand_does_not_come_back(library: Library) -> None:
    rule = add_rule(library, NewRule(tags=["政策"], text="乡村"))
    switch_rule(library, rule.rule_id, on=True)
    link_id = keep_text(library, "乡村", url="https://example.org/a")
    retag_links(library, [link_id], remove=["政策"])
    keep_text(library, "乡村建设", url="https://example.org/a")
    assert link_tags(library, link_id) == []


def test_rule_follows_its_tags(library: Library) -> None:
    rule = add_rule(library, NewRule(tags=["a", "b"], text="x"))
    rename_tag(library, "a", "c")
    merge_tags(library, ["b"], "d")
    assert get_rule(library, rule.rule_id).tags == ["c", "d"]
    delete_tags(library, ["c"])
    assert get_rule(library, rule.rule_id).tags == ["d"]
    undo_last(library)
    assert get_rule(library, rule.rule_id).tags == ["c", "d"]


def test_removed_rule_comes_back_by_undo(library: Library) -> None:
    rule = add_rule(library, NewRule(tags=["a"], text="x"))
    remove_rule(library, rule.rule_id)
    with pytest.raises(RuleNotFound):
        get_rule(library, rule.rule_id)
    undo_last(library)
    assert get_rule(library, rule.rule_id) == rule


@pytest.mark.parametrize(
    ("conditions", "meets"),
    [
        ({"text": "AI"}, "AI notes"),
        ({"text": "ai note"}, ""),
        ({"field": "title", "value": "AI"}, "AI notes"),
        ({"text": "C++"}, "C++ notes"),
        ({"field": "title", "value": "c"}, "C++ notes"),
        ({"text": "air"}, ""),
    ],
)
def test_rule_asks_for_whole_words(
    library: Library, conditions: dict[str, str], meets: str
) -> None:
    for title in ("Airport notes", "AI notes", "Chrome notes", "C++ notes"):
        keep_text(library, title, title=title, url=f"https://example.org/{title}")
    trial = try_rule(library, NewRule(tags=["人工智能"], **conditions))
    assert [link.title for link in trial.examples] == ([meets] if meets else [])


def test_rules_text_is_what_the_page_says(library: Library) -> None:
    link_id = keep_text(library, "Readings", url="https://example.org/chap.html")
    set_note(library, link_id, "remember")
    for text, meets in (("chap.html", 0), ("example", 0), ("remember", 0), ("readings", 1)):
        assert try_rule(library, NewRule(tags=["a"], text=text)).matching == meets
    assert try_rule(library, NewRule(tags=["a"], field="note", value="remember")).matching == 1
