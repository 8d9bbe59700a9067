"""XHTML and SVG in a file that is read as HTML: as they are where both readings agree, else in a frame of their own."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkshot.page.rewrite_xml import SVG, XHTML

_DOCUMENTS = {
    "http://www.w3.org/1999/xhtml html": XHTML,
    "http://www.w3.org/2000/svg svg": SVG,
}
_NAMESPACES = frozenset(
    {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1998/Math/MathML",
    }
)
# What an HTML parser puts around a drawing.
_AROUND = [("html", 2), ("head", 0), ("body", 1)]


def reads_alike(raw: bytes) -> bool:
    """Does an HTML parser make the same elements of this document, name for name and level for level?"""
    if b"@namespace" in raw:
        return False
    tree = _XmlTree()
    if not tree.read(raw):
        return False
    around = _AROUND if tree.root_type == SVG else []
    return around + tree.shape == list(_html_shape(raw))


def root_type(raw: bytes) -> str:
    """The type of the document that XML is, by its first element; "" where that is no document's."""
    tree = _XmlTree()
    tree.read(raw)
    return tree.root_type


class _XmlTree:
    """Names and numbers of children, in the order of the document."""

    def __init__(self) -> None:
        self.root_type = ""
        self.shape: list[tuple[str, int]] = []
        self._open: list[int] = []
        self._is_plain = True

    def read(self, raw: bytes) -> bool:
        """Is it well-formed, and are all its names such as HTML has too?"""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(raw, True)  # noqa: FBT003 - expat takes it so
        except expat.ExpatError:
            return False
        return self._is_plain

    def _start(self, name: str, _: object) -> None:
        namespace, _, local = name.rpartition(" ")
        is_html = namespace.endswith("xhtml")
        self._is_plain &= namespace in _NAMESPACES and not (is_html and local != local.lower())
        if self._open:
            index = self._open[-1]
            self.shape[index] = (self.shape[index][0], self.shape[index][1] + 1)
        elif not self.shape:
            self.root_type = _DOCUMENTS.get(name, "")
        self._open.append(len(self.shape))
        self.shape.append((local.lower(), 0))

    def _end(self, _: str) -> None:
        self._open.pop()


def _html_shape(raw: bytes) -> Iterator[tuple[str, int]]:
    root = LexborHTMLParser(raw.decode("utf-8", "replace")).root
    for node in root.traverse() if root else ():
        if node.is_element_node:
            yield (node.tag or "").lower(), _children(node)


def _children(node: LexborNode) -> int:
    return sum(1 for child in node.iter() if child.is_element_node)
