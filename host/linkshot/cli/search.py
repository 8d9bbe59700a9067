"""`linkshot search`: pages that say what was asked for."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from linkshot.cli.parser import Parser, count
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal

if TYPE_CHECKING:
    from linkshot.store.records import SearchResult

READ_AS = Phrase("Read as plain words: {query}", "按普通词语理解：{query}")
FOUND = Phrase("{total} found in {took_ms:.1f} ms", "找到 {total} 个，用时 {took_ms:.1f} 毫秒")
MOST = Phrase(
    "Few pages or none have all of it; these have most of it:",
    "包含全部内容的页面很少或没有；以下页面包含大部分：",
)
WAITING = Phrase(
    "{waiting} links are still being indexed and may be missing here",
    "还有 {waiting} 个链接正在建立索引，可能未列出",
)
NO_TAG = Phrase("There is no tag named “{tag}”", "没有名为“{tag}”的标签")
FOUND_MOST = Phrase("; {most} have most of it", "；另有 {most} 个包含大部分")
NEXT = Phrase("; --offset {offset} shows the next", "；用 --offset {offset} 查看后面的结果")


def arguments(parser: Parser) -> None:
    """The query, and which part of the answer."""
    parser.take_query(
        Phrase(
            'words that the page must have; "…" for a phrase, -word for one that it must not have',
            "页面中应出现的词；用引号表示短语，用 -词 排除",
        )
    )
    parser.take_limit(20)
    parser.take(
        "--offset",
        type=count,
        default=0,
        metavar="N",
        about=Phrase("leave out the first N", "跳过前 N 个"),
    )
    parser.take_tag()
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the hits, best first. Finding nothing is an answer, not a failure."""
    from linkshot.cli.catch_up import catch_up
    from linkshot.store.library import Library
    from linkshot.store.search import search
    from linkshot.store.tag_tree import existing

    with Library.open(options.library, create=options.creates) as library:
        catch_up(library)
        if options.tag is not None:
            existing(library.database, options.tag)
        result = search(
            library,
            " ".join(options.query),
            limit=options.limit,
            offset=options.offset,
            tag=options.tag or "",
        )
    if terminal.as_json:
        terminal.json(result)
        return 0
    _show(result, options.offset, terminal)
    return 0


def _show(result: SearchResult, offset: int, terminal: Terminal) -> None:
    from linkshot.cli.layout import hit_lines

    if result.read_as:
        terminal.say(READ_AS, query=result.read_as)
    for tag in result.unknown_tags:
        terminal.say(NO_TAG, tag=tag)
    has_all = True
    for hit in result.hits:
        if has_all and not hit.has_all:
            terminal.say(MOST)
            has_all = False
        terminal.show(hit_lines(hit))
    shown = offset + len(result.hits)
    found = FOUND.of(terminal.language, total=result.total, took_ms=result.took_ms)
    if result.most:
        found += FOUND_MOST.of(terminal.language, most=result.most)
    if result.hits and shown < result.total + result.most:
        found += NEXT.of(terminal.language, offset=shown)
    terminal.note(found)
    if result.waiting:
        terminal.say(WAITING, waiting=result.waiting)
