"""`linkshot list`: the links kept, newest first."""

from __future__ import annotations

import argparse

from linkshot.cli.parser import Parser
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal

EMPTY = Phrase(
    "Nothing is kept here yet. “linkshot add ADDRESS” keeps a page.",
    "这里还没有保存任何页面。用“linkshot add 网址”保存一个。",
)
NONE_TAGGED = Phrase("No link has the tag “{tag}”.", "没有链接带标签“{tag}”。")
MORE = Phrase(
    "{shown} of {total}; --limit shows more.",
    "共 {total} 个，显示 {shown} 个；用 --limit 显示更多。",
)


def arguments(parser: Parser) -> None:
    """Which links, and how many."""
    parser.take_tag()
    parser.take_limit(50)
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the links."""
    from linkshot.store.library import Library
    from linkshot.store.links import count_links, list_links
    from linkshot.store.tag_tree import existing

    with Library.open(options.library, create=options.creates) as library:
        if options.tag is not None:
            existing(library.database, options.tag)
        links = list_links(library, tag=options.tag or "", limit=options.limit)
        if terminal.as_json:
            terminal.json(links)
            return 0
        total = count_links(library, tag=options.tag or "")
    from linkshot.cli.layout import link_table

    if not total:
        terminal.say(NONE_TAGGED if options.tag else EMPTY, tag=options.tag)
        return 0
    terminal.show(link_table(links, terminal.language))
    if len(links) < total:
        terminal.say(MORE, shown=len(links), total=total)
    return 0
