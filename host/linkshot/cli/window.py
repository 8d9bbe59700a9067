"""`linkshot open`: the library's window."""

from __future__ import annotations

import argparse

from linkshot.cli.parser import Parser, plain_text
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """At which link to open."""
    parser.take(
        "id",
        nargs="?",
        metavar="ID",
        type=plain_text,
        about=Phrase(
            "a link's number or address (default: the list)", "链接的编号或网址（默认显示列表）"
        ),
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Show the window until it is closed."""
    from linkshot.cli.show import find_link
    from linkshot.store.library import Library
    from linkshot.viewer.window import open_viewer

    link_id = None
    if options.id is not None:
        with Library.open(options.library) as library:
            link_id = find_link(library, options.id).link_id
    open_viewer(options.library, link_id, say=terminal.note)
    return 0
