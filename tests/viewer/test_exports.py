"""What leaves the library by the window: a download that is what its name and type say."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from urllib.parse import unquote

import httpx
import pytest
from tests.conftest import Site

from linkshot.capture.keep import keep as keep_link
from linkshot.store.library import Library
from linkshot.store.records import SavedSnapshot
from linkshot.viewer.context import Viewer

Keep = Callable[..., SavedSnapshot]


def test_snapshot_is_exported_under_its_day_and_title(client: httpx.Client, keep: Keep) -> None:
    html = "<html><head><title>x</title></head><body><p>正文</p></body></html>"
    snapshot = keep("https://a.example/1", html, title='通知:"甲/乙"').snapshot_id
    reply = client.get(f"/api/snapshots/{snapshot}/export")
    assert "<p>正文</p>" in reply.text
    assert reply.headers["Content-Disposition"] == (
        'attachment; filename="snapshot-1.html"; '
        "filename*=UTF-8''2026-05-08%20%E9%80%9A%E7%9F%A5%20%E7%94%B2%20%E4%B9%99.html"
    )


def test_export_is_what_it_says_and_never_shown_in_place(
    client: httpx.Client, library: Library, site: Site
) -> None:
    exported = []
    for media_type in ("text/plain", "image/png", "application/pdf", "application/zip", "image/x"):
        page = site.put("/a.html", "<script>1</script>", media_type=media_type)
        snapshot = keep_link(library, page, via="http").snapshot_id
        reply = client.get(f"/api/snapshots/{snapshot}/export")
        kind, _, name = reply.headers["Content-Disposition"].partition(";")
        extension = name.rpartition(".")[2]
        is_raw = reply.text == "<script>1</script>"
        assert (kind, reply.headers["X-Content-Type-Options"]) == ("attachment", "nosniff")
        exported.append((reply.headers["Content-Type"].partition(";")[0], extension, is_raw))
    assert exported == [
        ("text/html", "html", False),
        ("text/html", "html", False),
        ("application/pdf", "pdf", True),
        ("application/zip", "zip", True),
        ("application/octet-stream", "bin", True),
    ]


def test_pdf_that_a_browser_showed_is_exported_as_the_pdf(client: httpx.Client, keep: Keep) -> None:
    url = "https://a.example/报告"
    pdf = (b"%PDF-1.4", "application/pdf", url)
    snapshot = keep(url, "<embed>", title="报告.pdf", files=(pdf,)).snapshot_id
    reply = client.get(f"/api/snapshots/{snapshot}/export")
    assert (reply.content, reply.headers["Content-Type"]) == (b"%PDF-1.4", "application/pdf")
    name = reply.headers["Content-Disposition"].partition("UTF-8''")[2]
    assert unquote(name) == "2026-05-08 报告.pdf"


def test_export_that_was_prepared_is_downloaded_and_gone(
    client: httpx.Client, viewer: Viewer, keep: Keep
) -> None:
    address = f"/api/snapshots/{keep('https://a.example/1', '<p>正文').snapshot_id}/export"
    size = client.post(address).json()["size"]
    assert len(client.get(address).content) == size
    assert list(viewer.files.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no small disk to be had")
def test_export_without_room_says_that_the_disk_is_full(
    client: httpx.Client, viewer: Viewer, keep: Keep
) -> None:
    snapshot = keep("https://a.example/1", "<p>正文" * 40_000).snapshot_id
    small = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", viewer.files]
    if subprocess.run(small, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets no small disk be mounted")
    try:
        reply = client.post(f"/api/snapshots/{snapshot}/export")
        left = list(viewer.files.iterdir())
    finally:
        subprocess.run(["umount", "-l", viewer.files], check=True)
    assert (reply.status_code, reply.json()["code"], left) == (507, "disk_full", [])
