"""`linkshot verify`: check every row, blob and index entry of the library."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from linkshot.cli.parser import Parser
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal

CLEAN = Phrase("The library {path} is whole.", "资料库 {path} 完好。")
REPAIRED = Phrase("repaired", "已修复")
REPAIRABLE = Phrase("“linkshot verify --repair” mends this", "可用 linkshot verify --repair 修复")
INDEXED = Phrase("{done} of {total} links indexed", "已为 {total} 个链接中的 {done} 个建立索引")
LOST = Phrase("cannot be mended; keep the page again", "无法修复，请重新保存该页面")
# Of the database itself, keeping pages again mends nothing.
DAMAGED = Phrase(
    "cannot be mended; put a backup in the library's place (move the damaged folder away first)",
    "无法修复，请用备份替换资料库（先把损坏的文件夹移到别处）",
)


def arguments(parser: Parser) -> None:
    """Whether to mend what can be mended."""
    parser.take(
        "--repair",
        action="store_true",
        about=Phrase("mend what can be mended", "修复可以修复的问题"),
    )
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the problems; 1 where any is left."""
    from linkshot.store.health import verify
    from linkshot.store.library import Library

    with Library.open(options.library, create=False) as library, terminal.counted() as progress:
        problems = verify(
            library,
            repair=options.repair,
            progress=progress,
            indexing=_said_at_tenths(terminal),
        )
    left = [one for one in problems if not (options.repair and one.repairable)]
    if terminal.as_json:
        terminal.json(problems)
        return 1 if left else 0
    for problem in problems:
        outcome = LOST if problem.code.startswith("blob_") else DAMAGED
        if problem.repairable:
            outcome = REPAIRED if options.repair else REPAIRABLE
        terminal.text(f"{problem.code}: {problem.subject}: {outcome.of(terminal.language)}\n")
    if not problems:
        terminal.say(CLEAN, path=options.library)
    return 1 if left else 0


def _said_at_tenths(terminal: Terminal) -> Callable[[int, int], None]:
    said = 0

    def say(done: int, total: int) -> None:
        nonlocal said
        tenth = done * 10 // total
        if tenth > said:
            said = tenth
            terminal.say(INDEXED, done=done, total=total)

    return say
