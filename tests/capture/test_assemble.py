import hashlib

import msgspec
import pytest

from linkshot.capture.assemble import assemble
from linkshot.errors import BlobMissing
from linkshot.store.snapshots import get_snapshot, list_resources

from .plans import PAGE, capture_of, document_of


def name(data: bytes, extension: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()}.{extension}"


def stored(library, saved):
    return {
        r.url.rpartition("/")[2] + "|" + r.name.partition(".")[2]: library.blobs.read(
            r.sha256
        ).decode()
        for r in list_resources(library, saved.snapshot_id)
        if r.media_type.startswith("text/")
    }


def test_page_with_picture_refers_to_it_by_name(library):
    plan, sources = capture_of(
        {"": "<!DOCTYPE html><p>x</p><img src=a.png>"},
        {"http://e.com/d/a.png": (b"\x89PNG\r\n\x1a\n", "image/png")},
    )
    saved = assemble(plan, sources, library)
    assert (saved.title, saved.url, saved.receipt.kept) == ("A page", PAGE, 1)
    top = library.blobs.read(
        get_snapshot(library, saved.snapshot_id).document.partition(".")[0]
    ).decode()
    picture = name(b"\x89PNG\r\n\x1a\n", "png")
    assert top == (
        '<!DOCTYPE html><html><head><meta charset="utf-8"></head>'
        f'<body><p>x</p><img src="{picture}"></body></html>'
    )


def test_sheets_are_rewritten_leaf_first_and_kept_against_their_raw(library):
    leaf, raw = b"b{c:url(i.png)}", b"@import 'leaf.css';a{b:url(gone.png)}"
    plan, sources = capture_of(
        {"": "<link rel=stylesheet href=s.css>"},
        {
            "http://e.com/d/s.css": (raw, "text/css; charset=gbk"),
            "http://e.com/d/leaf.css": (leaf, "text/css"),
            "http://e.com/d/i.png": (b"GIF89a", "image/png"),
        },
    )
    saved = assemble(plan, sources, library)
    new_leaf = f"b{{c:url({name(b'GIF89a', 'gif')})}}"
    assert stored(library, saved)["leaf.css|css"] == new_leaf
    assert stored(library, saved)["s.css|css"] == (
        f'@import "{name(new_leaf.encode(), "css")}";a{{b:url(data:,)}}'
    )
    assert library.blobs.read(hashlib.sha256(raw).hexdigest()) == raw


def test_sheets_importing_each_other_are_cut(library):
    plan, sources = capture_of(
        {"": "<link rel=stylesheet href=a.css><link rel=stylesheet href=b.css>"},
        {
            "http://e.com/d/a.css": (b"@import 'b.css';a{}", "text/css"),
            "http://e.com/d/b.css": (b"@import 'a.css';b{}", "text/css"),
        },
    )
    sheets = [
        v for k, v in stored(library, assemble(plan, sources, library)).items() if k.endswith("css")
    ]
    assert all("data:," in sheet or ".css" in sheet for sheet in sheets)


def test_frames_are_named_from_the_innermost_outwards(library):
    plan, sources = capture_of(
        {
            "": "<iframe data-linkshot-frame=0 src=x></iframe>",
            "0": "<iframe data-linkshot-frame=0.0></iframe>",
            "0.0": "<p>in</p>",
        },
        {},
    )
    saved = assemble(plan, sources, library)
    inner = b'<html><head><meta charset="utf-8"></head><body><p>in</p></body></html>'
    middle = f'<html><head><meta charset="utf-8"></head><body><iframe data-linkshot-frame="0.0" src="{name(inner, "html")}"></iframe></body></html>'
    assert saved.receipt.frames == 2
    assert (
        name(middle.encode(), "html")
        in library.blobs.read(
            get_snapshot(library, saved.snapshot_id).document.partition(".")[0]
        ).decode()
    )


def test_bytes_that_nobody_has_are_an_error(library):
    plan, _ = capture_of({"": "x"}, {})
    with pytest.raises(BlobMissing):
        assemble(plan, {}, library)


def test_known_resources_need_not_be_sent_again(library):
    page = {"http://e.com/d/a.css": (b"a{b:url(i.png)}", "text/css")}
    plan, sources = capture_of({"": "<link rel=stylesheet href=a.css>"}, page)
    assemble(plan, sources, library)
    again, sources = capture_of({"": "<link rel=stylesheet href=a.css><p>new"}, page)
    saved = assemble(again, {d.sha256: sources[d.sha256] for d in again.documents}, library)
    assert saved.unchanged is False


def test_assembling_twice_saves_once(library):
    plan, sources = capture_of({"": "<p>x"}, {})
    assert assemble(plan, sources, library) == assemble(plan, sources, library)


def test_addresses_stand_against_the_base_of_their_document(library):
    plan, sources = capture_of({"": "<img src=i.png>"}, {"http://cdn.com/x/i.png": (b"GIF89a", "")})
    plan.documents = [
        msgspec.structs.replace(plan.documents[0], base_url="http://cdn.com/x/y.html")
    ]
    assert name(b"GIF89a", "gif") in document_of(library, assemble(plan, sources, library))


def test_sheets_inherit_the_encoding_of_their_page(library):
    sheet = 'a:before{content:"中"}@import url(x.css);'.encode("gbk")
    plan, sources = capture_of(
        {"": "<link rel=stylesheet href=s.css>"}, {"http://e.com/d/s.css": (sheet, "text/css")}
    )
    plan.documents = [msgspec.structs.replace(plan.documents[0], encoding="gbk")]
    saved = assemble(plan, sources, library)
    assert stored(library, saved)["s.css|css"] == 'a:before{content:"中"}@import url(data:,);'


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (
            "<h1>关于印发《若干措施》的通知</h1><p>各区县：现印发给你们。",
            "关于印发《若干措施》的通知",
        ),
        ("<p>text", "p.html"),
    ],
)
def test_page_without_a_title_is_called_what_it_says_or_its_address(library, html, title):
    plan, sources = capture_of({"": html}, {}, title=" ")
    assert assemble(plan, sources, library).title == title
