"""What a query's tree asks of the index, of the tags and of the links.

Tags are not in the text index, so that renaming one touches no text; a word is looked up among
their names when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from linkshot.page.urls import typed_site
from linkshot.store.database import Database
from linkshot.store.search.folding import fold
from linkshot.store.search.query import And, Filter, Node, Not, Or, Words
from linkshot.store.search.tokens import phrase_of, runs_of
from linkshot.store.tag_rows import find_tag

_STATES = {
    "starred": "link.starred = 1",
    "untagged": "link.tag_count = 0",
    # As the index `snapshot_missing` says it.
    "missing": """
        link.last_snapshot_id IN (
            SELECT id
            FROM snapshot
            WHERE json_array_length(CAST(receipt AS TEXT), '$.missing') > 0
        )
    """,
    "changed": """
        link.snapshots > 1
        AND EXISTS (
            SELECT 1
            FROM snapshot AS first
            JOIN snapshot AS other ON other.link_id = first.link_id AND other.tree_id <> first.tree_id
            WHERE first.link_id = link.id
        )
    """,
}
_MAX_NEAR = 5
# Three hundred queries of three keywords found the page meant better with 4 than with 2, 8, 12 or 30.
_NEAR_TOKENS = 4


def match_text(node: Node, *, tag_ids: dict[Words, list[int]]) -> str | None:
    """The node as one FTS5 expression; None where it is more than the text index can say."""
    if isinstance(node, Words):
        return None if tag_ids.get(node) else match_words(node)
    if isinstance(node, And):
        return _match_all(node, tag_ids)
    if isinstance(node, Or):
        parts = [match_text(part, tag_ids=tag_ids) for part in node.nodes]
        known = [part for part in parts if part is not None]
        return f"({' OR '.join(known)})" if len(known) == len(parts) else None
    return None


def match_words(words: Words, *, listed: bool = True) -> str:
    """A literal text as an FTS5 phrase; `listed` for the text index, not for the names of tags."""
    phrase = phrase_of(words.text, listed=listed, whole=words.whole)
    if phrase is None:
        return '""'
    text = f'"{" ".join(phrase.tokens)}"{" *" if phrase.is_prefix else ""}'
    return f"{words.column} : {text}" if words.column else text


def match_titles(node: Node) -> str:
    """What has all the wanted words in its title or document number; nothing else of the query."""
    words = dict.fromkeys(positive_words(node))
    return f"({{title doc}} : ({' AND '.join(map(match_words, words))}))"


def match_nearness(node: Node) -> str | None:
    """What has the wanted words near each other; None where there is nothing to be near to."""
    words = [word for word in dict.fromkeys(positive_words(node)) if word.column is None]
    # Whole words alone: gathering once more all that begin like them takes longer than the rest.
    phrases = [match_words(word).removesuffix(" *") for word in words]
    if not 2 <= len(phrases) <= _MAX_NEAR or isinstance(node, Or):
        return None
    return f"NEAR({' '.join(phrases)}, {_NEAR_TOKENS})"


def _match_all(node: And, tag_ids: dict[Words, list[int]]) -> str | None:
    wanted = [part for part in node.nodes if not isinstance(part, Not)]
    unwanted = [part.node for part in node.nodes if isinstance(part, Not)]
    if not wanted:
        return None
    positive = [match_text(part, tag_ids=tag_ids) for part in wanted]
    negative = [match_text(part, tag_ids=tag_ids) for part in unwanted]
    if None in positive or None in negative:
        return None
    text = " AND ".join(part for part in positive if part)
    for part in negative:
        text = f"({text}) NOT {part}"
    return f"({text})"


def positive_words(node: Node) -> Iterator[Words]:
    """The words that a hit may show."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, And | Or):
        for part in node.nodes:
            yield from positive_words(part)


def leaves(node: Node) -> Iterator[Words | Filter]:
    """Every word and filter, wanted or not."""
    if isinstance(node, Not):
        yield from leaves(node.node)
    elif isinstance(node, And | Or):
        for part in node.nodes:
            yield from leaves(part)
    else:
        yield node


def without_empty(node: Node) -> Node | None:
    """The tree without words that hold nothing the index knows (punctuation alone)."""
    if isinstance(node, Words):
        return node if phrase_of(node.text) else None
    if isinstance(node, Not):
        inner = without_empty(node.node)
        return Not(inner) if inner else None
    if isinstance(node, And | Or):
        kept = tuple(part for part in map(without_empty, node.nodes) if part)
        if len(kept) <= 1:
            return kept[0] if kept else None
        return type(node)(kept)
    return node


def tags_named(database: Database, node: Node) -> dict[Words, list[int]]:
    """For each word without a column, the tags whose own name or alias has it."""
    found: dict[Words, list[int]] = {}
    for words in set(leaves(node)):
        if isinstance(words, Words) and words.column is None:
            rows = database.rows(
                "SELECT DISTINCT tag_id FROM tag_index WHERE tag_index MATCH ?",
                (match_words(words, listed=False),),
            )
            if rows:
                found[words] = [tag_id for (tag_id,) in rows]
    return found


def tag_asked(database: Database, chosen: Filter) -> int | None:
    """The tag that a filter names, None where there is none of that name."""
    return find_tag(database, chosen.value.replace("／", "/").strip("/"))


def link_condition(database: Database, chosen: Filter) -> tuple[str, list[object]]:
    """A filter as a condition on `link`."""
    if chosen.kind == "tag":
        return (
            "link.id IN (SELECT link_id FROM tag_reach WHERE tag_id = ?)",
            [tag_asked(database, chosen) or 0],
        )
    if chosen.kind == "site":
        site = typed_site(chosen.value)
        return "(link.site = ? OR link.site LIKE ? ESCAPE '!')", [site, "%." + _escaped(site)]
    if chosen.kind == "lang":
        lang = chosen.value.casefold()
        return "(lower(link.lang) = ? OR lower(link.lang) LIKE ? ESCAPE '!')", [
            lang,
            _escaped(lang) + "-%",
        ]
    if chosen.kind in ("topic", "validity"):
        return _in_card(database, chosen)
    if chosen.kind == "is":
        return _STATES[chosen.value], []
    return _dated(chosen)


def _in_card(database: Database, chosen: Filter) -> tuple[str, list[object]]:
    """Whose policy card has the words, as literally as the index would have them."""
    column, wanted = chosen.kind, _plain(chosen.value)
    rows = database.rows(f"SELECT DISTINCT {column} FROM policy")  # noqa: S608 - one of our own columns
    said = [value for (value,) in rows if value and wanted in _plain(value)]
    return (
        f"link.id IN (SELECT link_id FROM policy WHERE {column} IN (SELECT value FROM json_each(?)))",  # noqa: S608 - one of our own columns
        [json.dumps(said)],
    )


def _plain(text: str) -> str:
    """Folded words with one space for whatever stands between them."""
    return " ".join(run.text for run in runs_of(fold(text)))


def _dated(chosen: Filter) -> tuple[str, list[object]]:
    period = chosen.period
    assert period is not None  # noqa: S101 - the parser gives every date its period
    if chosen.kind == "before":
        return "link.dated_on < ?", [period.start]
    if chosen.kind == "after":
        return "link.dated_on >= ?", [period.start]
    if chosen.kind in ("written", "issued"):
        return (
            f"link.id IN (SELECT link_id FROM policy WHERE {chosen.kind} >= ? AND {chosen.kind} < ?)",  # noqa: S608 - one of our own columns
            [period.start, period.end],
        )
    return "(link.dated_on >= ? AND link.dated_on < ?)", [period.start, period.end]


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
