"""`linkshot add`: keep the page behind each address now."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from linkshot.cli.catch_up import UNREAD, quiet_reading
from linkshot.cli.parser import Parser, plain_text, read_lines
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal
from linkshot.cli.typed import typed_address
from linkshot.errors import LibraryError, LinkshotError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from linkshot.store.library import Library
    from linkshot.store.records import SavedSnapshot

WAYS = ("auto", "tab", "browser", "http")
NOT_TRIED = Phrase("linkshot: not tried: {url}", "linkshot: 未处理：{url}")


def arguments(parser: Parser) -> None:
    """Addresses or HTML files, and what to give the links."""
    parser.take(
        "urls",
        nargs="+",
        metavar="URL",
        type=plain_text,
        about=Phrase(
            "an address, an HTML or MHTML file, or - to read addresses from stdin, one a line",
            "网址或 HTML、MHTML 文件；- 表示从标准输入读取网址，每行一个",
        ),
    )
    parser.take(
        "--tag",
        action="append",
        default=[],
        metavar="TAG",
        type=plain_text,
        about=Phrase(
            "a tag for the links, such as 政策/产业 (repeatable)",
            "给链接加的标签，如 政策/产业（可多次）",
        ),
    )
    parser.take(
        "--note",
        default="",
        type=plain_text,
        about=Phrase("a note for the links", "给链接加的备注"),
    )
    parser.take(
        "--via",
        choices=WAYS,
        default="auto",
        about=Phrase(
            "through a tab of your browser, a browser of its own, or plain http (default: the best there is)",
            "采集方式：tab 用你的浏览器标签页，browser 用独立浏览器，http 直接下载（默认 auto 取最佳）",
        ),
    )
    parser.take(
        "--keep-errors",
        action="store_true",
        about=Phrase(
            "keep the page also where the site answers with an error", "网站返回错误页面时也保存"
        ),
    )
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Keep each page; a failure is named and the others are still done."""
    from linkshot.store.library import Library
    from linkshot.store.tags import parse_tag

    options.tag = [parse_tag(tag) for tag in options.tag]
    urls = list(dict.fromkeys(map(typed_address, read_lines(options.urls))))
    kept: list[SavedSnapshot] = []
    try:
        with Library.open(options.library) as library:
            failed = _keep_all(library, urls, options=options, terminal=terminal, kept=kept)
    finally:
        # Also when stopped in the middle: what is kept is told.
        if terminal.as_json:
            terminal.json(kept)
    return 1 if failed else 0


def _keep_all(
    library: Library,
    urls: list[str],
    *,
    options: argparse.Namespace,
    terminal: Terminal,
    kept: list[SavedSnapshot],
) -> bool:
    """Keep each page in turn, appending to `kept`; True where any failed."""
    from linkshot.capture.keep import Keeper
    from linkshot.store.snapshots import get_snapshot

    quiet_reading()
    failed = False
    with (
        terminal.progress(len(urls)) as step,
        Keeper(library, keep_errors=options.keep_errors) as keeper,
    ):
        for position, url in enumerate(urls):
            step(url)
            try:
                saved = keeper.keep(url, via=options.via, tags=options.tag, note=options.note)
            except LinkshotError as error:
                failed = True
                terminal.fail(error, url)
                if isinstance(error, LibraryError):
                    _name_untried(urls[position + 1 :], terminal)
                    return True
                continue
            kept.append(saved)
            if not get_snapshot(library, saved.snapshot_id).read:
                terminal.say(UNREAD, subject=saved.url)
            if not terminal.as_json:
                terminal.show(_saved_lines(saved, terminal))
    return failed


def _saved_lines(saved: SavedSnapshot, terminal: Terminal) -> RenderableType:
    from linkshot.cli.layout import saved_lines

    return saved_lines(saved, terminal.language)


def _name_untried(urls: list[str], terminal: Terminal) -> None:
    """A library that fails once fails for every page: say which were not tried, and stop."""
    for url in urls:
        terminal.say(NOT_TRIED, url=url)
