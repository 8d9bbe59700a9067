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


def test_two_gbk_characters_declared_utf8_are_found() -> None:
    raw = b'<meta charset="utf-8"><p>The rest is English.</p><p>' + "汉字".encode("gbk")
    assert decode_html(raw, None)[1] == "gb18030"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp1250"),
        ("Türkçe için güneşli bir gün", "cp1254"),
    ],
)
def test_latin_letters_with_accents_are_no_other_script(text: str, codec: str) -> None:
    assert decode_html(f"<p>{text}</p>".encode(codec), None)[1] == "windows-1252"


def test_russian_and_thai_are_told_apart() -> None:
    russian = (
        "<p>Правительство утвердило программу развития промышленности и поддержки предприятий</p>"
    )
    assert decode_html(russian.encode("koi8-r"), None) == (russian, "koi8-r")
    thai = "<p>เป็นมนุษย์สุดประเสริฐเลิศคุณค่า กว่าบรรดาฝูงสัตว์เดรัจฉาน</p>"
    assert decode_html(thai.encode("cp874"), None) == (thai, "windows-874")


NAMED = ["gbk", "gb2312", "gb18030", "big5", "utf-8", "utf-16-le", "utf-16-be"]
DECLARED = ["", "gb2312", "utf-8", "big5", "iso-8859-1", "utf-16", "shift_jis", "no-such"]


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("codec", NAMED)
def test_encodings_of_chinese_pages_are_right_whatever_is_declared(
    codec: str, declared: str
) -> None:
    traditional = "這個國家的經濟發展和人民生活水平的提高，是我們大家共同的目標。"
    simplified = "这个国家的经济发展和人民生活水平的提高，是我们大家共同的目标。"
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = (
        f"<html>{head if declared else ''}<p>{traditional if codec == 'big5' else simplified}</p>"
    )
    assert decode_html(page.encode(codec), None)[0] == page
