"""A person's marks on a link: the star and the note."""

from __future__ import annotations

import msgspec
from werkzeug.wrappers import Request

from linkshot.store.links import get_link, set_note, set_starred
from linkshot.store.records import LinkRecord
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_body


class Star(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the link is to have a star."""

    starred: bool


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """The note's whole text."""

    note: str


def star(viewer: Viewer, request: Request, link_id: int) -> LinkRecord:
    """Set or take the star."""
    set_starred(viewer.library, link_id, starred=read_body(request, Star).starred)
    return get_link(viewer.library, link_id)


def note(viewer: Viewer, request: Request, link_id: int) -> LinkRecord:
    """Replace the note."""
    set_note(viewer.library, link_id, read_body(request, Note).note)
    return get_link(viewer.library, link_id)


ROUTES = (
    ("POST", "/api/links/<int:link_id>/star", star),
    ("POST", "/api/links/<int:link_id>/note", note),
)
