"""`linkshot tag add … color`: what changes tags. `--json` answers with the tags touched, or the plan."""

from __future__ import annotations

import argparse
from typing import NamedTuple

from linkshot.cli.parser import read_lines
from linkshot.cli.phrase import Phrase
from linkshot.cli.tag_layout import plan_lines
from linkshot.cli.terminal import Terminal
from linkshot.errors import LinkNotFound, UrlInvalid
from linkshot.store import tag_edits, tags
from linkshot.store.library import Library
from linkshot.store.records import TagPlan
from linkshot.store.tag_rows import find_tag
from linkshot.store.tag_tree import existing

DONE = Phrase("Done.", "完成。")
DONE_UNDOABLE = Phrase(
    "Done. “linkshot tag undo” takes it back.", "完成。可用 linkshot tag undo 撤销。"
)
NOTHING_CHANGED = Phrase("Nothing was changed.", "未作改动。")


def run(library: Library, options: argparse.Namespace, terminal: Terminal) -> int:
    """Make the change and say what was done; the status is 1 where some of the links are not there."""
    links = _named_links(library, options, terminal)
    if options.action in _PLANNED:
        _run_planned(library, options, terminal, links.found)
    else:
        _run_at_once(library, options, terminal, links.found)
    return 1 if links.is_short else 0


class _Named(NamedTuple):
    """The links that a command names, and whether there are fewer than it names."""

    found: list[int]
    is_short: bool


def _named_links(library: Library, options: argparse.Namespace, terminal: Terminal) -> _Named:
    """Tell each that is not there; the others are still done.

    Raises:
        LinkNotFound, UrlInvalid: of those named none is there.
    """
    from linkshot.cli.show import find_link

    found: list[int] = []
    failures: list[LinkNotFound | UrlInvalid] = []
    for named in read_lines(getattr(options, "ids", ())):
        try:
            found.append(find_link(library, named).link_id)
        except (LinkNotFound, UrlInvalid) as error:
            failures.append(error)
    last = failures.pop() if failures and not found else None
    for failure in failures:
        terminal.fail(failure)
    if last is not None:
        raise last
    return _Named(found, bool(failures))


def _run_at_once(
    library: Library, options: argparse.Namespace, terminal: Terminal, link_ids: list[int]
) -> None:
    name = _CHANGES[options.action](library, options, link_ids)
    if terminal.as_json:
        touched = find_tag(library.database, name)
        terminal.json([tag for tag in tags.tag_counts(library) if tag.tag_id == touched])
    else:
        terminal.say(DONE)


def _run_planned(
    library: Library, options: argparse.Namespace, terminal: Terminal, link_ids: list[int]
) -> None:
    change = _PLANNED[options.action]
    if options.dry_run:
        plan = tag_edits.plan(library, lambda: change(library, options, link_ids))
    else:
        plan = change(library, options, link_ids)
    if terminal.as_json:
        terminal.json(plan)
        return
    terminal.show(plan_lines(plan, terminal.language))
    terminal.say(NOTHING_CHANGED if options.dry_run else DONE_UNDOABLE)


def _add(library: Library, options: argparse.Namespace, link_ids: list[int]) -> str:
    tags.retag_links(library, link_ids, add=[options.tag])
    return tags.parse_tag(options.tag)


def _remove(library: Library, options: argparse.Namespace, link_ids: list[int]) -> str:
    tag = tags.parse_tag(options.tag)
    existing(library.database, tag)
    tags.retag_links(library, link_ids, remove=[tag])
    return tag


def _rename(library: Library, options: argparse.Namespace, _link_ids: list[int]) -> str:
    name = tags.parse_tag(options.name)
    tags.rename_tag(library, options.tag, name)
    return name


def _move(library: Library, options: argparse.Namespace, _link_ids: list[int]) -> str:
    return tag_edits.move_tag(library, options.tag, options.under)


def _alias(library: Library, options: argparse.Namespace, _link_ids: list[int]) -> str:
    change = tags.remove_alias if options.remove else tags.add_alias
    change(library, options.tag, options.alias)
    return tags.parse_tag(options.tag)


def _color(library: Library, options: argparse.Namespace, _link_ids: list[int]) -> str:
    tag_edits.set_color(library, options.tag, None if options.color == "none" else options.color)
    return tags.parse_tag(options.tag)


def _merge(library: Library, options: argparse.Namespace, _link_ids: list[int]) -> TagPlan:
    return tag_edits.merge_tags(library, options.tags, options.into)


def _split(library: Library, options: argparse.Namespace, link_ids: list[int]) -> TagPlan:
    return tag_edits.split_tag(
        library, options.tag, options.into, link_ids if options.ids else None
    )


def _delete(library: Library, options: argparse.Namespace, _link_ids: list[int]) -> TagPlan:
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
