"""Links found, as what a search answers: their rows, their tags, the passage that has the words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import msgspec

from linkshot.store.database import Database
from linkshot.store.moments import from_micros
from linkshot.store.reading_rows import unpacked_text
from linkshot.store.records import SearchHit
from linkshot.store.search.first import COLUMN_WEIGHTS, TITLE_WORTH, Page, Scored, best_of
from linkshot.store.search.index import Fields
from linkshot.store.search.query import Words
from linkshot.store.search.snippets import Marker
from linkshot.store.tag_paths import ancestors
from linkshot.store.tag_rows import tags_of

# bm25's two numbers, as FTS5 has them.
_SATURATION = 1.2
_LENGTH_SHARE = 0.75


class _Link(NamedTuple):
    """What is read of a link that was found."""

    link_id: int
    snapshot_id: int
    url: str
    title: str
    site: str
    starred: int
    last_captured_at: int
    note: str
    thumbnail: bytes | None
    dated_on: str
    fields: str
    text: str


def hits_of(
    database: Database,
    scored: Scored,
    words: Sequence[Words],
    *,
    has_all: bool,
    is_ranked: bool = True,
) -> list[SearchHit]:
    """One hit a link, in the order given; where that `is_ranked` not yet, by what their texts have."""
    if not scored:
        return []
    link_ids = [link_id for link_id, _ in scored]
    links = _read_links(database, link_ids)
    tags = tags_of(database, link_ids)
    marker = Marker(words)
    if not is_ranked:
        scored = best_of(_weighed(links.values(), marker), Page(len(links), 0))
    return [
        _hit(links[link_id], tags[link_id], marker, (score, has_all))
        for link_id, score in scored
        if link_id in links
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


def _read_links(database: Database, link_ids: Sequence[int]) -> dict[int, _Link]:
    marks = ",".join("?" * len(link_ids))
    rows = database.rows(
        f"""
        SELECT link.id, link.last_snapshot_id, link.url, link.title, link.site, link.starred,
            link.last_captured_at, link.note, thumbnail.sha256, link.dated_on, indexed.fields,
            reading.text
        FROM link
        LEFT JOIN indexed ON indexed.link_id = link.id
        LEFT JOIN reading ON reading.tree_id = indexed.tree_id
        LEFT JOIN snapshot ON snapshot.id = link.last_snapshot_id
        LEFT JOIN blob AS thumbnail ON thumbnail.id = snapshot.thumbnail_blob_id
        WHERE link.id IN ({marks})
        """,  # noqa: S608 - marks only
        link_ids,
    )
    return {
        row[0]: _Link._make((*row[:-1], unpacked_text(row[-1]) if row[-1] else "")) for row in rows
    }


def _weighed(links: Iterable[_Link], marker: Marker) -> Scored:
    """As bm25 weighs one text in a few links, without asking how many others have it."""
    links = list(links)
    usual = sum(len(link.text) for link in links) / max(len(links), 1) or 1
    scored: Scored = []
    for link in links:
        counts = _counts(link, marker)
        weight = sum(map(float.__mul__, COLUMN_WEIGHTS, counts))
        length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * len(link.text) / usual
        score = -weight * (_SATURATION + 1) / (weight + _SATURATION * length)
        in_title = len(counts) > 1 and (counts[1] or counts[4])
        scored.append((link.link_id, score - TITLE_WORTH if in_title else score))
    return scored


def _counts(link: _Link, marker: Marker) -> list[float]:
    """How often each column has the words; of the first alone where no other has them."""
    if not marker.may_be_in(link.fields):
        return [float(marker.count(link.text))]
    fields = msgspec.json.decode(link.fields, type=Fields)
    columns = (
        [link.text],
        fields.title,
        [fields.url],
        [fields.note],
        fields.doc,
        [fields.office],
        fields.extra,
    )
    return [float(sum(map(marker.count, parts))) for parts in columns]


def _hit(link: _Link, tags: list[str], marker: Marker, found: tuple[float, bool]) -> SearchHit:
    score, has_all = found
    said = [text for text in (link.text, link.note) if text]
    return SearchHit(
        link_id=link.link_id,
        snapshot_id=link.snapshot_id,
        url=link.url,
        title=link.title,
        marked_title=marker.whole(link.title),
        tags=tags,
        # The title is shown by itself; it stands in only for a page that has not been read.
        snippet=marker.snippet(said or [link.title]),
        score=round(-score, 4),
        has_all=has_all,
        site=link.site,
        starred=bool(link.starred),
        last_captured_at=from_micros(link.last_captured_at),
        dated_on=link.dated_on,
        thumbnail=bytes(link.thumbnail).hex() if link.thumbnail else None,
    )
