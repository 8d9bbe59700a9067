"""What is no page in HTML: a text or a picture in one, any other file as the file that it is."""

import base64
import os
import re

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.memory import export_growth_kb, linux

from linkshot.capture.keep import keep
from linkshot.errors import LibraryDamaged, OutputMisnamed
from linkshot.formats.around import POLICY_TAG, XML_POLICY_TAG
from linkshot.formats.html import export_html, write_html
from linkshot.formats.kinds import PAGE, exported_type
from linkshot.store.library import Library

START = b"<!DOCTYPE html><html><head>" + POLICY_TAG
HOSTILE = (
    "第一条\n</pre></title><script>document.title='ran'</script>&lt;<img src=//evil.example/>\n"
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
SVG = "http://www.w3.org/2000/svg"


@pytest.fixture
def export(library, site):
    """The type and the bytes that an answer of a server is exported as."""

    def run(body, media_type, path="/x"):
        saved = keep(library, site.put(path, body, media_type=media_type), via="http")
        return exported_type(library, saved.snapshot_id), export_html(library, saved.snapshot_id)

    return run


@pytest.mark.parametrize(
    ("media_type", "charset"),
    [
        ("text/plain", "utf-8"),
        ("text/plain; charset=gbk", "gbk"),
        ("text/plain; charset=utf-8", "utf-8-sig"),
        ("text/markdown; charset=gb2312", "gb2312"),
        ("text/csv", "gb18030"),
        ("text/javascript", "utf-8"),
        ("application/json", "utf-8"),
        ("application/json", "gb18030"),
        ("application/ld+json", "utf-8"),
        ("application/javascript", "utf-8"),
    ],
)
def test_text_is_in_a_page_as_letters(export, media_type, charset):
    kind, page = export(("\n" + HOSTILE).encode(charset), media_type)
    assert (kind, page.startswith(START)) == (PAGE, True)
    tree = LexborHTMLParser(page.decode())
    assert tree.css_first("pre").text() == "\n" + HOSTILE
    assert [node.tag for node in tree.body.traverse() if node.is_element_node] == ["body", "pre"]
    assert tree.css_first("title").text() == "x"


def test_title_of_a_text_is_letters_too(export):
    _, page = export("text", "text/plain", path="/%3C%2Ftitle%3E%3Cscript%3E")
    assert b"<title>&lt;/title&gt;&lt;script&gt;</title>" in page


def test_xml_that_is_no_document_is_a_text(export):
    kind, page = export("<?xml version='1.0'?><rss><item>春茶</item></rss>", "application/rss+xml")
    assert kind == PAGE
    assert "&lt;rss&gt;&lt;item&gt;春茶&lt;/item&gt;&lt;/rss&gt;" in page.decode()
    assert "&lt;rss&gt;" in export("<rss><item/></rss>", "text/xml", "/y")[1].decode()


def test_file_that_is_not_whole_is_damage(library, site, tmp_path):
    body = os.urandom(200_000)  # a file of its own in the library
    page = site.put("/x", body, media_type="video/mp4")
    snapshot_id = keep(library, page, via="http").snapshot_id
    [stored] = [path for path in (library.root / "blobs").rglob("*") if path.is_file()]
    stored.write_bytes(body[:-1])
    with pytest.raises(LibraryDamaged):
        write_html(library, snapshot_id, tmp_path / "o.mp4")
    assert list(tmp_path.glob("o*")) == []


def test_xhtml_by_its_first_element_is_a_page(export):
    head = "<head><title>t</title></head>"
    page = f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body><p>春茶</p></body></html>'
    kind, out = export(page, "text/xml")
    assert kind == PAGE
    assert b"<head>" + XML_POLICY_TAG in out


@pytest.mark.parametrize("media_type", ["image/svg+xml", "application/xml"])
def test_svg_is_an_element_of_a_page(export, media_type):
    kind, page = export(f'<svg xmlns="{SVG}"><linearGradient/></svg>', media_type)
    assert (kind, page.startswith(START)) == (PAGE, True)
    svg = f'<body><svg xmlns="{SVG}"><linearGradient></linearGradient></svg></body>'
    assert svg.encode() in page


def test_svg_that_html_cannot_say_stands_in_a_frame(export):
    _, page = export(f'<s:svg xmlns:s="{SVG}"><s:rect/></s:svg>', "image/svg+xml")
    assert page.startswith(START)
    assert re.search(rb'<iframe style="[^"]*" src="data:image/svg\+xml;charset=utf-8,[^"]*">', page)


def test_picture_is_in_a_page(export):
    kind, page = export(PNG, "image/png", "/a.png")
    assert (kind, page.startswith(START)) == (PAGE, True)
    address = f'<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}" alt="a.png">'
    assert address.encode() in page


@pytest.mark.parametrize(
    ("media_type", "path", "kind"),
    [
        ("application/pdf", "/x", "application/pdf"),
        ("application/zip", "/x", "application/zip"),
        ("application/octet-stream", "/a.docx", DOCX),
        (DOCX, "/x.html", DOCX),
        ("video/mp4", "/x", "video/mp4"),
        ("audio/mpeg", "/x", "audio/mpeg"),
        ("image/tiff", "/x", "image/tiff"),
        ("application/x-unheard-of", "/x.html", "application/octet-stream"),
    ],
)
def test_other_file_is_exported_as_it_is(export, media_type, path, kind):
    body = HOSTILE.encode() + b"\x00\xff"
    assert export(body, media_type, path) == (kind, body)


def test_file_is_not_written_under_the_name_of_a_page(library, site, tmp_path):
    """A browser would run the bytes that a stranger chose."""
    page = site.put("/x", HOSTILE, media_type="application/zip")
    snapshot_id = keep(library, page, via="http").snapshot_id
    for name in ("o.html", "o.HTM", "o.svg"):
        with pytest.raises(OutputMisnamed) as refused:
            write_html(library, snapshot_id, tmp_path / name)
        assert refused.value.facts["better"] == "o.zip"
        assert not (tmp_path / name).exists()
    assert write_html(library, snapshot_id, tmp_path / "o.zip") == len(HOSTILE.encode())


@linux
@pytest.mark.parametrize("media_type", ["image/png", "video/mp4"])
def test_large_file_is_written_in_little_memory(tmp_path, site, media_type):
    body = PNG[:8] + os.urandom(12_000_000) if media_type == "image/png" else os.urandom(12_000_000)
    page = site.put("/x", body, media_type=media_type)
    with Library.open(tmp_path / "library") as library:
        saved = keep(library, page, via="http")
    grown = export_growth_kb(tmp_path / "library", saved.snapshot_id, tmp_path / "written")
    assert (tmp_path / "written").stat().st_size >= 12_000_000
    assert grown < 6_000  # half of the file
