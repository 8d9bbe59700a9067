"""Keeping tags in order: rename, move, merge, split, delete, colours, other names.

With `only_plan` nothing is changed: the answer says what would be.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.records import TagPlan
from linkshot.store.tag_edits import (
    add_alias,
    delete_tags,
    merge_tags,
    move_tags,
    remove_alias,
    rename_tag,
    set_color,
    split_tag,
)
from linkshot.viewer.api.undo import Done, do
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_body

MAX_TAGS = 1000
MAX_LINKS = 50_000

Names = Annotated[list[str], msgspec.Meta(min_length=1, max_length=MAX_TAGS)]
LinkIds = Annotated[list[int], msgspec.Meta(min_length=1, max_length=MAX_LINKS)]


class Rename(msgspec.Struct, frozen=True, kw_only=True):
    """A tag's path and the one it gets; what is below moves along."""

    old: str
    new: str
    only_plan: bool = False


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """Tags, and the one below which they go; without, to the top."""

    tags: Names
    under: str = ""


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Tags that become one."""

    sources: Names
    target: str
    only_plan: bool = False


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """A tag, those that its links get instead, and which links; None is all."""

    tag: str
    into: Names
    link_ids: LinkIds | None = None
    only_plan: bool = False


class Delete(msgspec.Struct, frozen=True, kw_only=True):
    """Tags that go, with all below them."""

    tags: Names
    only_plan: bool = False


class Color(msgspec.Struct, frozen=True, kw_only=True):
    """A tag's colour, `#rrggbb`; None takes it away."""

    tag: str
    color: str | None


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """Another name of a tag."""

    tag: str
    alias: str


def rename(viewer: Viewer, request: Request) -> Done:
    """Give a tag another path."""
    asked = read_body(request, Rename)

    def change() -> TagPlan:
        path = rename_tag(viewer.library, asked.old, asked.new)
        return TagPlan(links=0, moved=[(asked.old, path)], target=path)

    return do(viewer.library, change, only_plan=asked.only_plan)


def move(viewer: Viewer, request: Request) -> Done:
    """Hang tags under another."""
    asked = read_body(request, Move)
    return do(
        viewer.library,
        lambda: TagPlan(links=0, moved=move_tags(viewer.library, asked.tags, asked.under)),
    )


def merge(viewer: Viewer, request: Request) -> Done:
    """Make several tags one."""
    asked = read_body(request, Merge)
    return do(
        viewer.library,
        lambda: merge_tags(viewer.library, asked.sources, asked.target),
        only_plan=asked.only_plan,
    )


def split(viewer: Viewer, request: Request) -> Done:
    """Give links of a tag other tags instead."""
    asked = read_body(request, Split)
    return do(
        viewer.library,
        lambda: split_tag(viewer.library, asked.tag, asked.into, asked.link_ids),
        only_plan=asked.only_plan,
    )


def delete(viewer: Viewer, request: Request) -> Done:
    """Delete tags; their links stay."""
    asked = read_body(request, Delete)
    return do(
        viewer.library,
        lambda: delete_tags(viewer.library, asked.tags),
        only_plan=asked.only_plan,
    )


def color(viewer: Viewer, request: Request) -> Done:
    """Colour a tag."""
    asked = read_body(request, Color)

    def change() -> TagPlan:
        set_color(viewer.library, asked.tag, asked.color)
        return TagPlan(links=0)

    return do(viewer.library, change)


def name_also(viewer: Viewer, request: Request) -> Done:
    """Add an alias."""
    asked = read_body(request, Alias)

    def change() -> TagPlan:
        add_alias(viewer.library, asked.tag, asked.alias)
        return TagPlan(links=0, aliases=[asked.alias])

    return do(viewer.library, change)


def drop_name(viewer: Viewer, request: Request) -> Done:
    """Remove an alias."""
    asked = read_body(request, Alias)

    def change() -> TagPlan:
        remove_alias(viewer.library, asked.tag, asked.alias)
        return TagPlan(links=0)

    return do(viewer.library, change)


ROUTES = (
    ("POST", "/api/tags/rename", rename),
    ("POST", "/api/tags/move", move),
    ("POST", "/api/tags/merge", merge),
    ("POST", "/api/tags/split", split),
    ("POST", "/api/tags/delete", delete),
    ("POST", "/api/tags/color", color),
    ("POST", "/api/tags/alias", name_also),
    ("POST", "/api/tags/alias/remove", drop_name),
)
