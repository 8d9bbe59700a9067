"""A picture that a document uses often is in the file once; a large file is written in little memory."""

import os
import re

import pytest
from tests.memory import export_growth_kb, linux

from linkshot.capture.assemble import assemble
from linkshot.capture.file import capture_file
from linkshot.formats.html import export_html
from linkshot.store.library import Library

LARGE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
SMALL = b"\x89PNG\r\n\x1a\n"
# Without any src, an image with alt is as wide as its text, whatever its style says.
STAND_IN = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


@pytest.fixture
def export(library, tmp_path):
    """The single file of a page, its resources beside it."""

    def keep(html, **files):
        site = tmp_path / "site"
        site.mkdir()
        (site / "p.html").write_text(html)
        for name, data in {"large_png": LARGE, "small_png": SMALL, **files}.items():
            (site / name.replace("_", ".")).write_bytes(data)
        capture = capture_file((site / "p.html").as_uri())
        return export_html(
            library, assemble(capture.plan, capture.sources, library).snapshot_id
        ).decode()

    return keep


def test_picture_of_many_images_and_rules_is_there_once(export):
    html = export(
        "<!DOCTYPE html><link rel=stylesheet href=a.css><style>p{background:url(large.png) no-repeat}</style>"
        "<p style='color:red;background:url(large.png)'>"
        "<img src=large.png alt='a>b'><img class=x src=large.png style='color:red'>"
        "<img src=small.png><img src=small.png>",
        a_css=b"@import 'b.css';p::before{content:url(large.png)}",
        b_css=b"p::after{background:image-set(url(large.png) 1x)}",
    )
    assert len(re.findall(r"data:image/png;base64,[\w+/]{100}", html)) == 1
    assert html.count("data:image/png;base64,iVBORw0KGgo=") == 2
    assert f'<img style="content:var(--linkshot-1)" src="{STAND_IN}" alt=a&gt;b>' in html
    assert 'style="content:var(--linkshot-1);color:red"' in html
    assert "p{background:var(--linkshot-1) no-repeat}" in html
    assert 'style="color:red;background:var(--linkshot-1)"' in html


def test_picture_used_once_stands_where_it_is_used(export):
    html = export("<img src=large.png><svg><image href=large.png></image></svg>")
    assert "--linkshot" not in html
    assert html.count('<img src="data:image/png;base64,') == 1


def test_image_that_chooses_for_itself_keeps_its_address(export):
    html = export("<img src=large.png srcset='large.png 1x'><img src=large.png usemap=#m>" * 2)
    assert "--linkshot" not in html


def test_style_that_shows_nothing_is_not_in_the_file(export):
    html = export("<style>p{a:b}.gone{c:d}</style><p>", a_css=b"")
    assert "<style>p{a:b}</style>" in html


@linux
def test_large_pictures_are_written_in_little_memory(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "p.html").write_text("<!DOCTYPE html><iframe src=f.html></iframe>")
    (site / "f.html").write_text(
        "<!DOCTYPE html>" + "".join(f"<img src={n}.png>" for n in range(3))
    )
    for number in range(3):
        (site / f"{number}.png").write_bytes(SMALL + os.urandom(8_000_000))
    capture = capture_file((site / "p.html").as_uri())
    with Library.open(tmp_path / "library") as library:
        saved = assemble(capture.plan, capture.sources, library)
    file = tmp_path / "written.html"
    grown = export_growth_kb(tmp_path / "library", saved.snapshot_id, file)
    assert file.stat().st_size > 32_000_000
    assert grown < 6_000  # less than one of the pictures
