"""The pieces of a single HTML file: a stored document with its names turned into data: addresses.

Names are found as they stand in the text (64 hexadecimal digits and an extension), so that nothing
is parsed again. A resource used once stands where it is used. A picture that style sheets use several
times is kept once, as a custom property of the sheet that holds them.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote_from_bytes

from linkshot.page.media import is_html_type, is_text_type, media_type_of
from linkshot.store.library import Library
from linkshot.store.records import ResourceRecord, SnapshotRecord
from linkshot.store.snapshots import list_resources

_NAME = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}\.[a-z0-9]{2,5}\b")
_HEAD = re.compile(rb"<head(?:\s[^>]*)?>", re.I)
_SHEET_LINK = re.compile(
    rb'<link\b(?P<before>[^>]*?)\bhref="(?P<name>[0-9a-f]{64}\.css)"(?P<after>[^>]*)>', re.I
)
_FRAME_SOURCE = re.compile(rb'(?P<open><iframe\b[^>]*?)\bsrc="(?P<name>[0-9a-f]{64}\.html)"', re.I)
_MEDIA = re.compile(rb'\bmedia="([^"]*)"', re.I)
_REL = re.compile(rb'\brel="([^"]*)"', re.I)
_MAX_DEPTH = 40

POLICY = (
    "default-src 'none'; img-src data: blob:; media-src data:; font-src data:;"
    " style-src data: 'unsafe-inline'; frame-src data:; object-src data:; form-action 'none';"
    " base-uri 'none'"
)
_POLICY_TAG = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'.encode()


class Inliner:
    """Writes one snapshot's top document with all below it."""

    def __init__(self, library: Library, snapshot: SnapshotRecord) -> None:
        """Read the list of resources; their bytes are read as they are needed."""
        self._library = library
        self._document = snapshot.document
        self._resources = {
            resource.name.encode(): resource
            for resource in list_resources(library, snapshot.snapshot_id)
        }
        self._open: list[bytes] = []

    def pieces(self) -> Iterator[bytes]:
        """The file, in pieces of one resource each."""
        resource = self._resources[self._document.encode()]
        if not is_html_type(resource.media_type):
            yield from self._inlined(self._read(resource))
            return
        yield from self._html(self._read(resource), is_top=True)

    def _html(self, raw: bytes, *, is_top: bool) -> Iterator[bytes]:
        """A document: its policy first, its sheets and frames in place."""
        start = 0
        head = _HEAD.search(raw)
        if head and is_top:
            yield raw[: head.end()]
            yield _POLICY_TAG
            start = head.end()
        pattern = re.compile(
            b"|".join((_SHEET_LINK.pattern, _renamed(_FRAME_SOURCE.pattern))), re.I
        )
        for found in pattern.finditer(raw, start):
            yield from self._inlined(raw[start : found.start()])
            start = found.end()
            if found["name"]:
                yield from self._sheet_link(found)
            else:
                yield from self._frame(found)
        yield from self._inlined(raw[start:])

    def _sheet_link(self, found: re.Match[bytes]) -> Iterator[bytes]:
        """A linked sheet becomes a <style>, except where a link says more than a style can."""
        attributes = found["before"] + found["after"]
        rel = _REL.search(attributes)
        is_plain = rel is not None and rel[1].strip().lower() == b"stylesheet"
        css = b"".join(self._inlined(self._content(found["name"])))
        if not is_plain or b"</" in css or b"disabled" in attributes or b"title=" in attributes:
            yield b"<link" + found["before"] + b'href="' + _data(b"text/css;charset=utf-8", css)
            yield b'"' + found["after"] + b">"
            return
        media = _MEDIA.search(attributes)
        yield b'<style media="' + media[1] + b'">' if media else b"<style>"
        yield css
        yield b"</style>"

    def _frame(self, found: re.Match[bytes]) -> Iterator[bytes]:
        """A frame's document: as srcdoc, which has no length limit, where the mode is the same."""
        raw = self._content(found["frame_name"])
        if found["frame_name"] in self._open or len(self._open) > _MAX_DEPTH:
            yield found["open"] + b'src="data:,"'
            return
        self._open.append(found["frame_name"])
        document = b"".join(self._html(raw, is_top=False))
        self._open.pop()
        yield found["open"]
        if _has_standards_mode(raw):
            yield b'srcdoc="' + document.replace(b"&", b"&amp;").replace(b'"', b"&quot;") + b'"'
        else:
            yield b'src="' + _data(b"text/html;charset=utf-8", document) + b'"'

    def _inlined(self, raw: bytes) -> Iterator[bytes]:
        """`raw` with every name in it turned into a data: address."""
        start = 0
        for found in _NAME.finditer(raw):
            name = found[0]
            if name not in self._resources:
                continue
            yield raw[start : found.start()]
            start = found.end()
            yield self._data_of(name)
        yield raw[start:]

    def _data_of(self, name: bytes) -> bytes:
        resource = self._resources[name]
        if name in self._open or len(self._open) > _MAX_DEPTH:
            return b"data:,"
        raw = self._content(name)
        media_type = media_type_of(resource.media_type)
        if is_html_type(media_type) or media_type == "text/css":
            self._open.append(name)
            inner = (
                self._html(raw, is_top=False) if is_html_type(media_type) else self._inlined(raw)
            )
            raw = b"".join(inner)
            self._open.pop()
        label = media_type.encode()
        return _data(label + b";charset=utf-8" if is_text_type(media_type) else label, raw)

    def _content(self, name: bytes) -> bytes:
        resource = self._resources.get(name)
        return self._read(resource) if resource else b""

    def _read(self, resource: ResourceRecord) -> bytes:
        return self._library.blobs.read(resource.sha256)


def _renamed(pattern: bytes) -> bytes:
    return pattern.replace(b"?P<name>", b"?P<frame_name>")


def _data(label: bytes, raw: bytes) -> bytes:
    """A data: address, in whichever of the two forms is shorter."""
    encoded = base64.b64encode(raw)
    if b";charset" not in label and not label.endswith(b"+xml"):
        return b"data:" + label + b";base64," + encoded
    # No space and no bracket: in a style sheet the address may stand without quotes.
    quoted = quote_from_bytes(raw, safe="!$*,-./:;=?@_~+").encode()
    if len(quoted) < len(encoded) + 7:
        return b"data:" + label + b"," + quoted
    return b"data:" + label + b";base64," + encoded


def _has_standards_mode(raw: bytes) -> bool:
    return raw[:40].lstrip().lower().startswith(b"<!doctype html>")
