"""What inside the chosen element belongs to the article."""

from __future__ import annotations

from collections import Counter

from linkshot.page.article_tree import BLOCK_TAGS, Block, Element, Page

# What a post body's name has to hold of all that was said.
_BODY_SHARE = 0.1
_MAX_REMARK = 120
# Where less is said, the links are what the page is for.
_SAID_IN_INDEX = 60.0
# One line of links among others is the author's pointer; a box of links is the site's.
_LINES = frozenset(
    (
        "p",
        "li",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "td",
        "th",
        "figcaption",
    )
)


def keep_article(page: Page, top: Element) -> None:
    """Mark the blocks of the article as kept and what stands between them as dropped."""
    linked = top.positive >= _SAID_IN_INDEX
    index = top.order + 1
    block: Block | None = None
    while index < top.order_end:
        item = page.nodes[index]
        index += 1
        if isinstance(item, str):
            if block is not None:
                block.kept = True
        elif isinstance(item, Block):
            block = item
        elif _is_foreign(item, linked=linked):
            item.dropped = True
            index = item.order_end
            block = page.block_behind(item)


def keep_posts(page: Page, top: Element) -> None:
    """Unkeep the lines around the posts of a thread: who wrote them, when, what can be done.

    A post's body has the same name each time, and most sentences stand in one; a short line in a
    box of another name is about a post.
    """
    kept = [block for block in page.blocks if block.kept and block.chars]
    said: Counter[str] = Counter()
    for block in kept:
        if block.weight > 0:
            said[_box_name(block.element, top)] += round(block.weight)
    bodies = {name for name, weight in said.items() if weight >= _BODY_SHARE * said.total()}
    for block in kept:
        if block.chars <= _MAX_REMARK and not _is_in_body(block, bodies, top):
            block.kept = False


def _box_name(element: Element, top: Element) -> str:
    while element is not top and element.parent is not None and not element.attr("class"):
        element = element.parent
    return _name(element)


def _name(element: Element) -> str:
    return f"{element.tag} {element.attr('class')}"


def _is_in_body(block: Block, bodies: set[str], top: Element) -> bool:
    element = block.element
    while element is not top and element.parent is not None:
        if _name(element) in bodies:
            return True
        element = element.parent
    return _box_name(block.element, top) in bodies


def _is_foreign(element: Element, *, linked: bool) -> bool:
    if element.hidden:
        return True
    if element.tag not in BLOCK_TAGS:
        return False
    if element.is_around:
        return True
    if element.tag in _LINES or element.link_chars * 2 <= element.chars:
        return False
    return linked and element.weight < 0 and element.chars > 8
