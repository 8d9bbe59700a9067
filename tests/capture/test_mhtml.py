"""Pages that a browser saved as one MHTML file: kept as pages, from what is in the file alone."""

import base64

import pytest

from linkshot.capture.file import capture_file
from linkshot.capture.keep import keep
from linkshot.capture.mhtml import is_mhtml
from linkshot.store.readings import get_reading

PICTURE = b"\x89PNG\r\n\x1a\n"
HEAD = (
    "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--B"\r\n\r\n'
)


def part(body, media_type, **headers):
    raw = body if isinstance(body, bytes) else body.encode()
    names = {"Content-Type": media_type, "Content-Transfer-Encoding": "base64"}
    names |= {f"Content-{name}": value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in names.items()]
    return "\r\n".join(["----B", *lines, "", base64.encodebytes(raw).decode(), ""])


def saved(path, *parts):
    path.write_text(HEAD + "".join(parts) + "----B--\r\n", newline="")
    return path.as_uri()


@pytest.fixture
def page(tmp_path):
    html = (
        "<title>通知</title><link rel=stylesheet href=cid:css-1@mhtml.blink><img src=/i.png>"
        "<img src=/gone.png><iframe src=cid:frame-2@mhtml.blink></iframe>"
    )
    return saved(
        tmp_path / "通知.mhtml",
        part(html, "text/html", Location="http://e.invalid/n", ID="<frame-1@mhtml.blink>"),
        part(
            "p{background:url(http://e.invalid/b.png)}",
            "text/css",
            Location="cid:css-1@mhtml.blink",
        ),
        part(PICTURE, "image/png", Location="http://e.invalid/i.png"),
        part(PICTURE, "image/png", Location="http://e.invalid/b.png"),
        part("<p>框架", "text/html", Location="about:blank", ID="<frame-2@mhtml.blink>"),
    )


def test_saved_page_comes_with_its_parts(page):
    plan = capture_file(page).plan
    assert (plan.title, plan.page_url, plan.documents[0].url) == (
        "通知",
        page,
        "http://e.invalid/n",
    )
    assert [document.frame for document in plan.documents] == ["", "0"]
    assert sorted(one.url for one in plan.resources) == [
        "http://cid.invalid/css-1@mhtml.blink",
        "http://e.invalid/b.png",
        "http://e.invalid/i.png",
    ]
    assert {one.url: one.reason for one in plan.missing}["http://e.invalid/gone.png"] == "failed"


def test_saved_page_is_kept_and_read_without_a_browser(library, tmp_path):
    html = f"<title>通知</title><article><p>{'关于集成电路产业的若干政策。' * 20}".encode("gbk")
    url = saved(tmp_path / "n.mht", part(html, 'text/html; charset="gb2312"'))
    kept = keep(library, url)
    reading = get_reading(library, kept.snapshot_id)
    assert (kept.title, kept.via, kept.receipt.warnings) == ("通知", "file", [])
    assert reading is not None and reading.text.startswith("关于集成电路产业的若干政策。")


def test_nothing_is_read_from_the_disk_for_a_saved_page(tmp_path):
    (tmp_path / "secret.png").write_bytes(PICTURE)
    secret = (tmp_path / "secret.png").as_uri()
    url = saved(tmp_path / "n.mhtml", part(f"<img src={secret}><img src=secret.png>", "text/html"))
    assert capture_file(url).plan.resources == []


@pytest.mark.parametrize(
    "data", [b"", b"<pre>\n\nContent-Type: multipart/related", b"Content-Type: text/html\n\nx"]
)
def test_other_files_are_no_saved_page(data):
    assert not is_mhtml(data)


def test_file_that_only_begins_as_one_is_kept_as_it_is(tmp_path):
    path = tmp_path / "n.mhtml"
    path.write_text(HEAD)
    assert len(capture_file(path.as_uri()).plan.documents) == 1
