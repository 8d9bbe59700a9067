"""What a page's JSON-LD says of its article (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MAX_NODES = 3000
_MAX_SCRIPT = 2_000_000
_ARTICLE = re.compile(
    r"Article|Posting|Report|WebPage|Question|Thesis|Book|Chapter|CreativeWork", re.I
)
_CONTROL = re.compile(r"[\x00-\x1f]")
# XHTML wraps scripts so, also behind a comment mark; the parser of HTML leaves it in the script.
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


@dataclass(slots=True)
class LinkedArticle:
    """Each field "" where the data does not say."""

    title: str = ""
    author: str = ""
    published: str = ""
    site: str = ""
    keywords: str = ""


def read_linked(scripts: list[str]) -> LinkedArticle:
    """The fields of the first article-like thing that has each of them."""
    found = LinkedArticle()
    nodes = [node for script in scripts[:20] for node in _nodes(script)]
    nodes = [node for node in nodes if _ARTICLE.search(_text(node.get("@type")))]
    nodes.sort(key=lambda node: "WebPage" in _text(node.get("@type")))
    by_id = {_text(n.get("@id")): n for s in scripts[:20] for n in _nodes(s) if n.get("@id")}
    for node in nodes:
        found.title = found.title or _text(node.get("headline"))
        found.author = found.author or _names(node.get("author") or node.get("creator"), by_id)
        found.published = found.published or _text(
            node.get("datePublished") or node.get("dateCreated")
        )
        found.site = found.site or _names(node.get("publisher"), by_id)
        found.keywords = found.keywords or _text(node.get("keywords"))
    return found


def _plain(script: str) -> str:
    text = _CONTROL.sub(" ", script).strip()
    if text.find(_CDATA, 0, 20) >= 0:
        text = text.partition(_CDATA)[2].rpartition(_CDATA_END)[0]
    return text.strip(" /*").removesuffix(";")


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(_plain(script[:_MAX_SCRIPT]))
    except (ValueError, RecursionError):
        return
    stack: list[Any] = [data]
    for _ in range(_MAX_NODES):
        if not stack:
            return
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(
                value for value in reversed(item.values()) if isinstance(value, dict | list)
            )
        elif isinstance(item, list):
            stack.extend(reversed(item))


def _text(value: object) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return ", ".join(
            filter(None, (_text(item) for item in value[:20] if isinstance(item, str)))
        )
    return ""


def _names(value: object, by_id: dict[str, dict[str, Any]]) -> str:
    if isinstance(value, list):
        names = [_names(item, by_id) for item in value[:20] if not isinstance(item, list)]
        return ", ".join(dict.fromkeys(filter(None, names)))
    if isinstance(value, dict):
        node = value if "name" in value else by_id.get(_text(value.get("@id")), value)
        return _text(node.get("name"))
    return _text(value)
