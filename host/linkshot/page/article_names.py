"""What the names of elements (tag, class, id, role) say about their part in a page."""

from __future__ import annotations

import functools
import re

from linkshot.page.article_tree import Element

# A word of a class or id, where camelCase, digits, `-` and `_` also part words.
_START = r"(?:^|[\s_\-]|(?<=[a-z])(?=[A-Z]))"
_END = r"(?=$|[\s_\-\d]|[A-Z])"


def _words(words: str) -> re.Pattern[str]:
    alternatives = "|".join(
        f"[{word[0]}{word[0].upper()}]{word[1:]}|{word.upper()}" for word in words.split()
    )
    return re.compile(f"{_START}(?:{alternatives}){_END}")


# The patterns without words are for names in small letters: ignoring case takes them twice as long.
# Never the article, wherever they stand: consent boxes and what surrounds every page of a site.
_CONSENT = re.compile(
    r"cookie|consent|onetrust|gdpr|privacy-|legal-disclaimer|guestterms|didomi|qc-cmp"
)
_AROUND = _words(
    r"nav navbar nav\w*gation menu submenu breadcrumbs? crumbs? crumb sidebar footer foot copyright related\w* similar\w*"
    r" recommend\w* shar(?:e|es|ing) sharebar social\w* toolbar advert\w* sponsor\w* promo\w* pager paginat\w*"
    r" subscribe newsletter popup modal overlay outbrain taboola skip masthead dropdown paywall"
    r" byline dateline taglist tag-list editor-note readmore read-more print\w* bdshare jiathis xgyd tuijian shareto"
)
# Around the article too, unless the same name also says that it is the article.
_MAYBE_AROUND = _words(
    r"side aside foot header head hot rank\w* login signup widget\w* tags? ad ads banner dialog top bottom author\w*"
    r" more rel links? hidden tool tools prev next relnews notices? announcements?"
)
_COMMENTS = _words(r"comments? commentlist respond disqus reply replies discuss\w* pinglun")
_ARTICLE = re.compile(
    r"article|content|entry|post|main|body|story|text|detail|zoom|editor|thread|message|wrap|container|layout|page"
)
_ARTICLE_BODY = re.compile(
    r"(?:article|entry|post|story|news|page|blog|main|rich)[-_]?(?:text|body|content|detail)"
    r"|(?:^|\s)(?:article|js_content|zoom|artibody|ucap-content|trs_editor|con_text|content_area|markdown-body"
    r"|richtext|rich_media_content|textcontent|text-content|article_cont|newscontent|text_content|cont_text|contxt)"
    r"(?:$|\s)"
)
_NOT_BODY = re.compile(
    r"relat|recommend|shar|side|comment|repl|foot|nav|menu|popup|modal|tags|tools"
)
# An aside may also be part of the text: a quotation, a remark, a footnote.
_REMARK = re.compile(r"quote|note|callout|admonition|tip|warning|info|remark")
# A page, and a site's next, says the same few names again and again.
_NAMES_KEPT = 2048
# A name of a thousand words says nothing.
_MAX_NAME = 300
# Ids made from a heading are the author's words, not the site's.
_MAX_ID = 24
_AROUND_TAGS = frozenset(("nav", "footer", "aside", "menu", "dialog", "search"))
_CONTROL_TAGS = frozenset(("button", "select", "option", "label", "legend"))

# The strength of what is named the article's own text.
STRONG = 2.2
NOTHING, SOFT, AROUND, COMMENTS, NEVER = 0, 1, 2, 3, 4


def part_of_page(element: Element) -> int:
    """How far the element's names speak against it: NOTHING, SOFT, AROUND, COMMENTS or NEVER."""
    tag = element.tag
    if tag in ("html", "body", "article", "main", "p", "tr", "tbody"):
        return NOTHING
    if tag in _CONTROL_TAGS:
        return NEVER
    name = _name(element)
    if tag in _AROUND_TAGS:
        return NOTHING if tag == "aside" and _REMARK.search(name.lower()) else AROUND
    return _by_name(name) if name else NOTHING


def _name(element: Element) -> str:
    attrs = element.attrs
    if not attrs:
        return ""
    own_id = attrs.get("id")
    if own_id and len(own_id) > _MAX_ID:
        own_id = None
    return " ".join(filter(None, (attrs.get("class"), own_id, attrs.get("role"))))[:_MAX_NAME]


@functools.lru_cache(_NAMES_KEPT)
def _by_name(name: str) -> int:
    small = name.lower()
    if _CONSENT.search(small):
        return NEVER
    if _ARTICLE_BODY.search(small) and not _NOT_BODY.search(small):
        return NOTHING
    if _COMMENTS.search(name):
        return COMMENTS
    if _AROUND.search(name):
        return AROUND
    if _MAYBE_AROUND.search(name) and not _ARTICLE.search(small):
        return SOFT
    return NOTHING


def article_strength(element: Element) -> float:
    """By how much text inside counts more, from what the element says it is; 1 is nothing."""
    if "itemprop" in element.attrs and "articleBody" in element.attr("itemprop"):
        return STRONG
    if element.tag == "article":
        return 1.6
    if element.tag == "main" or element.attr("role") == "main":
        return 1.3
    attrs = element.attrs
    names = (attrs.get("class"), attrs.get("id"))
    return STRONG if any(name and _is_body_name(name[:_MAX_NAME]) for name in names) else 1.0


@functools.lru_cache(_NAMES_KEPT)
def _is_body_name(name: str) -> bool:
    return bool(_ARTICLE_BODY.search(name.lower()))
