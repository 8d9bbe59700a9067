"""One change put back: rows become what they were, unless a later change stands in the way."""

from __future__ import annotations

from collections.abc import Iterable

from linkshot.errors import TagNameTaken, UndoBlocked
from linkshot.store.database import Database
from linkshot.store.tag_change import RuleState, TagChange, TagState, above, all_states, state_of
from linkshot.store.tag_names import index_names
from linkshot.store.tag_paths import tag_key
from linkshot.store.tag_tree import below, drop, is_path, merge, path_of, write_paths
from linkshot.store.undo_facts import Facts, links_of


def put_back(change: TagChange, facts: Facts) -> None:
    """Make everything that the facts name what it was before.

    Raises:
        UndoBlocked: a row is no longer as the facts left it, or its place is taken.
    """
    _check_untouched(change, facts)
    _remove_aliases(change.database, facts)
    _remove_rules(change.database, facts)
    for tag_id, steps in facts.given.items():
        if path_of(change.database, tag_id) is not None:
            change.take(tag_id, links_of(steps))
    _restore_tags(change, facts)
    for tag_id, steps in facts.taken.items():
        if path_of(change.database, tag_id) is None:
            raise UndoBlocked(tag=f"#{tag_id}")
        change.give(tag_id, _still_there(change.database, links_of(steps)))
    _restore_aliases(change.database, facts)
    _restore_rules(change.database, facts)


def _check_untouched(change: TagChange, facts: Facts) -> None:
    for tag_id, before, after in facts.tags:
        now = state_of(change.database, tag_id)
        is_made = before is None
        is_as_left = now is None if after is None else now is not None and now[:3] == after[:3]
        if not is_as_left and not (is_made and now is None):
            raise UndoBlocked(tag=(now or after or before or ("?",))[-1])


def _restore_tags(change: TagChange, facts: Facts) -> None:
    """Structure first, under keys that nobody has; then what was made goes; then the paths."""
    database = change.database
    wanted = {tag_id: before for tag_id, before, _ in facts.tags if before is not None}
    missing = {tag_id for tag_id in wanted if path_of(database, tag_id) is None}
    database.run_many(
        "INSERT INTO tag (id, path, path_key) VALUES (?, ?, ?)",
        [(tag_id, wanted[tag_id].name, f"\x00{tag_id}") for tag_id in missing],
    )
    for tag_id, state in wanted.items():
        _hang(database, tag_id, state)
    _check_tree(database, wanted)
    roots = _outermost(database, wanted)
    for tag_id in roots:
        database.run_many(
            "UPDATE tag SET path_key = ? WHERE id = ?",
            [(f"\x00{found}", found) for found, _ in below(database, tag_id)],
        )
    _drop_unused(change, [tag_id for tag_id, before, _ in facts.tags if before is None])
    for tag_id in roots:
        _settle(change, tag_id, wanted, missing)
    for tag_id in wanted:
        index_names(database, tag_id)


def _hang(database: Database, tag_id: int, state: TagState) -> None:
    if state.parent_id is not None and path_of(database, state.parent_id) is None:
        raise UndoBlocked(tag=state.path)
    database.run(
        "UPDATE tag SET parent_id = ?, color = ? WHERE id = ?",
        (state.parent_id, state.color, tag_id),
    )


def _check_tree(database: Database, wanted: dict[int, TagState]) -> None:
    tags = all_states(database)
    for tag_id, state in wanted.items():
        if tag_id in above(tags, tag_id):
            raise UndoBlocked(tag=state.path)


def _outermost(database: Database, wanted: dict[int, TagState]) -> list[int]:
    tags = all_states(database)
    return [tag_id for tag_id in wanted if not above(tags, tag_id) & wanted.keys()]


def _settle(change: TagChange, tag_id: int, wanted: dict[int, TagState], missing: set[int]) -> None:
    """Write the paths of a tag and all below it anew, from the names and where they hang.

    A tag made since under the name of one that was gone is merged into it.
    """
    database = change.database
    tags = all_states(database)
    for found, path in _paths(tag_id, wanted, tags).items():
        rival = database.value("SELECT id FROM tag WHERE path_key = ?", (tag_key(path),))
        if rival is not None:
            if found not in missing:
                raise UndoBlocked(tag=path)
            database.run("UPDATE tag SET path_key = ? WHERE id = ?", (f"\x00{rival}", rival))
            write_paths(database, [(found, path)])
            merge(change, rival, found)
        else:
            database.run("DELETE FROM tag_alias WHERE alias_key = ?", (tag_key(path),))
            _write(database, found, path)


def _write(database: Database, tag_id: int, path: str) -> None:
    try:
        write_paths(database, [(tag_id, path)])
    except TagNameTaken as error:
        raise UndoBlocked(tag=path) from error


def _paths(tag_id: int, wanted: dict[int, TagState], tags: dict[int, TagState]) -> dict[int, str]:
    """Path of the tag and of each below it, outermost first."""
    children: dict[int, list[int]] = {}
    for found, state in tags.items():
        if state.parent_id is not None:
            children.setdefault(state.parent_id, []).append(found)
    paths: dict[int, str] = {}
    waiting = [tag_id]
    while waiting:
        found = waiting.pop(0)
        name = wanted[found].name if found in wanted else tags[found].name
        parent_id = tags[found].parent_id
        over = "" if parent_id is None else paths.get(parent_id, tags[parent_id].path) + "/"
        paths[found] = over + name
        waiting += children.get(found, [])
    return paths


def _drop_unused(change: TagChange, made: Iterable[int]) -> None:
    """What the change made goes, unless something has come to use it since."""
    used = """
        SELECT EXISTS (SELECT 1 FROM tag WHERE parent_id = ?)
            OR EXISTS (SELECT 1 FROM tag_alias WHERE tag_id = ?)
            OR EXISTS (SELECT 1 FROM rule_tag WHERE tag_id = ?)
            OR EXISTS (SELECT 1 FROM link_tag WHERE tag_id = ?)
    """
    for tag_id in sorted(made, reverse=True):
        if path_of(change.database, tag_id) and not change.database.value(used, [tag_id] * 4):
            drop(change, tag_id)


def _still_there(database: Database, link_ids: list[int]) -> set[int]:
    if not link_ids:
        return set()
    rows = database.rows(
        "SELECT id FROM link WHERE id BETWEEN ? AND ?", (min(link_ids), max(link_ids))
    )
    return set(link_ids) & {link_id for (link_id,) in rows}


def _remove_aliases(database: Database, facts: Facts) -> None:
    for key, _, after in facts.aliases:
        if after is not None:
            database.run(
                "DELETE FROM tag_alias WHERE alias_key = ? AND tag_id = ?", (key, after.tag_id)
            )
            if path_of(database, after.tag_id) is not None:
                index_names(database, after.tag_id)


def _restore_aliases(database: Database, facts: Facts) -> None:
    for key, before, _ in facts.aliases:
        if before is None or is_path(database, before.alias):
            continue
        if path_of(database, before.tag_id) is None:
            continue
        database.run(
            """
            INSERT INTO tag_alias (alias_key, alias, tag_id)
            VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            (key, before.alias, before.tag_id),
        )
        index_names(database, before.tag_id)


def _remove_rules(database: Database, facts: Facts) -> None:
    """What the change made of rules goes before its tags do, which would else be in use."""
    for rule_id, before, _ in facts.rules:
        if before is None:
            database.run("DELETE FROM rule WHERE id = ?", (rule_id,))
    for rule_id, tag_id in facts.rule_tags_given:
        database.run("DELETE FROM rule_tag WHERE rule_id = ? AND tag_id = ?", (rule_id, tag_id))


def _restore_rules(database: Database, facts: Facts) -> None:
    for rule_id, before, _ in facts.rules:
        if before is not None:
            _write_rule(database, rule_id, before)
    for rule_id, tag_id in facts.rule_tags_taken:
        database.run(
            """
            INSERT INTO rule_tag (rule_id, tag_id)
            SELECT rule.id, tag.id
            FROM rule
            JOIN tag ON tag.id = ?
            WHERE rule.id = ?
            ON CONFLICT DO NOTHING
            """,
            (tag_id, rule_id),
        )


def _write_rule(database: Database, rule_id: int, state: RuleState) -> None:
    columns = ", ".join(RuleState._fields)
    marks = ", ".join("?" * len(RuleState._fields))
    changes = ", ".join(f"{name} = excluded.{name}" for name in RuleState._fields)
    database.run(
        f"""
        INSERT INTO rule (id, {columns})
        VALUES (?, {marks})
        ON CONFLICT (id) DO UPDATE
        SET {changes}
        """,  # noqa: S608 - our own names
        (rule_id, *state),
    )
