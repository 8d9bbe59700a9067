"""Rules: links like this get these tags. Tried before they are switched on, and undone like any change."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from linkshot.errors import RuleFieldInvalid, RuleInvalid, RuleNotFound, RuleTooLong
from linkshot.page.urls import typed_site
from linkshot.store.database import Database
from linkshot.store.library import Library
from linkshot.store.links import get_link
from linkshot.store.moments import from_micros, now_micros
from linkshot.store.records import RuleRecord, RuleTrial
from linkshot.store.rule_matching import FIELDS, matching_links
from linkshot.store.tag_change import RuleState, TagChange
from linkshot.store.tag_paths import parse_tag
from linkshot.store.tag_rows import ensure_tag, find_tag, give_tags
from linkshot.store.texts import storable
from linkshot.store.undo import undoable

MAX_CONDITION_CHARACTERS = 500
_EXAMPLES = 5
_COLUMNS = f"id, {', '.join(RuleState._fields)}"


class NewRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as it is given; `RuleRecord` says what the conditions mean."""

    tags: list[str]
    site: str = ""
    path: str = ""
    text: str = ""
    field: str = ""
    value: str = ""


def add_rule(library: Library, new: NewRule) -> RuleRecord:
    """Keep a rule, switched off.

    Raises:
        RuleInvalid: it has no condition or no tag, or names no field there is.
        TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid: one of the tags.
    """
    state = _checked(new)
    paths = [parse_tag(tag) for tag in new.tags]
    with undoable(library, "rule_add", paths) as change:
        rule_id: int = change.database.value(
            f"""
            INSERT INTO rule ({", ".join(RuleState._fields)})
            VALUES ({", ".join("?" * len(state))})
            RETURNING id
            """,  # noqa: S608 - our own names
            state,
        )
        for path in paths:
            change.database.run(
                "INSERT INTO rule_tag (rule_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (rule_id, ensure_tag(change.database, path)),
            )
    return get_rule(library, rule_id)


def list_rules(library: Library) -> list[RuleRecord]:
    """All rules, oldest first."""
    return _records(library.database, "")


def get_rule(library: Library, rule_id: int) -> RuleRecord:
    """One rule.

    Raises:
        RuleNotFound: no rule has this id.
    """
    found = _records(library.database, "WHERE id = ?", rule_id)
    if not found:
        raise RuleNotFound(rule=rule_id)
    return found[0]


def try_rule(library: Library, rule: RuleRecord | NewRule) -> RuleTrial:
    """What a rule would do to the library as it is; nothing is changed.

    Raises:
        RuleInvalid: a new rule that could not be kept.
    """
    state = _checked(rule) if isinstance(rule, NewRule) else _state(rule)
    database = library.database
    links = matching_links(database, state)
    tag_ids = [find_tag(database, tag) for tag in rule.tags]
    lacking = {link_id for tag_id in tag_ids for link_id in links - _tagged(database, tag_id)}
    newest = sorted(lacking, reverse=True)[:_EXAMPLES]
    return RuleTrial(
        matching=len(links),
        would_tag=len(lacking),
        examples=[get_link(library, link_id) for link_id in newest],
    )


def switch_rule(library: Library, rule_id: int, *, on: bool, apply: bool = False) -> int:
    """Switch a rule on or off; with `apply`, tag what the library has of it: how many links.

    Both are one entry of the journal, so that one undo takes the tags back and the rule off again.

    Raises:
        RuleNotFound: no rule has this id.
    """
    rule = get_rule(library, rule_id)
    with undoable(library, "rule_on" if on else "rule_off", rule.tags) as change:
        change.database.run("UPDATE rule SET is_on = ? WHERE id = ?", (int(on), rule_id))
        if on and apply:
            _apply(change, rule)
    return len(change.links())


def remove_rule(library: Library, rule_id: int) -> None:
    """Forget a rule; the tags that it gave stay.

    Raises:
        RuleNotFound: no rule has this id.
    """
    rule = get_rule(library, rule_id)
    with undoable(library, "rule_remove", rule.tags) as change:
        change.database.run("DELETE FROM rule WHERE id = ?", (rule_id,))


def apply_rules(database: Database, link_id: int) -> None:
    """Give a link just read what the rules say, inside the caller's transaction.

    Each rule only once for a link: a tag that the person took off again does not come back.
    """
    rows = database.rows(
        f"""
        SELECT {_COLUMNS}
        FROM rule
        WHERE is_on = 1
            AND NOT EXISTS (SELECT 1 FROM rule_link WHERE rule_id = rule.id AND link_id = ?)
        """,  # noqa: S608 - our own names
        (link_id,),
    )
    for rule_id, *columns in rows:
        if matching_links(database, RuleState(*columns), link_id):
            give_tags(database, link_id, _tag_ids(database, rule_id))
            database.run(
                "INSERT INTO rule_link (rule_id, link_id) VALUES (?, ?)", (rule_id, link_id)
            )


def _apply(change: TagChange, rule: RuleRecord) -> None:
    links = matching_links(change.database, _state(rule))
    for tag_id in _tag_ids(change.database, rule.rule_id):
        change.give(tag_id, links)
    change.database.run_many(
        "INSERT INTO rule_link (rule_id, link_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(rule.rule_id, link_id) for link_id in sorted(links)],
    )


def _checked(new: NewRule) -> RuleState:
    conditions = [new.site, new.path, new.text, new.value]
    if not new.tags or not (new.field or any(condition.strip() for condition in conditions)):
        raise RuleInvalid
    if max(map(len, conditions)) > MAX_CONDITION_CHARACTERS:
        raise RuleTooLong(limit=MAX_CONDITION_CHARACTERS)
    if bool(new.field) != bool(new.value) or (new.field and new.field not in FIELDS):
        raise RuleFieldInvalid(field=new.field, value=new.value, fields=", ".join(FIELDS))
    return RuleState(
        site=storable(typed_site(new.site)),
        path=storable(new.path.strip()),
        text=storable(new.text.strip()),
        field=new.field,
        value=storable(new.value.strip()),
        is_on=0,
        created_at=now_micros(),
    )


def _state(rule: RuleRecord) -> RuleState:
    return RuleState(rule.site, rule.path, rule.text, rule.field, rule.value, int(rule.is_on), 0)


def _records(database: Database, where: str, *values: object) -> list[RuleRecord]:
    rows = database.rows(f"SELECT {_COLUMNS} FROM rule {where} ORDER BY id", values)  # noqa: S608 - our own clauses
    return [_record(database, rule_id, RuleState(*columns)) for rule_id, *columns in rows]


def _record(database: Database, rule_id: int, state: RuleState) -> RuleRecord:
    rows = database.rows(
        """
        SELECT tag.path
        FROM rule_tag
        JOIN tag ON tag.id = rule_tag.tag_id
        WHERE rule_tag.rule_id = ?
        ORDER BY tag.path_key
        """,
        (rule_id,),
    )
    return RuleRecord(
        rule_id=rule_id,
        tags=[path for (path,) in rows],
        site=state.site,
        path=state.path,
        text=state.text,
        field=state.field,
        value=state.value,
        is_on=bool(state.is_on),
        created_at=from_micros(state.created_at),
    )


def _tag_ids(database: Database, rule_id: int) -> Sequence[int]:
    rows = database.rows("SELECT tag_id FROM rule_tag WHERE rule_id = ?", (rule_id,))
    return [tag_id for (tag_id,) in rows]


def _tagged(database: Database, tag_id: int | None) -> set[int]:
    rows = database.rows("SELECT link_id FROM link_tag WHERE tag_id = ?", (tag_id or 0,))
    return {link_id for (link_id,) in rows}
