"""`linkshot tag rule`: links like this get these tags; tried before it is switched on."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from linkshot.cli.parser import Parser, count, plain_text
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal

if TYPE_CHECKING:
    from linkshot.store.library import Library
    from linkshot.store.records import RuleRecord, RuleTrial

NO_RULES = Phrase("There are no rules yet.", "还没有规则。")
TRIAL = Phrase(
    "Rule {rule}: {matching} links meet it; it would tag {would_tag} of them.",
    "规则 {rule}：符合条件的链接 {matching} 个，其中会加标签 {would_tag} 个。",
)
SWITCHED = Phrase(
    "Rule {rule} is on; it tagged {links} links.", "规则 {rule} 已启用，已给 {links} 个链接加标签。"
)
SWITCHED_OFF = Phrase("Rule {rule} is off.", "规则 {rule} 已停用。")
REMOVED = Phrase(
    "Rule {rule} is gone; the tags that it gave stay.", "规则 {rule} 已删除，此前加上的标签保留。"
)
CONDITIONS = (
    ("--site", "SITE", Phrase("a site, with the sites below it", "网站（含其子域名）")),
    (
        "--path",
        "PATH",
        Phrase("how the address goes on; * for anything", "网址路径的开头；* 代表任意内容"),
    ),
    ("--text", "TEXT", Phrase("words anywhere in the page", "页面中任意位置的文字")),
    (
        "--field",
        "NAME=VALUE",
        Phrase(
            "words in one field: title, office, doc_number, note, lang",
            "某一字段中的文字：title、office、doc_number、note、lang",
        ),
    ),
)


def rule_arguments(parser: Parser) -> None:
    """One sub-command for each thing that can be done to rules."""
    actions = parser.add_subparsers(dest="rule_action", required=True, metavar="ACTION")

    def action(name: str, about: Phrase, *, numbered: bool) -> Parser:
        language = parser.language
        one = actions.add_parser(name, help=about.of(language), about=about, language=language)
        one.take_json()
        if numbered:
            number = Phrase("the rule's number", "规则编号")
            one.take("rule", metavar="N", type=count, about=number)
        return one

    one = action("add", Phrase("make a rule, still off", "新建规则（尚未启用）"), numbered=False)
    tag = Phrase("a tag that it gives", "规则要加的标签")
    one.take("tags", nargs="+", metavar="TAG", type=plain_text, about=tag)
    for name, metavar, about in CONDITIONS:
        one.take(name, metavar=metavar, type=plain_text, default="", about=about)
    action("list", Phrase("list the rules", "列出规则"), numbered=False)
    action("try", Phrase("say what a rule would do", "试运行规则"), numbered=True)
    one = action("on", Phrase("switch a rule on", "启用规则"), numbered=True)
    apply = Phrase("also tag the links that are kept already", "同时给已保存的链接加标签")
    one.take("--apply", action="store_true", about=apply)
    action("off", Phrase("switch a rule off", "停用规则"), numbered=True)
    action("remove", Phrase("forget a rule; tags stay", "删除规则，标签保留"), numbered=True)


def run(library: Library, options: argparse.Namespace, terminal: Terminal) -> int:
    """Do it; `--json` answers with the rule, its trial, or all rules."""
    _ACTIONS[options.rule_action](library, options, terminal)
    return 0


def _add(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.store.rules import NewRule, add_rule

    field, _, value = options.field.partition("=")
    rule = add_rule(
        library,
        NewRule(
            tags=options.tags,
            site=options.site,
            path=options.path,
            text=options.text,
            field=field,
            value=value,
        ),
    )
    _show_trial(library, rule, terminal)


def _list(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.cli.tag_layout import rule_table
    from linkshot.store.rules import list_rules

    terminal.listing(list_rules(library), rule_table, NO_RULES)


def _try(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.store.rules import get_rule

    _show_trial(library, get_rule(library, options.rule), terminal)


def _switch_on(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.store.rules import get_rule, switch_rule

    links = switch_rule(library, options.rule, on=True, apply=options.apply)
    if terminal.as_json:
        terminal.json({"rule": get_rule(library, options.rule), "tagged": links})
    else:
        terminal.say(SWITCHED, rule=options.rule, links=links)


def _switch_off(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.store.rules import get_rule, switch_rule

    switch_rule(library, options.rule, on=False)
    if terminal.as_json:
        terminal.json({"rule": get_rule(library, options.rule), "tagged": 0})
    else:
        terminal.say(SWITCHED_OFF, rule=options.rule)


def _remove(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.store.rules import list_rules, remove_rule

    remove_rule(library, options.rule)
    if terminal.as_json:
        terminal.json(list_rules(library))
    else:
        terminal.say(REMOVED, rule=options.rule)


def _show_trial(library: Library, rule: RuleRecord, terminal: Terminal) -> None:
    from linkshot.store.rules import try_rule

    trial: RuleTrial = try_rule(library, rule)
    if terminal.as_json:
        terminal.json({"rule": rule, "trial": trial})
        return
    from linkshot.cli.layout import link_table

    terminal.say(TRIAL, rule=rule.rule_id, matching=trial.matching, would_tag=trial.would_tag)
    if trial.examples:
        terminal.show(link_table(trial.examples, terminal.language))


_ACTIONS = {
    "add": _add,
    "list": _list,
    "try": _try,
    "on": _switch_on,
    "off": _switch_off,
    "remove": _remove,
}
