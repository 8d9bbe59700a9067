"""Documents that are not plain HTML are kept as what they are, in the mode they were in."""

from xml.etree import ElementTree

import pytest

from linkshot.capture.keep import keep
from linkshot.formats.html import export_html
from linkshot.page.rewrite import rewrite_document
from linkshot.store.readings import get_reading
from linkshot.store.snapshots import get_snapshot

XHTML = "application/xhtml+xml"
PNG = b"\x89PNG\r\n\x1a\n"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def stored(library, url):
    """Extension and bytes of the top document that was kept."""
    saved = keep(library, url, via="http")
    sha256, _, extension = get_snapshot(library, saved.snapshot_id).document.partition(".")
    return saved, extension, library.blobs.read(sha256)


def test_xhtml_stays_xhtml_with_its_frames_and_style(library, site):
    site.put("/d/in.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><body onload="x">中</body></html>', media_type=XHTML)  # fmt: skip
    site.put("/d/i.png", PNG, media_type="image/png")
    page = site.put(
        "/p",
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<title>甲 &amp; 乙</title><base href="d/"/><style><![CDATA[p>b{background:url(i.png)}]]></style>'
        "<!-- <iframe src='no'/> --></head><body><p><b/><noscript>n</noscript><script>1</script></p>"
        '<iframe src="in.xhtml" sandbox=""/><div/></body></html>',
        media_type=XHTML,
    )
    saved, extension, raw = stored(library, page)
    assert (saved.title, extension, saved.receipt.frames, saved.receipt.kept) == (
        "甲 & 乙",
        "xhtml",
        1,
        1,
    )
    root = ElementTree.fromstring(raw)
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert names == ["html", "head", "title", "style", "body", "p", "b", "iframe", "div"]
    frame = next(element for element in root.iter() if element.tag.endswith("iframe"))
    assert frame.get("src", "").endswith(".xhtml")
    assert b"onload" not in library.blobs.read(frame.get("src", "").partition(".")[0])


def test_svg_stays_svg_and_runs_nothing(library, site):
    page = site.put(
        "/a.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><title>图</title><script>1</script>'
        '<rect width="9" height="9" onclick="x"/></svg>',
        media_type="image/svg+xml",
    )
    saved, extension, raw = stored(library, page)
    assert (saved.title, extension) == ("图", "svg")
    assert raw.decode() == (
        '<?xml version="1.0" encoding="utf-8"?><svg xmlns="http://www.w3.org/2000/svg">'
        '<title>图</title><rect width="9" height="9"></rect></svg>'
    )
    page = export_html(library, saved.snapshot_id)
    assert page.endswith(b"<body>" + raw[raw.find(b"<svg") :] + b"</body></html>")


def test_mathml_in_a_page_stays(library, site):
    math = "<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>"
    assert math.encode() in stored(library, site.put("/", f"<!doctype html><p>{math}"))[2]


@pytest.mark.parametrize(
    ("body", "media_type", "extension"),
    [
        (PNG, "image/png", "png"),
        (PDF, "application/pdf", "pdf"),
        ("第一条 中文".encode(), "text/plain; charset=utf-8", "txt"),
    ],
)
def test_other_documents_are_kept_byte_for_byte(library, site, body, media_type, extension):
    _, kept_as, raw = stored(library, site.put("/x", body, media_type=media_type))
    assert (kept_as, raw) == (extension, body)


def test_plain_text_of_another_charset_is_read(library, site):
    page = site.put("/a.txt", "第一条 中文".encode("gbk"), media_type="text/plain; charset=gbk")
    saved, _, raw = stored(library, page)
    assert raw.decode() == "第一条 中文"
    assert get_reading(library, saved.snapshot_id).text == "第一条 中文"


@pytest.mark.parametrize(
    "doctype",
    [
        "",
        "<!DOCTYPE html>",
        '<!DOCTYPE html SYSTEM "about:legacy-compat">',
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">',
    ],
)
def test_quirks_and_standards_mode_stay_in_library_and_file(library, site, doctype):
    saved, _, raw = stored(library, site.put("/", f"{doctype}<title>t</title><p>x"))
    assert raw.decode().startswith(f"{doctype}<html>")
    assert export_html(library, saved.snapshot_id).decode().startswith(f"{doctype}<html>")


def test_what_needs_no_script_is_shown_and_templates_stay(library, site):
    page = "<!doctype html><noscript><p>ohne</p></noscript><template><b>t</b></template>"
    raw = stored(library, site.put("/", page))[2]
    assert b"<p>ohne</p>" in raw
    assert b"<template><b>t</b></template>" in raw


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<div>b</p>c",
        "<b><p>a</b>b",
        "<a href=1>a<a href=2>b</a>",
        "<table><p>a<tr><td>b<caption>c",
        "<ul><li>a<ul><li>b</ul><li>c",
        "<form><div><form></div><input>",
        "<select><option>a<optgroup><option>b",
        "<svg><p>a</p><foreignObject><div>b",
        "<h1>a<h2>b</h1>",
    ],
)
def test_reopening_changes_nothing_of_invalid_nesting(html):
    once = rewrite_document(f"<!DOCTYPE html>{html}", "http://e.com/", {}.get, {})
    assert rewrite_document(once, "http://e.com/", {}.get, {}) == once
