"""Tags that a page may want, without any service: from the person's own tags and the page itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from linkshot.errors import InputError
from linkshot.page.reading import Policy
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.records import SuggestedTag, TagReason
from linkshot.store.suggestion_evidence import (
    BaseRates,
    Shares,
    named,
    of_folder,
    of_like,
    of_site,
    together,
)
from linkshot.store.suggestion_page import SuggestFor, page_of
from linkshot.store.tag_names import fill_names
from linkshot.store.tag_paths import parse_tag
from linkshot.store.tag_rows import find_tag, tags_of

__all__ = ["SuggestFor", "suggest_for_page", "suggest_tags"]

# How far each kind of evidence is to be trusted.
_TRUST: dict[TagReason, float] = {"name": 0.6, "site": 0.5, "text": 0.9, "together": 0.4}
_FOLDER_TRUST = 0.7
_LEADING = 3
# What information tables give as a subject where there is none.
_SAYS_NOTHING = frozenset({"其他", "其它", "无", "综合", "其他类"})
# Between the levels of a classification; a slash stands within one, 农业、林业/水利.
_LEVEL_MARK = re.compile(r"[\\＼>＞]")
# What the page says of itself comes after all that the person's tags say with some weight.
_OWN_SCORES: dict[TagReason, float] = {"policy": 0.06, "keyword": 0.04}
_OWN_KEYWORDS = 4
_MAX_OWN_CHARACTERS = 24


def suggest_tags(
    library: Library, link_id: int, limit: int = 8, given: Sequence[str] = ()
) -> list[SuggestedTag]:
    """Tags for a link that it does not have yet, likeliest first; `given` are about to be put on it.

    Raises:
        LinkNotFound: no link has this id.
    """
    page = page_of(library, link_id)
    tags = [*tags_of(library.database, [link_id])[link_id], *given]
    return suggest_for_page(library, msgspec.structs.replace(page, tags=tags), limit)


def suggest_for_page(library: Library, page: SuggestFor, limit: int = 8) -> list[SuggestedTag]:
    """Tags for a page that need not be in the library; `page.tags` are not suggested again."""
    fill_names(library)
    database = library.database
    has = {find_tag(database, tag) for tag in page.tags} - {None}
    weighed, above = _Weighed(), BaseRates(database).above
    weighed.add("name", named(database, page), _TRUST["name"])
    weighed.add("site", above(of_site(database, page)), _TRUST["site"])
    weighed.add("site", above(of_folder(database, page)), _FOLDER_TRUST)
    weighed.add("text", above(of_like(database, page)), _TRUST["text"])
    leading = [*(tag_id for tag_id in has if tag_id), *weighed.best(_LEADING)]
    weighed.add("together", above(together(database, leading)), _TRUST["together"])
    own = _known(database, weighed, has, limit)
    return [*own, *_from_page(database, page, {*page.tags, *(tag.path for tag in own)})][:limit]


class _Weighed:
    """Evidence put together: each source leaves less doubt."""

    def __init__(self) -> None:
        self._doubt: dict[int, float] = {}
        self._reasons: dict[int, tuple[float, TagReason]] = {}

    def add(self, why: TagReason, shares: Shares, trust: float) -> None:
        for tag_id, share in shares.items():
            weight = min(share, 1.0) * trust
            self._doubt[tag_id] = self._doubt.get(tag_id, 1.0) * (1 - weight)
            self._reasons[tag_id] = max(self._reasons.get(tag_id, (0.0, why)), (weight, why))

    def best(self, count: int) -> list[int]:
        return sorted(self._doubt, key=lambda tag_id: (self._doubt[tag_id], tag_id))[:count]

    def score(self, tag_id: int) -> float:
        return 1 - self._doubt[tag_id]

    def why(self, tag_id: int) -> TagReason:
        return self._reasons[tag_id][1]


def _known(
    database: Database, weighed: _Weighed, has: set[int | None], limit: int
) -> list[SuggestedTag]:
    chosen: list[SuggestedTag] = []
    for tag_id in weighed.best(limit + len(has)):
        row = database.row("SELECT path, links FROM tag WHERE id = ?", (tag_id,))
        if row is None or tag_id in has:
            continue
        path, links = row
        score = round(weighed.score(tag_id), 4)
        chosen.append(SuggestedTag(path=path, links=links, why=weighed.why(tag_id), score=score))
    return chosen


def _from_page(database: Database, page: SuggestFor, known: set[str]) -> list[SuggestedTag]:
    """The page's own words, where no tag of the library means them."""
    policy = page.reading.policy or Policy()
    words: list[tuple[str, TagReason]] = [(policy.topic, "policy"), (policy.office, "policy")]
    words += [(word, "keyword") for word in page.reading.keywords[:_OWN_KEYWORDS]]
    found: dict[str, SuggestedTag] = {}
    for word, why in words:
        path = _as_path(word) if word == policy.topic else _as_tag(word)
        if path and path not in known | _SAYS_NOTHING and find_tag(database, path) is None:
            new = SuggestedTag(path=path, links=0, why=why, score=_OWN_SCORES[why])
            found.setdefault(path, new)
    return list(found.values())


def _as_path(topic: str) -> str:
    """A classification with its levels as a path; "" where one of them is no tag."""
    levels = [_as_tag(level) for level in _LEVEL_MARK.split(topic)]
    return "/".join(levels) if all(levels) else ""


def _as_tag(word: str) -> str:
    """A word as one level of a tag; "" where it would be none."""
    try:
        path = parse_tag(word.replace("/", "∕"))
    except InputError:
        return ""
    return path if len(path) <= _MAX_OWN_CHARACTERS else ""
