"""What inside the chosen element belongs to the article."""

from __future__ import annotations

from linkshot.page.article_tree import BLOCK_TAGS, Element, Page, Text


def keep_article(page: Page, top: Element) -> None:
    """Mark the blocks of the article as kept and what stands between them as dropped."""
    stack = [top]
    while stack:
        element = stack.pop()
        for child in element.children:
            if isinstance(child, Text):
                child.block.kept = True
            elif _is_foreign(child):
                child.dropped = True
            else:
                stack.append(child)


def _is_foreign(element: Element) -> bool:
    if element.hidden:
        return True
    if element.tag not in BLOCK_TAGS:
        return False
    if element.is_around:
        return True
    if not element.chars:
        return False
    links = element.link_chars / element.chars
    return links > 0.5 and element.weight < 0 and element.chars > 8
