import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from linkshot.capture.assemble import assemble
from linkshot.capture.file import capture_file
from linkshot.capture.keep import keep
from linkshot.errors import OutputUnwritable, SnapshotNotFound
from linkshot.formats.around import POLICY
from linkshot.formats.html import export_html, write_html

PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def snapshot_id(library, tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "p.html").write_text(
        "<!DOCTYPE html><title>页</title><p><link rel=stylesheet href=a.css media=screen>"
        "<img src=i.png><iframe src=f.html></iframe><script>x</script>"
    )
    (folder / "a.css").write_text("@import 'b.css';p{b:url(i.png)}.gone{c:d}")
    (folder / "b.css").write_text("img{c:url(i.png)}")
    (folder / "f.html").write_text('<!DOCTYPE html><p title="&quot;">in</p>')
    (folder / "i.png").write_bytes(PICTURE)
    capture = capture_file((folder / "p.html").as_uri())
    return assemble(capture.plan, capture.sources, library).snapshot_id


def test_file_holds_everything_and_names_nothing(library, snapshot_id):
    html = export_html(library, snapshot_id).decode()
    assert re.findall(r"[0-9a-f]{64}", html) == []
    assert html.count("data:image/png;base64,iVBORw0KGgo=") == 3
    assert "<script" not in html
    assert 'srcdoc="<!DOCTYPE html><html>' in html


def test_policy_comes_first_and_forbids_scripts(library, snapshot_id):
    html = export_html(library, snapshot_id).decode()
    assert "script-src 'none'" in html
    assert html.startswith(
        '<!DOCTYPE html><html><head><meta http-equiv=Content-Security-Policy content="default-src'
    )


@pytest.mark.parametrize("before", ["<!--<head>-->", "<!-- --><!--a--><!--\n<html><head>\n-->", ""])
@pytest.mark.parametrize("attributes", ["", ' title="<head>"', " a\"='><head>'", " =x='<head>' b"])
def test_policy_stands_in_the_head_whatever_is_before_it(library, site, before, attributes):
    page = f"<!doctype html>{before}<html{attributes}>{before}<head a=b><title>t</title>"
    saved = keep(library, site.put("/", page), via="http")
    tree = LexborHTMLParser(export_html(library, saved.snapshot_id).decode())
    first = tree.head.child
    assert (first.tag, first.attributes["http-equiv"]) == ("meta", "Content-Security-Policy")
    assert first.attributes["content"] == POLICY


def test_page_says_whence_and_when_it_was_kept(library, site):
    saved = keep(library, site.put("/?a=1&b=%22", "<title>t</title>"), via="http")
    tree = LexborHTMLParser(export_html(library, saved.snapshot_id).decode())
    said = {meta.attributes["name"]: meta.attributes["content"] for meta in tree.css("meta[name]")}
    assert said == {
        "linkshot-url": site.url + "/?a=1&b=%22",
        "linkshot-captured-at": saved.captured_at.isoformat(timespec="seconds"),
    }


def test_name_of_a_file_of_ones_own_stays_at_home(library, snapshot_id):
    assert b"file:" not in export_html(library, snapshot_id)


def test_media_type_that_is_markup_stays_out_of_the_file(library, site):
    """A server said it of a picture: the refresh was live in the file, and left it."""
    hostile = 'image/x"><meta http-equiv=refresh content="0,url=http://evil.example/'
    site.put("/i", b"no picture", media_type=hostile)
    saved = keep(library, site.put("/", "<title>t</title><img src=i>"), via="http")
    html = export_html(library, saved.snapshot_id).decode()
    assert "refresh" not in html
    assert '<img src="data:text/plain;charset=utf-8,no%20picture">' in html


def test_written_file_is_what_is_exported(library, snapshot_id, tmp_path):
    write_html(library, snapshot_id, tmp_path / "o.html")
    stream = io.BytesIO()
    write_html(library, snapshot_id, stream)
    assert (
        (tmp_path / "o.html").read_bytes() == stream.getvalue() == export_html(library, snapshot_id)
    )


def test_link_leads_to_the_file_that_is_written(library, snapshot_id, tmp_path):
    (tmp_path / "link.html").symlink_to("o.html")
    write_html(library, snapshot_id, tmp_path / "link.html")
    assert (tmp_path / "link.html").readlink() == Path("o.html")
    assert (tmp_path / "o.html").read_bytes() == export_html(library, snapshot_id)


@pytest.mark.skipif(os.name == "nt", reason="there no pipe has a place among the files")
def test_pipe_is_written_to_and_stays_one(library, snapshot_id, tmp_path):
    """`--output /dev/null`, by root: the device must not become a file."""
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit((tmp_path / "pipe").read_bytes)
        write_html(library, snapshot_id, tmp_path / "pipe")
        assert read.result() == export_html(library, snapshot_id)
    assert (tmp_path / "pipe").is_fifo()


def test_unwritable_place_is_an_error_and_leaves_nothing(library, snapshot_id, tmp_path):
    with pytest.raises(OutputUnwritable):
        write_html(library, snapshot_id, tmp_path / "missing" / "o.html")


def test_unknown_snapshot_is_an_error(library):
    with pytest.raises(SnapshotNotFound):
        export_html(library, 99)


def test_xhtml_stays_well_formed_and_shows_in_html_too(library, tmp_path):
    head = '<head><title>t</title><link rel="stylesheet" href="a.css"/></head>'
    page = f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body>a<br/>b<p/><img src="i.png"/></body></html>'
    (tmp_path / "p.xhtml").write_text(page)
    (tmp_path / "a.css").write_text("p{color:red}.gone{color:red}")
    (tmp_path / "i.png").write_bytes(PICTURE)
    capture = capture_file((tmp_path / "p.xhtml").as_uri())
    saved = assemble(capture.plan, capture.sources, library)
    out = export_html(library, saved.snapshot_id)
    root = ElementTree.fromstring(out)
    assert [element.tag.rpartition("}")[2] for element in root.iter()] == [
        "html",
        "head",
        "meta",
        "meta",
        "title",
        "link",
        "body",
        "br",
        "p",
        "img",
    ]
    assert b'a<br/>b<p></p><img src="data:image/png;base64,iVBORw0KGgo="/>' in out


def test_xhtml_that_html_cannot_say_stands_in_a_frame(library, tmp_path):
    head = "<head><title>t</title><style>div &gt; *|* { color: red }</style></head>"
    page = f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body><div><x xmlns="urn:x"/></div></body></html>'
    (tmp_path / "p.xhtml").write_text(page)
    capture = capture_file((tmp_path / "p.xhtml").as_uri())
    saved = assemble(capture.plan, capture.sources, library)
    out = export_html(library, saved.snapshot_id)
    before, _, after = out.partition(b'src="')
    assert before.startswith(b"<!DOCTYPE html><html><head><meta http-equiv=Content-Security-Policy")
    with urlopen(after.partition(b'"')[0].decode()) as inner:
        assert inner.headers["Content-Type"] == "application/xhtml+xml;charset=utf-8"
        assert b"<style>div > *|* { color: red }</style>" in inner.read()
