"""`linkshot extract`."""

from __future__ import annotations

from tests.cli.conftest import Command

NOTICE = "host/linkshot/sample/notice.html"
PAGE = "<html><head><title>春茶上市</title></head><body><article><h1>春茶上市</h1><p>" + (
    "青溪县今年的春茶比往年早十天上市，茶农说雨水充足，叶芽肥壮。" * 5
)


def test_page_from_stdin_is_read(linkshot: Command) -> None:
    ended = linkshot("extract", "-", "--json", given=PAGE)
    assert ended.status == 0
    assert ended.value["title"] == "春茶上市"  # type: ignore[index]
    assert "叶芽肥壮" in ended.value["text"]  # type: ignore[index]


def test_gbk_page_is_decoded(linkshot: Command) -> None:
    page = linkshot.home / "旧页 面.html"
    page.write_bytes(PAGE.encode("gbk"))
    assert linkshot("extract", str(page), "--json").value["title"] == "春茶上市"  # type: ignore[index]


def test_reading_for_people_has_title_and_text(linkshot: Command) -> None:
    ended = linkshot("extract", "-", given=PAGE)
    assert "春茶上市" in ended.out and "叶芽肥壮" in ended.out


def test_missing_file_is_named(linkshot: Command) -> None:
    ended = linkshot("extract", "nowhere.html", "--json")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == (
        "linkshot: The file nowhere.html cannot be read: No such file or directory. [file_unreadable]\n"
    )


def test_folder_is_named(linkshot: Command) -> None:
    ended = linkshot("extract", str(linkshot.home))
    assert (ended.status, ended.out) == (1, "")
    assert "file_unreadable" in ended.err


def test_empty_file_reads_as_nothing(linkshot: Command) -> None:
    ended = linkshot("extract", "-", "--json")
    assert ended.status == 0
    assert ended.value["text"] == ""  # type: ignore[index]


def test_page_saved_as_one_file_is_read(linkshot: Command) -> None:
    body = "".join(f"={byte:02X}" for byte in PAGE.encode("gbk"))
    saved = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\n--B\n'
        'Content-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: quoted-printable\n'
        f"Content-Location: https://a.example/n\n\n{body}\n--B--\n"
    )
    ended = linkshot("extract", "-", "--json", given=saved)
    assert (ended.value["title"], ended.value["site"]) == ("春茶上市", "a.example")  # type: ignore[index]
    assert ended.value["text"].startswith("青溪县")  # type: ignore[index]
