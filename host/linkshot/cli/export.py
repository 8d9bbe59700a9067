"""`linkshot export`: a snapshot as a file that stands alone."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from linkshot.cli.parser import Parser, count
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal, human_size
from linkshot.errors import LinkshotError, OutputUnwritable

if TYPE_CHECKING:
    from linkshot.store.library import Library

FORMATS = ("html",)
STDOUT = Path("-")
WRITTEN = Phrase("{path}  {size}", "{path}  {size}")


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
        about=Phrase("one HTML file with all it needs inside", "包含全部资源的单个 HTML 文件"),
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

    several = len(options.ids) > 1 or options.output.is_dir()
    failed = False
    with Library.open(options.library) as library, terminal.progress(len(options.ids)) as step:
        for snapshot_id in options.ids:
            path = options.output / f"{snapshot_id}.html" if several else options.output
            step(str(path))
            try:
                size = _export(library, snapshot_id, path)
            except LinkshotError as error:
                failed = True
                terminal.fail(error)
                continue
            if path != STDOUT:
                terminal.say(WRITTEN, path=path, size=human_size(size))
    return 1 if failed else 0


def _export(library: Library, snapshot_id: int, path: Path) -> int:
    from linkshot.formats.html import export_html

    content = export_html(library, snapshot_id)
    if path == STDOUT:
        sys.stdout.buffer.write(content)
    else:
        write_whole(path, content)
    return len(content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that its name only ever holds all of it.

    Raises:
        OutputUnwritable: the folder is missing and cannot be made, is not writable, or is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise OutputUnwritable(path=path, reason=error.strerror or error) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
