"""What was done to tags, and back: every change answers what undoes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.library import Library
from linkshot.store.records import TagPlan, UndoRecord
from linkshot.store.tag_edits import plan
from linkshot.store.undo import list_undo, undo
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_body

# One request makes at most this many entries of the journal.
MAX_ENTRIES = 4
SHOWN_ENTRIES = 100


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a change did, or would do; `undo_ids` are its entries of the journal, oldest first."""

    plan: TagPlan
    undo_ids: list[int] = []


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """What can be undone, the latest first."""

    entries: list[UndoRecord]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The entries to undo, as a change named them."""

    undo_ids: Annotated[list[int], msgspec.Meta(min_length=1, max_length=MAX_ENTRIES)]


def do(library: Library, change: Callable[[], TagPlan], *, only_plan: bool = False) -> Done:
    """Make a change, or with `only_plan` say what it would do."""
    if only_plan:
        return Done(plan=plan(library, change))
    with library.transaction():
        before = max((entry.undo_id for entry in list_undo(library, 1)), default=0)
        made = change()
        latest = [entry.undo_id for entry in list_undo(library, MAX_ENTRIES)]
    return Done(plan=made, undo_ids=sorted(one for one in latest if one > before))


def show_journal(viewer: Viewer, request: Request) -> Journal:
    """What can be undone."""
    return Journal(entries=list_undo(viewer.library, SHOWN_ENTRIES))


def take_back(viewer: Viewer, request: Request) -> Journal:
    """Undo entries, the latest of them first, or none; answers what was undone."""
    asked = read_body(request, Asked)
    with viewer.library.transaction():
        undone = [undo(viewer.library, one) for one in sorted(asked.undo_ids, reverse=True)]
    return Journal(entries=undone)


ROUTES = (
    ("GET", "/api/undo", show_journal),
    ("POST", "/api/undo", take_back),
)
