"""One change to the tree of tags: what was before and after, counts mended, facts for its undo.

Tables are compared before and after; of links only what `give` and `take` changed is remembered, as
there are too many to compare. Everything happens inside one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

import msgspec

from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.tag_paths import last_level
from linkshot.store.tag_reach import json_ids, rebuild_reach


class TagState(NamedTuple):
    """Where a tag stands, and how it is shown."""

    name: str
    parent_id: int | None
    color: str | None
    path: str


class AliasState(NamedTuple):
    """An alias as written, and the tag it means."""

    alias: str
    tag_id: int


class RuleState(NamedTuple):
    """A rule's columns."""

    site: str
    path: str
    text: str
    field: str
    value: str
    is_on: int
    created_at: int


class State(msgspec.Struct, frozen=True):
    """All of the tags but their links."""

    tags: dict[int, TagState]
    aliases: dict[str, AliasState]
    rules: dict[int, RuleState]
    rule_tags: frozenset[tuple[int, int]]


class TagChange:
    """What one operation does to the tags; `after` is there once it is finished."""

    def __init__(self, database: Database) -> None:
        """Remember how everything stands."""
        self.database = database
        self.before = read_state(database)
        self.after = self.before
        self.given: dict[int, set[int]] = {}
        self.taken: dict[int, set[int]] = {}

    def give(self, tag_id: int, link_ids: Iterable[int]) -> None:
        """Give the tag to links; those that have it stay as they are."""
        new = set(link_ids) - links_with(self.database, tag_id)
        self.database.run(
            "INSERT INTO link_tag (link_id, tag_id) SELECT value, ? FROM json_each(?)",
            (tag_id, json_ids(new)),
        )
        _note(self.given, self.taken, tag_id, new)

    def take(self, tag_id: int, link_ids: Iterable[int] | None = None) -> set[int]:
        """Take the tag from links, or from all; those that had it."""
        every = links_with(self.database, tag_id)
        had = every if link_ids is None else every & set(link_ids)
        if had == every:
            self.database.run("DELETE FROM link_tag WHERE tag_id = ?", (tag_id,))
        else:
            self.database.run(
                """
                DELETE FROM link_tag
                WHERE tag_id = ? AND link_id IN (SELECT value FROM json_each(?))
                """,
                (tag_id, json_ids(had)),
            )
        _note(self.taken, self.given, tag_id, had)
        return had

    def finish(self) -> None:
        """Bring reach and counts in step with what was done."""
        self.after = read_state(self.database)
        rebuild_reach(self.database, self._affected())
        for more, link_ids in self._by_gain().items():
            self.database.run(
                """
                UPDATE link
                SET tag_count = tag_count + ?
                WHERE id IN (SELECT value FROM json_each(?))
                """,
                (more, json_ids(link_ids)),
            )

    def changed_tags(self) -> list[int]:
        """Tags made, gone, moved, renamed or coloured; not those that only moved along."""
        ids = self.before.tags.keys() | self.after.tags.keys()
        return sorted(
            tag_id
            for tag_id in ids
            if _place(self.before.tags.get(tag_id)) != _place(self.after.tags.get(tag_id))
        )

    def links(self) -> set[int]:
        """Links whose own tags are others than before."""
        return set().union(*self.given.values(), *self.taken.values())

    def _by_gain(self) -> dict[int, list[int]]:
        """Links by how many tags more or fewer they have than before."""
        gains = Counter(chain.from_iterable(self.given.values()))
        gains.subtract(chain.from_iterable(self.taken.values()))
        grouped: dict[int, list[int]] = {}
        for link_id, gain in gains.items():
            if gain:
                grouped.setdefault(gain, []).append(link_id)
        return grouped

    def _affected(self) -> set[int]:
        """Tags whose links, their own or below, may be others than before."""
        affected: set[int] = set()
        for tag_id in {*self.given, *self.taken}:
            for tags in (self.before.tags, self.after.tags):
                affected |= {tag_id, *above(tags, tag_id)}
        for tag_id in self.changed_tags():
            affected |= above(self.before.tags, tag_id) ^ above(self.after.tags, tag_id)
        return affected & self.after.tags.keys()


@contextmanager
def tag_change(library: Library) -> Iterator[TagChange]:
    """A change, inside one transaction, finished at its end."""
    with library.transaction():
        change = TagChange(library.database)
        yield change
        change.finish()


def read_state(database: Database) -> State:
    """How tags, aliases and rules stand."""
    tags = database.rows("SELECT id, path, parent_id, color FROM tag")
    aliases = database.rows("SELECT alias_key, alias, tag_id FROM tag_alias")
    rules = database.rows(f"SELECT id, {', '.join(RuleState._fields)} FROM rule")  # noqa: S608 - our own names
    rule_tags = database.rows("SELECT rule_id, tag_id FROM rule_tag")
    return State(
        tags={
            tag_id: TagState(last_level(path), parent_id, color, path)
            for tag_id, path, parent_id, color in tags
        },
        aliases={key: AliasState(alias, tag_id) for key, alias, tag_id in aliases},
        rules={rule_id: RuleState(*columns) for rule_id, *columns in rules},
        rule_tags=frozenset((rule_id, tag_id) for rule_id, tag_id in rule_tags),
    )


def links_with(database: Database, tag_id: int) -> set[int]:
    """The links that were given this very tag, also those in the trash."""
    rows = database.rows("SELECT link_id FROM link_tag WHERE tag_id = ?", (tag_id,))
    return {link_id for (link_id,) in rows}


def above(tags: dict[int, TagState], tag_id: int) -> set[int]:
    """All tags above one."""
    found: set[int] = set()
    state = tags.get(tag_id)
    while state is not None and state.parent_id is not None and state.parent_id not in found:
        found.add(state.parent_id)
        state = tags.get(state.parent_id)
    return found


def _place(state: TagState | None) -> tuple[str, int | None, str | None] | None:
    return None if state is None else state[:3]


def _note(
    done: dict[int, set[int]], undone: dict[int, set[int]], tag_id: int, link_ids: set[int]
) -> None:
    """What is done after its contrary is neither."""
    contrary = undone.get(tag_id, set())
    done.setdefault(tag_id, set()).update(link_ids - contrary)
    contrary -= link_ids
