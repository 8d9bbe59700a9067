"""What speaks for a tag: each source of evidence as a share between 0 and 1 for each tag.

Every query is bounded, however large the library: the newest links of a site, of a folder, with a term.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence

from linkshot.store.database import Database
from linkshot.store.search.folding import fold
from linkshot.store.suggestion_page import SuggestFor, folder_of, headline, like_terms, names_in

Shares = dict[int, float]

_NEWEST = 200
_LINKS_A_TERM = 150
_TERMS = 40
_LIKE_LINKS = 25
_AT_ONCE = 500
# As many links without a tag are taken to be there: in a small library each tag looks common.
_UNSURE_LINKS = 20


class BaseRates:
    """How common each tag is: what any link has by chance speaks for no page."""

    def __init__(self, database: Database) -> None:
        """Count the links that have tags at all."""
        self._database = database
        self._links: int = database.value(
            "SELECT count(*) FROM link WHERE trashed_at IS NULL AND tag_count > 0"
        )

    def above(self, shares: Shares) -> Shares:
        """The part of each share that is over what chance gives; a few links are no measure of that."""
        rows = self._database.rows(
            "SELECT id, links FROM tag WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(shares)),),
        )
        over = {
            tag_id: shares[tag_id] - links / (self._links + _UNSURE_LINKS) for tag_id, links in rows
        }
        return {tag_id: share for tag_id, share in over.items() if share > 0}


def named(database: Database, page: SuggestFor) -> Shares:
    """Tags whose own name, or an alias, is in the title, the keywords or the first lines."""
    shares: Shares = {}
    pieces: dict[str, float] = {}
    for piece in names_in(fold(page.reading.text)):
        pieces[piece] = 0.4
    for text in headline(page):
        pieces.update(dict.fromkeys(names_in(text), 0.8))
        pieces[text] = 1.0
    names = list(pieces)
    for start in range(0, len(names), _AT_ONCE):
        part = names[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        rows = database.rows(
            f"""
            SELECT id, name_key FROM tag WHERE name_key IN ({marks})
            UNION ALL
            SELECT tag_id, name_key FROM tag_alias WHERE name_key IN ({marks})
            """,  # noqa: S608 - marks only
            [*part, *part],
        )
        for tag_id, name in rows:
            shares[tag_id] = max(shares.get(tag_id, 0.0), pieces[name])
    return shares


def of_site(database: Database, page: SuggestFor) -> Shares:
    """Tags of the site's newest links; files are of no site."""
    if not page.site:
        return {}
    return _shares(
        database,
        """
        SELECT id
        FROM link
        WHERE trashed_at IS NULL AND site = ? AND id <> ?
        ORDER BY last_captured_at DESC
        LIMIT ?
        """,
        (page.site, page.link_id or 0, _NEWEST),
    )


def of_folder(database: Database, page: SuggestFor) -> Shares:
    """Tags of links in the same folder of the site."""
    folder = folder_of(page.url)
    if not folder:
        return {}
    return _shares(
        database,
        "SELECT id FROM link WHERE url >= ? AND url < ? AND trashed_at IS NULL AND id <> ? LIMIT ?",
        (folder, folder[:-1] + chr(ord("/") + 1), page.link_id or 0, _NEWEST),
    )


def of_like(database: Database, page: SuggestFor) -> Shares:
    """Tags of the pages that share the page's rarest words."""
    scores: dict[int, float] = {}
    last: int = database.value("SELECT coalesce(max(id), 0) FROM link")
    for term in list(like_terms(page))[:_TERMS]:
        found = [
            link_id
            for (link_id,) in database.rows(
                "SELECT rowid FROM link_index WHERE link_index MATCH ? ORDER BY rowid DESC LIMIT ?",
                (term, _LINKS_A_TERM),
            )
        ]
        # Where there are more than were asked for, the newest tell how many there may be.
        seen = last - found[-1] + 1 if len(found) == _LINKS_A_TERM else last
        weight = math.log((seen + 1) / (len(found) + 1)) if found else 0.0
        for link_id in found:
            scores[link_id] = scores.get(link_id, 0.0) + weight
    scores.pop(page.link_id or 0, None)
    best = sorted(scores.items(), key=lambda item: (-item[1], -item[0]))[:_LIKE_LINKS]
    return _votes(database, [(link_id, score) for link_id, score in best if score > 0])


def together(database: Database, tag_ids: Iterable[int]) -> Shares:
    """Tags of the newest links that have one of these."""
    shares: Shares = {}
    for tag_id in tag_ids:
        found = _shares(
            database,
            "SELECT link_id FROM link_tag WHERE tag_id = ? ORDER BY link_id DESC LIMIT ?",
            (tag_id, _NEWEST),
        )
        for other, share in found.items():
            shares[other] = max(shares.get(other, 0.0), share)
    return shares


def _shares(database: Database, links: str, values: Sequence[object]) -> Shares:
    """For each tag, how many of the links have it; fewer links say less."""
    link_ids = [link_id for (link_id,) in database.rows(links, values)]
    return _votes(database, [(link_id, 1.0) for link_id in link_ids], unsure=1.0)


def _votes(database: Database, links: Sequence[tuple[int, float]], unsure: float = 0.0) -> Shares:
    if not links:
        return {}
    weights = {link_id: weight**2 for link_id, weight in links}
    marks = ",".join("?" * len(weights))
    rows = database.rows(
        f"SELECT link_id, tag_id FROM link_tag WHERE link_id IN ({marks})",  # noqa: S608 - marks only
        list(weights),
    )
    votes: dict[int, float] = {}
    for link_id, tag_id in rows:
        votes[tag_id] = votes.get(tag_id, 0.0) + weights[link_id]
    total = sum(weights[link_id] for link_id in {link_id for link_id, _ in rows}) + unsure
    return {tag_id: vote / total for tag_id, vote in votes.items()}
