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
    ],
)
def test_hostile_page_takes_bounded_time(html: str) -> None:
    started = time.process_time()
    read_page(html, "https://example.com/")
    assert time.process_time() - started < 10
