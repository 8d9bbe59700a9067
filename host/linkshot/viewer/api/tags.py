"""Tags: the tree with its counts, completion, and the tags of a link."""

from __future__ import annotations

from typing import Annotated

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.links import get_link
from linkshot.store.records import TagRecord
from linkshot.store.tags import (
    add_tags,
    complete_tag,
    link_tags,
    parse_tag,
    remove_tags,
    tag_counts,
)
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_arguments, read_body


class Tags(msgspec.Struct, frozen=True, kw_only=True):
    """Tags with their counts."""

    tags: list[TagRecord]


class LinkTags(msgspec.Struct, frozen=True, kw_only=True):
    """All tags of one link, by name."""

    tags: list[str]


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """The beginning of a tag, as typed."""

    text: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 8


class TagChange(msgspec.Struct, frozen=True, kw_only=True):
    """Tags to put on a link and to take from it."""

    add: list[str] = []
    remove: list[str] = []


def show_tags(viewer: Viewer, request: Request) -> Tags:
    """Every tag of the library."""
    return Tags(tags=tag_counts(viewer.library))


def complete(viewer: Viewer, request: Request) -> Tags:
    """Tags that fit what was typed, best first."""
    asked = read_arguments(request, Completion)
    return Tags(tags=complete_tag(viewer.library, asked.text, asked.limit))


def change_tags(viewer: Viewer, request: Request, link_id: int) -> LinkTags:
    """Put tags on a link or take them away; each is checked before any is changed."""
    change = read_body(request, TagChange)
    added = [parse_tag(tag) for tag in change.add]
    get_link(viewer.library, link_id)
    if change.remove:
        remove_tags(viewer.library, [link_id], change.remove)
    if added:
        add_tags(viewer.library, [link_id], added)
    return LinkTags(tags=link_tags(viewer.library, link_id))


ROUTES = (
    ("GET", "/api/tags", show_tags),
    ("GET", "/api/tags/complete", complete),
    ("POST", "/api/links/<int:link_id>/tags", change_tags),
)
