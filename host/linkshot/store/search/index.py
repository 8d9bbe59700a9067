"""The index kept in step with the links, inside the transactions that change them.

A row of `link_index` has the link's id. `indexed` remembers what was indexed, as a contentless
index forgets a row only when told its very tokens again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from linkshot.page.reading import Policy, Reading
from linkshot.store.database import Database
from linkshot.store.reading_rows import read_text
from linkshot.store.search.folding import FOLD_VERSION
from linkshot.store.search.tokens import index_parts, index_text

_INSERT = """
    INSERT INTO link_index (rowid, text, title, url, note, doc, office, extra)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_DELETE = """
    INSERT INTO link_index (link_index, rowid, text, title, url, note, doc, office, extra)
    VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)
"""

_WANTED = """
    SELECT link.title, link.url, link.note, reading.tree_id, reading.fields
    FROM link
    LEFT JOIN reading ON reading.tree_id = (
        SELECT snapshot.tree_id
        FROM snapshot
        JOIN tree ON tree.id = snapshot.tree_id
        WHERE snapshot.link_id = link.id AND tree.reading_state = 'read'
        ORDER BY snapshot.captured_at DESC, snapshot.id DESC
        LIMIT 1
    )
    WHERE link.id = ? AND link.trashed_at IS NULL
"""


# Blocks of the index for each page written, and for each character: what it takes to keep pace.
_MERGED_A_PAGE = 4
_MERGED_A_CHARACTER = 0.015
# Five milliseconds' work, in which nobody else can write.
_MERGED_AT_ONCE = 64
# With as much of the index besides its largest piece, all is written anew as one: five times in all, whatever it grows to.
_MOST_BESIDES = 0.25


class Fields(msgspec.Struct, frozen=True, array_like=True):
    """The short fields of one indexed link, as written; what stands apart in lists."""

    title: list[str]
    url: str
    note: str
    doc: list[str] = []
    office: str = ""
    extra: list[str] = []


class Fresh(NamedTuple):
    """What a tree's page says, as it was just written."""

    tree_id: int
    reading: Reading


class _Indexed(NamedTuple):
    tree_id: int | None
    fields: Fields


def refresh_link(database: Database, link_id: int, fresh: Fresh | None = None) -> None:
    """Index the link as it is now; a link in the trash is not indexed.

    `fresh` is a reading that was written just now, so that it need not be read again.
    """
    wanted = _wanted(database, link_id, fresh)
    had = _indexed(database, link_id)
    if wanted == had:
        return
    if had is not None:
        _remove(database, link_id, had)
    if wanted is not None:
        _add(database, link_id, wanted, fresh)


def merge_index(database: Database, pages: int, characters: int = 0) -> None:
    """Merge as many of the index's pieces as writing so many pages, `characters` in all, adds to them.

    Without it each transaction would leave a piece of its own, which every search has to look into.
    """
    _merge(database, round(_MERGED_A_PAGE * pages + _MERGED_A_CHARACTER * characters))


def merge_further(database: Database) -> bool:
    """Merge a little more while nobody waits; whether there may be more to do.

    Pieces of like size are joined; then all of them, where the largest is not most of the index.
    """
    # https://www.sqlite.org/fts5.html#the_merge_command: below zero it begins with all pieces.
    return _merges(database, _MERGED_AT_ONCE) or (
        _is_in_parts(database) and _merges(database, -_MERGED_AT_ONCE)
    )


def _merges(database: Database, blocks: int) -> bool:
    """Whether there was anything to merge."""
    before: int = database.value("SELECT total_changes()")
    _merge(database, blocks)
    changed: int = database.value("SELECT total_changes()") - before
    # The command itself is the one.
    return changed >= 2


def _is_in_parts(database: Database) -> bool:
    """Whether the smaller pieces together are more than a part of the largest."""
    rows = database.rows("SELECT count(*) FROM link_index_idx GROUP BY segid ORDER BY 1 DESC")
    sizes: list[int] = [blocks for (blocks,) in rows]
    return sum(sizes[1:]) > sum(sizes[:1]) * _MOST_BESIDES


def _merge(database: Database, blocks: int) -> None:
    database.run("INSERT INTO link_index (link_index, rank) VALUES ('merge', ?)", (blocks,))


def forget_tree(database: Database, tree_id: int) -> list[int]:
    """Take the links that show this tree's text out of the index; their ids.

    To be called before a reading changes, with `refresh_link` for each afterwards.
    """
    rows = database.rows("SELECT link_id FROM indexed WHERE tree_id = ?", (tree_id,))
    for (link_id,) in rows:
        had = _indexed(database, link_id)
        if had is not None:
            _remove(database, link_id, had)
    return [link_id for (link_id,) in rows]


def stale_links(database: Database) -> Iterator[int]:
    """Links whose entry is missing, too much, or of other rows than it should be.

    Those that wait to be indexed (`waiting`) are left out.
    """
    rows = database.rows(
        """
        SELECT id FROM link
        UNION
        SELECT id FROM link_index_docsize
        EXCEPT
        SELECT link_id FROM index_waiting
        ORDER BY 1
        """
    )
    present = {row_id for (row_id,) in database.rows("SELECT id FROM link_index_docsize")}
    for (link_id,) in rows:
        had = _indexed(database, link_id)
        if had != _wanted(database, link_id) or (had is not None) != (link_id in present):
            yield link_id


def expected_sizes(database: Database, link_id: int) -> list[int]:
    """How many tokens each column of the link's entry should have."""
    had = _indexed(database, link_id)
    if had is None:
        return []
    return [len(str(column).split()) for column in _values(database, link_id, had)[1:]]


def _wanted(database: Database, link_id: int, fresh: Fresh | None = None) -> _Indexed | None:
    row = database.row(_WANTED, (link_id,))
    if row is None:
        return None
    title, url, note, tree_id, encoded = row
    if encoded is None:
        return _Indexed(None, Fields([title], url, note))
    if fresh is not None and fresh.tree_id == tree_id:
        reading = fresh.reading
    else:
        reading = msgspec.json.decode(encoded, type=Reading)
    policy = reading.policy or Policy()
    fields = Fields(
        title=[title, reading.title] if reading.title not in title else [title],
        url=url,
        note=note,
        doc=_written(policy.doc_number, policy.index_number),
        office=policy.office,
        extra=_written(reading.author, reading.site, policy.topic, *reading.keywords),
    )
    return _Indexed(tree_id, fields)


def _written(*parts: str) -> list[str]:
    return [part for part in parts if part]


def _indexed(database: Database, link_id: int) -> _Indexed | None:
    row = database.row("SELECT tree_id, fields FROM indexed WHERE link_id = ?", (link_id,))
    return _Indexed(row[0], msgspec.json.decode(row[1], type=Fields)) if row else None


def _values(
    database: Database, link_id: int, entry: _Indexed, fresh: Fresh | None = None
) -> list[object]:
    fields = entry.fields
    text = _text_of(database, entry.tree_id, fresh) if entry.tree_id is not None else ""
    return [
        link_id,
        index_text(text),
        index_parts(fields.title),
        index_text(fields.url),
        index_text(fields.note),
        index_parts(fields.doc),
        index_text(fields.office),
        index_parts(fields.extra),
    ]


def _text_of(database: Database, tree_id: int, fresh: Fresh | None) -> str:
    if fresh is not None and fresh.tree_id == tree_id:
        return fresh.reading.text
    return read_text(database, tree_id)


def _add(database: Database, link_id: int, entry: _Indexed, fresh: Fresh | None) -> None:
    database.run(_INSERT, _values(database, link_id, entry, fresh))
    database.run(
        "INSERT INTO indexed (link_id, tree_id, fields, fold_version) VALUES (?, ?, ?, ?)",
        (link_id, entry.tree_id, msgspec.json.encode(entry.fields).decode(), FOLD_VERSION),
    )


def _remove(database: Database, link_id: int, entry: _Indexed) -> None:
    database.run(_DELETE, _values(database, link_id, entry))
    sounds = database.value("DELETE FROM indexed WHERE link_id = ? RETURNING sounds", (link_id,))
    if sounds:
        database.run("DELETE FROM sound_index WHERE rowid = ?", (link_id,))
