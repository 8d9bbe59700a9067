"""The card of a Chinese authority's document, from its information table, its meta names and text.

Sites of authorities show 索引号, 发文字号 and so on as label and value, in a table, a list or a line
(the national standard for government sites, GB/T 19488.1, names them), and repeat some as meta.
"""

from __future__ import annotations

import re

from linkshot.page.article_tree import Block, Element, Page
from linkshot.page.metadata_dates import parse_moment
from linkshot.page.policy_signature import read_signature
from linkshot.page.reading import Policy

_LABELS = {
    "index_number": "索引号|索引|信息索引号|信息索引",
    "doc_number": "发文字号|文号|文件编号|发文文号|公文文号|文件字号|字号|公文字号",
    "office": "发文机关|发文机构|发布机构|发布机关|制发机关|发文单位|发布单位|公开主体|信息来源|制定机关|公开责任部门|信息提供单位",
    "topic": "主题分类|信息分类|公开分类|主题类别|分类|信息类别|体裁分类",
    "written": "成文日期|成文时间|生成日期|印发日期|签发日期|发文日期|发文时间|制发日期",
    "issued": "发布日期|公开日期|发布时间|公开时间|公布日期",
    "validity": "有效性|效力状态|是否有效|时效性|有效状态|文件状态|信息有效性|效力",
    "title": "标题|名称|信息名称|文件名称|公文名称",
    "": "主题词|体裁|公文种类|组配分类|关键词|语种|失效日期|生效日期|废止日期|统一编号|统一登记号|公开方式|内容概述|公开范围|有效期|实施日期|载体形式|信息格式|公开程序",
}
_FIELD = {label: field for field, labels in _LABELS.items() for label in labels.split("|")}
_SPACED = "|".join(r"[\s　]*".join(label) for label in sorted(_FIELD, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?:^|(?<=[\s　|\[【;；]))[\[【]?(?P<label>{_SPACED})[\s　]*[\]】]?[\s　]*[:：]"
)
_COLON = re.compile("[:：]")
_BARE = re.compile(rf"^[\[【]?[\s　]*(?P<label>{_SPACED})[\s　]*[\]】]?$")
_YEAR_OPEN, _YEAR_CLOSE = "〔﹝［\\[【（(〈<", "〕﹞］\\]】）)〉>"
_NUMBER = re.compile(
    rf"(?P<code>[\u4e00-\u9fff]{{1,14}})[\s　]*[{_YEAR_OPEN}]\s*(?P<year>(?:19|20)\d\d)\s*年?\s*[{_YEAR_CLOSE}]"
    r"[\s　]*(?:第)?\s*(?P<number>\d{1,5}(?:-\d{1,3})?)\s*号"
)
_ORDER = re.compile(
    r"^(?P<code>[\u4e00-\u9fff（）]{0,24}(?:令|公告))[\s　]*(?P<rest>(?:(?:19|20)\d\d年)?第?\s*[\d一二三四五六七八九十百〇零]{1,6}\s*号)$"
)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_MAX_PAIR = 240
_MAX_TABLE = 1200
_FIRST_LINES = 14
_META = {
    "index_number": ("indexnumber", "index_number", "idxid"),
    "doc_number": ("docnumber", "fileno", "filenum", "documentnumber", "wenhao"),
    "office": ("puborg", "publisher_org", "fwjg"),
    "topic": ("classification", "ztfl"),
    "written": ("writtendate", "cwrq"),
}


def read_policy(page: Page, metas: dict[str, str]) -> tuple[Policy | None, str, list[Element]]:
    """The card, or None; the title the table gives; and the elements that hold the table."""
    pairs, blocks = _pairs(page)
    for field, names in _META.items():
        value = next((metas[name] for name in names if metas.get(name)), "")
        if value and not pairs.get(field):
            pairs[field] = value
    table = {id(block) for block in blocks}
    text = [block for block in page.blocks if block.kept and id(block) not in table]
    number = normal_number(pairs.get("doc_number", "")) or _number_in_text(text)
    is_card = (
        bool(pairs.get("index_number"))
        or bool(number)
        or (bool(pairs.get("office")) and bool(pairs.get("written") or pairs.get("topic")))
    )
    if not is_card:
        return None, "", []
    policy = Policy(
        doc_number=number,
        index_number=_value(pairs, "index_number"),
        office=_value(pairs, "office"),
        topic=_value(pairs, "topic"),
        written=parse_moment(pairs.get("written", "")) or read_signature(text),
        issued=parse_moment(pairs.get("issued", "") or metas.get("pubdate", "")),
        validity=_value(pairs, "validity"),
    )
    return policy, _value(pairs, "title"), _tables(page, blocks)


def normal_number(text: str) -> str:
    """A document number in its standard form, 渝府办发〔2021〕149号; "" where `text` is none."""
    text = "".join(text.translate(_DIGITS).split())
    found = _NUMBER.search(text)
    if found:
        return f"{found['code']}〔{found['year']}〕{found['number']}号"
    order = _ORDER.match(text)
    return order.group(0) if order else ""


def _value(pairs: dict[str, str], field: str) -> str:
    return " ".join(pairs.get(field, "").split())[:200].strip(" \u3000:：;；")


def _pairs(page: Page) -> tuple[dict[str, str], list[Block]]:
    pairs: dict[str, str] = {}
    used: list[Block] = []
    followers = [*page.blocks[1:], None]
    for block, follower in zip(page.blocks, followers, strict=False):
        if block.chars > _MAX_PAIR or block.text.isascii():
            continue
        found = _in_block(block.text)
        if len(found) == 1 and not found[0][1] and follower is not None:
            found = [(found[0][0], _next_value(block, follower))]
            if found[0][1]:
                used.append(follower)
        if found:
            used.append(block)
        for field, value in found:
            if field and value:
                pairs.setdefault(field, value)
    return (pairs, used) if len(used) >= 2 else ({}, [])


def _in_block(text: str) -> list[tuple[str, str]]:
    marks = list(_LABEL.finditer(text)) if _COLON.search(text) else []
    if not marks:
        bare = _BARE.match(text)
        return [(_field(bare), "")] if bare else []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [
        (_field(mark), text[mark.end() : end].strip(" \u3000|[【;；"))
        for mark, end in zip(marks, ends, strict=True)
    ]


def _field(match: re.Match[str]) -> str:
    return _FIELD["".join(match["label"].split())]


def _next_value(label: Block, block: Block) -> str:
    """The text beside a label: in the same row, list or pair of elements."""
    if block.chars > _MAX_PAIR or not _are_beside(label.element, block.element):
        return ""
    return "" if _in_block(block.text) else block.text


def _are_beside(one: Element, other: Element) -> bool:
    if one.parent is other.parent or one is other.parent:
        return True
    cells = one.tag in ("td", "th") or other.tag in ("td", "th")
    above = (one.parent, one.parent.parent if one.parent else None)
    return not cells and other.parent is not None and other.parent.parent in above[1:]


def _number_in_text(text: list[Block]) -> str:
    """The number under the title: a line of its own among the first of the text."""
    for block in text[:_FIRST_LINES]:
        for line in block.lines:
            bare = line.strip("（）() \u3000")
            number = normal_number(bare) if len(bare) <= 40 else ""
            if number and len("".join(bare.split())) - len(number) <= 2:
                return number
    return ""


def _tables(page: Page, used: list[Block]) -> list[Element]:
    """The smallest elements that hold nearly nothing but the pairs."""
    if len(used) < 3:
        return []
    chars: dict[int, int] = {}
    holders: dict[int, Element] = {}
    for block in {id(block): block for block in used}.values():
        element: Element | None = block.element
        while element is not None:
            chars[id(element)] = chars.get(id(element), 0) + block.chars
            holders[id(element)] = element
            element = element.parent
    return [
        element
        for key, element in holders.items()
        if element.chars <= _MAX_TABLE and chars[key] * 2 > element.chars and element.parent
    ]
