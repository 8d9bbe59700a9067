import pytest
from tests.growth import grows_in_step

from linkshot.page.font_faces import code_points, font_faces, spared_fonts

SLICES = """
@font-face{font-family:a;src:url(han1.woff2) format("woff2");unicode-range:U+4E00-4E8F, U+9FA5}
@font-face{font-family:a;src:url(han2.woff2) format("woff2");unicode-range:u+5???}
@font-face /* all */ {font-family:b;src:url(x.eot);
  src:url(x.eot?#iefix) format('embedded-opentype'), local("b"), url("x.woff2") format('woff2'),
  url(x.woff) format('woff'), url(x.svg#f) format('svg')}
"""


@pytest.mark.parametrize(
    ("text", "spared"),
    [
        ("", ["han1.woff2", "han2.woff2"]),
        ("丁", ["han2.woff2"]),
        ("龥", ["han2.woff2"]),
        ("国学", ["han1.woff2"]),
        ("丁 国", []),
        ("p::before{content:'\\4e01'}", ["han2.woff2"]),
    ],
)
def test_slices_that_show_nothing_are_spared(text, spared):
    found = spared_fonts(font_faces(SLICES), code_points(text))
    assert sorted(url for url in found if url.startswith("han")) == spared


def test_one_format_of_each_face_is_enough():
    face = list(font_faces(SLICES))[2]
    assert face.chosen == "x.woff2"
    assert spared_fonts([face], set()) == {"x.eot", "x.eot?#iefix", "x.woff"} | (
        {url for url in face.addresses if ".svg" in url}
    )


@pytest.mark.parametrize(
    "css",
    [
        "@font-face{src:url(a.woff2),url(b.woff2) format(woff2}",
        "@font-face{src:url(a.woff2)",
        "@font-face{font-family:x}",
    ],
)
def test_what_cannot_be_read_spares_nothing_that_may_be_needed(css):
    assert "a.woff2" not in spared_fonts(font_faces(css), set())


@pytest.mark.parametrize("unit", ["@font-face{", "@font-face/*", "src:", "src:url(", "u+4", "("])
def test_time_grows_in_step_with_repeated_input(unit):
    def read(times: int) -> None:
        list(font_faces("@font-face{" + unit * times + "}"))
        list(font_faces(unit * times))

    assert grows_in_step(read, 20_000)
