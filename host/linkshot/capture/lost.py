"""Whether a browser lost the page it was given: it shows nothing, or was read in another encoding."""

from __future__ import annotations

import codecs

from linkshot.capture.file import path_of
from linkshot.capture.plan import Capture, bytes_of
from linkshot.page.charset import decode_html
from linkshot.page.charset_labels import CODECS, encoding_name
from linkshot.page.media import is_html_type
from linkshot.page.warnings import is_blank

# A document this long is not blank; reading it would take a while.
_LONG_BYTES = 400_000


def is_blank_capture(capture: Capture) -> bool:
    """Have all documents together neither text nor anything else that can be seen?"""
    documents = capture.plan.documents
    if sum(document.size for document in documents) > _LONG_BYTES:
        return False
    if not all(is_html_type(document.media_type) for document in documents):
        return False
    sources = (capture.sources[document.sha256] for document in documents)
    return all(is_blank(bytes_of(source).decode("utf-8", "replace")) for source in sources)


def is_misread_file(capture: Capture, address: str) -> bool:
    """Was the file of a `file:` address read in an encoding that it is not in?

    A saved page often declares the encoding that its site had, and was written in another.
    """
    top = capture.plan.documents[0]
    if not address.startswith("file:") or not is_html_type(top.media_type) or top.url != address:
        return False
    try:
        raw = path_of(address).read_bytes()
    except OSError:  # taken away meanwhile; the browser has it
        return False
    if raw.isascii():
        return False
    read_as = encoding_name(top.encoding)
    return read_as is not None and _codec(read_as) != _codec(decode_html(raw, None)[1])


def _codec(name: str) -> str:
    codec = codecs.lookup(CODECS[name]).name
    return "gb18030" if codec in ("gbk", "gb2312") else codec
