"""A snapshot that is a file: a PDF is handed to the person's own viewer, and nothing else ever is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from tests.conftest import Site

from linkshot.capture.keep import keep as keep_link
from linkshot.store.library import Library
from linkshot.store.records import SavedSnapshot
from linkshot.viewer.outside import file_command
from linkshot.viewer.run import serve_library

Keep = Callable[..., SavedSnapshot]

URL = "https://a.example/report"
PDF = b"%PDF-1.4 a report"


def keep_file(keep: Keep, data: bytes = PDF, title: str = "报告", url: str = URL) -> int:
    saved = keep(URL, "<embed>", title=title, files=((data, "application/pdf", url),))
    return saved.snapshot_id


def test_pdf_says_what_it_is(client: httpx.Client, keep: Keep) -> None:
    snapshot = keep_file(keep)
    assert client.get(f"/api/snapshots/{snapshot}/file").json() == {
        "is_file": True,
        "opens": True,
        "name": "2026-05-08 报告.pdf",
        "size": len(PDF),
    }


def test_pdf_is_shown_outside_under_its_title(
    client: httpx.Client, keep: Keep, shown: list[Path]
) -> None:
    snapshot = keep_file(keep)
    assert client.post(f"/api/snapshots/{snapshot}/file/open").json() == {"opened": True}
    assert [(path.name, path.read_bytes()) for path in shown] == [("2026-05-08 报告.pdf", PDF)]


def test_title_cannot_disguise_the_file(
    client: httpx.Client, keep: Keep, shown: list[Path]
) -> None:
    snapshot = keep_file(keep, title="../../\u202efdp.exe\x00")
    client.post(f"/api/snapshots/{snapshot}/file/open")
    assert shown[0].name == "2026-05-08 fdp.exe.pdf"


@pytest.mark.parametrize("data", [b"MZ program", b"", b" " * 2000 + PDF])
def test_file_that_only_says_it_is_a_pdf_is_not_opened(
    client: httpx.Client, keep: Keep, shown: list[Path], data: bytes
) -> None:
    snapshot = keep_file(keep, data)
    reply = client.post(f"/api/snapshots/{snapshot}/file/open")
    assert (reply.status_code, reply.json()["code"], shown) == (404, "resource_not_found", [])


def test_page_with_a_pdf_in_it_is_a_page(
    client: httpx.Client, keep: Keep, shown: list[Path]
) -> None:
    snapshot = keep_file(keep, url="https://a.example/other.pdf")
    assert client.get(f"/api/snapshots/{snapshot}/file").json()["is_file"] is False
    assert client.post(f"/api/snapshots/{snapshot}/file/open").status_code == 404
    assert shown == []


@pytest.mark.parametrize(
    ("media_type", "is_file", "name"),
    [
        ("application/zip", True, "a.zip"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", True, "a.docx"),
        ("application/x-unheard-of", True, "a.bin"),
        ("video/mp4", False, ""),
        ("image/png", False, ""),
        ("text/csv", False, ""),
    ],
)
def test_file_that_no_frame_shows_says_what_it_is_and_is_not_opened(
    client: httpx.Client,
    library: Library,
    site: Site,
    shown: list[Path],
    media_type: str,
    is_file: bool,
    name: str,
) -> None:
    url = site.put("/a", "kept", media_type=media_type)
    snapshot = keep_link(library, url, via="http").snapshot_id
    facts = client.get(f"/api/snapshots/{snapshot}/file").json()
    assert (facts["is_file"], facts["opens"]) == (is_file, False)
    assert facts["name"].partition(" ")[2] == name
    assert client.post(f"/api/snapshots/{snapshot}/file/open").status_code == 404
    assert shown == []


def test_shown_files_go_with_the_window(library: Library) -> None:
    with serve_library(library.root) as viewer:
        (viewer.files / "kept.pdf").write_bytes(PDF)
    assert not viewer.files.exists()


def test_mac_opens_files_by_its_own_command() -> None:
    assert file_command("darwin") == ("open",)
