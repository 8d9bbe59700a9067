"""Keeping tags in order: rename or move, merge, other names."""

from __future__ import annotations

from typing import Annotated

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.tag_edits import add_alias, merge_tags, remove_alias, rename_tag
from linkshot.store.tags import parse_tag, tag_counts
from linkshot.viewer.api.tags import Tags
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_body


class Rename(msgspec.Struct, frozen=True, kw_only=True):
    """A tag's path and the one it gets; what is below moves along."""

    old: str
    new: str


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Tags that become one."""

    sources: Annotated[list[str], msgspec.Meta(min_length=1, max_length=1000)]
    target: str


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """Another name of a tag."""

    tag: str
    alias: str


def rename(viewer: Viewer, request: Request) -> Tags:
    """Give a tag another path; answers all tags as they are then."""
    change = read_body(request, Rename)
    rename_tag(viewer.library, change.old, parse_tag(change.new))
    return Tags(tags=tag_counts(viewer.library))


def merge(viewer: Viewer, request: Request) -> Tags:
    """Make several tags one."""
    change = read_body(request, Merge)
    merge_tags(viewer.library, change.sources, parse_tag(change.target))
    return Tags(tags=tag_counts(viewer.library))


def name_also(viewer: Viewer, request: Request) -> Tags:
    """Add an alias."""
    change = read_body(request, Alias)
    add_alias(viewer.library, change.tag, change.alias)
    return Tags(tags=tag_counts(viewer.library))


def drop_name(viewer: Viewer, request: Request) -> Tags:
    """Remove an alias."""
    change = read_body(request, Alias)
    remove_alias(viewer.library, change.tag, change.alias)
    return Tags(tags=tag_counts(viewer.library))


ROUTES = (
    ("POST", "/api/tags/rename", rename),
    ("POST", "/api/tags/merge", merge),
    ("POST", "/api/tags/alias", name_also),
    ("POST", "/api/tags/alias/remove", drop_name),
)
