import pytest
from tests.growth import grows_in_step

from linkshot.formats.styles import names_in, used_style

NAMES = names_in(
    '<body><div class="card md:flex Big" id="top"><p></p></div><my-tag class="a&amp;b"></my-tag>'
)


@pytest.mark.parametrize(
    "rule",
    [
        ".card{a:b}",
        "p.card:hover>#top::before{a:b}",
        ".gone,.card{a:b}",
        ":root{--x: }",
        "*{a:b}",
        ":not(.gone){a:b}",
        ":is(.gone,.card) p{a:b}",
        ".BIG{a:b}",
        "P{a:b}",
        "my-tag{a:b}",
        r".md\:flex{a:b}",
        r".\63 ard{a:b}",
        r".w-\[1px\]{a:b}",
        '[class="gone"] p{a:b}',
        '[data-x="}{"]{a:b}',
        'p{content:"a  /* b */ } c"}',
        "p{background:url(data:image/png;base64,iVBO//8=)}",
        "svg|rect{a:b}",
        ".gone{&.card{a:b}}",
        "@keyframes x{from{a:b}to{a:b}}",
        "@font-face{font-family:x;src:local(x),url(data:,)}",
        "@layer a,b;",
        "@layer a{}",
        "@import url(x.css) print;",
        "@media print{.card{a:b}}",
        "@scope(.gone){p{a:b}}",
        "@property --x{syntax:'*';inherits:true}",
    ],
)
def test_what_may_show_stays_as_it_is(rule):
    assert used_style(rule, NAMES) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".gone{a:b}",
        "p .gone:hover,#none{a:b}",
        "table{a:b}",
        r".md\:grid{a:b}",
        "@media print{.gone{a:b}}",
        "@media x{@supports (a:b){.gone{a:b}}}",
        "@font-face{font-family:x;src:url(data:,) format('woff2')}",
    ],
)
def test_what_cannot_meet_anything_goes(rule):
    assert used_style(rule, NAMES) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" p {\n  a : b ;\n\n  c:d }\n/* x */ .gone { e: f }\n", "p{a:b;c:d}"),
        ("p/**/.card{a:b}", "p.card{a:b}"),
        ("p{margin:0/**/auto}", "p{margin:0/**/auto}"),
        ("p /* x */ .card{a:b}", "p .card{a:b}"),
        ("<!-- .card{a:b} -->", "<!-- .card{a:b}"),
        (
            "p > p , #top{font:1px a, b;margin : 0 !important;}",
            "p>p,#top{font:1px a,b;margin:0!important}",
        ),
        (
            "@media screen and (min-width: 1px) {\n .card { a: b } .gone {} }",
            "@media screen and (min-width: 1px){.card{a:b}}",
        ),
    ],
)
def test_white_space_and_comments_go_where_they_say_nothing(before, after):
    assert used_style(before, NAMES) == after


@pytest.mark.parametrize(
    "broken", ["p{a:b", "}p{a:b}", "p{a:'b\n}", ".gone{a:b} p", "p{a:b}}.gone{c:d}"]
)
def test_sheet_that_is_not_plainly_nested_stays_whole(broken):
    assert used_style(broken, NAMES) == broken


def test_very_large_sheet_stays_whole():
    css = ".gone { a: b }" * 300_000
    assert used_style(css, NAMES) == css


@pytest.mark.parametrize(
    "unit",
    [
        "/*",
        "{",
        "(",
        "a{",
        "}",
        "[",
        "url(",
        "\\",
        "a:not(",
        "@media{",
        "'",
        "'\\\\",
        " ",
        ";",
        "-",
    ],
)
def test_time_grows_in_step_with_repeated_input(unit):
    def read(times: int) -> None:
        used_style(unit * times, NAMES)
        used_style(unit * times + "{}", NAMES)
        names_in(unit * times)

    assert grows_in_step(read, 20_000)
