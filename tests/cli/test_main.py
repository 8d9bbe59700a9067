"""The frame around the commands: languages, statuses, streams."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from linkshot.cli.commands import COMMANDS
from linkshot.cli.main import command_parser


def test_no_command_prints_help_as_wrong_usage(linkshot: Command) -> None:
    ended = linkshot()
    assert (ended.status, ended.out) == (2, "")
    assert all(f"  {name} " in ended.err for name in COMMANDS)


def test_unknown_command_is_wrong_usage(linkshot: Command) -> None:
    ended = linkshot("fetch")
    assert ended.status == 2
    assert "argument command: invalid choice: 'fetch'" in ended.err


def test_wrong_usage_is_said_in_chinese(linkshot: Command) -> None:
    ended = linkshot("search", LINKSHOT_LANG="zh")
    assert ended.status == 2
    assert ended.err.splitlines()[-1] == "linkshot search: 缺少参数：QUERY"


def test_every_command_helps_in_both_languages() -> None:
    for name in COMMANDS:
        english = command_parser(name, "en")[1].format_help()
        chinese = command_parser(name, "zh")[1].format_help()
        assert english.startswith("usage: linkshot ")
        assert chinese.startswith("用法：linkshot ") or chinese.startswith("用法： linkshot ")
        assert "显示本帮助" in chinese and "show this help" not in chinese


def test_version_is_printed(linkshot: Command) -> None:
    assert linkshot("--version").out == "linkshot 0.1.0\n"


def test_library_option_goes_before_the_variable(newcomer: Command) -> None:
    other = newcomer.home / "other"
    assert newcomer("--library", str(other), "tag", "list", "--json").value == []
    assert (other / "linkshot.db").is_file()
    assert not newcomer.library.exists()


@pytest.mark.parametrize("words", ["list", "search 茶", "show 1", "stats", "export 1 --output x"])
def test_mistyped_library_is_said_not_made_by_who_only_looks(linkshot: Command, words: str) -> None:
    typo = linkshot.home / "typo"
    ended = linkshot("--library", str(typo), *words.split())
    assert (ended.status, typo.exists()) == (1, False)
    assert "it has no linkshot.db" in ended.err


def test_library_without_a_name_is_wrong_usage(linkshot: Command) -> None:
    """`--library "$UNSET"` made a library in whatever folder one stood in."""
    ended = linkshot("--library", "", "list", LINKSHOT_LANG="zh")
    assert (ended.status, ended.err.splitlines()[-1]) == (
        2,
        "linkshot: 参数 --library 的值 '' 无效",
    )


def test_library_whose_name_is_an_address_to_sqlite_is_a_folder(linkshot: Command) -> None:
    command = linkshot.command("--library", "file:x?mode=memory", "tag", "list")
    subprocess.run(command, cwd=linkshot.home, env=linkshot.environment, check=True)
    assert (linkshot.home / "file:x?mode=memory" / "linkshot.db").is_file()


def test_not_a_library_is_a_coded_failure(newcomer: Command) -> None:
    newcomer.library.write_text("a file", "utf-8")
    ended = newcomer("list", "--json")
    assert (ended.status, ended.out) == (1, "")
    assert "not_a_library" in ended.err


def test_json_is_utf8_in_any_locale(linkshot: Command) -> None:
    page = linkshot.home / "page.html"
    page.write_text("<title>乡村振兴</title><p>梯田保护的通知。</p>", "utf-8")
    started = linkshot.start("extract", str(page), "--json", LC_ALL="C", PYTHONUTF8="0")
    out, _ = started.communicate(timeout=180)
    assert json.loads(out)["title"] == "乡村振兴"


def test_extract_imports_no_store_and_no_rich(linkshot: Command) -> None:
    page = linkshot.home / "page.html"
    page.write_text("<title>t</title><p>text", "utf-8")
    code = (
        "import sys; from linkshot.cli.main import main; main(['extract', sys.argv[1], '--json']);"
        "print(sorted({n.split('.')[0] for n in sys.modules} & {'rich','peewee','httpx','webview'}), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(page)],
        capture_output=True,
        env=linkshot.environment,
        check=True,
    )
    assert ended.stderr.decode().strip() == "[]"


def test_closed_pipe_ends_quietly(linkshot: Command) -> None:
    started = linkshot.start("extract", "-", stdin=subprocess.PIPE)
    assert started.stdin
    assert started.stdout
    assert started.stderr
    started.stdout.close()
    started.stdin.write(b"<p>" + "长长的正文。".encode() * 50_000)
    started.stdin.close()
    assert started.wait(60) == 141
    assert started.stderr.read() == b""
    started.stderr.close()


FULL = {
    "en": "linkshot: stdout cannot be written: No space left on device. [output_unwritable]\n",
    "zh": "linkshot: 无法写入 stdout：磁盘已满。 [output_unwritable]\n",
}


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full")
@pytest.mark.parametrize("language", FULL)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_full_disk_behind_stdout_is_told(linkshot: Command, language: str, form: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            linkshot.command("stats", *form),
            stdout=full,
            stderr=subprocess.PIPE,
            env=linkshot.environment | {"LINKSHOT_LANG": language},
        )
    assert (ended.returncode, ended.stderr.decode()) == (1, FULL[language])


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_empty_ones(linkshot: Command, closed: str) -> None:
    page = linkshot.home / "page.html"
    page.write_text("<title>A</title>")
    for arguments in (("add", "-", str(page), "--via", "http"), ("list", "--json")):
        command = f"{shlex.join(linkshot.command(*arguments))} {closed}"
        assert subprocess.run(["sh", "-c", command], env=linkshot.environment).returncode == 0
    assert len(linkshot("list", "--json").value) == 1  # type: ignore[arg-type]
    assert linkshot("verify", "--json").value == []


def test_interrupt_ends_with_130(linkshot: Command) -> None:
    fifo = linkshot.home / "page.html"
    os.mkfifo(fifo)
    started = linkshot.start("extract", str(fifo))
    with fifo.open("wb"):  # opens once the command reads
        started.send_signal(signal.SIGINT)
        _, err = started.communicate(timeout=180)
    assert started.returncode == 130
    assert err.decode() == "Stopped; what was kept before stays kept.\n"
