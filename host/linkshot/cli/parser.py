"""argparse in the person's language."""

from __future__ import annotations

import argparse
import codecs
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from linkshot.cli.phrase import Phrase
from linkshot.errors import Language
from linkshot.errors.base import shortened
from linkshot.paths import expand_home

WRONG_USAGE = 2
_LEFT_OUT = re.compile("-[^-]")

# argparse says these in English only; the rest of its messages are the programmer's.
_CHINESE_ERRORS = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"无法识别的参数：\1"),
    (r"argument (.+?): expected one argument", r"参数 \1 需要一个值"),
    (r"argument (.+?): expected at least one argument", r"参数 \1 至少需要一个值"),
    (r"argument (.+?): not allowed with argument (.+)", r"参数 \1 不能与 \2 同时使用"),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        r"参数 \1 的值 \2 无效，可选：\3",
    ),
    (r"argument (.+?): invalid .+? value: (.+)", r"参数 \1 的值 \2 无效"),
    (r"one of the arguments (.+) is required", r"必须给出以下参数之一：\1"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose help and complaints are in `language`; wrong usage ends with status 2."""

    def __init__(self, prog: str, about: Phrase, language: Language, **settings: Any) -> None:
        """`about` opens the help."""
        super().__init__(
            prog=prog,
            description=about.of(language),
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **settings,
        )
        self.language = language
        self._has_query = False
        chinese = language == "zh"
        self._positionals.title = "参数" if chinese else "arguments"
        self._optionals.title = "选项" if chinese else "options"
        self.take("-h", "--help", about=HELP, action="help")

    def take(self, *names: str, about: Phrase, **settings: Any) -> None:
        """Add an argument whose help is `about`."""
        self.add_argument(*names, help=about.of(self.language).replace("%", "%%"), **settings)

    def take_query(self, about: Phrase) -> None:
        """Add a query's words; behind a single `-` stands one that is left out, unless that is an option."""
        self._has_query = True
        self.take("query", nargs="+", metavar="QUERY", type=plain_text, about=about)

    def take_json(self) -> None:
        """Add `--json`."""
        self.take(
            "--json",
            action="store_true",
            about=Phrase(
                "print one JSON value instead of a text for people",
                "输出一个 JSON 值，供程序使用",
            ),
        )

    def take_tag(self) -> None:
        """Add `--tag`, which leaves the links below one tag."""
        self.take(
            "--tag",
            metavar="TAG",
            type=plain_text,
            about=Phrase(
                "only links with this tag or one below it", "只限带此标签或其下级标签的链接"
            ),
        )

    def take_limit(self, default: int) -> None:
        """Add `--limit`, which bounds how many are shown."""
        self.take(
            "--limit",
            type=count,
            default=default,
            metavar="N",
            about=Phrase(f"how many (default {default})", f"最多显示几个（默认 {default}）"),
        )

    def format_usage(self) -> str:
        """The usage line, its first word translated."""
        return self._in_language(super().format_usage())

    def format_help(self) -> str:
        """The whole help, its first word translated."""
        return self._in_language(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and leave with status 2."""
        self.print_usage(sys.stderr)
        if self.language == "zh":
            message = next(
                (
                    re.sub(en, zh, message)
                    for en, zh in _CHINESE_ERRORS
                    if re.fullmatch(en, message)
                ),
                message,
            )
        self.exit(WRONG_USAGE, f"{self.prog}: {shortened(message)}\n")

    def _parse_optional(self, arg_string: str) -> Any:
        """Which option an argument is; None where it is none, which argparse says of what begins with no `-`."""
        if self._has_query and _LEFT_OUT.match(arg_string) and arg_string != "-h":
            return None
        return super()._parse_optional(arg_string)

    def _in_language(self, text: str) -> str:
        return text.replace("usage:", "用法：", 1) if self.language == "zh" else text


# More than any library has; what is added to it still fits SQLite's 64 bits.
MOST = 2**53 - 1

HELP = Phrase("show this help and leave", "显示本帮助")


def plain_text(text: str) -> str:
    """An argument as storable text: bytes of no character, which Unix lets through, become U+FFFD."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def count(text: str) -> int:
    """An argument that counts: an integer that is not negative; one that is more than all is all."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return min(number, MOST)


def read_lines(given: Iterable[str]) -> list[str]:
    """Arguments, with `-` replaced by the lines of standard input; empty lines are left out."""
    lines: list[str] = []
    for argument in given:
        if argument == "-":
            text = _decoded(sys.stdin.buffer.read())
            lines += [line.strip() for line in text.splitlines() if line.strip()]
        else:
            lines.append(argument)
    return lines


def _decoded(raw: bytes) -> str:
    """A list as people save it: UTF-8, else what Windows makes of one (UTF-16 with its mark, the Chinese code page)."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def folder(text: str) -> Path:
    """An argument that names a folder, with `~` for the home folder; an unset variable names none."""
    path = expand_home(text)
    if not text or path is None:
        raise ValueError(text)
    return path
