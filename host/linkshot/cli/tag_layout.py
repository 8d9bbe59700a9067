"""Tables for `linkshot tag`: plans, suggestions, duplicates, what can be undone, rules."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import local_minute
from linkshot.errors import Language
from linkshot.store.records import RuleRecord, SuggestedTag, TagPair, TagPlan, UndoRecord

NUMBER = Phrase("no.", "编号")
WHEN = Phrase("when", "时间")
WHAT = Phrase("what", "操作")
TAG = Phrase("tag", "标签")
TAGS = Phrase("tags", "标签")
LINKS = Phrase("links", "链接")
WHY = Phrase("why", "依据")
INTO = Phrase("into", "并入")
BOTH = Phrase("on both", "共有")
CONDITIONS = Phrase("conditions", "条件")
STATE = Phrase("state", "状态")
ON, OFF = Phrase("on", "启用"), Phrase("off", "停用")
WHYS = {
    "name": Phrase("its name is in the page", "页面中有此名称"),
    "site": Phrase("same site", "同一网站"),
    "text": Phrase("pages of like text", "内容相近的页面"),
    "together": Phrase("often together", "常一起使用"),
    "policy": Phrase("policy card", "文件信息"),
    "keyword": Phrase("the page's keywords", "页面关键词"),
    "form": Phrase("written alike", "写法相近"),
    "use": Phrase("on the same links", "用在相同的链接上"),
}
KINDS = {
    "rename": Phrase("rename", "重命名"),
    "merge": Phrase("merge", "合并"),
    "split": Phrase("split", "拆分"),
    "delete": Phrase("delete", "删除"),
    "color": Phrase("color", "颜色"),
    "alias": Phrase("alias", "别名"),
    "rule": Phrase("rule", "规则"),
    "rule_add": Phrase("new rule", "新建规则"),
    "rule_on": Phrase("rule on", "启用规则"),
    "rule_off": Phrase("rule off", "停用规则"),
    "rule_remove": Phrase("rule removed", "删除规则"),
    "give": Phrase("add", "添加"),
    "take": Phrase("remove", "去掉"),
}
PLAN_LINKS = Phrase("links changed: {count}", "涉及链接：{count}")
PLAN_GAIN = Phrase("+ {tag}: {count} links", "+ {tag}：{count} 个链接")
PLAN_LOSE = Phrase("- {tag}: {count} links", "- {tag}：{count} 个链接")
PLAN_MADE = Phrase("new: {tag}", "新建：{tag}")
PLAN_VANISH = Phrase("goes: {tag}", "消失：{tag}")
PLAN_MOVED = Phrase("moves: {tag} → {to}", "移动：{tag} → {to}")
PLAN_ALIAS = Phrase("alias: {tag}", "别名：{tag}")


def plan_lines(plan: TagPlan, language: Language) -> Text:
    """A plan, one line for each thing it does."""
    lines = [PLAN_LINKS.of(language, count=plan.links)]
    lines += [PLAN_GAIN.of(language, tag=tag, count=n) for tag, n in plan.gain.items()]
    lines += [PLAN_LOSE.of(language, tag=tag, count=n) for tag, n in plan.lose.items()]
    lines += [PLAN_MADE.of(language, tag=tag) for tag in plan.made]
    lines += [PLAN_VANISH.of(language, tag=tag) for tag in plan.vanish]
    lines += [PLAN_MOVED.of(language, tag=old, to=new) for old, new in plan.moved]
    lines += [PLAN_ALIAS.of(language, tag=tag) for tag in plan.aliases]
    return Text("\n".join(lines))


def suggestion_table(tags: Iterable[SuggestedTag], language: Language) -> Table:
    """Suggested tags, likeliest first."""
    rows = [(tag.path, str(tag.links), WHYS[tag.why].of(language)) for tag in tags]
    return _table((TAG, LINKS, WHY), rows, language)


def pair_table(pairs: Iterable[TagPair], language: Language) -> Table:
    """Tags that may be one."""
    rows = [
        (
            f"{pair.source} ({pair.source_links})",
            f"{pair.target} ({pair.target_links})",
            str(pair.both_links),
            WHYS[pair.why].of(language),
        )
        for pair in pairs
    ]
    return _table((TAG, INTO, BOTH, WHY), rows, language)


def undo_table(entries: Iterable[UndoRecord], language: Language) -> Table:
    """What can be undone."""
    rows = [
        (
            str(entry.undo_id),
            local_minute(entry.done_at),
            KINDS[entry.kind].of(language),
            "  ".join(entry.tags) + (f" → {entry.target}" if entry.target else ""),
            str(entry.links),
        )
        for entry in entries
    ]
    return _table((NUMBER, WHEN, WHAT, TAGS, LINKS), rows, language)


def rule_table(rules: Iterable[RuleRecord], language: Language) -> Table:
    """The rules with their conditions."""
    rows = [
        (
            str(rule.rule_id),
            (ON if rule.is_on else OFF).of(language),
            _conditions(rule),
            "  ".join(rule.tags),
        )
        for rule in rules
    ]
    return _table((NUMBER, STATE, CONDITIONS, TAGS), rows, language)


def _conditions(rule: RuleRecord) -> str:
    named = (
        ("site", rule.site),
        ("path", rule.path),
        ("text", rule.text),
        (rule.field, rule.value),
    )
    return "  ".join(f"{name}: {value}" for name, value in named if value)


def _table(heads: Iterable[Phrase], rows: Iterable[Iterable[str]], language: Language) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head.of(language), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
