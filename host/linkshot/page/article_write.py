"""The kept part of a page as plain lines and as clean HTML."""

from __future__ import annotations

from html import escape
from urllib.parse import urljoin

from linkshot.page.article_tree import Block, Element, Page

_KEPT_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "dfn",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
_VOID_TAGS = frozenset(("br", "hr", "img", "col"))
_KEPT_ATTRS = {
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
    "ol": ("start",),
    "col": ("span",),
}
_IMAGE_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-actualsrc")


def write_lines(page: Page) -> str:
    """The kept blocks, a line each; a table's row is one line, its cells apart by a tab."""
    return "\n".join(line for block in page.blocks if block.kept for line in block.lines)


def write_html(page: Page, top: Element, url: str) -> str:
    """Article HTML of what is kept below `top`: nothing in it acts, links are absolute."""
    out: list[str] = []
    closing: list[tuple[int, str]] = []
    block: Block | None = None
    index = top.order + 1
    while index < top.order_end:
        while closing and closing[-1][0] <= index:
            out.append(closing.pop()[1])
        item = page.nodes[index]
        index += 1
        if isinstance(item, str):
            if block is not None and block.kept:
                out.append(escape(item, quote=False))
        elif isinstance(item, Block):
            block = item
        elif item.dropped:
            index = item.order_end
            block = page.block_behind(item)
        else:
            out.append(_open(item, url, closing))
    out += (tag for _, tag in reversed(closing))
    return "".join(out).strip()


def _open(item: Element, url: str, closing: list[tuple[int, str]]) -> str:
    if item.tag not in _KEPT_TAGS:
        return ""
    if item.tag not in _VOID_TAGS:
        closing.append((item.order_end, f"</{item.tag}>"))
    return _open_tag(item, url)


def _open_tag(item: Element, url: str) -> str:
    tag = item.tag
    attrs = [(name, item.attr(name)) for name in _KEPT_ATTRS.get(tag, ()) if item.attr(name)]
    if tag == "a":
        href = _address(item.attr("href"), url)
        attrs = [("href", href)] if href else []
    elif tag == "img":
        source = next((item.attr(name) for name in _IMAGE_SOURCES if item.attr(name)), "")
        if not source:
            return ""
        attrs = [("src", source), ("alt", item.attr("alt"))]
    return (
        f"<{tag}{''.join(f' {name}={chr(34)}{escape(value)}{chr(34)}' for name, value in attrs)}>"
    )


def _address(href: str, url: str) -> str:
    try:
        absolute = urljoin(url, href.strip())
    except ValueError:
        return ""
    return absolute if absolute.lower().startswith(("http:", "https:", "mailto:", "#")) else ""
