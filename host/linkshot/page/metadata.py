"""What the page says about its article: title, author, date, site, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from linkshot.page.article_tree import Block, Page
from linkshot.page.metadata_author import choose_author
from linkshot.page.metadata_dates import local_day, parse_compact, parse_moment, url_date
from linkshot.page.metadata_linked import LinkedArticle, read_linked
from linkshot.page.metadata_title import choose_title, clean
from linkshot.page.policy_signature import is_sentence, read_signature
from linkshot.page.reading import Policy

_TITLE_NAMES = (
    "articletitle",
    "og:title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "parsely-title",
    "title",
)
_AUTHOR_NAMES = (
    "dc.creator", "dcterms.creator", "author", "article:author", "parsely-author", "sailthru.author", "byl",
    "citation_author", "weibo:article:author", "og:article:author", "dc.contributor",
)  # fmt: skip
_DATE_NAMES = (
    "pubdate", "article:published_time", "og:published_time", "og:release_date", "publishdate", "datepublished",
    "og:time", "weibo:article:create_at", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "citation_date",
    "publish-date", "publish_date", "publication_date", "date", "pub_date", "publishtime", "article.published",
    "displaydate", "og:pubdate", "cxenseparse:recs:publishtime", "article_date_original", "apub:time", "created",
    "date.created", "gentime", "originalpublicationdate", "article:modified_time", "og:updated_time", "lastmod",
)  # fmt: skip
_SITE_NAMES = (
    "og:site_name",
    "sitename",
    "application-name",
    "al:android:app_name",
    "dc.publisher",
)
_DATED = re.compile(
    r"发布|发表|时间|日期|更新|刊登|来源|张贴|发帖|於|于|[Pp]ublished|[Pp]osted|PUBLISHED|[Uu]pdated|[Dd]ate"
)
_DATE_CLASS = re.compile(r"date|time|publish|posted|meta|info|source", re.I)
_NOT_DATED = re.compile(
    r"copyright|©|版权|备案|ICP|登录|注册|今天[是：:]|现在是|当前(?:时间|日期)|(?:建立|创建|成立|开通|截止|截至)[于到：:]?",
    re.I,
)
# So many days in boxes of one name are those of a list.
_LISTED = 2
_AGE = re.compile(r"(?:^|[\s_-])(?:age|date|time(?:stamp)?|posted)(?:$|[\s_-])", re.I)
_MAX_DATE_LINE = 160


@dataclass(slots=True)
class Metadata:
    """Each field "" where the page does not say."""

    title: str = ""
    author: str = ""
    published: str = ""
    site: str = ""
    keywords: str = ""


@dataclass(slots=True)
class _Dated:
    """A block with a date, and how much speaks for its being the page's."""

    block: Block
    found: str
    score: float

    @property
    def box(self) -> str:
        return f"{self.block.element.tag} {self.block.element.attr('class')}"


def meta_values(page: Page) -> dict[str, str]:
    """Content by lower-case name or property; the first that is not empty counts."""
    values: dict[str, str] = {}
    for attrs in page.metas[:400]:
        content = clean(attrs.get("content") or "")
        for key in ("name", "property", "itemprop", "http-equiv"):
            name = "".join((attrs.get(key) or "").lower().split())
            if name and content:
                values.setdefault(name, content)
    return values


def read_metadata(
    page: Page, metas: dict[str, str], url: str, bounds: tuple[int, int], policy: Policy | None
) -> Metadata:
    """The metadata; `bounds` are the first block of the article and the one after its last."""
    linked = read_linked(page.linked_data)
    site = _site(metas, linked, url)
    author = _first(metas, _AUTHOR_NAMES)
    if author.startswith("http"):
        author = ""
    return Metadata(
        title=choose_title(page, _first(metas, _TITLE_NAMES), linked.title, site),
        author=choose_author(page, linked.author or author, *bounds),
        published=_said(metas, linked, url)
        or _marked_up(page)
        or _seen(page, url, bounds, policy or Policy())
        or _guessed(page, metas),
        site=site,
        keywords=metas.get("keywords") or metas.get("news_keywords") or linked.keywords,
    )


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _site(metas: dict[str, str], linked: LinkedArticle, url: str) -> str:
    given = _first(metas, _SITE_NAMES) or linked.site
    if given:
        return given
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _said(metas: dict[str, str], linked: LinkedArticle, url: str) -> str:
    named = (parse_compact(metas.get(name, "")) for name in _DATE_NAMES[:-3])
    return local_day(parse_compact(linked.published) or next(filter(None, named), ""), url)


def _seen(page: Page, url: str, bounds: tuple[int, int], policy: Policy) -> str:
    """The day by the text, else in the address; the day of a signature goes before those it speaks of."""
    first, last = bounds
    end = last + 15
    signed = policy.written or read_signature(
        block for block in page.blocks[first:last] if block.kept
    )
    if signed:
        texts = range(first, last)
        end = next((n for n in texts if is_sentence(page.blocks[n].text)), last)
    return (
        _visible(page.blocks[max(first - 80, 0) : end], first, last)
        or policy.issued
        or url_date(url)
        or signed
    )


def _guessed(page: Page, metas: dict[str, str]) -> str:
    return (
        _marked_around(page)
        or url_date(metas.get("og:image", ""))
        or next(filter(None, (parse_compact(metas.get(name, "")) for name in _DATE_NAMES[-3:])), "")
    )


def _marked_up(page: Page) -> str:
    for element in page.elements:
        attrs = element.attrs
        if element.is_around or not attrs:
            continue
        if attrs.get("itemprop") == "datePublished" or "pubdate" in attrs:
            found = parse_compact(element.attr("content") or element.attr("datetime"))
            if found:
                return found
    times = [e for e in page.elements if e.tag == "time" and not e.is_around]
    return next(filter(None, (parse_compact(e.attr("datetime")) for e in times[:5])), "")


def _marked_around(page: Page) -> str:
    """The first moment that is marked up anywhere: in <time>, or as the title of an age."""
    marked = (
        e.attr("datetime") if e.tag == "time" else e.attr("title")
        for e in page.elements
        if e.tag == "time" or (e.tag == "span" and _AGE.search(e.attr("class")))
    )
    return next(filter(None, map(parse_compact, marked)), "")


def _visible(blocks: list[Block], first: int, last: int) -> str:
    """The date that stands by the article's head, or, failing that, at its end."""
    dates: list[_Dated] = []
    for block in blocks:
        if block.chars > _MAX_DATE_LINE or block.element.hidden or not block.chars:
            continue
        text = block.text
        found = parse_moment(text)
        if found and not _NOT_DATED.search(text):
            dates.append(_Dated(block, found, _date_score(block, text, found, (first, last))))
    dates = [dated for dated in dates if dated.score > 0]
    while dates:
        best = max(dates, key=lambda dated: dated.score)
        alike = [dated for dated in dates if dated.box == best.box]
        if len({dated.found[:10] for dated in alike}) < _LISTED:
            return best.found
        # A list: of posts, the first of which is the page's, or, below the article, of others.
        if alike[0].block.index < last:
            return alike[0].found
        dates = [dated for dated in dates if dated.box != best.box]
    return ""


def _date_score(block: Block, text: str, found: str, bounds: tuple[int, int]) -> float:
    first, last = bounds
    score = 1.0 + ("T" in found) + 1.5 * bool(_DATED.search(text))
    names = block.element.attr("class") + " " + block.element.attr("id")
    score += bool(_DATE_CLASS.search(names))
    if block.link_chars * 2 > block.chars:
        score -= 2
    distance = first - block.index if block.index < first else block.index - first
    if block.index >= last:
        score -= 1
    return score - min(distance, 60) / 15
