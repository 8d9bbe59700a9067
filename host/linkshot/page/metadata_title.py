"""The title of the article, without the site's name."""

from __future__ import annotations

import re
import unicodedata

from linkshot.page.article_tree import Page

_SEPARATOR = re.compile(r"\s+[-–—|·•»«›:]+\s+|\s*[_|｜丨–—»]+\s*|--+|\s*::\s*")
_SITE_WORDS = re.compile(
    r"(?:网|网站|新闻|频道|日报|晚报|在线|论坛|博客|政府|门户|知乎|豆瓣|简书|微博|哔哩哔哩|中心|公众号|论坛|贴吧|社区|首页|资讯)$"
)
_MAX_TITLE = 500


def choose_title(page: Page, meta_title: str, linked_title: str, site: str) -> str:
    """The best of what the page gives: a heading that the head agrees with, else the head's."""
    head = clean(page.title)
    given = clean(meta_title)
    heading = _agreeing_heading(page, [given, head])
    if given:
        # A quotation mark may have cut the attribute short; the heading is whole.
        whole = heading and fold(heading).startswith(fold(given))
        return heading if whole else strip_site(given, site)
    if heading:
        return heading
    return strip_site(head, site) or clean(linked_title) or _first_heading(page)


def clean(text: str) -> str:
    """One line without doubled white space, of bounded length."""
    return " ".join(text[: _MAX_TITLE * 4].split())[:_MAX_TITLE]


def strip_site(title: str, site: str) -> str:
    """`title` without a part at its end, or start, that names the site or its section."""
    pieces = [(m.start(), m.end()) for m in _SEPARATOR.finditer(title)]
    if not pieces:
        return title
    if site and _same(title[: pieces[0][0]], site):
        return title[pieces[0][1] :]
    cut = len(title)
    for start, end in reversed(pieces):
        part, rest = title[end:cut].strip(), title[:start].strip()
        if not rest or not _names_site(part, rest, site, title[start:end]):
            break
        cut = start
    return title[:cut].strip()


def _names_site(part: str, rest: str, site: str, separator: str) -> bool:
    if site and (_same(part, site) or fold(part) in fold(site) or fold(site) in fold(part)):
        return True
    if len(part) > 24 or len(part) > len(rest):
        return False
    return "_" in separator or "|" in separator or bool(_SITE_WORDS.search(part))


def fold(text: str) -> str:
    """For comparison: width, case and white space do not count."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _agreeing_heading(page: Page, heads: list[str]) -> str:
    folded = [fold(head) for head in heads if head]
    if not folded:
        return ""
    best = ""
    for block in page.blocks:
        if block.element.tag not in ("h1", "h2", "h3") and not _is_title_name(
            block.element.attr("class")
        ):
            continue
        text = block.text
        if len(text) > _MAX_TITLE or block.element.hidden:
            continue
        form = fold(text)
        if len(form) > len(fold(best)) and len(form) >= 5 and any(form in head for head in folded):
            best = text
    return best if len(fold(best)) * 3 >= min(map(len, folded)) else ""


def _is_title_name(name: str) -> bool:
    return "title" in name.lower()


def _first_heading(page: Page) -> str:
    for tag in ("h1", "h2"):
        for block in page.blocks:
            if block.element.tag == tag and not block.element.hidden:
                return clean(block.text)
    return ""
