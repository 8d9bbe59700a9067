"""Which element holds the article."""

from __future__ import annotations

from linkshot.page.article_tree import Element, Page

_CONTAINERS = frozenset(
    (
        "div",
        "section",
        "article",
        "main",
        "td",
        "body",
        "form",
        "center",
        "details",
        "linkshot-shadow",
        "html",
    )
)
# A container has to bring this much more than the best inside it: an introduction, not a caption.
_GAIN = 1.02


def choose_article(page: Page) -> Element:
    """The deepest element whose text, weighed, is about the most of the page."""
    best = page.root
    for element in page.elements:
        if element.weight > best.weight * _GAIN or (
            element.weight * _GAIN >= best.weight and _is_inside(element, best)
        ):
            best = element
    return _container(best)


def _container(element: Element) -> Element:
    """An article is never one paragraph or cell alone: take what holds it and its siblings."""
    while element.tag not in _CONTAINERS and element.parent is not None:
        element = element.parent
    return element


def _is_inside(element: Element, other: Element) -> bool:
    node = element.parent
    while node is not None:
        if node is other:
            return True
        node = node.parent
    return False
