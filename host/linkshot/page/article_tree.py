"""A page as a light tree of elements and the runs of text in it.

One walk over selectolax's tree yields what the reader needs: elements, blocks (runs of text with
no block-level boundary inside) in document order, and what the head says. Loops, never recursion:
nesting is only as deep as memory allows, and elements below MAX_DEPTH melt into their ancestor.

An element knows its parent and where it stands in one flat list, and nothing refers back: the tree is gone with
its last reader, and the collector of cycles finds half as much to look through while it is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkshot.page.article_math import formula_text, is_drawn_formula
from linkshot.page.kept_scripts import LINKED, TEX, attribute_for, kept_in_template
from linkshot.page.markup_bounds import bound_html

MAX_HTML = 30_000_000
MAX_DEPTH = 300
MAX_ELEMENTS = 300_000

# Elements that begin and end a run of text; all others are part of the line they stand in.
BLOCK_TAGS = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu
    nav ol option optgroup p pre search section select summary table tbody td tfoot th thead tr
    ul linkshot-shadow
    """.split()
)
SKIPPED_TAGS = frozenset(
    """
    script style noscript template svg math object embed canvas audio video map textarea
    input select datalist iframe noframes noembed frameset frame head progress meter rp
    """.split()
)
_SPECIAL_TAGS = SKIPPED_TAGS | {"meta", "title", "link", "base"}
_TEMPLATE = re.compile(r"<(/?)template\b([^>]*)>", re.I)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.I)


class Element:
    """One element; `weight` and the counts are of all below it, `dropped` takes it out whole.

    Below it is what stands in `Page.nodes` from behind `order` up to `order_end`.
    """

    __slots__ = (
        "attrs",
        "chars",
        "depth",
        "dropped",
        "factor",
        "first_block",
        "hidden",
        "is_around",
        "last_block",
        "link_chars",
        "order",
        "order_end",
        "parent",
        "positive",
        "tag",
        "weight",
    )

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: Element | None) -> None:
        """An empty element below `parent`."""
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.hidden: bool = parent.hidden if parent else False
        self.dropped = False
        self.weight = 0.0
        self.factor = 1.0
        self.chars = 0
        self.link_chars = 0
        self.positive = 0.0
        self.order = -1
        self.order_end = 0
        self.is_around = False
        self.first_block = 0
        self.last_block = 0

    def attr(self, name: str) -> str:
        """The attribute's value, "" where it is missing or empty."""
        return self.attrs.get(name) or ""


class Block:
    """A run of text inside `element`, one string for each line that <br> makes; `text` is all in one."""

    __slots__ = (
        "chars",
        "element",
        "index",
        "kept",
        "lines",
        "link_chars",
        "parts",
        "text",
        "weight",
    )

    def __init__(self, element: Element, index: int) -> None:
        """An empty run."""
        self.element = element
        self.index = index
        self.parts: list[str] = []
        self.lines: list[str] = []
        self.text = ""
        self.chars = 0
        self.link_chars = 0
        self.weight = 0.0
        self.kept = False


# Every <br>: it has nothing in it and nothing to say.
LINE_BREAK = Element("br", {}, None)


@dataclass(slots=True)
class Page:
    """The tree, its elements in document order, its blocks, and the head.

    `nodes` is the tree as it is written: a block stands before the texts that it runs through.
    """

    root: Element
    nodes: list[Element | Block | str] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    metas: list[dict[str, str | None]] = field(default_factory=list)
    links: list[dict[str, str | None]] = field(default_factory=list)
    title: str = ""
    lang: str = ""
    base: str = ""
    linked_data: list[str] = field(default_factory=list)
    noscript: int = 0

    def block_behind(self, element: Element) -> Block | None:
        """The block that a text right behind the element would run on in."""
        return self.blocks[element.last_block - 1] if element.last_block else None


def build_page(html: str) -> Page:
    """The page of any string; what is over the bounds is left out, later content first."""
    parser = LexborHTMLParser(bound_html(_open_shadows(html[:MAX_HTML])))
    root = Element("html", {}, None)
    page = Page(root=root)
    if parser.root is not None:
        page.lang = (
            parser.root.attributes.get("lang") or parser.root.attributes.get("xml:lang") or ""
        )
        _Walk(page).run(parser.root)
        finish_blocks(page)
    return page


def _open_shadows(html: str) -> str:
    """Declarative shadow roots hold what is seen; their templates become plain elements."""
    if "shadowroot" not in html:
        return html
    opened: list[bool] = []

    def replace(match: re.Match[str]) -> str:
        if match.group(1):
            return "</linkshot-shadow>" if opened and opened.pop() else match.group(0)
        opened.append("shadowroot" in _VALUE.sub("", match.group(2)))
        return "<linkshot-shadow>" if opened[-1] else match.group(0)

    return _TEMPLATE.sub(replace, html)


class _Walk:
    """The state of one walk: the block being filled and the links it is inside."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.block: Block | None = None
        self.link_depth = 0

    def run(self, top: LexborNode) -> None:
        stack: list[tuple[LexborNode | None, Element]] = []
        node: LexborNode | None = top.first_child
        parent = self.page.root
        while True:
            if node is None:
                self.leave(parent)
                if not stack:
                    return
                node, parent = stack.pop()
                continue
            tag = node.tag or ""
            if tag == "-text":
                self.add_text(node.text_content or "", parent)
            elif (element := self.visit(node, tag, parent)) is not None:
                child = node.first_child
                if child is not None:
                    stack.append((node.next, parent))
                    node, parent = child, element
                    continue
                self.leave(element)
            node = node.next

    def visit(self, node: LexborNode, tag: str, parent: Element) -> Element | None:
        """Take in one node that is no text; the element to go into, or None to go on."""
        if tag in _SPECIAL_TAGS:
            return self.visit_special(node, tag, parent)
        if tag == "br":
            self.page.nodes.append(LINE_BREAK)
            if self.block is not None:
                self.block.parts.append("\n")
            return None
        # Comments and the like have names that begin with "-", "!" or "?".
        if tag < "A" or len(self.page.elements) >= MAX_ELEMENTS:
            return None
        attrs = node.attributes
        if tag == "span" and is_drawn_formula(attrs):
            return None
        return self.enter(tag, attrs, parent)

    def visit_special(self, node: LexborNode, tag: str, parent: Element) -> Element | None:
        page = self.page
        if tag == "head":
            return page.root
        if tag == "meta":
            page.metas.append(node.attributes)
        elif tag == "link":
            page.links.append(node.attributes)
        elif tag == "title":
            page.title = page.title or node.text(deep=True)
        elif tag == "base":
            page.base = page.base or node.attributes.get("href") or ""
        elif tag == "math":
            self.add_text(formula_text(node), parent)
        elif tag in ("script", "template"):
            self.visit_data(node, parent)
        return None

    def visit_data(self, node: LexborNode, parent: Element) -> None:
        """A script, or the template that a stored document has in one's place."""
        if node.tag == "template":
            kept, text = kept_in_template(node.attributes)
        else:
            kept = attribute_for(node.attributes.get("type"))
            text = node.text(deep=True) if kept else ""
        if kept == LINKED:
            self.page.linked_data.append(text)
        elif kept == TEX:
            self.add_text(f"${' '.join(text.split())}$", parent)

    def enter(self, tag: str, attrs: dict[str, str | None], parent: Element) -> Element:
        page = self.page
        if tag in BLOCK_TAGS:
            self.block = None
        if parent.depth >= MAX_DEPTH and parent.parent is not None:
            parent = parent.parent
        element = Element(tag, attrs, parent)
        style = attrs.get("style")
        if "hidden" in attrs or (style and _HIDDEN_STYLE.search(style)):
            element.hidden = True
        element.first_block = len(page.blocks)
        element.order = len(page.nodes)
        page.nodes.append(element)
        page.elements.append(element)
        if tag == "a":
            self.link_depth += 1
        return element

    def leave(self, element: Element) -> None:
        if element.tag in BLOCK_TAGS:
            self.block = None
        elif element.tag == "a":
            self.link_depth -= 1
        element.last_block = len(self.page.blocks)
        element.order_end = len(self.page.nodes)

    def add_text(self, value: str, parent: Element) -> None:
        block = self.block
        if block is None:
            if not value or value.isspace():
                return
            block = self.block = Block(_container(parent), len(self.page.blocks))
            self.page.blocks.append(block)
            self.page.nodes.append(block)
        block.parts.append(
            value.replace("\n", " ") if "\n" in value and not _in_pre(block) else value
        )
        self.page.nodes.append(value)
        if self.link_depth:
            block.link_chars += len("".join(value.split()))


def finish_blocks(page: Page) -> None:
    """Cut each block's parts into lines and count its characters, white space apart."""
    for block in page.blocks:
        lines = "".join(block.parts).split("\n")
        if block.element.tag == "pre":
            block.lines = [line.rstrip() for line in lines]
        else:
            block.lines = [line for raw in lines if (line := " ".join(raw.split()))]
        block.text = " ".join(block.lines)
        block.chars = len(block.text) - block.text.count(" ")


def _container(element: Element) -> Element:
    while element.tag not in BLOCK_TAGS and element.parent is not None:
        element = element.parent
    return element


def _in_pre(block: Block) -> bool:
    return block.element.tag == "pre"


def is_inside(element: Element, other: Element) -> bool:
    """Does it stand below the other?"""
    return other.order < element.order < other.order_end
