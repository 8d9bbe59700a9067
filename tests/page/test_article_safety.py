"""Any string is safe to read, in bounded time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    "raw",
    [
        b"<script>" * 25_000 + b"\xb0\xa1" * 50,
        b"<" * 200_000 + b"\xb0\xa1" * 50,
        b"<meta " * 30_000 + b"\xb0\xa1" * 50,
        b"<!--" * 50_000 + b"\xb0\xa1" * 50,
    ],
    ids=["scripts", "angles", "metas", "comments"],
)
def test_hostile_bytes_are_decoded_in_bounded_time(raw: bytes) -> None:
    started = time.process_time()
    decode_html(raw, None)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "文" * 100,
        "<b><i>" * 20_000 + "文",
        "<table><tr><td>" * 5_000,
        "<p>" + "字" * 2_000_000,
        "<a href=x>" * 50_000,
        "发文字号:" * 20_000,
        "作者:" * 20_000 + "记者 " * 20_000,
        "<p>索引号 </p>" * 20_000,
        "<" * 300_000,
        "<template shadowrootmode=open>" * 5_000,
        f"<div class='{'a-b ' * 500_000}'>{PARAGRAPH}",
        f"<div data-x='{'x' * 5_000_000}' id='{'y' * 2_000_000}'>{PARAGRAPH}",
        f"<div {' '.join(f'a{n}=1' for n in range(100_000))}>{PARAGRAPH}",
        f"<div {''.join(f'a{n}=1' + chr(39) * 2 for n in range(100_000))}>{PARAGRAPH}",
        "<meta name=generator content=Discourse>"
        + f"<div class=post><i class=by>u</i><div class=body>{PARAGRAPH}</div></div>" * 8_000,
        f"<div class=comment>{PARAGRAPH}" * 5_000,
        f"<script type=application/ld+json><![CDATA[{' /* ' * 400_000}</script>",
        "<span class=date>2024-05-08</span><p>2024年5月8日 " * 10_000,
        "<ul>" + "<li><a href=/>链接文字内容比较长</a> 短" * 10_000,
    ],
    ids=[
        "deep",
        "inline",
        "tables",
        "long",
        "links",
        "labels",
        "authors",
        "rows",
        "angles",
        "templates",
        "class",
        "attribute",
        "attributes",
        "glued",
        "thread",
        "comments",
        "cdata",
        "dates",
        "menu",
    ],
)
def test_hostile_page_takes_bounded_time(html: str) -> None:
    started = time.process_time()
    read_page(html, "https://example.com/")
    assert time.process_time() - started < 10
