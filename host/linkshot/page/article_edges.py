"""The lines at the article's head and foot that are about it, not of it.

Title, date and byline have their own fields; what stands as such a line before the first
paragraph, or as a labelled line behind the last, leaves the text. A date alone at the end stays:
it is how Chinese documents are signed.
"""

from __future__ import annotations

import re

from linkshot.page.article_tree import Block, Page
from linkshot.page.metadata_dates import parse_moment
from linkshot.page.metadata_title import fold

_LABELLED = re.compile(
    r"^[\[【（(]?(?:来\s?源|稿源|责任编辑|責任編輯|责\s?编|编辑|本文来源|原标题|发布于|发布时间|发布日期|更新时间|阅读|点击|浏览|字号|字体|分享"
    r"|打印|收藏|关键词|关键字|标签|文章关键词|平台声明|免责声明|特别声明|版权声明|声明|我要反馈|首赞|点赞|举报|扫一扫|相关链接|相关阅读|延伸阅读|上一篇|下一篇"
    r"|[Uu]pdated|[Pp]ublished|[Pp]osted|[Ff]iled under|[Tt]ags|[Ss]hare this|[Rr]ead more|[Cc]lose|[Aa]dvertisement)"
    r"(?:[\s:：\]】)）(（]|$)"
)
_BYLINE = re.compile(r"^(?:[Bb]y|BY)\s[A-Z].{2,60}$|^(?:作者|记者|文)\s*[/:：|]\s*\S{2,20}$")
# What follows is about other pages.
_OTHERS = re.compile(
    r"^(?:(?:[Ss]imilar|[Rr]elated|RELATED|SIMILAR|[Rr]ecommended|[Tt]rending|[Mm]ost read|MOST READ|[Pp]opular)\b"
    r"|[Yy]ou (?:may|might) (?:also )?(?:like|be interested)|[Mm]ore (?:from|stories|news)\b|[Rr]ead (?:next|also)\b"
    r"|(?:相关|延伸|推荐|扩展|精彩)(?:阅读|新闻|文章|链接|报道|专题|推荐)|猜你喜欢|热门(?:推荐|文章|新闻)|为您推荐|您可能(?:也)?(?:感兴趣|喜欢))"
)
_MAX_OTHERS, _MAX_TEASER = 30, 150
_MAX_LINE = 80
_PARAGRAPH = 45
_ADDRESSEE = 12
_MAX_HEAD = 12
_MAX_FOOT = 8
_REPEATED = 60
# What an author repeats stands in these; what a page's machinery repeats, in boxes.
_AUTHORED = frozenset(("p", "pre", "td", "li", "blockquote"))


def trim_edges(page: Page, title: str) -> None:
    """Unkeep such lines, and whole repetitions of long ones in boxes (a gallery's captions)."""
    kept = [block for block in page.blocks if block.kept and block.chars]
    paragraph = next((i for i, b in enumerate(kept) if _is_sentence(b)), 0)
    for block in kept[: min(paragraph, _MAX_HEAD)]:
        if _is_info(block) or _is_dateline(block) or _repeats_title(block, title):
            block.kept = False
    _drop_others(kept)
    for block in reversed(kept[max(len(kept) - _MAX_FOOT, paragraph + 1) :]):
        if _is_info(block):
            block.kept = False
    seen: set[str] = set()
    for block in kept:
        if block.chars >= _REPEATED and block.element.tag not in _AUTHORED:
            block.kept = block.kept and block.text not in seen
            seen.add(block.text)


def _drop_others(kept: list[Block]) -> None:
    """Unkeep what follows a heading such as "Related articles" where it is the smaller part."""
    total = sum(block.chars for block in kept)
    rest = 0
    for index in range(len(kept) - 1, -1, -1):
        rest += kept[index].chars
        if rest * 2 > total or kept[index].chars > _MAX_TEASER:
            return
        if kept[index].chars <= _MAX_OTHERS and _OTHERS.match(kept[index].text):
            for block in kept[index:]:
                block.kept = False


def _is_sentence(block: Block) -> bool:
    """Does the text proper begin here? An official letter's does with whom it is to, and a colon."""
    if block.chars < _PARAGRAPH and (
        block.chars < _ADDRESSEE or block.text[-1] not in "。：:" or block.element.tag[0] == "h"
    ):
        return False
    return not _is_info(block)


def _is_info(block: Block) -> bool:
    text = block.text
    if block.chars > _MAX_LINE:
        return False
    return bool(_LABELLED.match(text) or _BYLINE.match(text))


def _is_dateline(block: Block) -> bool:
    return (
        block.chars <= _MAX_LINE
        and bool(parse_moment(block.text))
        and block.text[-1:] not in "。.!?"
    )


def _repeats_title(block: Block, title: str) -> bool:
    return block.element.tag in ("h1", "h2") and fold(block.text) == fold(title)
