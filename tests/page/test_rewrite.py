import hashlib

import pytest
from tests.growth import grows_in_step

from linkshot.page.rewrite import rewrite_document
from linkshot.page.rewrite_xml import rewrite_xml

KEPT = {
    "http://e.com/d/i.png": "I.png",
    "http://e.com/s.svg": "S.svg",
    "http://e.com/d/a.css": "A.css",
    "http://e.com/d/empty.mp4": f"{hashlib.sha256(b'').hexdigest()}.mp4",
}
HEAD = '<html><head><meta charset="utf-8"></head><body>'


def body_of(html: str) -> str:
    out = rewrite_document(html, "http://e.com/d/p.html", KEPT.get, {"0": "F.html"})
    return out.removeprefix(HEAD).removesuffix("</body></html>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p onclick=x>a", "<p>a</p>"),
        ("<p>a<script>b</script>", "<p>a<template></template></p>"),
        (
            "<p>a<script type=Application/ld+json>{\"b\": '<c>'}</script>",
            "<p>a<template data-linkshot-linked=\"{&quot;b&quot;: '&lt;c&gt;'}\"></template></p>",
        ),
        (
            f"<script type=application/ld+json>[{'1,' * 100_000}1]</script><p>",
            "<p></p>",
        ),
        ("<a href=' java\nscript:x'>a</a>", '<a href="#">a</a>'),
        ("<a href=javascript:x target=_top>a</a>", '<a href="#">a</a>'),
        ("<a>b</# <img src=x onerror=x ></a>", "<a>b</a>"),
        ("<a>b<?php c?></a>", "<a>b</a>"),
        ("<p><link rel=stylesheet href=gone.css>", '<p><link rel="stylesheet" href="data:,"></p>'),
        ("<a href=/x>a</a>", '<a href="http://e.com/x">a</a>'),
        ("<a href=#x>a</a><a href=p.html#y>b</a>", '<a href="#x">a</a><a href="#y">b</a>'),
        ("<img src=i.png srcset='i.png 1x, gone.png 2x'>", '<img src="I.png" srcset="I.png 1x">'),
        ("<img src=gone.png>", '<img src="data:,">'),
        (
            "<video controls src=gone.mp4><source src=gone.webm></video>",
            '<video controls=""></video>',
        ),
        ("<video src=empty.mp4></video>", "<video></video>"),
        ("<embed src=gone.html>", "<embed>"),
        ("<embed src=gone.swf?1>", '<embed src="data:application/x-unknown,">'),
        (
            "<embed src=gone.swf type=application/x-shockwave-flash>",
            '<embed src="data:application/x-shockwave-flash,">',
        ),
        (
            "<picture><source srcset=i.png src=x><img src=i.png></picture>",
            '<picture><source srcset="I.png"><img src="I.png"></picture>',
        ),
        ("<p style='background:url(i.png)'>", '<p style="background:url(I.png)"></p>'),
        ("<svg><use href=/s.svg#a></use></svg>", '<svg><use href="S.svg#a"></use></svg>'),
        ("<svg><set attributeName=href to=x></set></svg>", "<svg></svg>"),
        (
            "<iframe data-linkshot-frame=0 src=x srcdoc=y></iframe>",
            '<iframe data-linkshot-frame="0" src="F.html"></iframe>',
        ),
        ("<iframe src=x></iframe>", "<iframe></iframe>"),
        ("<form action=x><button formaction=y>", "<form><button></button></form>"),
        ("<p><noscript><img src=x></noscript>", "<p><noscript></noscript></p>"),
        (
            "<div><template shadowrootmode=open><img src=i.png onload=x></template></div>",
            '<div><template shadowrootmode="open"><img src="I.png"></template></div>',
        ),
        ("<pre>\n\nx</pre>", "<pre>\n\nx</pre>"),
        ("<a><!--x-->b</a>", "<a>b</a>"),
        (
            "<svg><style>&lt;img src onerror=x&gt;</style></svg>",
            "<svg><style>< img src onerror=x></style></svg>",
        ),
    ],
)
def test_what_acts_goes_and_addresses_become_names(before, after):
    assert body_of(before) == after


def test_head_keeps_what_shows_and_drops_what_loads():
    out = rewrite_document(
        "<title>t</title><base href=x><meta charset=gbk><meta http-equiv=refresh content=0>"
        "<link rel=preload href=x><link rel=stylesheet href=a.css integrity=q><link rel=icon href=f>",
        "http://e.com/d/",
        KEPT.get,
        {},
    )
    assert out == (
        '<html><head><meta charset="utf-8"><title>t</title><link rel="stylesheet" href="A.css">'
        "</head><body></body></html>"
    )


@pytest.mark.parametrize(
    "doctype",
    ["", "<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">'],
)
def test_rendering_mode_stays(doctype):
    assert rewrite_document(f"{doctype}<p>", "http://e.com/", KEPT.get, {}).startswith(
        f"{doctype}<html>"
    )


@pytest.mark.parametrize(
    "unit", [" \n", "<!-- -->", "<b>", "<template>", "<svg>", "<a href='", "&lt;"]
)
def test_time_grows_in_step_with_repeated_input(unit):
    assert grows_in_step(
        lambda times: rewrite_document(unit * times, "http://e.com/", KEPT.get, {}),
        20_000 // len(unit),
    )


def test_xhtml_is_rewritten_by_the_same_rules():
    before = (
        '<?xml version="1.0" encoding="gbk"?><!DOCTYPE html [<!ENTITY a "b">]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body onload="x"><script>1</script>'
        '<img src="i.png"/>&a;&nbsp;<a href="javascript:1">c</a></body></html>'
    )
    assert rewrite_xml(before, "http://e.com/d/", KEPT.get, {}) == (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><img src="I.png"/>b\xa0'
        '<a href="#">c</a></body></html>'
    )
