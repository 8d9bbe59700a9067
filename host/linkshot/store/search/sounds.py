"""Titles and tags found by their sound: spelled out, or by the first letters of the syllables.

`xiangcun` and `xczx` find 乡村振兴. A text is never searched so: everything would sound alike. The
sounds of a title are written after its page was indexed, as the dictionary takes long to load.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.pinyin import initials, spelled, syllables
from linkshot.store.search.first import all_conditions, filters_and_words
from linkshot.store.search.folding import fold
from linkshot.store.search.index import Fields
from linkshot.store.search.plan import leaves, match_words, tag_asked
from linkshot.store.search.query import And, Filter, Node, Not, Or, Words

# With fewer letters, nearly every title has some syllable of them; the index begins at three, too.
MIN_LETTERS = 3
_LETTERS = re.compile(r"[a-z]+")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_SYLLABLE = "'"


def fill_sounds(library: Library, limit: int) -> int:
    """Write the sounds of up to `limit` titles that have none yet; how many were dealt with."""
    database = library.database
    if database.row("SELECT 1 FROM indexed WHERE sounds = 0 LIMIT 1") is None:
        return 0
    with library.transaction():
        rows = database.rows(
            "SELECT link_id, fields FROM indexed WHERE sounds = 0 LIMIT ?", (limit,)
        )
        for link_id, fields in rows:
            titles = msgspec.json.decode(fields, type=Fields).title
            text = fold(" ".join(titles))
            if _HAN.search(text):
                database.run(
                    "INSERT INTO sound_index (rowid, spelled, initials, syllables) VALUES (?, ?, ?, ?)",
                    (link_id, spelled(text), initials(text), syllables(text, _SYLLABLE)),
                )
        database.run_many(
            "UPDATE indexed SET sounds = 1 WHERE link_id = ?", [(row[0],) for row in rows]
        )
    return len(rows)


def find_by_sound(database: Database, node: Node, tag_ids: dict[Words, list[int]]) -> list[int]:
    """Links that have all of a query if its words may sound so in titles and tags; newest first.

    Those that have it as it is written are left out. What must not be there is never heard.
    """
    heard: dict[Node, set[int]] = {part: _heard(database, part) for part in set(_wanted(node))}
    # Whatever is found by sound alone is among these, and few: the rest is asked of them only.
    among = set[int]().union(*heard.values())
    if not among:
        return []
    parts = node.nodes if isinstance(node, And) else (node,)
    narrowing = [
        part for part in filters_and_words(node)[0] if not any(map(heard.get, _wanted(part)))
    ]
    among = _narrowed(database, among, narrowing)
    rest = And(tuple(part for part in parts if part not in narrowing))
    written = _Among(database, among, tag_ids)
    found = written.links(rest, heard) - written.links(rest, {})
    return sorted(found, reverse=True)


def unknown_tags(database: Database, node: Node) -> list[str]:
    """Tags that a query names and that there are not, not even by their sound."""
    asked = [part for part in leaves(node) if isinstance(part, Filter) and part.kind == "tag"]
    return [
        part.value
        for part in dict.fromkeys(asked)
        if tag_asked(database, part) is None and not _heard(database, part)
    ]


class _Among:
    """Which of some links answer the parts of a query."""

    def __init__(
        self, database: Database, among: set[int], tag_ids: dict[Words, list[int]]
    ) -> None:
        self._database = database
        self._among = among
        self._tag_ids = tag_ids
        self._written: dict[Node, set[int]] = {}

    def links(self, node: Node, heard: Mapping[Node, set[int]]) -> set[int]:
        if isinstance(node, And):
            return self._among.intersection(*(self.links(part, heard) for part in node.nodes))
        if isinstance(node, Or):
            return set[int]().union(*(self.links(part, heard) for part in node.nodes))
        if isinstance(node, Not):
            return self._among - self.links(node.node, {})
        if node not in self._written:
            self._written[node] = self._having(node)
        return self._written[node] | (heard.get(node, set()) & self._among)

    def _having(self, node: Words | Filter) -> set[int]:
        if isinstance(node, Filter):
            return _narrowed(self._database, self._among, [node])
        rows = self._database.rows(
            """
            SELECT rowid FROM link_index WHERE link_index MATCH ?
            UNION ALL
            SELECT link_id FROM tag_reach WHERE tag_id IN (SELECT value FROM json_each(?))
            """,
            (match_words(node), json.dumps(self._tag_ids.get(node, []))),
        )
        return self._among.intersection(link_id for (link_id,) in rows)


def _wanted(node: Node) -> Iterator[Words | Filter]:
    """What may be heard: plain words, words of the title, and tags."""
    if isinstance(node, And | Or):
        for part in node.nodes:
            yield from _wanted(part)
    elif isinstance(node, Words):
        if node.column in (None, "title") and not node.quoted:
            yield node
    elif isinstance(node, Filter) and node.kind == "tag":
        yield node


def _heard(database: Database, part: Words | Filter) -> set[int]:
    """The links whose title or tags sound like it."""
    word = fold(part.value if isinstance(part, Filter) else part.text).replace(_SYLLABLE, "")
    if len(word) < MIN_LETTERS or not _LETTERS.fullmatch(word):
        return set()
    if isinstance(part, Filter):
        return set() if tag_asked(database, part) else _tagged(database, word)
    titles = _titles(database, word)
    return titles if part.column else titles | _tagged(database, word)


def _narrowed(database: Database, link_ids: set[int], filters: Sequence[Node]) -> set[int]:
    if not filters or not link_ids:
        return link_ids
    condition, values = all_conditions(database, filters)
    rows = database.rows(
        f"""
        SELECT link.id
        FROM json_each(?) AS found
        CROSS JOIN link ON link.id = found.value
        WHERE {condition}
        """,  # noqa: S608 - our own clauses, values bound
        [json.dumps(sorted(link_ids)), *values],
    )
    return {link_id for (link_id,) in rows}


def _titles(database: Database, word: str) -> set[int]:
    rows = database.rows(
        "SELECT rowid, initials, syllables FROM sound_index WHERE sound_index MATCH ?",
        (f'"{word}"',),
    )
    # From the beginning of a syllable on, so that `can` does not find 但 (dan) behind an a.
    pattern = re.compile(f"(?<![^{_SYLLABLE}]){f'{_SYLLABLE}?'.join(word)}")
    return {
        link_id
        for link_id, letters, spelling in rows
        if word in letters or pattern.search(spelling)
    }


def _tagged(database: Database, word: str) -> set[int]:
    rows = database.rows(
        """
        WITH sounding (id) AS (
            SELECT id FROM tag WHERE substr(pinyin, 1, ?) = ? OR substr(initials, 1, ?) = ?
            UNION
            SELECT tag_id FROM tag_alias WHERE substr(pinyin, 1, ?) = ? OR substr(initials, 1, ?) = ?
        )
        SELECT DISTINCT tag_reach.link_id
        FROM sounding
        CROSS JOIN tag_reach ON tag_reach.tag_id = sounding.id
        """,
        [len(word), word] * 4,
    )
    return {link_id for (link_id,) in rows}
