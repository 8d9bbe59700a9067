"""`linkshot export`: a snapshot as a file that stands alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from linkshot.cli.parser import Parser, count
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal, human_size, local_minute
from linkshot.errors import LinkshotError, OutputUnwritable

if TYPE_CHECKING:
    from linkshot.store.library import Library

FORMATS = ("html",)
STDOUT = Path("-")
# Which page it was: a link's number, as `list` has it, names another link's snapshot here.
WRITTEN = Phrase(
    "{path}  {size}  “{title}”, #{link}, kept {kept}",
    "{path}  {size}  《{title}》，#{link}，保存于 {kept}",
)


def arguments(parser: Parser) -> None:
    """Which snapshots, as what, and where to."""
    parser.take(
        "ids",
        nargs="+",
        type=count,
        metavar="ID",
        about=Phrase("a snapshot's number", "快照的编号"),
    )
    parser.take(
        "--format",
        choices=FORMATS,
        default="html",
        about=Phrase(
            "one HTML file with all it needs inside; what no page can show as the file it is",
            "包含全部资源的单个 HTML 文件；网页无法显示的内容按原文件导出",
        ),
    )
    parser.take(
        "--output",
        required=True,
        type=Path,
        metavar="PATH",
        about=Phrase(
            "the file to write, - for stdout; for several snapshots a folder",
            "输出文件，- 表示标准输出；导出多个快照时为文件夹",
        ),
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write each snapshot; a failure is named and the others are still written."""
    from linkshot.store.library import Library

    several = len(options.ids) > 1 or _is_folder(options.output)
    if several:
        _make_folder(options.output)
    failed = False
    with (
        Library.open(options.library, create=options.creates) as library,
        terminal.progress(len(options.ids)) as step,
    ):
        for snapshot_id in options.ids:
            path = options.output
            try:
                if several:
                    path /= f"{snapshot_id}.{_extension(library, snapshot_id)}"
                step(str(path))
                size = _export(library, snapshot_id, path)
            except LinkshotError as error:
                failed = True
                terminal.fail(error)
                continue
            if path != STDOUT:
                _say_written(library, snapshot_id, path, human_size(size), terminal)
    return 1 if failed else 0


def _say_written(
    library: Library, snapshot_id: int, path: Path, size: str, terminal: Terminal
) -> None:
    from linkshot.store.snapshots import get_snapshot

    snapshot = get_snapshot(library, snapshot_id)
    terminal.say(
        WRITTEN,
        path=path,
        size=size,
        title=snapshot.title,
        link=snapshot.link_id,
        kept=local_minute(snapshot.captured_at),
    )


def _extension(library: Library, snapshot_id: int) -> str:
    from linkshot.formats.kinds import exported_type
    from linkshot.page.media import extension_for

    return extension_for(exported_type(library, snapshot_id))


def _export(library: Library, snapshot_id: int, path: Path) -> int:
    from linkshot.formats.html import write_html

    if path == STDOUT:
        return write_html(library, snapshot_id, sys.stdout.buffer)
    return write_html(library, snapshot_id, path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # why, is told as it is written
        return False


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(path=folder, reason=error.strerror or str(error)) from error
