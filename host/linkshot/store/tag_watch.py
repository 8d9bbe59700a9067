"""Rows of tags as they were before a change, noted by the database itself as they are written.

What a change costs then depends on what it changes, not on how many tags there are. The notes are
temporary tables of the connection, each row's first writing only; `watch` empties them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from linkshot.store.database import Database


class Watched(NamedTuple):
    """A table: what names its rows, and the columns that are noted."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def notes(self) -> str:
        """The temporary table."""
        return f"{self.table}_before"


TAGS = Watched("tag", ("id",), ("path", "parent_id", "color"))
ALIASES = Watched("tag_alias", ("alias_key",), ("alias", "tag_id"))
RULES = Watched("rule", ("id",), ("site", "path", "text", "field", "value", "is_on", "created_at"))
RULE_TAGS = Watched("rule_tag", ("rule_id", "tag_id"), ())
_ALL = (TAGS, ALIASES, RULES, RULE_TAGS)

Columns = tuple[Any, ...] | None


def watch(database: Database) -> None:
    """Note from here on what is written."""
    if database.row("SELECT 1 FROM temp.sqlite_master WHERE name = ?", (TAGS.notes,)) is None:
        for watched in _ALL:
            for statement in _statements(watched):
                database.run(statement)
    for watched in _ALL:
        database.run(f"DELETE FROM {watched.notes}")  # noqa: S608 - our own names


def changed_rows(
    database: Database, watched: Watched
) -> dict[tuple[Any, ...], tuple[Columns, Columns]]:
    """Rows written since `watch`, as they were and as they are; None is a row that is not there."""
    names = ", ".join(
        [f"{watched.notes}.{name}" for name in (*watched.key, "was_there", *watched.columns)]
        + [f"{watched.table}.{name}" for name in (watched.key[0], *watched.columns)]
    )
    rows = database.rows(
        f"""
        SELECT {names}
        FROM {watched.notes}
        LEFT JOIN {watched.table} USING ({", ".join(watched.key)})
        ORDER BY {", ".join(f"{watched.notes}.{name}" for name in watched.key)}
        """  # noqa: S608 - our own names
    )
    keys, count = len(watched.key), len(watched.columns)
    changed = {}
    for row in rows:
        was_there, is_there = row[keys], row[keys + count + 1] is not None
        before = row[keys + 1 : keys + 1 + count] if was_there else None
        after = row[keys + count + 2 :] if is_there else None
        if before != after:
            changed[row[:keys]] = (before, after)
    return changed


def _statements(watched: Watched) -> list[str]:
    """The table of notes and what fills it."""
    key = ", ".join(watched.key)
    every = (*watched.key, "was_there", *watched.columns)
    was = ", ".join([*(f"OLD.{name}" for name in watched.key), "1"])
    old = ", ".join([was, *(f"OLD.{name}" for name in watched.columns)])
    new = ", ".join([*(f"NEW.{name}" for name in watched.key), "0"])
    events = [
        ("made", "AFTER INSERT", "NEW", f"({key}, was_there) VALUES ({new})"),
        ("gone", "BEFORE DELETE", "OLD", f"({', '.join(every)}) VALUES ({old})"),
    ]
    if watched.columns:
        columns = ", ".join(watched.columns)
        events.append(("set", f"BEFORE UPDATE OF {columns}", "OLD", events[1][3]))
    return [
        f"CREATE TEMP TABLE {watched.notes} ({', '.join(every)}, PRIMARY KEY ({key}))",
        *(
            f"""
            CREATE TEMP TRIGGER {watched.table}_{name} {event} ON main.{watched.table}
            WHEN NOT EXISTS (
                SELECT 1
                FROM {watched.notes}
                WHERE {" AND ".join(f"{column} = {row}.{column}" for column in watched.key)}
            )
            BEGIN
                INSERT INTO {watched.notes} {values};
            END
            """  # noqa: S608 - our own names
            for name, event, row, values in events
        ),
    ]
