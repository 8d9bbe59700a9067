"""`linkshot tag`: put tags on links, keep their tree in order, suggest them, give them by rule."""

from __future__ import annotations

import argparse
import importlib
from typing import Any, NamedTuple

from linkshot.cli.parser import Parser, count, plain_text
from linkshot.cli.phrase import Phrase
from linkshot.cli.tag_rule import rule_arguments
from linkshot.cli.terminal import Terminal

TAG = Phrase("a tag, such as 政策/产业", "标签，如 政策/产业")
IDS = Phrase(
    "links' numbers or addresses, or - to read them from stdin",
    "链接的编号或网址；- 表示从标准输入读取",
)
DRY_RUN = Phrase("say what it would do, and change nothing", "只说明会怎样，不作改动")
LIMIT = Phrase("how many at most", "最多多少个")


class _Argument(NamedTuple):
    name: str
    about: Phrase
    settings: dict[str, Any]


def _given(name: str, about: Phrase, **settings: Any) -> _Argument:
    return _Argument(name, about, {"type": plain_text, **settings})


def _flag(name: str, about: Phrase) -> _Argument:
    return _Argument(name, about, {"action": "store_true"})


_TAG = _given("tag", TAG, metavar="TAG")
_TAGS = _given("tags", TAG, metavar="TAG", nargs="+")
_IDS = _given("ids", IDS, metavar="ID", nargs="+")

# Each action, the module that does it, and what it takes.
_ACTIONS: tuple[tuple[str, str, Phrase, tuple[_Argument, ...]], ...] = (
    ("add", "tag_edit", Phrase("put a tag on links", "给链接加标签"), (_TAG, _IDS)),
    ("remove", "tag_edit", Phrase("take a tag off links", "去掉链接的标签"), (_TAG, _IDS)),
    (
        "rename",
        "tag_edit",
        Phrase("rename a tag, with all below it", "重命名标签（连同下级）"),
        (_TAG, _given("name", Phrase("its new name", "新名称"), metavar="NAME")),
    ),
    (
        "move",
        "tag_edit",
        Phrase(
            "hang a tag, with all below it, elsewhere in the tree", "把标签（连同下级）移到别处"
        ),
        (
            _TAG,
            _given(
                "--under",
                Phrase("the tag above it (default: the top)", "上级标签（默认：顶层）"),
                metavar="TAG",
                default="",
            ),
        ),
    ),
    (
        "merge",
        "tag_edit",
        Phrase("make several tags one", "把几个标签合并为一个"),
        (
            _TAGS,
            _given(
                "--into",
                Phrase("the tag that stays", "合并后保留的标签"),
                metavar="TAG",
                required=True,
            ),
            _flag("--dry-run", DRY_RUN),
        ),
    ),
    (
        "split",
        "tag_edit",
        Phrase("give links of a tag other tags instead", "把一个标签拆成几个"),
        (
            _TAG,
            _given(
                "ids",
                Phrase(
                    "the links to split off (default: all of the tag)",
                    "要拆出的链接（默认：该标签的全部链接）",
                ),
                metavar="ID",
                nargs="*",
            ),
            _given(
                "--into",
                Phrase("the tags that they get", "改用的标签"),
                metavar="TAG",
                nargs="+",
                action="extend",
                required=True,
            ),
            _flag("--dry-run", DRY_RUN),
        ),
    ),
    (
        "delete",
        "tag_edit",
        Phrase("delete tags with all below them; links stay", "删除标签（连同下级），链接不受影响"),
        (_TAGS, _flag("--dry-run", DRY_RUN)),
    ),
    (
        "alias",
        "tag_edit",
        Phrase("give a tag another name", "给标签起别名"),
        (
            _TAG,
            _given("alias", Phrase("the other name", "别名"), metavar="ALIAS"),
            _flag("--remove", Phrase("take the alias away instead", "改为删除该别名")),
        ),
    ),
    (
        "color",
        "tag_edit",
        Phrase("colour a tag", "给标签设颜色"),
        (
            _TAG,
            _given(
                "color", Phrase("as #rrggbb, or none", "形如 #rrggbb，或 none"), metavar="COLOR"
            ),
        ),
    ),
    (
        "list",
        "tag_view",
        Phrase("list the tags with their counts", "列出标签及其数量"),
        (
            _Argument(
                "--order",
                Phrase("by name (Chinese by pinyin) or by count", "按名称（中文按拼音）或数量"),
                {"choices": ("name", "count"), "default": "name"},
            ),
        ),
    ),
    (
        "suggest",
        "tag_view",
        Phrase("tags that a link may want", "给链接建议标签"),
        (
            _given("id", Phrase("its number or address", "链接的编号或网址"), metavar="ID"),
            _given("--limit", LIMIT, metavar="N", type=count, default=8),
        ),
    ),
    (
        "duplicates",
        "tag_view",
        Phrase("tags that may be one", "找出可能重复的标签"),
        (
            _given("--limit", LIMIT, metavar="N", type=count, default=50),
            _given(
                "--refuse",
                Phrase("these two are not one; never offer them again", "这两个不是重复，不再提示"),
                metavar="TAG",
                nargs=2,
            ),
            _given(
                "--offer",
                Phrase("take such a refusal back", "取消上述设置，重新提示这两个标签"),
                metavar="TAG",
                nargs=2,
            ),
        ),
    ),
    (
        "scripts",
        "tag_view",
        Phrase(
            "whether 繁体 and 简体 name the same tag",
            "繁体与简体写法是否视为同一标签",
        ),
        (
            _Argument(
                "scripts",
                Phrase(
                    "“same” or “apart” (default: say what holds)",
                    "same 视为同一标签，apart 分开（默认：显示当前设置）",
                ),
                {"choices": ("same", "apart"), "nargs": "?"},
            ),
        ),
    ),
    (
        "undo",
        "tag_view",
        Phrase("undo the last change to tags, or an earlier one", "撤销上一次或较早的标签改动"),
        (
            _given(
                "entry",
                Phrase(
                    "a number of --list (default: the last)", "--list 中的编号（默认：最后一次）"
                ),
                metavar="N",
                nargs="?",
                type=count,
            ),
            _flag("--list", Phrase("show what can be undone", "列出可以撤销的改动")),
        ),
    ),
)
_MODULES = {name: module for name, module, _, _ in _ACTIONS} | {"rule": "tag_rule"}


def arguments(parser: Parser) -> None:
    """One sub-command for each thing that can be done to tags."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    language = parser.language
    for name, _, about, takes in _ACTIONS:
        one = actions.add_parser(name, help=about.of(language), about=about, language=language)
        for argument in takes:
            one.take(argument.name, about=argument.about, **argument.settings)
        one.take_json()
    about = Phrase("links like this get these tags", "规则：符合条件的链接自动加标签")
    rule_arguments(
        actions.add_parser("rule", help=about.of(language), about=about, language=language)
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Do it, in the module that has the action."""
    from linkshot.store.library import Library

    module = importlib.import_module(f"linkshot.cli.{_MODULES[options.action]}")
    with Library.open(options.library) as library:
        status: int = module.run(library, options, terminal)
    return status
