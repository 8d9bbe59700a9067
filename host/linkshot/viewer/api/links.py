"""Lists of links, and one link with its versions."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.links import count_links, get_link, list_links
from linkshot.store.records import LinkRecord, SnapshotRecord
from linkshot.store.snapshots import list_snapshots
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_arguments

MAX_PAGE = 200


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """Which links, in which order, and which part of them."""

    tag: str = ""
    order: Literal["newest", "oldest", "title", "site"] = "newest"
    untagged: bool = False
    starred: bool = False
    trashed: bool = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 50
    offset: Annotated[int, msgspec.Meta(ge=0)] = 0


class LinkPage(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a list, and how long the whole is."""

    total: int
    links: list[LinkRecord]


class LinkWhole(msgspec.Struct, frozen=True, kw_only=True):
    """A link with all its versions, newest first."""

    link: LinkRecord
    snapshots: list[SnapshotRecord]


def show_list(viewer: Viewer, request: Request) -> LinkPage:
    """The links that the sidebar's choice names."""
    asked = read_arguments(request, Listing)
    links = list_links(
        viewer.library,
        tag=asked.tag,
        limit=asked.limit,
        offset=asked.offset,
        order=asked.order,
        untagged=asked.untagged,
        starred=asked.starred,
        trashed=asked.trashed,
    )
    total = count_links(
        viewer.library,
        tag=asked.tag,
        untagged=asked.untagged,
        starred=asked.starred,
        trashed=asked.trashed,
    )
    return LinkPage(total=total, links=links)


def show_link(viewer: Viewer, request: Request, link_id: int) -> LinkWhole:
    """One link."""
    link = get_link(viewer.library, link_id)
    return LinkWhole(link=link, snapshots=list_snapshots(viewer.library, link_id))


ROUTES = (
    ("GET", "/api/links", show_list),
    ("GET", "/api/links/<int:link_id>", show_link),
)
