"""One change to the tree of tags: what was before and after, counts mended, facts for its undo.

Rows of tags are noted as they are written; of links what `give` and `take` changed is remembered.
Everything happens inside one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple, TypeVar

from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.tag_paths import last_level
from linkshot.store.tag_reach import (
    add_reach,
    count_own,
    json_ids,
    rebuild_reach,
    remove_reach,
    trashed_links,
)
from linkshot.store.tag_watch import ALIASES, RULE_TAGS, RULES, TAGS, Columns, changed_rows, watch

_Kind = TypeVar("_Kind")


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


class TagChange:
    """What one operation does to the tags.

    Once it is finished, `tags`, `aliases` and `rules` hold each row that it changed, as it was and as it
    became; None is a row that is not there. `rule_tags` holds pairs, True where one was made.
    """

    def __init__(self, database: Database) -> None:
        """Note from here on what is written."""
        self.database = database
        self.given: dict[int, set[int]] = {}
        self.taken: dict[int, set[int]] = {}
        self.tags: dict[int, tuple[TagState | None, TagState | None]] = {}
        self.aliases: dict[str, tuple[AliasState | None, AliasState | None]] = {}
        self.rules: dict[int, tuple[RuleState | None, RuleState | None]] = {}
        self.rule_tags: dict[tuple[int, int], bool] = {}
        watch(database)

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
        self._read_rows()
        self._mend_reach()
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
        return [
            tag_id
            for tag_id, (before, after) in self.tags.items()
            if _place(before) != _place(after)
        ]

    def links(self) -> set[int]:
        """Links whose own tags are others than before."""
        return set().union(*self.given.values(), *self.taken.values())

    def before(self, tag_id: int) -> TagState | None:
        """How a tag stood before the finished change."""
        found = self.tags.get(tag_id)
        return state_of(self.database, tag_id) if found is None else found[0]

    def _read_rows(self) -> None:
        tags = changed_rows(self.database, TAGS)
        self.tags = {key: (_row(_tag, was), _row(_tag, now)) for (key,), (was, now) in tags.items()}
        aliases = changed_rows(self.database, ALIASES)
        self.aliases = {
            key: (_row(AliasState, was), _row(AliasState, now))
            for (key,), (was, now) in aliases.items()
        }
        rules = changed_rows(self.database, RULES)
        self.rules = {
            key: (_row(RuleState, was), _row(RuleState, now))
            for (key,), (was, now) in rules.items()
        }
        pairs = changed_rows(self.database, RULE_TAGS)
        self.rule_tags = {
            (rule_id, tag_id): was is None for (rule_id, tag_id), (was, _) in pairs.items()
        }

    def _mend_reach(self) -> None:
        """Where tags moved, reach is worked out anew; else only for the links given and taken."""
        anew = self._under_other_tags()
        rebuild_reach(self.database, anew)
        trashed = trashed_links(self.database)
        more: dict[int, set[int]] = {}
        fewer: dict[int, set[int]] = {}
        for changed, reached, sign in ((self.given, more, 1), (self.taken, fewer, -1)):
            for tag_id, link_ids in changed.items():
                if not (shown := link_ids - trashed):
                    continue
                for over in self._at_and_above(tag_id) - anew:
                    reached[over] = reached[over] | shown if over in reached else shown
                if tag_id not in anew:
                    count_own(self.database, tag_id, sign * len(shown))
        for tag_id, link_ids in fewer.items():
            remove_reach(self.database, tag_id, link_ids - more.get(tag_id, set()))
        for tag_id, link_ids in more.items():
            add_reach(self.database, tag_id, link_ids)

    def _under_other_tags(self) -> set[int]:
        """Tags that have come to stand over a tag there was before, or no longer do."""
        anew: set[int] = set()
        for was, now in self.tags.values():
            if was is not None and now is not None and was.parent_id != now.parent_id:
                anew |= self._above(was, is_before=True) ^ self._above(now)
        return {tag_id for tag_id in anew if state_of(self.database, tag_id) is not None}

    def _at_and_above(self, tag_id: int) -> set[int]:
        """A tag and those above it, of those that are there."""
        state = state_of(self.database, tag_id)
        if state is not None:
            return {tag_id, *self._above(state)}
        over = self._above(self.before(tag_id), is_before=True)
        return {found for found in over if state_of(self.database, found) is not None}

    def _above(self, state: TagState | None, *, is_before: bool = False) -> set[int]:
        """All tags above one, as it stands or as it stood."""
        found: set[int] = set()
        while state is not None and state.parent_id is not None and state.parent_id not in found:
            over = state.parent_id
            found.add(over)
            state = self.before(over) if is_before else state_of(self.database, over)
        return found

    def _by_gain(self) -> dict[int, list[int]]:
        """Links by how many tags more or fewer they have than before."""
        gains = Counter(chain.from_iterable(self.given.values()))
        losses = Counter(chain.from_iterable(self.taken.values()))
        grouped: dict[int, list[int]] = {}
        for link_id in gains.keys() | losses.keys():
            gain = gains[link_id] - losses[link_id]
            if gain:
                grouped.setdefault(gain, []).append(link_id)
        return grouped


@contextmanager
def tag_change(library: Library) -> Iterator[TagChange]:
    """A change, inside one transaction, finished at its end."""
    with library.transaction():
        change = TagChange(library.database)
        yield change
        change.finish()


def state_of(database: Database, tag_id: int) -> TagState | None:
    """How a tag stands."""
    row = database.row("SELECT path, parent_id, color FROM tag WHERE id = ?", (tag_id,))
    return _row(_tag, row)


def all_states(database: Database) -> dict[int, TagState]:
    """How every tag stands."""
    rows = database.rows("SELECT id, path, parent_id, color FROM tag")
    return {tag_id: _tag(*columns) for tag_id, *columns in rows}


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


def _tag(path: str, parent_id: int | None, color: str | None) -> TagState:
    return TagState(last_level(path), parent_id, color, path)


def _row(kind: Callable[..., _Kind], columns: Columns) -> _Kind | None:
    return None if columns is None else kind(*columns)


def _place(state: TagState | None) -> tuple[str, int | None, str | None] | None:
    return None if state is None else state[:3]


def _note(
    done: dict[int, set[int]], undone: dict[int, set[int]], tag_id: int, link_ids: set[int]
) -> None:
    """What is done after its contrary is neither."""
    contrary = undone.get(tag_id, set())
    done.setdefault(tag_id, set()).update(link_ids - contrary)
    contrary -= link_ids
