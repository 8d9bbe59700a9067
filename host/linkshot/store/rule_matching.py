"""Which links meet a rule: the same question for the whole library as for one link just read."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from linkshot.store.database import Database
from linkshot.store.search.plan import match_words
from linkshot.store.search.query import Column, Words
from linkshot.store.tag_change import RuleState

# The fields a rule may ask for, and the index's column that holds each; None is a column of `link`.
FIELDS: dict[str, Column | None] = {
    "title": "title",
    "office": "office",
    "doc_number": "doc",
    "note": "note",
    "lang": None,
}

# Where the page itself says something; not its address, nor the person's note.
_OF_THE_PAGE = "{text title doc office extra}"


def matching_links(database: Database, rule: RuleState, link_id: int | None = None) -> set[int]:
    """The links, out of the trash, that meet all conditions; of one link, itself or nothing."""
    conditions, values = ["link.trashed_at IS NULL"], list[object]()
    if link_id is not None:
        conditions.append("link.id = ?")
        values.append(link_id)
    if rule.site:
        conditions.append("(link.site = ? OR substr(link.site, -?) = ?)")
        values += [rule.site, len(rule.site) + 1, f".{rule.site}"]
    if rule.field == "lang":
        conditions.append("(lower(link.lang) = ? OR lower(link.lang) LIKE ? || '-%')")
        values += [rule.value.casefold()] * 2
    expression = _text_condition(rule)
    tables = "link"
    if expression:
        tables = "link_index CROSS JOIN link ON link.id = link_index.rowid"
        conditions.append("link_index MATCH ?")
        values.append(expression)
        if link_id is not None:
            conditions.append("link_index.rowid = ?")
            values.append(link_id)
    rows = database.rows(
        f"SELECT link.id, link.url FROM {tables} WHERE {' AND '.join(conditions)}",  # noqa: S608 - our own clauses
        values,
    )
    fits = _path_pattern(rule.path)
    return {found for found, url in rows if fits.match(_path_of(url))}


def _text_condition(rule: RuleState) -> str:
    parts = []
    if rule.text:
        words = match_words(Words(rule.text, quoted=True, whole=True))
        parts.append(f"{_OF_THE_PAGE} : {words}")
    column = FIELDS.get(rule.field)
    if column is not None:
        parts.append(match_words(Words(rule.value, column, quoted=True, whole=True)))
    return " AND ".join(f"({part})" for part in parts)


def _path_pattern(path: str) -> re.Pattern[str]:
    """A pattern for the beginning of a path; with `*` for the whole of it."""
    pieces = [re.escape(piece) for piece in unquote(path).split("*")]
    if len(pieces) == 1:
        return re.compile(pieces[0])
    return re.compile(".*".join(pieces) + r"\Z", re.DOTALL)


def _path_of(url: str) -> str:
    parts = urlsplit(url)
    return unquote(parts.path + (f"?{parts.query}" if parts.query else ""))
