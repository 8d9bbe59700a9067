"""Bytes to text: which encoding a document or style sheet is really in.

A byte order mark decides. Else what is declared is tried in the browsers' order (header, then
the document), but a declaration only stands if the bytes decode cleanly under it: pages of old
Chinese sites often declare GB2312 and are UTF-8, or the reverse. What is left is told by content
(charset_sniff).
"""

from __future__ import annotations

import re

from linkshot.page.charset_labels import CODECS, encoding_name
from linkshot.page.charset_sniff import far_better, is_utf8, sniff_encoding, sniff_utf16

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
# Browsers look at 1024 bytes; pages with long comments or scripts before it declare it later.
_PRESCAN_BYTES = 16_384
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s;\"',]+)", re.I)
_META = re.compile(rb"<meta\b[^>]{0,1000}?\bcharset\s*=\s*[\"']?\s*([\w.:+-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:+-]{2,40})", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_CSS_CHARSET = re.compile(rb'^@charset "([\w.:+-]{2,40})";')
_WIDE = ("utf-16le", "utf-16be", "utf-32le", "utf-32be")
# A page may hold a few broken bytes (a cut title, a foreign banner) and still be what it declares.
_MAX_BROKEN = 0.02


def decode_html(raw: bytes, content_type: str | None) -> tuple[str, str]:
    """The document's text, without a byte order mark, and the encoding's name in the WHATWG list.

    `content_type` is the header's value as served. Every byte string decodes.
    """
    marked = _by_mark(raw)
    if marked:
        return marked
    wide = sniff_utf16(raw)
    if wide:
        return _decode(raw, wide), wide
    declared = [_header_label(content_type), *_document_labels(raw)]
    return _decode_narrow(raw, declared)


def decode_css(
    raw: bytes, content_type: str | None, referring_encoding: str | None
) -> tuple[str, str]:
    """The sheet's text and encoding: mark, header, `@charset`, then the document's own encoding."""
    marked = _by_mark(raw)
    if marked:
        return marked
    rule = _CSS_CHARSET.match(raw[:64])
    own = rule.group(1).decode("ascii") if rule else None
    return _decode_narrow(raw, [_header_label(content_type), own, referring_encoding])


def _by_mark(raw: bytes) -> tuple[str, str] | None:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _decode(raw[len(mark) :], name), name
    return None


def _header_label(content_type: str | None) -> str | None:
    found = _HEADER_CHARSET.search(content_type or "")
    return found.group(1) if found else None


def _document_labels(raw: bytes) -> list[str]:
    head = _COMMENT.sub(b"", raw[:_PRESCAN_BYTES])
    found = [m.group(1) for m in (_XML.search(head),) if m]
    found += [m.group(1) for m in _META.finditer(head)][:3]
    return [label.decode("ascii", "replace") for label in found]


def _decode_narrow(raw: bytes, labels: list[str | None]) -> tuple[str, str]:
    names = [name for name in (encoding_name(label) for label in labels if label) if name]
    # A document whose declaration could be read byte by byte is not in a two-byte encoding;
    # the standard reads such a label as UTF-8.
    names = ["utf-8" if name in _WIDE else name for name in names]
    name = _choose(raw, names)
    return _decode(raw, name), name


def _choose(raw: bytes, declared: list[str]) -> str:
    first = declared[0] if declared else None
    if raw.isascii() and first not in ("iso-2022-jp", "iso-2022-kr", "hz-gb-2312"):
        return sniff_encoding(raw, first) if b"\x1b$" in raw else first or "utf-8"
    if is_utf8(raw, strict=first not in (None, "utf-8")):
        return "utf-8"
    for name in dict.fromkeys(declared):
        if name != "utf-8" and _decodes(raw, name):
            return _doubted(raw, name)
    sniffed = sniff_encoding(raw, first)
    if first and first != "utf-8" and _broken(raw, first) < _MAX_BROKEN:
        return far_better(raw, first)
    if first == "utf-8" and _broken(raw, "utf-8") < _MAX_BROKEN and not _decodes(raw, sniffed):
        return "utf-8"
    return sniffed


def _doubted(raw: bytes, name: str) -> str:
    """`name`, unless the bytes are another's by far, or Chinese where one byte is a character."""
    if name not in ("windows-1252", "iso-8859-15"):
        return far_better(raw, name)
    sniffed = sniff_encoding(raw, name)
    return sniffed if sniffed in ("gb18030", "big5", "euc-jp", "shift_jis", "euc-kr") else name


def _decodes(raw: bytes, name: str) -> bool:
    try:
        raw.decode(CODECS[name])
    except UnicodeDecodeError:
        return name == "windows-1252" and b"\x00" not in raw
    return True


def _broken(raw: bytes, name: str) -> float:
    """The share of non-ASCII bytes that do not decode under `name`."""
    high = len(raw) - len(raw.translate(None, bytes(range(0x80, 0x100))))
    return _decode(raw, name).count("\ufffd") / max(high, 1)


def _decode(raw: bytes, name: str) -> str:
    if name == "windows-1252":
        # The standard maps the five bytes cp1252 leaves open to the C1 controls.
        return "".join(_decode_1252(raw))
    return raw.decode(CODECS[name], "replace")


def _decode_1252(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1").translate(_C1)


_C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
