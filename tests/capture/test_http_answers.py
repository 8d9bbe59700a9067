"""Answers of odd servers: redirects that name no place or one in an old encoding, compression that was not asked for."""

import tempfile

import pytest

from linkshot.capture.http import capture_with_http
from linkshot.capture.keep import keep
from linkshot.errors import ConnectionFailed, PageEmpty
from linkshot.formats.kinds import exported_type

LONG = 1_200_000  # more than is held in memory


@pytest.mark.parametrize(("status", "headers"), [(302, ()), (300, ()), (302, (("Location", ""),))])
def test_redirect_that_names_no_place_is_the_page(site, status, headers):
    url = site.put("/", "<title>通知</title>", status=status, headers=headers)
    assert capture_with_http(url).plan.title == "通知"


def test_empty_answer_that_nothing_changed_is_no_page(site):
    with pytest.raises(PageEmpty):
        capture_with_http(site.put("/", "", status=304))


def test_picture_with_a_redirect_to_nowhere_leaves_the_page_whole(site):
    site.put("/a.png", b"", status=302)
    assert (
        capture_with_http(site.put("/", "<title>通知</title><img src=a.png>")).plan.title == "通知"
    )


@pytest.mark.parametrize(
    ("encoding", "asked"), [("utf-8", "/?q=%E6%94%BF%E7%AD%96"), ("gbk", "/?q=%D5%FE%B2%DF")]
)
def test_redirect_written_in_plain_characters_is_followed(site, encoding, asked):
    # http.server writes headers in Latin-1: the bytes come out as they went in
    location = "/?q=政策".encode(encoding).decode("latin-1")
    site.put(asked, "<title>政策</title>")
    url = site.put("/", "", status=302, headers=(("Location", location),))
    assert capture_with_http(url).plan.title == "政策"


def test_page_in_a_compression_not_asked_for_is_refused(site):
    url = site.put("/", b"\x0b\x02\x80abc\x03", headers=(("Content-Encoding", "br"),))
    with pytest.raises(ConnectionFailed, match="compressed"):
        capture_with_http(url)


def test_attachment_is_called_and_typed_as_its_server_says(library, site):
    said = (("Content-Disposition", "attachment; filename*=UTF-8''%E9%99%84%E4%BB%B61.docx"),)
    url = site.put(
        "/down?id=7", b"PK\x03\x04x", media_type="application/octet-stream", headers=said
    )
    saved = keep(library, url, via="http")
    assert saved.title == "附件1.docx"
    assert exported_type(library, saved.snapshot_id).endswith("wordprocessingml.document")


def test_nothing_of_long_answers_is_left_behind(library, site, tmp_path, monkeypatch):
    """A page of more than a megabyte left its file in the temporary folder for ever."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    for name in ("a", "b"):
        site.put(f"/{name}.bin", b"\x89PNG\r\n\x1a\n" + bytes(LONG), media_type="image/png")
    site.put("/gone.png", bytes(LONG), status=404)
    pictures = "<img src=a.bin><img src=b.bin><img src=gone.png>"
    keep(library, site.put("/", f"<p>{pictures}<!--{'x' * LONG}-->"), via="http")
    assert list((tmp_path / "tmp").iterdir()) == []
