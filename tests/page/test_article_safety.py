"""Any string is safe to read, in bounded time."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from linkshot.page.article import read_page
from linkshot.page.charset import decode_css, decode_html

PIECE = st.sampled_from(
    ["<p>", "</p>", "<div hidden>", "<table><tr><td>", "</table>", "<template shadowrootmode=open>", "</template>",
     "<a href='//[x'>", "</a>", "<br>", "<script type='application/ld+json'>{\"a\":[", "</script>", "发文字号:", "〔2021〕1号",
     "2024年5月", "作者:", "<h1 class=title>", "&#0;", "\x00", "\ud800", "<svg><a>", "<img src=x onerror=y>", "<title>"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECE, st.text(max_size=20)), max_size=60).map("".join))
def test_any_string_is_read(html: str) -> None:
    reading = read_page(html, "https://[bad")
    assert "<script" not in reading.html


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_decoded(raw: bytes) -> None:
    assert isinstance(decode_html(raw, "text/html; charset=x")[0], str)
    assert isinstance(decode_css(raw, None, "gb18030")[0], str)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(PIECE.map(lambda p: p.encode("utf-8", "replace")), st.binary(max_size=30)),
        max_size=40,
    )
)
def test_any_bytes_are_read(pieces: list[bytes]) -> None:
    text, _ = decode_html(b"".join(pieces), None)
    assert "<script" not in read_page(text, "https://forum.example.org/t/a/1").html


PARAGRAPH = "<p>这是一个很长的句子，说明了很多事情，也没有什么意义。</p>"


HOSTILE_BYTES = {
    "scripts": (b"<script>", 10_000),
    "angles": (b"<", 80_000),
    "metas": (b"<meta ", 12_000),
    "comments": (b"<!--", 20_000),
}


@pytest.mark.parametrize(("unit", "size"), HOSTILE_BYTES.values(), ids=HOSTILE_BYTES)
def test_time_to_decode_grows_in_step_with_hostile_bytes(unit: bytes, size: int) -> None:
    assert grows_in_step(lambda times: decode_html(unit * times + b"\xb0\xa1" * 50, None), size)


POST = f"<div class=post><i class=by>u</i><div class=body>{PARAGRAPH}</div></div>"
HOSTILE: dict[str, tuple[Callable[[int], str], int]] = {
    "deep": (lambda n: "<div>" * n + "文" * 100, 20_000),
    "inline": (lambda n: "<b><i>" * n + "文", 8_000),
    "tables": (lambda n: "<table><tr><td>" * n, 2_000),
    "long": (lambda n: "<p>" + "字" * n, 800_000),
    "links": (lambda n: "<a href=x>" * n, 20_000),
    "labels": (lambda n: "发文字号:" * n, 8_000),
    "authors": (lambda n: "作者:" * n + "记者 " * n, 8_000),
    "rows": (lambda n: "<p>索引号 </p>" * n, 8_000),
    "angles": (lambda n: "<" * n, 120_000),
    "templates": (lambda n: "<template shadowrootmode=open>" * n, 2_000),
    "class": (lambda n: f"<div class='{'a-b ' * n}'>{PARAGRAPH}", 200_000),
    "attribute": (lambda n: f"<div data-x='{'x' * n}' id='{'y' * n}'>{PARAGRAPH}", 1_200_000),
    "attributes": (
        lambda n: f"<div {' '.join(f'a{i}=1' for i in range(n))}>{PARAGRAPH}",
        40_000,
    ),
    "glued": (
        lambda n: f"<div {''.join(f'a{i}=1' + chr(39) * 2 for i in range(n))}>{PARAGRAPH}",
        40_000,
    ),
    "thread": (lambda n: "<meta name=generator content=Discourse>" + POST * n, 3_200),
    "forum": (
        lambda n: (
            f"<div class=article-content>{PARAGRAPH * 4}</div>" * n
            + f"<div class=comment>{PARAGRAPH}</div>" * (n * 56)
        ),
        400,
    ),
    "comments": (lambda n: f"<div class=comment>{PARAGRAPH}" * n, 2_000),
    "cdata": (
        lambda n: f"<script type=application/ld+json><![CDATA[{' /* ' * n}</script>",
        160_000,
    ),
    "dates": (lambda n: "<span class=date>2024-05-08</span><p>2024年5月8日 " * n, 4_000),
    "menu": (
        lambda n: "<ul>" + "<li><a href=/>链接文字内容比较长</a> 短" * n,
        4_000,
    ),
}


@pytest.mark.parametrize(("page", "size"), HOSTILE.values(), ids=HOSTILE)
def test_time_to_read_grows_in_step_with_a_hostile_page(
    page: Callable[[int], str], size: int
) -> None:
    assert grows_in_step(lambda times: read_page(page(times), "https://example.com/"), size)
