"""How much each run of text speaks for being part of the article, or against it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from linkshot.page.article_names import (
    AROUND,
    COMMENTS,
    NEVER,
    NOTHING,
    SOFT,
    STRONG,
    article_strength,
    part_of_page,
)
from linkshot.page.article_tree import Block, Element, Page, is_inside

_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+")
_MARKS = re.compile(r"[，。！？；：、,.!?;:…]")
# Latin letters carry about 0.4 of what a Han character does.
_LATIN_UNIT = 0.4
_MAX_AGAINST = 12.0
_HEADINGS = frozenset(
    ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption", "th", "summary")
)
_PLAIN = frozenset(("p", "td", "li", "dd", "blockquote", "pre", "div"))
# How many blocks on either side tell a paragraph of the article from a teaser.
_NEAR = 4
_SHORT_POST = 25.0
# A named part of the page is believed unless it holds more than this share of all sentences.
_BELIEVED = {SOFT: 0.25, AROUND: 0.4, COMMENTS: 0.6, NEVER: 0.9}


def weigh_blocks(page: Page, *, thread: bool = False) -> None:
    """Give each block its weight and each element the sums of what is below it.

    In a `thread` what is named a comment or reply is a post.
    """
    unit = _unit(page)
    for block in page.blocks:
        block.weight = _weight(block, unit)
    if sum(block.weight for block in page.blocks if block.weight > 0) < 20:
        _show_hidden(page, unit)
    _sum_positive(page)
    _apply_names(page, thread=thread)
    _apply_neighbours(page)
    _sum(page)


def _unit(page: Page) -> float:
    sample = "".join(block.text for block in page.blocks[:400])[:20_000]
    share = len("".join(_CJK.findall(sample))) / max(len(sample), 1)
    return 1.0 if share > 0.3 else _LATIN_UNIT


def _show_hidden(page: Page, unit: float) -> None:
    """Pages that a script would reveal have nothing visible: read what they hide."""
    for element in page.elements:
        element.hidden = False
    for block in page.blocks:
        block.weight = _weight(block, unit)


def _weight(block: Block, unit: float) -> float:
    if block.element.hidden or not block.chars:
        return 0.0
    units = block.chars * unit
    links = block.link_chars / block.chars
    if links > 0.5:
        return -min(units, _MAX_AGAINST) - 2
    marks = _MARKS.search(block.text)
    if units < 12 and not marks:
        return _short_weight(block, links)
    return units * (1 - links) * (1.0 if marks else 0.3)


def _short_weight(block: Block, links: float) -> float:
    if block.element.tag in _HEADINGS:
        return 0.0
    return -0.5 if block.element.tag in _PLAIN and not links else -2.0


def _sum_positive(page: Page) -> None:
    for block in page.blocks:
        if block.weight > 0:
            block.element.positive += block.weight
    for element in reversed(page.elements):
        if element.parent is not None:
            element.parent.positive += element.positive


def _apply_names(page: Page, *, thread: bool) -> None:
    """Mark what is around the article, and weigh text by what it says it is inside of."""
    total = max(page.root.positive, 1.0)
    bounds = {part: share * total for part, share in _BELIEVED.items()}
    bounds[COMMENTS] = -1.0 if thread else _comments_bound(page, total)
    for element in page.elements:
        factor = element.parent.factor if element.parent else 1.0
        if factor > 0:
            part = part_of_page(element)
            if part != NOTHING and element.positive <= bounds[part]:
                factor = -0.3 if part == COMMENTS else -1.0
            else:
                factor = max(factor, article_strength(element))
        element.factor = factor
        element.is_around = factor <= 0
    for block in page.blocks:
        factor = block.element.factor
        if factor > 0:
            block.weight *= factor if block.weight > 0 else 1.0
        else:
            block.weight = -min(abs(block.weight), _MAX_AGAINST) * -factor


def _comments_bound(page: Page, total: float) -> float:
    """The most sentences that what is named a comment may hold and be believed to be one."""
    comments = _outermost_comments(page)
    said = [0.0, *accumulate(comment.positive for comment in comments)]
    if said[-1] <= total * _BELIEVED[COMMENTS]:
        return total * _BELIEVED[COMMENTS]
    # A forum: what is named a comment is the page. A short post with many comments is not one.
    orders = [comment.order for comment in comments]
    for body in page.elements:
        if body.positive <= _SHORT_POST or article_strength(body) < STRONG:
            continue
        first = bisect_right(orders, body.order)
        is_comment = first > 0 and body.order < comments[first - 1].order_end
        inside = said[bisect_left(orders, body.order_end)] - said[first]
        if not is_comment and body.positive - inside >= _SHORT_POST:
            return total
    return -1.0


def _outermost_comments(page: Page) -> list[Element]:
    """Those that stand in no other, in their order."""
    found: list[Element] = []
    for element in page.elements:
        is_inner = found and is_inside(element, found[-1])
        if element.positive and not is_inner and part_of_page(element) == COMMENTS:
            found.append(element)
    return found


def _apply_neighbours(page: Page) -> None:
    """A paragraph among links is a teaser: text counts by the share of text around it."""
    kinds = [1 if b.weight > 12 else -1 if b.weight < -1 else 0 for b in page.blocks]
    for index, block in enumerate(page.blocks):
        if block.weight > 0:
            near = kinds[max(index - _NEAR, 0) : index] + kinds[index + 1 : index + 1 + _NEAR]
            good, bad = near.count(1), near.count(-1)
            block.weight *= (good + 1) / (good + bad + 1)


def _sum(page: Page) -> None:
    for block in page.blocks:
        element = block.element
        element.weight += block.weight
        element.chars += block.chars
        element.link_chars += block.link_chars
    for element in reversed(page.elements):
        parent = element.parent
        if parent is not None:
            parent.weight += element.weight
            parent.chars += element.chars
            parent.link_chars += element.link_chars
