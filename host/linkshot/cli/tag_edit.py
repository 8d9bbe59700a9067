"""`linkshot tag add … color`: what changes tags. `--json` answers with the tags touched, or the plan."""

from __future__ import annotations

import argparse

from linkshot.cli.parser import read_lines
from linkshot.cli.phrase import Phrase
from linkshot.cli.tag_layout import plan_lines
from linkshot.cli.terminal import Terminal
from linkshot.store import tag_edits, tags
from linkshot.store.library import Library
from linkshot.store.records import TagPlan

DONE = Phrase("Done.", "完成。")
DONE_UNDOABLE = Phrase(
    "Done. “linkshot tag undo” takes it back.", "完成。可用 linkshot tag undo 撤销。"
)
NOTHING_CHANGED = Phrase("Nothing was changed.", "未作改动。")


def run(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    """Make the change and say what was done."""
    if options.action in _PLANNED:
        _run_planned(library, options, terminal)
        return
    touched = _CHANGES[options.action](library, options)
    if terminal.as_json:
        terminal.json([tag for tag in tags.tag_counts(library) if tag.path in touched])
    else:
        terminal.say(DONE)


def _run_planned(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    change = _PLANNED[options.action]
    if options.dry_run:
        plan = tag_edits.plan(library, lambda: change(library, options))
    else:
        plan = change(library, options)
    if terminal.as_json:
        terminal.json(plan)
        return
    terminal.show(plan_lines(plan, terminal.language))
    terminal.say(NOTHING_CHANGED if options.dry_run else DONE_UNDOABLE)


def _link_ids(library: Library, options: argparse.Namespace) -> list[int]:
    from linkshot.cli.show import find_link

    return [find_link(library, named).link_id for named in read_lines(options.ids)]


def _add(library: Library, options: argparse.Namespace) -> set[str]:
    tag = tags.parse_tag(options.tag)
    tags.add_tags(library, _link_ids(library, options), [tag])
    return {tag}


def _remove(library: Library, options: argparse.Namespace) -> set[str]:
    tag = tags.parse_tag(options.tag)
    tags.remove_tags(library, _link_ids(library, options), [tag])
    return {tag}


def _rename(library: Library, options: argparse.Namespace) -> set[str]:
    name = tags.parse_tag(options.name)
    tags.rename_tag(library, options.tag, name)
    return {name}


def _move(library: Library, options: argparse.Namespace) -> set[str]:
    return {tag_edits.move_tag(library, options.tag, options.under)}


def _alias(library: Library, options: argparse.Namespace) -> set[str]:
    change = tags.remove_alias if options.remove else tags.add_alias
    change(library, options.tag, options.alias)
    return {options.tag}


def _color(library: Library, options: argparse.Namespace) -> set[str]:
    tag_edits.set_color(library, options.tag, None if options.color == "none" else options.color)
    return {options.tag}


def _merge(library: Library, options: argparse.Namespace) -> TagPlan:
    return tag_edits.merge_tags(library, options.tags, options.into)


def _split(library: Library, options: argparse.Namespace) -> TagPlan:
    link_ids = _link_ids(library, options) if options.ids else None
    return tag_edits.split_tag(library, options.tag, options.into, link_ids)


def _delete(library: Library, options: argparse.Namespace) -> TagPlan:
    return tag_edits.delete_tags(library, options.tags)


_CHANGES = {
    "add": _add,
    "remove": _remove,
    "rename": _rename,
    "move": _move,
    "alias": _alias,
    "color": _color,
}
_PLANNED = {"merge": _merge, "split": _split, "delete": _delete}
