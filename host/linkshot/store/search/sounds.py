"""Titles and tags found by their sound: spelled out, or by the first letters of the syllables.

`xiangcun` and `xczx` find 乡村振兴. A text is never searched so: everything would sound alike. The
sounds of a title are written after its page was indexed, as the dictionary takes long to load.
"""

from __future__ import annotations

import re

import msgspec

from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.pinyin import initials, spelled, syllables
from linkshot.store.search.folding import fold
from linkshot.store.search.index import Fields
from linkshot.store.search.plan import match_words
from linkshot.store.search.query import And, Node, Words

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


def sounds_asked(node: Node) -> list[str]:
    """The words of a query that is nothing but letters; [] where it is anything else."""
    parts = node.nodes if isinstance(node, And) else (node,)
    asked: list[str] = []
    for part in parts:
        if not isinstance(part, Words) or part.column is not None or part.quoted:
            return []
        word = fold(part.text).replace(_SYLLABLE, "")
        if len(word) < MIN_LETTERS or not _LETTERS.fullmatch(word):
            return []
        asked.append(word)
    return asked


def find_by_sound(database: Database, node: Node) -> list[int]:
    """Links whose title or tags sound like the query and do not have it literally, newest first."""
    asked = sounds_asked(node)
    if not asked:
        return []
    found = set.intersection(*(_titles(database, word) | _tagged(database, word) for word in asked))
    if not found:
        return []
    parts = node.nodes if isinstance(node, And) else (node,)
    text = " AND ".join(match_words(part) for part in parts if isinstance(part, Words))
    rows = database.rows("SELECT rowid FROM link_index WHERE link_index MATCH ?", (text,))
    return sorted(found.difference(link_id for (link_id,) in rows), reverse=True)


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
