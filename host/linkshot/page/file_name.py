"""The name that a server gives a file, out of its Content-Disposition (RFC 6266), as browsers read it."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from urllib.parse import unquote_to_bytes

_EXTENDED = re.compile(rb"filename\*\s*=\s*\"?([\w-]+)'[^']*'([^;\"]+)", re.IGNORECASE)
_PLAIN = re.compile(rb'filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))', re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_MOST_CHARACTERS = 255


def file_name_in(disposition: bytes) -> str:
    """The file's name without any folders; "" where none is given.

    Chinese servers write it in whatever they speak: RFC 8187, escapes, RFC 2047, plain UTF-8 or GBK.
    """
    if found := _EXTENDED.search(disposition):
        name = _decoded(unquote_to_bytes(found[2]), found[1].decode("latin-1"))
    elif found := _PLAIN.search(disposition):
        quoted = found[1] if found[1] is not None else found[2]
        name = _from_words(_decoded(unquote_to_bytes(quoted.strip())))
    else:
        return ""
    bare = _CONTROLS.sub("", name.replace("\\", "/").rpartition("/")[2]).strip()
    return bare[-_MOST_CHARACTERS:]


def _decoded(raw: bytes, charset: str = "utf-8") -> str:
    for name in (charset, "utf-8", "gb18030"):
        try:
            return raw.decode(name)
        except (UnicodeError, LookupError):
            continue
    return raw.decode("latin-1")


def _from_words(name: str) -> str:
    if not name.startswith("=?"):
        return name
    try:
        return str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, ValueError):
        return name
