"""What no person would type, and what stands where nothing should: told in words, both languages; nothing hangs or is lost."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.conftest import Site

from linkshot.store.library import DATABASE_NAME

LONG = "长" * 300
LANGUAGES = ("en", "zh")
unix = pytest.mark.skipif(os.name == "nt", reason="pipes, limits and signals of Unix")


def test_word_that_no_file_may_be_called_is_no_address(linkshot: Command) -> None:
    for given in (("add", LONG * 90), ("add", "-")):
        ended = linkshot(*given, "--via", "http", given=LONG * 90)
        assert (ended.status, "[url_invalid]" in ended.err) == (1, True), ended.err
        assert len(ended.err) < 1_000


@unix
@pytest.mark.parametrize("name", ["/dev/zero", "pipe", "file:///%00"])
def test_file_that_never_ends_is_no_file(linkshot: Command, name: str) -> None:
    os.mkfifo(linkshot.home / "pipe")
    given = f"{linkshot.home}/pipe" if name == "pipe" else name
    for language, reason in zip(LANGUAGES, ("it is not a file", "它不是文件"), strict=True):
        ended = linkshot("add", given, "--via", "http", LINKSHOT_LANG=language)
        assert (ended.status, "[file_unreadable]" in ended.err) == (1, True)
        assert reason in ended.err


@unix
def test_pipe_beside_a_page_is_missing_from_it(linkshot: Command) -> None:
    os.mkfifo(linkshot.home / "pipe.png")
    page = linkshot.home / "a.html"
    page.write_text("<title>A</title><img src=pipe.png>")
    [kept] = linkshot("add", str(page), "--via", "http", "--json").value  # type: ignore[misc]
    assert [one["reason"] for one in kept["receipt"]["missing"]] == ["failed"]


UNWRITABLE = {
    "export": (("export", "1", "--output", LONG), "[output_unwritable]"),
    "library": (("--library", LONG, "list"), "[not_a_library]"),
    "doctor": (("--library", LONG, "doctor"), ""),
}


@unix
@pytest.mark.parametrize("case", UNWRITABLE)
def test_name_too_long_for_a_file_is_told(linkshot: Command, site: Site, case: str) -> None:
    linkshot("add", site.put("/", "<title>A</title>"), "--via", "http")
    arguments, code = UNWRITABLE[case]
    for language, reason in zip(LANGUAGES, ("File name too long", "文件名过长"), strict=True):
        ended = linkshot(*arguments, LINKSHOT_LANG=language)
        assert (ended.status, reason in ended.out + ended.err, code in ended.err) == (1, True, True)


@unix
def test_home_of_nobody_is_no_library(linkshot: Command) -> None:
    assert linkshot("--library", "~nobody-here/l", "list").status == 2
    for language, reason in zip(LANGUAGES, ("nobody here has", "本机没有这个用户"), strict=True):
        ended = linkshot("list", LINKSHOT_LIBRARY="~nobody-here/l", LINKSHOT_LANG=language)
        assert (ended.status, reason in ended.err) == (1, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_complaint_of_a_long_word_is_short(linkshot: Command, language: str) -> None:
    ended = linkshot("list", "--limit", "x" * 100_000, LINKSHOT_LANG=language)
    assert (ended.status, len(ended.err) < 1_000) == (2, True)


@unix
def test_folder_that_is_gone_is_told(linkshot: Command) -> None:
    gone = linkshot.home / "gone"
    gone.mkdir()
    command = linkshot.command("add", "a.html", "--via", "http")
    environment = linkshot.environment | {"PYTHONSAFEPATH": "1"}
    started = ["sh", "-c", 'rmdir "$PWD"; exec "$@"', "sh", *command]
    done = subprocess.run(started, cwd=gone, env=environment, capture_output=True)
    assert (done.returncode, b"[file_unreadable]" in done.stderr) == (1, True), done.stderr


@pytest.fixture
def kept(linkshot: Command, site: Site) -> Command:
    """A library with a page and a picture that is a file of its own."""
    picture = b"\x89PNG\r\n\x1a\n" + os.urandom(200_000)
    site.put("/a.png", picture, media_type="image/png")
    linkshot("add", site.put("/", "<title>春茶</title><img src=a.png>"), "--via", "http")
    return linkshot


@unix
def test_folder_in_the_place_of_a_file_is_damage(kept: Command, site: Site) -> None:
    [stored] = [path for path in (kept.library / "blobs").rglob("*") if path.is_file()]
    stored.unlink()
    stored.mkdir()
    other = b"\x89PNG\r\n\x1a\n" + os.urandom(200_000)
    sha256 = hashlib.sha256(other).hexdigest()
    (kept.library / "blobs" / sha256[:2] / sha256).mkdir(parents=True)
    site.put("/b.png", other, media_type="image/png")
    export = ("export", "1", "--output", str(kept.home / "o.html"))
    add = ("add", site.put("/b", "<title>B</title><img src=b.png>"), "--via", "http")
    for command in (export, add):
        for language in LANGUAGES:
            ended = kept(*command, LINKSHOT_LANG=language)
            assert (ended.status, "[library_damaged]" in ended.err) == (1, True), ended.err
    assert not (kept.home / "o.html").exists()


def test_library_that_lacks_rows_is_told_or_read_without_them(kept: Command) -> None:
    take_rows(kept.library, "link")
    assert kept("search", "春茶").status == 0
    take_rows(kept.library, "blob")
    ended = kept("export", "1", "--output", "-")
    assert (ended.status, "[resource_not_found]" in ended.err) == (1, True)
    assert kept("verify").status == 1


def take_rows(library: Path, table: str) -> None:
    connection = sqlite3.connect(library / DATABASE_NAME, isolation_level=None)
    connection.execute(f"DELETE FROM {table}")
    connection.close()


@unix
@pytest.mark.parametrize("language", LANGUAGES)
def test_limit_on_what_may_be_written_is_no_damage(kept: Command, language: str) -> None:
    """As a quota that is used up; the disk has room."""
    import resource

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_048, 2_048))

    command = kept.command("tag", "add", "新", "1")
    # Python would leave its compiled files cut as well, and no later start could read them.
    environment = kept.environment | {"LINKSHOT_LANG": language, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, preexec_fn=limit)
    words = {
        "en": "cannot be written. Check the folder's",
        "zh": "不可写。请检查文件夹权限和磁盘。",
    }
    said = done.stderr.decode()
    assert (done.returncode, "[library_read_only]" in said, words[language] in said) == (
        1,
        True,
        True,
    )
    assert (kept("verify").status, kept("tag", "list", "--json").value) == (0, [])


# Waits for a site that says nothing, its large picture in a temporary file.
WAITING = "<title>A</title><img src=/large.png><img src={silent}>"


@unix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_command_told_to_end_leaves_no_temporary_file(
    linkshot: Command, site: Site, silent_url: str, number: signal.Signals
) -> None:
    site.put("/large.png", b"\x89PNG\r\n\x1a\n" + bytes(2_000_000), media_type="image/png")
    url = site.put("/", WAITING.format(silent=silent_url))
    temporary = linkshot.home / "t"
    temporary.mkdir()
    process = linkshot.start("add", url, "--via", "http", "--json", TMPDIR=str(temporary))
    while not any(files for _, _, files in os.walk(temporary)):
        assert process.poll() is None
    process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, json.loads(out)) == (128 + number, [])
    assert list(temporary.iterdir()) == []


@unix
def test_hangup_that_is_ignored_stays_so() -> None:
    """As `nohup` starts a command."""
    code = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); from linkshot.cli.main import main;"
        "main(['extract', '-']); assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN"
    )
    subprocess.run(
        [sys.executable, "-c", code], input=b"<p>A", stdout=subprocess.DEVNULL, check=True
    )
