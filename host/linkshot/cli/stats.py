"""`linkshot stats`: what is in the library, counted."""

from __future__ import annotations

import argparse

from linkshot.cli.parser import Parser
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal, human_size

NAMES = {
    "library": Phrase("library", "资料库"),
    "links": Phrase("links", "链接"),
    "snapshots": Phrase("snapshots", "快照"),
    "tags": Phrase("tags", "标签"),
    "resources": Phrase("resources", "资源"),
    "blobs": Phrase("blobs", "存储块"),
    "trashed": Phrase("in the trash", "回收站"),
    "page_bytes": Phrase("pages as they were", "页面原始大小"),
    "stored_bytes": Phrase("stored", "实际占用"),
    "index_bytes": Phrase("search index", "搜索索引"),
    "database_bytes": Phrase("database file", "数据库文件"),
}


def arguments(parser: Parser) -> None:
    """Nothing but the form of the answer."""
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the counts."""
    from linkshot.store.health import stats
    from linkshot.store.library import Library

    with Library.open(options.library, create=options.creates) as library:
        counted = stats(library)
    if terminal.as_json:
        terminal.json(counted)
        return 0
    from msgspec import structs

    from linkshot.cli.layout import card

    rows = [("library", str(options.library))]
    rows += [(name, _value(name, value)) for name, value in structs.asdict(counted).items()]
    language = terminal.language
    terminal.show(
        card((NAMES[name].of(language) if name in NAMES else name, value) for name, value in rows)
    )
    return 0


def _value(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith("bytes"):
        return human_size(value)
    return f"{value:,}" if isinstance(value, int) else str(value)
