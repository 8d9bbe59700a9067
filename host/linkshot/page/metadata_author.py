"""Who wrote it: bylines in the page's text and names in its head."""

from __future__ import annotations

import re

from linkshot.page.article_tree import Block, Page

_HAN = r"[\u4e00-\u9fff·]"
_STOP = (
    r"(?=$|[\s,，。;；|｜)）\]】/（(_\-]|发|于|责任|来|编|责|时间|日期|点击|阅读|浏览|摄|文|报道)"
)
# Latin or mixed pen names run to the next white space.
_NAME = rf"(?:{_HAN}{{2,4}}?(?:[ 、　]{{1,2}}(?!责|编|来源){_HAN}{{2,4}}?(?![:：])){{0,4}}{_STOP}(?:\s?\([A-Za-z .]{{3,40}}\))?|[^\s:：,，。;；|（(\[【]{{2,24}}(?:\s?\([A-Za-z .]{{3,40}}\))?)"
# What a reporter does, right after the word.
_VERB = r"(?:注意|了解|获悉|从|采访|发现|近日|看到|在|今|昨|日前|走|来|到|联系|就|会|调查|梳理|查|问|致电|表示|将|也)"
_PLACE = re.compile(r"[ 　][^ 　]{1,4}[省市县区州]$")
_AUTHOR = re.compile(
    rf"(?:本文作者|文章作者|原作者|作\s{{0,4}}者|撰\s?文|撰稿人?|文字|发帖人|楼主|作者/编辑|筆者|撰文者?)\s*[:：]\s*(?P<name>{_NAME})"
)
_REPORTER = re.compile(
    rf"(?:^|[（(\s□■○◎●/／者]|讯|电|摄|社|报|网|闻|刊|台)(?:见习|实习|特约|本报|全媒体|首席)?记者\s*[:：]?\s?(?!{_VERB})(?P<name>{_HAN}{{2,4}}?(?:[ 、　]{{1,2}}{_HAN}{{2,4}}?){{0,4}})"
    r"(?=$|[\s,，。)）/／]|文|摄|报道|通讯员|实习)"
)
_EDITOR = re.compile(
    rf"(?:责任编辑|責任編輯|责\s{{0,2}}编|编辑|編輯|责编|[小]编)\s*[:：]\s*(?P<name>{_HAN}{{2,4}}|[^\s:：,，。;；|（(\[【)\]）】_]{{2,24}})"
)
_POSTED = re.compile(
    r"(?:由|帖由|贴由)\s*(?P<name>[^\s,，由]{2,20}?)\s*(?:于|張貼|张贴|发表|發表|发布|發佈|提供)"
    r"|(?P<name2>[^\s,，。]{2,20})\s+发表于\s*[:：]?\s*\d|(?:^|\d\s)by\s+(?P<name3>[\w.-]{2,20})(?:\s|$)"
)
_SIGNED = re.compile(
    rf"^[（(]\s*(?P<name>{_HAN}{{2,4}}(?:[ 　、]{{1,2}}{_HAN}{{2,4}}){{0,3}})\s*[)）]$"
)
_BY = re.compile(r"^(?:[Ww]ritten\s+)?(?:[Bb]y|BY)[:\s]\s*(?P<name>\S.{1,80})$")
_NOT_NAMES = re.compile(
    r"^(?:admin\w*|administrator|editor|webmaster|网站|管理员|佚名|未知作者|本站|互联网|网络|匿名|null|undefined|none|https?:.*|.*@.*\..*|\d+)$",
    re.I,
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|writer|auth)(?:[\s_-]?(?:name|link))?(?:$|[\s_-])|^(?:p-author|up-name)",
    re.I,
)
# A Chinese head often names the site, its software or an account number as the author.
_OFFICE = re.compile(
    r"(?:网|报|社|台|网络|公司|集团|频道|中心|政府|办公室|编辑部|财经|新闻|综合|网易|新浪|搜狐|腾讯|凤凰|百度|头条|在线|杂志|周刊)(?:$|[\s,，-])"
    r"|^[A-Za-z]?_?\d|\d{4,}|www\.|\.com|\.cn"
)
_MAX_LINE = 220
_TAIL_LINE = 60


def choose_author(page: Page, head_author: str, first: int, last: int) -> str:
    """The author: a named one in the text, the head's, a reporter, a byline, an editor, in that order.

    `first` and `last` bound the article's blocks.
    """
    head = clean_name(head_author)
    office = head if _is_office(head) else ""
    return (
        _search(page, _AUTHOR, first, last)
        or ("" if office else head)
        or _by_markup(page, first)
        or _search(page, _REPORTER, first, last)
        or _search(page, _POSTED, first, last)
        or _signature(page, first, last)
        or _search(page, _EDITOR, first, last)
        or office
    )


def _is_office(name: str) -> bool:
    """Is this the name of a paper, a site or an account rather than of a person?"""
    return bool(_OFFICE.search(name)) if name else False


def clean_name(text: str) -> str:
    """A name without "by", titles of office and stray marks; "" where it is not a name."""
    text = " ".join(text[:300].split()).strip(" ,;:|·-/")
    text = re.sub(
        r"^(?:[Bb]y|BY|[Aa]uthor|[Pp]osted by|[Ww]ritten by|作者|记者|文)[:：\s]+(?=\S)", "", text
    )
    text = re.sub(r"^(?:责任编辑|编辑)\s*[:：]\s*", "", text)
    text = _PLACE.sub("", text)
    return "" if len(text) > 120 or len(text) < 2 or _NOT_NAMES.match(text) else text


def _search(page: Page, pattern: re.Pattern[str], first: int, last: int) -> str:
    near = max(first - 60, 0)
    for block in page.blocks[near : last + 40]:
        if block.element.hidden:
            continue
        text = block.text
        if block.chars > _MAX_LINE:
            # A reporter is named at the start of the first paragraph or at the end of the last.
            if pattern is not _REPORTER or not first <= block.index < last:
                continue
            found = pattern.search(text[:80]) or pattern.search(text[-_TAIL_LINE:])
        else:
            found = pattern.search(text)
        if found:
            name = clean_name(next(filter(None, found.groupdict().values()), ""))
            if name:
                return name
    return ""


def _by_markup(page: Page, first: int) -> str:
    for block in page.blocks[: first + 30]:
        if block.chars > 100 or block.element.hidden:
            continue
        by = _BY.match(block.text)
        name = by.group("name") if by else block.text if _is_author_element(block) else ""
        if not name:
            continue
        name = clean_name(
            re.split(r"\s[|•·]\s|\s(?:on|for|in)\s|,?\s+(?:[A-Z][a-z]+ \d|\d{1,2} [A-Z])", name)[0]
        )
        if name and not re.search(r"\d{3}|[.!?。！？]$", name) and len(name.split()) <= 6:
            return name
    return ""


def _is_author_element(block: Block) -> bool:
    element = block.element
    for _ in range(3):
        attrs = element.attrs
        if attrs and (
            attrs.get("itemprop") == "author"
            or attrs.get("rel") == "author"
            or _CLASS.search(element.attr("class"))
        ):
            return True
        if element.parent is None:
            return False
        element = element.parent
    return False


def _signature(page: Page, first: int, last: int) -> str:
    for block in reversed(page.blocks[max(last - 6, first) : last + 3]):
        found = _SIGNED.match(block.text)
        if found:
            return found.group("name")
    return ""
