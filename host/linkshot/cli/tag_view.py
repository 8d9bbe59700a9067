"""`linkshot tag list, suggest, duplicates, scripts, undo`: what shows tags, and what was done to them."""

from __future__ import annotations

import argparse

from linkshot.cli.phrase import Phrase
from linkshot.cli.tag_layout import KINDS, pair_table, suggestion_table, undo_table
from linkshot.cli.terminal import Terminal
from linkshot.store.library import Library

NO_TAGS = Phrase("There are no tags yet.", "还没有标签。")
NO_SUGGESTIONS = Phrase("Nothing to suggest for this page yet.", "暂时没有可建议的标签。")
NO_PAIRS = Phrase("No tags look like duplicates.", "没有疑似重复的标签。")
REFUSED = Phrase("They will not be offered again.", "以后不再提示这一对标签。")
SAME = Phrase(
    "集成電路 and 集成电路 name the same tag.",
    "繁体与简体写法视为同一标签（如 集成電路 即 集成电路）。",
)
APART = Phrase(
    "集成電路 and 集成电路 are two tags.", "繁体与简体写法是两个标签（如 集成電路 与 集成电路）。"
)
NO_UNDO = Phrase("There is nothing to undo.", "没有可以撤销的改动。")
UNDONE = Phrase("Undone: {kind} {tags}", "已撤销：{kind} {tags}")


def run(library: Library, options: argparse.Namespace, terminal: Terminal) -> int:
    """Show it, or put it back."""
    _ACTIONS[options.action](library, options, terminal)
    return 0


def _list(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.cli.layout import tag_table
    from linkshot.store.tags import tag_counts

    tags = tag_counts(library, order=options.order)
    terminal.listing(tags, tag_table, NO_TAGS)


def _suggest(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.cli.show import find_link
    from linkshot.store.suggestions import suggest_tags

    found = suggest_tags(library, find_link(library, options.id).link_id, options.limit)
    terminal.listing(found, suggestion_table, NO_SUGGESTIONS)


def _duplicates(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.store.tag_duplicates import near_duplicates, offer_duplicate, refuse_duplicate

    if options.offer:
        offer_duplicate(library, *options.offer)
    if options.refuse:
        refuse_duplicate(library, *options.refuse)
    pairs = near_duplicates(library, options.limit)
    if options.refuse and not terminal.as_json:
        terminal.say(REFUSED)
    else:
        terminal.listing(pairs, pair_table, NO_PAIRS)


def _undo(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.store.undo import list_undo, undo, undo_last

    if options.list:
        terminal.listing(list_undo(library), undo_table, NO_UNDO)
        return
    undone = undo_last(library) if options.entry is None else undo(library, options.entry)
    if terminal.as_json:
        terminal.json(undone)
    else:
        terminal.say(
            UNDONE, kind=KINDS[undone.kind].of(terminal.language), tags="  ".join(undone.tags)
        )


def _scripts(library: Library, options: argparse.Namespace, terminal: Terminal) -> None:
    from linkshot.store.tag_scripts import are_scripts_same, set_scripts

    if options.scripts is not None:
        set_scripts(library, same=options.scripts == "same")
    is_same = are_scripts_same(library.database)
    if terminal.as_json:
        terminal.json({"scripts": "same" if is_same else "apart"})
    else:
        terminal.say(SAME if is_same else APART)


_ACTIONS = {
    "list": _list,
    "suggest": _suggest,
    "duplicates": _duplicates,
    "scripts": _scripts,
    "undo": _undo,
}
