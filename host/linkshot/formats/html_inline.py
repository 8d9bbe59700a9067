"""The pieces of a single HTML file: a stored document with its names turned into data: addresses.

Names are found as they stand in the text (64 hexadecimal digits and an extension), so that nothing
is parsed again. Pictures and other bytes are read and written piece by piece; only texts (documents,
sheets, SVG) are held whole, one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from linkshot.errors import LibraryDamaged
from linkshot.errors.reasons import CONTENT_UNREADABLE
from linkshot.formats.around import (
    POLICY_TAG,
    XML_POLICY_TAG,
    around_drawing,
    around_frame,
    around_picture,
    around_text,
    source_tags,
)
from linkshot.formats.data_urls import NOTHING, data_url, data_url_pieces
from linkshot.formats.kinds import PICTURES, exported_resource
from linkshot.formats.markup import compact_html, shows_spaces
from linkshot.formats.shared_pictures import SharedPictures
from linkshot.formats.styles import Names, names_in, used_style
from linkshot.formats.xhtml import reads_alike, root_type
from linkshot.page.charset import decode_html
from linkshot.page.media import is_html_type, is_text_type, media_type_of
from linkshot.page.rewrite_xml import SVG, XHTML, XML_TYPES
from linkshot.store.library import Library
from linkshot.store.records import ResourceRecord, SnapshotRecord
from linkshot.store.snapshots import list_resources

_NAME = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}\.[a-z0-9]{2,5}\b")
_SHEET_NAME = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}\.css\b")
_ATTRIBUTES = rb"""(?:\s+[^\s>/][^\s=>/]*+(?:="[^"]*+"|='[^']*+'|=[^\s"'>]++)?)*+\s*"""
# The head, and all that may stand before it: neither a comment nor a value holds one.
_HEAD = re.compile(
    rb"(?:\s|<\?[^>]*+>|<!doctype[^>]*+>|<!--(?!-?>).*?-->|<!---->)*+"
    rb"<html" + _ATTRIBUTES + rb">(?:\s|<!--(?!-?>).*?-->|<!---->)*+<head" + _ATTRIBUTES + rb">",
    re.I | re.S,
)
_DOCTYPE = re.compile(rb"\s*<!doctype[^>]*+>", re.I)
_PLACES = re.compile(
    rb'<link\b(?P<before>[^>]*?)\bhref="(?P<sheet>[0-9a-f]{64}\.css)"(?P<after>[^>]*)>'
    rb'|(?P<open><iframe\b[^>]*?)\bsrc="(?P<frame>[0-9a-f]{64}\.html)"'
    rb"|(?P<style><style\b[^>]*>)(?P<text>[^<]*)(?=</style>)",
    re.I,
)
_MEDIA = re.compile(rb'\bmedia="([^"]*)"', re.I)
_REL = re.compile(rb'\brel="([^"]*)"', re.I)
_MAX_DEPTH = 40


class Inliner:
    """Writes one snapshot's top document with all below it."""

    def __init__(self, library: Library, snapshot: SnapshotRecord) -> None:
        """Read the list of resources; their bytes are read as they are needed."""
        self._library = library
        self._snapshot = snapshot
        self._title = snapshot.title
        self._source = source_tags(snapshot.page_url, snapshot.captured_at)
        self._resources = {
            resource.name.encode(): resource
            for resource in list_resources(library, snapshot.snapshot_id)
        }
        self._pictures = {
            name: resource.size
            for name, resource in self._resources.items()
            if media_type_of(resource.media_type).startswith("image/")
        }
        self._open: list[bytes] = []

    def pieces(self) -> Iterator[bytes]:
        """The file, in pieces of bounded size but for its texts."""
        resource = exported_resource(self._library, self._snapshot)
        label = media_type_of(resource.media_type)
        if label in PICTURES:
            address = self._bytes_of(resource, label.encode())
            yield from around_picture(self._title, address)
        elif is_text_type(label):
            yield from self._top(self._read(resource), label)
        else:
            with self._library.blobs.open(resource.sha256) as stream:
                while piece := stream.read(1 << 20):
                    yield piece
                self._check_whole(resource, stream)

    def _top(self, raw: bytes, label: str) -> Iterator[bytes]:
        """A text as a browser shows it alone: a document, a drawing, or its letters."""
        kind = root_type(raw) if label in XML_TYPES else label
        if kind == "text/html":
            yield from self._html(raw, is_top=True)
        elif kind == XHTML and _HEAD.match(raw) and reads_alike(raw):
            yield from self._xhtml(raw, is_top=True)
        elif kind == SVG and reads_alike(raw):
            yield from around_drawing(self._title, b"".join(self._inlined(raw)))
        elif kind in (XHTML, SVG):
            document = b"".join(self._xhtml(raw, is_top=True))
            address = data_url(f"{kind};charset=utf-8".encode(), document)
            yield from around_frame(self._title, address)
        else:
            text, _ = decode_html(raw, f"{label}; charset=utf-8")
            yield from around_text(self._title, text)

    def _page(self, resource: ResourceRecord) -> Iterator[bytes]:
        """A document below the top one, in its own syntax."""
        raw = self._read(resource)
        is_html = media_type_of(resource.media_type) == "text/html"
        return self._html(raw) if is_html else self._xhtml(raw)

    def _xhtml(self, raw: bytes, *, is_top: bool = False) -> Iterator[bytes]:
        head = _HEAD.match(raw) if is_top else None
        start = head.end() if head else 0
        yield raw[:start]
        if head:
            yield XML_POLICY_TAG + self._source
        yield from self._inlined(raw[start:])

    def _html(self, raw: bytes, *, is_top: bool = False) -> Iterator[bytes]:
        """A document: its policy first, its sheets and frames in place."""
        document = _Document(raw, self)
        raw = document.compact
        before = _HEAD.match(raw) or _DOCTYPE.match(raw)
        start = before.end() if before else 0
        yield raw[:start]
        if is_top:
            yield POLICY_TAG + self._source
        yield from document.shared.declarations(self._data_of)
        for found in _PLACES.finditer(raw, start):
            yield from self._inlined(document.shared.in_html(raw[start : found.start()]), document)
            start = found.end()
            if found["sheet"]:
                yield from self._sheet_link(found, document)
            elif found["frame"]:
                yield from self._frame(found)
            else:
                yield found["style"]
                yield from self._inlined(document.style(found["text"]), document)
        yield from self._inlined(document.shared.in_html(raw[start:]), document)

    def _sheet_link(self, found: re.Match[bytes], document: _Document) -> Iterator[bytes]:
        """A linked sheet becomes a <style>, except where a link says more than a style can."""
        attributes = found["before"] + found["after"]
        rel = _REL.search(attributes)
        css = document.style(self.content(found["sheet"]))
        is_plain = rel is not None and rel[1].strip().lower() == b"stylesheet"
        if not is_plain or b"</" in css or b"disabled" in attributes or b"title=" in attributes:
            yield b"<link" + found["before"] + b'href="'
            yield data_url(b"text/css;charset=utf-8", b"".join(self._inlined(css, document)))
            yield b'"' + found["after"] + b">"
            return
        media = _MEDIA.search(attributes)
        yield b'<style media="' + media[1] + b'">' if media else b"<style>"
        yield from self._inlined(css, document)
        yield b"</style>"

    def _frame(self, found: re.Match[bytes]) -> Iterator[bytes]:
        """A frame's document: as srcdoc, which has no length limit, where the mode is the same."""
        name = found["frame"]
        yield found["open"]
        if name in self._open or len(self._open) > _MAX_DEPTH:
            yield b'src="data:,"'
            return
        raw = self.content(name)
        self._open.append(name)
        if _has_standards_mode(raw):
            yield b'srcdoc="'
            for piece in self._html(raw):
                yield piece.replace(b"&", b"&amp;").replace(b'"', b"&quot;")
        else:
            yield b'src="'
            yield data_url(b"text/html;charset=utf-8", b"".join(self._html(raw)))
        self._open.pop()
        yield b'"'

    def _inlined(self, raw: bytes, document: _Document | None = None) -> Iterator[bytes]:
        """`raw`, which is part of `document`, with every name in it turned into a data: address."""
        start = 0
        for found in _NAME.finditer(raw):
            name = found[0]
            if name not in self._resources:
                continue
            yield raw[start : found.start()]
            start = found.end()
            yield from self._data_of(name, document)
        yield raw[start:]

    def _data_of(self, name: bytes, document: _Document | None = None) -> Iterator[bytes]:
        resource = self._resources[name]
        label = media_type_of(resource.media_type).encode()
        if not is_text_type(resource.media_type):
            yield from self._bytes_of(resource, label)
            return
        if name in self._open or len(self._open) > _MAX_DEPTH:
            yield NOTHING
            return
        self._open.append(name)
        if is_html_type(resource.media_type):
            inner = self._page(resource)
        elif label == b"text/css" and document:
            inner = self._inlined(document.style(self._read(resource)), document)
        else:
            inner = self._inlined(self._read(resource))
        yield data_url(label + b";charset=utf-8", b"".join(inner))
        self._open.pop()

    def _bytes_of(self, resource: ResourceRecord, label: bytes) -> Iterator[bytes]:
        with self._library.blobs.open(resource.sha256) as stream:
            yield from data_url_pieces(label, stream)
            self._check_whole(resource, stream)

    def _check_whole(self, resource: ResourceRecord, stream: BinaryIO) -> None:
        """Raises LibraryDamaged where the library has less or more than it says."""
        if stream.tell() != resource.size:
            raise LibraryDamaged(path=self._library.root, reason=CONTENT_UNREADABLE)

    def content(self, name: bytes) -> bytes:
        """The bytes of a text; none where the snapshot has not got it."""
        resource = self._resources.get(name)
        return self._read(resource) if resource else b""

    def picture_sizes(self) -> dict[bytes, int]:
        """The snapshot's pictures by name."""
        return self._pictures

    def _read(self, resource: ResourceRecord) -> bytes:
        return self._library.blobs.read(resource.sha256)


class _Document:
    """What is known of a document while it is written: its names, and the pictures it shares."""

    def __init__(self, raw: bytes, inliner: Inliner) -> None:
        html = _text(raw)
        self._names: Names = names_in(html)
        self._styles: dict[bytes, bytes] = {}
        sheets = list(_sheets_below(raw, inliner, set()))
        keeps_spaces = any(shows_spaces(text) for text in [html, *map(_text, sheets)])
        self.compact = compact_html(html, keeps_spaces=keeps_spaces).encode()
        sizes = inliner.picture_sizes()
        self.shared = SharedPictures(self.compact, map(self._used, sheets), sizes)

    def style(self, css: bytes) -> bytes:
        """A sheet with what the document uses of it, shared pictures by their properties."""
        return self.shared.in_style(self._used(css))

    def _used(self, css: bytes) -> bytes:
        if css not in self._styles:
            self._styles[css] = used_style(_text(css), self._names).encode()
        return self._styles[css]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _sheets_below(raw: bytes, inliner: Inliner, seen: set[bytes]) -> Iterator[bytes]:
    """The sheets that a text names, and those that they name, each once."""
    for name in _SHEET_NAME.findall(raw):
        if name not in seen:
            seen.add(name)
            css = inliner.content(name)
            yield css
            yield from _sheets_below(css, inliner, seen)


def _has_standards_mode(raw: bytes) -> bool:
    return raw[:40].lstrip().lower().startswith(b"<!doctype html>")
