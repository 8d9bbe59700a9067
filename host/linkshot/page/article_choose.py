"""Which element holds the article."""

from __future__ import annotations

from linkshot.page.article_names import STRONG, article_strength
from linkshot.page.article_tree import Block, Element, Page, is_inside

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
_MOST = 0.5
# A container has to bring this much more than the best inside it: an introduction, not a caption.
_GAIN = 1.02
_NEARLY_ALL = 0.8
# What holds less of all that is said than this is one of several pieces: a front page, an index.
_ONE_ARTICLE = 0.5
# By itself an article, whatever follows it on the page.
_LONG = 600.0
# A table, a list of links, a status: no sentences to choose by, and small enough to keep whole.
_HARDLY_SAID = 30.0
_SMALL_PAGE = 1500


def choose_article(page: Page) -> Element:
    """The deepest element whose text, weighed, is about the most of the page."""
    best = page.root
    for element in page.elements:
        if element.weight > best.weight * _GAIN or (
            element.weight * _GAIN >= best.weight and is_inside(element, best)
        ):
            best = element
    article = _named_body(page, _container(best))
    said = _said(page, article)
    if said >= _LONG:
        return article
    if said < _HARDLY_SAID and _is_part(page, article):
        return page.root
    whole = choose_thread(page)
    return article if said >= _said(page, whole) * _ONE_ARTICLE else whole


def _is_part(page: Page, article: Element) -> bool:
    """Does a small page hold clearly more than this?"""
    free = sum(map(_free_chars, page.blocks))
    inside = sum(map(_free_chars, page.blocks[article.first_block : article.last_block]))
    return inside * 1.3 < free <= _SMALL_PAGE


def _free_chars(block: Block) -> int:
    return 0 if block.element.is_around or block.element.hidden else block.chars


def _said(page: Page, top: Element) -> float:
    blocks = page.blocks[top.first_block : top.last_block]
    return sum(b.weight for b in blocks if b.weight > 0 and not b.element.is_around)


def choose_thread(page: Page) -> Element:
    """The deepest container that holds nearly all that was said."""
    said: dict[int, float] = {}
    total = 0.0
    for block in page.blocks:
        if block.weight > 0 and not block.element.is_around:
            total += block.weight
            element: Element | None = block.element
            while element is not None:
                said[id(element)] = said.get(id(element), 0.0) + block.weight
                element = element.parent
    best = page.root
    for element in page.elements:
        if said.get(id(element), 0.0) >= total * _NEARLY_ALL and is_inside(element, best):
            best = element
    return _container(best)


def _named_body(page: Page, chosen: Element) -> Element:
    """Inside what was chosen, the part that calls itself the article's text and is most of it."""
    for element in page.elements:
        if (
            element.weight >= chosen.weight * _MOST
            and element is not chosen
            and article_strength(element) >= STRONG
            and is_inside(element, chosen)
        ):
            return element
    return chosen


def _container(element: Element) -> Element:
    """An article is never one paragraph or cell alone: take what holds it and its siblings."""
    while element.tag not in _CONTAINERS and element.parent is not None:
        element = element.parent
    return element
