"""Tags that may be one: written nearly alike, or put on the same links. A refusal is for good, or till it is taken back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Literal, NamedTuple

from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.records import TagPair
from linkshot.store.search.folding import fold
from linkshot.store.tag_paths import last_level
from linkshot.store.tag_tree import existing

# One letter more, less or other is a slip only where enough letters agree.
_LATIN_LETTERS = 5
_OTHER_LETTERS = 4
_SAME_USE = 0.8
_USED_LINKS = 3
_MANY_ALIKE = 40
_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBERS = re.compile("[0-9一二三四五六七八九十百千零〇]+")


class _Tag(NamedTuple):
    tag_id: int
    path: str
    parent_id: int | None
    links: int
    links_below: int
    plain: str


class _Like(NamedTuple):
    first_id: int
    second_id: int
    why: Literal["form", "use"]
    score: float


def near_duplicates(library: Library, limit: int = 50) -> list[TagPair]:
    """Pairs of tags that may be one, surest first; pairs once refused are not among them."""
    database = library.database
    rows = database.rows("SELECT id, path, parent_id, links, links_below FROM tag ORDER BY id")
    tags = {
        tag_id: _Tag(tag_id, path, parent_id, links, links_below, _plain(path))
        for tag_id, path, parent_id, links, links_below in rows
    }
    refused = set(database.rows("SELECT first_id, second_id FROM tag_distinct"))
    best: dict[tuple[int, int], _Like] = {}
    for like in [*_by_form(tags.values()), *_by_use(database)]:
        key = (min(like[:2]), max(like[:2]))
        if key not in refused and not _is_above(tags[key[0]], tags[key[1]]):
            best.setdefault(key, like)
    ranked = sorted(best.values(), key=lambda like: (-like.score, like[:2]))
    return [_pair(database, tags, like) for like in ranked[:limit]]


def refuse_duplicate(library: Library, first: str, second: str) -> None:
    """Remember that two tags are not one, whatever they are called later.

    Raises:
        TagNotFound: one of the two.
    """
    with library.transaction():
        library.database.run(
            "INSERT INTO tag_distinct (first_id, second_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            _pair_ids(library, first, second),
        )


def offer_duplicate(library: Library, first: str, second: str) -> None:
    """Take a refusal back, so that the two are offered again where they are alike.

    Raises:
        TagNotFound: one of the two.
    """
    with library.transaction():
        library.database.run(
            "DELETE FROM tag_distinct WHERE first_id = ? AND second_id = ?",
            _pair_ids(library, first, second),
        )


def _pair_ids(library: Library, first: str, second: str) -> list[int]:
    return sorted(existing(library.database, path) for path in (first, second))


def _plain(path: str) -> str:
    """The tag's own name without what people write differently: case, width, 繁简, signs, plural."""
    plain = _NOT_LETTERS.sub("", fold(last_level(path))) or fold(last_level(path))
    return plain[:-1] if plain.isascii() and len(plain) > 3 and plain.endswith("s") else plain


def _by_form(tags: Collection[_Tag]) -> Iterator[_Like]:
    """Same plain name side by side, or one of the two at the top; or one slip between neighbours."""
    alike: dict[str, list[_Tag]] = {}
    for tag in tags:
        for key in {tag.plain, *_with_one_less(tag.plain)}:
            alike.setdefault(key, []).append(tag)
    for group in alike.values():
        for first, second in combinations(group[:_MANY_ALIKE], 2):
            is_near = first.parent_id == second.parent_id
            if first.plain == second.plain:
                if is_near or None in (first.parent_id, second.parent_id):
                    yield _Like(first.tag_id, second.tag_id, "form", 1.0 if is_near else 0.9)
            elif is_near and _is_slip(first.plain, second.plain):
                score = 1 - 1 / max(len(first.plain), len(second.plain))
                yield _Like(first.tag_id, second.tag_id, "form", round(score, 3))


def _with_one_less(name: str) -> list[str]:
    """The name without each of its letters in turn: names one slip apart share one of these."""
    if len(name) < (_LATIN_LETTERS if name.isascii() else _OTHER_LETTERS):
        return []
    return [name[:at] + name[at + 1 :] for at in range(len(name))]


def _is_slip(first: str, second: str) -> bool:
    """One letter more, less, other or two changed about; other numbers are other things."""
    if _NUMBERS.findall(first) != _NUMBERS.findall(second):
        return False
    start = next((at for at in range(min(len(first), len(second))) if first[at] != second[at]), -1)
    if start < 0:
        return abs(len(first) - len(second)) == 1
    one, other = first[start:], second[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


def _by_use(database: Database) -> Iterator[_Like]:
    """Tags whose links are nearly the same ones."""
    rows = database.rows(
        """
        SELECT first.id, second.id, count(*) * 1.0 / (first.links + second.links - count(*)) AS share
        FROM tag AS first
        JOIN link_tag AS one ON one.tag_id = first.id
        JOIN link_tag AS other ON other.link_id = one.link_id AND other.tag_id > one.tag_id
        JOIN tag AS second ON second.id = other.tag_id
        JOIN link ON link.id = one.link_id AND link.trashed_at IS NULL
        WHERE first.links >= ? AND second.links >= ?
            AND first.links * ? <= second.links AND second.links * ? <= first.links
        GROUP BY first.id, second.id
        HAVING share >= ?
        """,
        (_USED_LINKS, _USED_LINKS, _SAME_USE, _SAME_USE, _SAME_USE),
    )
    for first_id, second_id, share in rows:
        # Being used alike is a weaker sign than being written alike.
        yield _Like(first_id, second_id, "use", round(share * 0.9, 3))


def _is_above(first: _Tag, second: _Tag) -> bool:
    one, other = first.path + "/", second.path + "/"
    return one.startswith(other) or other.startswith(one)


def _pair(database: Database, tags: dict[int, _Tag], like: _Like) -> TagPair:
    first, second = tags[like.first_id], tags[like.second_id]
    target, source = sorted((first, second), key=lambda tag: (-tag.links_below, tag.tag_id))
    both: int = database.value(
        """
        SELECT count(*)
        FROM link_tag AS one
        JOIN link_tag AS other ON other.link_id = one.link_id
        JOIN link ON link.id = one.link_id AND link.trashed_at IS NULL
        WHERE one.tag_id = ? AND other.tag_id = ?
        """,
        (source.tag_id, target.tag_id),
    )
    return TagPair(
        source=source.path,
        target=target.path,
        why=like.why,
        score=like.score,
        source_links=source.links_below,
        target_links=target.links_below,
        both_links=both,
    )
