"""`linkshot`: finds the command, runs it, turns what goes wrong into messages and a status."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import signal
import sys
from types import ModuleType

from linkshot import __version__, paths
from linkshot.cli.commands import COMMANDS, GROUPS
from linkshot.cli.parser import Parser, folder
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal
from linkshot.config import ui_language
from linkshot.errors import Language, LinkshotError, OutputUnwritable

FAILED = 1
STOPPED = 130  # as a shell reports SIGINT
PIPE_CLOSED = 141  # as a shell reports SIGPIPE

ABOUT = Phrase(
    "Linkshot keeps web pages on your own machine: faithful, tagged, searchable.",
    "链接快照把网页保存在你自己的电脑上：原样、有标签、可搜索。",
)
LIBRARY = Phrase(
    "the library to use (default: LINKSHOT_LIBRARY, else your data folder)",
    "使用哪个资料库（默认：环境变量 LINKSHOT_LIBRARY，否则为数据文件夹）",
)
VERSION = Phrase("print the version and leave", "显示版本号")
MORE = Phrase(
    "“linkshot COMMAND --help” says more about each.", "用“linkshot 命令 --help”查看各命令的说明。"
)
STOPPED_BY_PERSON = Phrase(
    "Stopped; what was kept before stays kept.", "已停止；此前保存的内容不受影响。"
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _open_streams()
    _speak_utf8()
    _end_in_order()
    language = ui_language()
    terminal = Terminal(language)
    try:
        return _run(sys.argv[1:] if arguments is None else arguments, terminal)
    except LinkshotError as error:
        terminal.fail(error)
        return FAILED
    except KeyboardInterrupt:
        terminal.say(STOPPED_BY_PERSON)
        return STOPPED
    except BrokenPipeError:
        # The reader left (`linkshot list | head`).
        _drop_output()
        return PIPE_CLOSED
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename:
            raise
        # Files name their own failures: this is `linkshot list > FILE`.
        _drop_output()
        terminal.fail(OutputUnwritable(path="stdout", reason=os.strerror(errno.ENOSPC)))
        return FAILED


def _open_streams() -> None:
    """A stream that was closed beforehand is an empty one, so that no file of ours takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115 - as long as the process


def _end_in_order() -> None:
    """Told to end, a command takes its temporary files and its browser away first. What is ignored (`nohup`) stays so."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _frame: sys.exit(128 + number))


def _drop_output() -> None:
    """Python would complain again when it closes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def top_parser(language: Language) -> Parser:
    """What may stand before the command, and the command's name."""
    parser = Parser("linkshot", ABOUT, language)
    parser.usage = "linkshot [--library DIR] COMMAND …"
    parser.take("--library", about=LIBRARY, type=folder, metavar="DIR")
    parser.take("--version", about=VERSION, action="version", version=f"linkshot {__version__}")
    parser.add_argument("command", choices=COMMANDS, help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    parser._positionals.title = None  # the commands stand below, in groups
    parser.epilog = _command_list(language)
    return parser


def command_parser(name: str, language: Language) -> tuple[ModuleType, Parser]:
    """A command's module, imported now, and the parser of its arguments."""
    command = COMMANDS[name]
    module = importlib.import_module(f"linkshot.cli.{command.module}")
    parser = Parser(f"linkshot {name}", getattr(module, "ABOUT", command.about), language)
    module.arguments(parser)
    return module, parser


def _run(arguments: list[str], terminal: Terminal) -> int:
    top = top_parser(terminal.language)
    if not arguments:
        top.print_help(sys.stderr)
        return 2
    chosen = top.parse_args(arguments)
    module, parser = command_parser(chosen.command, terminal.language)
    options = parser.parse_args(chosen.rest)
    options.library = chosen.library or paths.default_library_dir()
    options.library_named = chosen.library is not None or paths.LIBRARY_VARIABLE in os.environ
    # Where a person says one is, a command that only looks makes none: it would be told as empty.
    options.creates = chosen.library is None
    terminal.as_json = getattr(options, "json", False)
    status: int = module.run(options, terminal)
    sys.stdout.flush()
    return status


def _command_list(language: Language) -> str:
    lines: list[str] = []
    for group in GROUPS:
        lines.append(f"{group.title.of(language)}:")
        lines += [f"  {row.name:<10} {row.about.of(language)}" for row in group.commands]
        lines.append("")
    return "\n".join([*lines, MORE.of(language)])


def _speak_utf8() -> None:
    """Chinese reaches a pipe, and an old console, without an exception."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="replace")
