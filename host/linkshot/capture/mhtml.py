"""A page saved by a browser as one MHTML file (RFC 2557): its parts, by the addresses they are asked for."""

from __future__ import annotations

import email
import hashlib
import re
from email.message import Message
from typing import NamedTuple

from linkshot.capture.http_fetch import Fetched, Fetcher
from linkshot.errors import CaptureError
from linkshot.page.urls import resolve, without_fragment

# Parts that are asked for by their Content-ID stand below it (RFC 2606: nobody has such a host).
_BY_ID = "http://cid.invalid/"
_HEAD_BYTES = 16_384
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(rb"\bcid:(?=[\w.@$%+-])", re.IGNORECASE)


class SavedPage(NamedTuple):
    """The page itself and all parts, by address."""

    page: Fetched
    parts: dict[str, Fetched]


class Parts(Fetcher):
    """Answers addresses from a saved page's parts, and no others."""

    def __init__(self, parts: dict[str, Fetched]) -> None:
        """Take the parts of one file."""
        self._parts = parts

    async def document(self, url: str, *, referer: str) -> Fetched:
        """A frame's document."""
        return self._answer(url)

    async def resource(self, url: str, *, referer: str) -> Fetched:
        """What the page uses."""
        return self._answer(url)

    def _answer(self, url: str) -> Fetched:
        part = self._parts.get(without_fragment(url))
        if part is None:
            raise CaptureError(url=url, reason="it is not in the saved file")
        return part


def is_mhtml(data: bytes) -> bool:
    """Does a file begin as MHTML does: as a mail of related parts?"""
    head = data[:_HEAD_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return _RELATED.search(head) is not None


def read_mhtml(data: bytes, url: str) -> SavedPage | None:
    """The page in an MHTML file at `url`, which stands for it where it does not say its own; None: it has no page."""
    message = email.message_from_bytes(data)
    top: Fetched | None = None
    parts: dict[str, Fetched] = {}
    for part in message.walk():
        if part.is_multipart():
            continue
        location = resolve(url, (part["Content-Location"] or "").strip())
        is_web = location is not None and location.startswith(("http://", "https://"))
        if top is None and part.get_content_type() in ("text/html", "application/xhtml+xml"):
            top = _fetched(part, without_fragment(location) if location and is_web else url)
        for address in _addresses(part, location):
            parts.setdefault(address, _fetched(part, address))
    return None if top is None else SavedPage(top, parts)


def _addresses(part: Message, location: str | None) -> list[str]:
    """Those by which a page asks for a part; Chromium gives style sheets a cid: as their location."""
    found = [without_fragment(location)] if location else []
    identity = (part["Content-ID"] or "").strip().strip("<>")
    if found and found[0].startswith("cid:"):
        identity, found = found[0].removeprefix("cid:"), []
    return [*found, _BY_ID + identity] if identity else found


def _fetched(part: Message, address: str) -> Fetched:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if part.get_content_maintype() == "text":
        data = _ID.sub(_BY_ID.encode(), data)
    return Fetched(
        url=address,
        status=200,
        content_type=str(part["Content-Type"] or ""),
        data=data,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
