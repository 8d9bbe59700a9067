"""Links found, as what a search answers: their rows, their tags, the passage that has the words."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from linkshot.store.database import Database
from linkshot.store.moments import from_micros
from linkshot.store.reading_rows import unpacked_text
from linkshot.store.records import SearchHit
from linkshot.store.search.first import Scored
from linkshot.store.search.query import Words
from linkshot.store.search.snippets import Marker
from linkshot.store.tag_paths import ancestors
from linkshot.store.tag_rows import tags_of


def hits_of(
    database: Database, scored: Scored, words: Sequence[Words], *, has_all: bool
) -> list[SearchHit]:
    """One hit a link, in the order given."""
    if not scored:
        return []
    link_ids = [link_id for link_id, _ in scored]
    rows = _link_rows(database, link_ids)
    tags = tags_of(database, link_ids)
    marker = Marker(words)
    return [
        _hit(rows[link_id], tags[link_id], marker, (score, has_all))
        for link_id, score in scored
        if link_id in rows
    ]


def mark_tags(
    database: Database, hits: Sequence[SearchHit], tag_ids: Collection[int]
) -> list[SearchHit]:
    """The hits, each with those of its tags that are among `tag_ids` or stand below one that is."""
    rows = database.rows(
        "SELECT path FROM tag WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(tag_ids)),),
    )
    named = {path for (path,) in rows}
    return [msgspec.structs.replace(hit, found_tags=_among(hit.tags, named)) for hit in hits]


def _among(tags: Sequence[str], named: set[str]) -> list[str]:
    return [tag for tag in tags if not named.isdisjoint((tag, *ancestors(tag)))]


def _link_rows(database: Database, link_ids: Sequence[int]) -> dict[int, Sequence[Any]]:
    marks = ",".join("?" * len(link_ids))
    rows = database.rows(
        f"""
        SELECT link.id, link.last_snapshot_id, link.url, link.title, link.site, link.starred,
            link.last_captured_at, link.note, reading.text, thumbnail.sha256, link.dated_on
        FROM link
        LEFT JOIN indexed ON indexed.link_id = link.id
        LEFT JOIN reading ON reading.tree_id = indexed.tree_id
        LEFT JOIN snapshot ON snapshot.id = link.last_snapshot_id
        LEFT JOIN blob AS thumbnail ON thumbnail.id = snapshot.thumbnail_blob_id
        WHERE link.id IN ({marks})
        """,  # noqa: S608 - marks only
        link_ids,
    )
    return {row[0]: row for row in rows}


def _hit(
    row: Sequence[Any], tags: list[str], marker: Marker, found: tuple[float, bool]
) -> SearchHit:
    text = unpacked_text(row[8]) if row[8] else ""
    score, has_all = found
    return SearchHit(
        link_id=row[0],
        snapshot_id=row[1],
        url=row[2],
        title=row[3],
        marked_title=marker.whole(row[3]),
        tags=tags,
        snippet=marker.snippet([text, row[7], row[3]]),
        score=round(-score, 4),
        has_all=has_all,
        site=row[4],
        starred=bool(row[5]),
        last_captured_at=from_micros(row[6]),
        dated_on=row[10],
        thumbnail=bytes(row[9]).hex() if row[9] else None,
    )
