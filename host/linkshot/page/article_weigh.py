"""How much each run of text speaks for being part of the article, or against it."""

from __future__ import annotations

import re

from linkshot.page.article_tree import Block, Element, Page

_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_MARKS = re.compile(r"[，。！？；：、,.!?;:…]")
# Latin letters carry about 0.4 of what a Han character does.
_LATIN_UNIT = 0.4
_MAX_AGAINST = 30.0

_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|sidebar|side|aside|footer|foot|header"
    r"|copyright|comments?|respond|disqus|related|recommend\w*|share\w*|sharing|social|toolbar|ads?|advert\w*|banner"
    r"|sponsor\w*|promo\w*|pager|pagination|hot|rank\w*|login|signup|subscribe|newsletter|popup|modal|dialog|cookie\w*"
    r"|tags?|widget\w*|outbrain|taboola|skip)(?:$|[\s_-])",
    re.I,
)
_CONTENT = re.compile(
    r"article|content|entry|post|main|body|story|text|detail|zoom|editor|js_content|artibody", re.I
)
_AGAINST_TAGS = frozenset(
    ("nav", "footer", "aside", "button", "form", "menu", "dialog", "search", "select")
)


def weigh_blocks(page: Page) -> None:
    """Give each block its weight and each element the sums of what is below it."""
    unit = _unit(page)
    against = _against(page)
    for block in page.blocks:
        block.weight = _weight(block, unit)
        if id(block.element) in against and block.weight > 0:
            block.weight = -min(block.weight, _MAX_AGAINST)
    _sum(page)


def _unit(page: Page) -> float:
    sample = "".join(block.text for block in page.blocks[:400])[:20_000]
    share = len(_CJK.findall(sample)) / max(len(sample), 1)
    return 1.0 if share > 0.3 else _LATIN_UNIT


def _weight(block: Block, unit: float) -> float:
    if block.element.hidden or not block.chars:
        return 0.0
    units = block.chars * unit
    links = block.link_chars / block.chars
    if links > 0.5:
        return -min(units, _MAX_AGAINST) - 2
    text = block.text
    marks = len(_MARKS.findall(text))
    if units < 12 and not marks:
        return -2.0
    return units * (1 - links) * (1.0 if marks else 0.3)


def _against(page: Page) -> set[int]:
    found: set[int] = set()
    for element in page.elements:
        parent = element.parent
        if (parent is not None and id(parent) in found) or is_navigation(element):
            found.add(id(element))
    return found


def is_navigation(element: Element) -> bool:
    """Do its name or its classes say that it is not the article?"""
    if element.tag in ("html", "body", "article", "main"):
        return False
    if element.tag in _AGAINST_TAGS:
        return True
    name = f"{element.attr('class')} {element.attr('id')} {element.attr('role')}"
    return bool(_NAVIGATION.search(name)) and not _CONTENT.search(element.attr("id"))


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
