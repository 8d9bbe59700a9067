"""Tags: the tree with its counts, completion, suggestions, and the tags of links."""

from __future__ import annotations

from typing import Annotated

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.links import get_link
from linkshot.store.records import SuggestedTag, TagRecord
from linkshot.store.suggestions import suggest_tags
from linkshot.store.tags import complete_tag, link_tags, retag_links, tag_list
from linkshot.viewer.api.tag_edits import LinkIds
from linkshot.viewer.api.undo import Done, do
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_arguments, read_body

# The sidebar shows as many at once.
MAX_COMPLETED = 400


class Tags(msgspec.Struct, frozen=True, kw_only=True):
    """Tags with their counts."""

    tags: list[TagRecord]


class AllTags(msgspec.Struct, frozen=True, kw_only=True):
    """Every tag by name, `[path, links, links_below, color]`; aliases, `[path of the tag, alias]`."""

    tags: msgspec.Raw
    aliases: msgspec.Raw


class LinkTags(msgspec.Struct, frozen=True, kw_only=True):
    """All tags of one link, by name, and what undoes their change."""

    tags: list[str]
    undo_ids: list[int]


class Suggestions(msgspec.Struct, frozen=True, kw_only=True):
    """Tags that a page may want, likeliest first."""

    tags: list[SuggestedTag]


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """The beginning of a tag, as typed."""

    text: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_COMPLETED)] = 8


class TagChange(msgspec.Struct, frozen=True, kw_only=True):
    """Tags to put on a link and to take from it."""

    add: list[str] = []
    remove: list[str] = []


class ManyChange(TagChange, frozen=True, kw_only=True):
    """The same for many links."""

    link_ids: LinkIds


def show_tags(viewer: Viewer, request: Request) -> AllTags:
    """Every tag of the library."""
    tags, aliases = tag_list(viewer.library)
    return AllTags(tags=msgspec.Raw(tags.encode()), aliases=msgspec.Raw(aliases.encode()))


def complete(viewer: Viewer, request: Request) -> Tags:
    """Tags that fit what was typed, best first."""
    asked = read_arguments(request, Completion)
    return Tags(tags=complete_tag(viewer.library, asked.text, asked.limit))


def suggest(viewer: Viewer, request: Request, link_id: int) -> Suggestions:
    """Tags for a link that it does not have yet."""
    return Suggestions(tags=suggest_tags(viewer.library, link_id))


def change_tags(viewer: Viewer, request: Request, link_id: int) -> LinkTags:
    """Put tags on a link or take them away; each is checked before any is changed."""
    change = read_body(request, TagChange)
    library = viewer.library
    get_link(library, link_id)
    done = do(library, lambda: retag_links(library, [link_id], change.add, change.remove))
    return LinkTags(tags=link_tags(library, link_id), undo_ids=done.undo_ids)


def change_many(viewer: Viewer, request: Request) -> Done:
    """Put tags on many links or take them away, in one step."""
    change = read_body(request, ManyChange)
    library = viewer.library
    return do(library, lambda: retag_links(library, change.link_ids, change.add, change.remove))


ROUTES = (
    ("GET", "/api/tags", show_tags),
    ("GET", "/api/tags/complete", complete),
    ("GET", "/api/links/<int:link_id>/suggestions", suggest),
    ("POST", "/api/links/<int:link_id>/tags", change_tags),
    ("POST", "/api/links/tags", change_many),
)
