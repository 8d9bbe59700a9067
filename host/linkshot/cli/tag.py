"""`linkshot tag`: put tags on links, rename, merge and alias them, list them with counts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from linkshot.cli.parser import JSON, Parser, plain_text, read_lines
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal

if TYPE_CHECKING:
    from linkshot.store.library import Library

NO_TAGS = Phrase("There are no tags yet.", "还没有标签。")
DONE = Phrase("Done.", "完成。")
TAG = Phrase("a tag, such as 政策/产业", "标签，如 政策/产业")
IDS = Phrase(
    "links' numbers or addresses, or - to read them from stdin",
    "链接的编号或网址；- 表示从标准输入读取",
)


def arguments(parser: Parser) -> None:
    """One sub-command for each thing that can be done to tags."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, about: Phrase) -> Parser:
        language = parser.language
        one = actions.add_parser(name, help=about.of(language), about=about, language=language)
        one.take("--json", action="store_true", about=JSON)
        return one

    for name, about in (
        ("add", Phrase("put a tag on links", "给链接加标签")),
        ("remove", Phrase("take a tag off links", "去掉链接的标签")),
    ):
        one = action(name, about)
        one.take("tag", metavar="TAG", type=plain_text, about=TAG)
        one.take("ids", nargs="+", metavar="ID", type=plain_text, about=IDS)
    one = action("rename", Phrase("rename a tag, with all below it", "重命名标签（连同下级）"))
    one.take("tag", metavar="TAG", type=plain_text, about=TAG)
    one.take("name", metavar="NAME", type=plain_text, about=Phrase("its new name", "新名称"))
    one = action("merge", Phrase("make several tags one", "把几个标签合并为一个"))
    one.take("tags", nargs="+", metavar="TAG", type=plain_text, about=TAG)
    one.take(
        "--into",
        required=True,
        metavar="TAG",
        type=plain_text,
        about=Phrase("the tag that stays", "合并后保留的标签"),
    )
    one = action("alias", Phrase("give a tag another name", "给标签起别名"))
    one.take("tag", metavar="TAG", type=plain_text, about=TAG)
    one.take("alias", metavar="ALIAS", type=plain_text, about=Phrase("the other name", "别名"))
    one.take(
        "--remove",
        action="store_true",
        about=Phrase("take the alias away instead", "改为删除该别名"),
    )
    action("list", Phrase("list the tags with their counts", "列出标签及其数量"))


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Do it; `--json` answers with the tags touched, with their counts."""
    from linkshot.store.library import Library
    from linkshot.store.tags import tag_counts

    with Library.open(options.library) as library:
        if options.action == "list":
            return _list(library, terminal)
        touched = _CHANGES[options.action](library, options)
        if terminal.as_json:
            terminal.json([tag for tag in tag_counts(library) if tag.path in touched])
        else:
            terminal.say(DONE)
    return 0


def _list(library: Library, terminal: Terminal) -> int:
    from linkshot.store.tags import tag_counts

    tags = tag_counts(library)
    if terminal.as_json:
        terminal.json(tags)
    elif tags:
        from linkshot.cli.layout import tag_table

        terminal.show(tag_table(tags, terminal.language))
    else:
        terminal.say(NO_TAGS)
    return 0


def _link_ids(library: Library, options: argparse.Namespace) -> list[int]:
    from linkshot.cli.show import find_link

    return [find_link(library, named).link_id for named in read_lines(options.ids)]


def _add(library: Library, options: argparse.Namespace) -> set[str]:
    from linkshot.store.tags import add_tags, parse_tag

    tag = parse_tag(options.tag)
    add_tags(library, _link_ids(library, options), [tag])
    return {tag}


def _remove(library: Library, options: argparse.Namespace) -> set[str]:
    from linkshot.store.tags import parse_tag, remove_tags

    tag = parse_tag(options.tag)
    remove_tags(library, _link_ids(library, options), [tag])
    return {tag}


def _rename(library: Library, options: argparse.Namespace) -> set[str]:
    from linkshot.store.tags import parse_tag, rename_tag

    name = parse_tag(options.name)
    rename_tag(library, options.tag, name)
    return {name}


def _merge(library: Library, options: argparse.Namespace) -> set[str]:
    from linkshot.store.tags import merge_tags

    merge_tags(library, options.tags, options.into)
    return {options.into}


def _alias(library: Library, options: argparse.Namespace) -> set[str]:
    from linkshot.store.tags import add_alias, remove_alias

    change = remove_alias if options.remove else add_alias
    change(library, options.tag, options.alias)
    return {options.tag}


_CHANGES = {
    "add": _add,
    "remove": _remove,
    "rename": _rename,
    "merge": _merge,
    "alias": _alias,
}
