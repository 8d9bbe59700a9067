"""Pictures that a document uses several times, kept once: as custom properties of its root.

`var()` stands for an address wherever a style sheet has one, also in shadow roots. An `<img>` takes
its picture by `content`, which replaces what it shows and keeps its own size, as `src` would. It has a
`src` all the same, the smallest picture there is: without one it is a text with no width of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

_NAME = rb"[0-9a-f]{64}\.[a-z0-9]{2,5}"
_IN_STYLE = re.compile(rb"(?<![-\w])url\((" + _NAME + rb")\)")
_IMAGE = re.compile(rb'<img\b(?:[^"<>]++|"[^"]*+")*+>')
_SOURCE = re.compile(rb'\ssrc="(' + _NAME + rb')"')
_STYLE = re.compile(rb'\sstyle="([^"]*)"')
_CHOOSES = re.compile(rb"\s(?:srcset|usemap)=|content:")
_STAND_IN = b' src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="'
# Less is not worth a property.
_WORTH_BYTES = 4096
_STYLE_PLACES = re.compile(rb'(<style\b[^>]*>)(.*?)(</style>)|\sstyle="([^"]*url\([^"]*)"', re.S)


class SharedPictures:
    """The pictures of one document that are shared, under the names of their properties."""

    def __init__(self, html: bytes, sheets: Iterable[bytes], sizes: Mapping[bytes, int]) -> None:
        """Count what the document and its sheets use; `sizes` has the pictures that may be shared."""
        uses: Counter[bytes] = Counter()
        for text in [*_style_texts(html), *sheets]:
            uses.update(name for name in _IN_STYLE.findall(text) if name in sizes)
        for image in _IMAGE.findall(html):
            source = _shareable_source(image)
            if source is not None and source in sizes:
                uses[source] += 1
        worth = [name for name, count in uses.items() if (count - 1) * sizes[name] > _WORTH_BYTES]
        self._properties = {
            name: b"--linkshot-%d" % number for number, name in enumerate(worth, start=1)
        }

    def declarations(self, write: Callable[[bytes], Iterator[bytes]]) -> Iterator[bytes]:
        """The style element that holds them; `write` answers the data address of a name."""
        if not self._properties:
            return
        yield b"<style>:root{"
        for name, variable in self._properties.items():
            yield variable + b':url("'
            yield from write(name)
            yield b'");'
        yield b"}</style>"

    def in_style(self, css: bytes) -> bytes:
        """A style sheet or attribute that takes the shared pictures by their properties."""
        return _IN_STYLE.sub(self._as_property, css) if self._properties else css

    def in_html(self, html: bytes) -> bytes:
        """Markup whose style elements, style attributes and images take them so."""
        if not self._properties:
            return html
        return _IMAGE.sub(self._image, _STYLE_PLACES.sub(self._style_place, html))

    def _as_property(self, found: re.Match[bytes]) -> bytes:
        variable = self._properties.get(found[1])
        return b"var(" + variable + b")" if variable else found[0]

    def _style_place(self, found: re.Match[bytes]) -> bytes:
        if found[4] is not None:
            return b' style="' + self.in_style(found[4]) + b'"'
        return found[1] + self.in_style(found[2]) + found[3]

    def _image(self, found: re.Match[bytes]) -> bytes:
        image = found[0]
        variable = self._properties.get(_shareable_source(image) or b"")
        if variable is None:
            return image
        image = _SOURCE.sub(_STAND_IN, image, count=1)
        rule = b"content:var(" + variable + b")"
        if _STYLE.search(image):
            return _STYLE.sub(lambda style: b' style="' + rule + b";" + style[1] + b'"', image)
        return image[:4] + b' style="' + rule + b'"' + image[4:]


def _style_texts(html: bytes) -> Iterator[bytes]:
    for found in _STYLE_PLACES.finditer(html):
        yield found[4] if found[4] is not None else found[2]


def _shareable_source(image: bytes) -> bytes | None:
    """The name in an image's src, where nothing but that decides what it shows."""
    source = _SOURCE.search(image)
    if source is None or _CHOOSES.search(image):
        return None
    return source[1]
