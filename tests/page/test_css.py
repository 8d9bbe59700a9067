import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import grows_in_step

from linkshot.page.css import CssReference, css_references, rewrite_css

SHEET = r"""@charset "gbk";
@import "a.css" layer(x) supports(display: grid) screen;
@import url( 'b.css' );
@import/**/url(c.css);
/* url(comment.png) @import "no.css"; */
@namespace svg url(http://www.w3.org/2000/svg);
@font-face { font-family: "F"; src: local("L"), url(f.woff2) format("woff2"), url("f.woff") }
.a { background: URL( d.png ) , url("e f.png"), url(g\(1\).png); content: "url(not.png)" }
.b { background: image-set("h.png" 1x type("image/png"), url(i.png) 2x, linear-gradient(red, blue) 3x) }
.c { background: \75 rl(j.png); mask: url(#m); cursor: url(data:image/png;base64,AAAA) }
.d { --u: url(k.png); background: my-url(l.png) }
"""


def test_references_of_a_sheet_are_all_found():
    assert css_references(SHEET) == [
        CssReference("a.css", "import"),
        CssReference("b.css", "import"),
        CssReference("c.css", "import"),
        CssReference("f.woff2", "font"),
        CssReference("f.woff", "font"),
        CssReference("d.png", "url"),
        CssReference("e f.png", "url"),
        CssReference("g(1).png", "url"),
        CssReference("h.png", "url"),
        CssReference("i.png", "url"),
        CssReference("j.png", "url"),
        CssReference("k.png", "url"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('@charset "gbk";a{}', "a{}"),
        ("a{b:url(x.png)}", "a{b:url(N/x.png)}"),
        ("a{b:url( 'x y.png' )}", 'a{b:url("N/x y.png")}'),
        ("@import 'x.css' print;", '@import "N/x.css" print;'),
        ("a{b:image-set('x.png' 1x)}", 'a{b:image-set("N/x.png" 1x)}'),
        ("a{b:url(#x) url() url(data:,y)}", "a{b:url(#x) url() url(data:,y)}"),
        ("a{b:url(x.png", "a{b:url(N/x.png)"),
        ("a{b:url('x.png", "a{b:url(N/x.png)"),
        ("a{b:url(x y.png)}", "a{b:url(x y.png)}"),
        ("a{b:url(javascript:alert(1))}", "a{b:url(javascript:alert(1))}"),
        ("a{b:url('javascript:alert(1)')}", "a{b:url(data:,)}"),
        ("a{width:expression(alert(1))}", "a{width:x-expression(alert(1))}"),
        ("a{behavior:url(x.htc)}", "a{x-behavior:url(N/x.htc)}"),
        ("a{-moz-binding : url(x)}", "a{x-moz-binding : url(N/x)}"),
        (".behavior:hover{scroll-behavior:smooth}", ".behavior:hover{scroll-behavior:smooth}"),
        ("a{b:url(gone.png)}", "a{b:url(data:,)}"),
        ("", ""),
    ],
)
def test_rewriting_replaces_addresses_only(before, after):
    assert rewrite_css(before, lambda url: None if url == "gone.png" else f"N/{url}") == after


def test_imported_data_sheet_is_rewritten_inside():
    before = "@import url('data:text/css,a{b:url(http://e/x.png)}');"
    after = rewrite_css(before, {"http://e/x.png": "N.png"}.get)
    assert "base64,YXtiOnVybChOLnBuZyl9" in after


def test_quotes_in_new_value_cannot_leave_the_string():
    assert rewrite_css("a{b:url(x)}", lambda _: 'a"b\\</style>') == (
        'a{b:url("a\\22 b\\5c \\3c /style>")}'
    )


@given(st.text(alphabet="urlimpot@()\"'\\/*; {}#-\n\x00é7", max_size=60))
def test_any_text_passes_without_error(text):
    rewrite_css(text, lambda _: "n")
    css_references(text)


@pytest.mark.parametrize(
    "unit", ["/*", "url(", "image-set(", "'\\", "@import ", "@namespace x", "a{b:url(x.png)}"]
)
def test_time_grows_in_step_with_repeated_input(unit):
    assert grows_in_step(
        lambda times: rewrite_css(unit * times, lambda _: "n"), 200_000 // len(unit)
    )
