"""Which encoding bytes are in."""

import pytest

from linkshot.page.charset import decode_css, decode_html

TEXT = "<p>国务院办公厅关于印发通知的意见,各省、自治区、直辖市人民政府</p>"


@pytest.mark.parametrize(
    ("raw", "header", "encoding"),
    [
        (TEXT.encode(), None, "utf-8"),
        (TEXT.encode("gbk"), None, "gb18030"),
        (TEXT.encode("gbk"), "text/html; charset=utf-8", "gb18030"),
        (TEXT.encode(), "text/html; charset=gb2312", "utf-8"),
        (TEXT.encode("gbk"), "text/html; charset=ISO-8859-1", "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "text/html; charset=utf-8", "utf-16le"),
        (TEXT.encode("utf-16-be"), None, "utf-16be"),
    ],
)
def test_html_encoding_is_told_by_bytes(raw: bytes, header: str | None, encoding: str) -> None:
    assert decode_html(raw, header) == (TEXT, encoding)


def test_big5_without_declaration_is_found() -> None:
    text = "<p>這個國家的經濟發展和人民生活水平的提高,是我們大家共同的目標</p>"
    assert decode_html(text.encode("big5"), None) == (text, "big5")


def test_css_takes_the_document_encoding() -> None:
    raw = 'p::before { content: "目录" }'.encode("gbk")
    assert decode_css(raw, "text/css", "gb18030") == (raw.decode("gbk"), "gb18030")
