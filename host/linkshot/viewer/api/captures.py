"""Captures from the window's own box: begin one, watch it."""

from __future__ import annotations

import re

import msgspec
from werkzeug.wrappers import Request

from linkshot.errors import ActionUnknown
from linkshot.page.urls import canonical_url
from linkshot.store.links import link_status
from linkshot.store.records import LinkStatus
from linkshot.store.tags import parse_tag
from linkshot.viewer.captures import Progress, Wanted
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import read_arguments, read_body

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An address as typed."""

    url: str


def begin_capture(viewer: Viewer, request: Request) -> Progress:
    """Check the address and the tags, then begin."""
    wanted = read_body(request, Wanted)
    url = with_scheme(wanted.url)
    canonical_url(url)
    tags = [parse_tag(tag) for tag in wanted.tags]
    return viewer.captures.begin(Wanted(url=url, tags=tags, note=wanted.note))


def show_progress(viewer: Viewer, request: Request, capture_id: int) -> Progress:
    """Where a capture stands."""
    progress = viewer.captures.find(capture_id)
    if progress is None:
        raise ActionUnknown(action=f"capture {capture_id}")
    return progress


def show_status(viewer: Viewer, request: Request) -> LinkStatus:
    """Whether the library has this address already."""
    asked = read_arguments(request, Address)
    return link_status(viewer.library, canonical_url(with_scheme(asked.url)))


def with_scheme(typed: str) -> str:
    """What was typed as an address: `example.cn/a` means https."""
    text = typed.strip()
    if SCHEME.match(text) or "." not in text.split("/", 1)[0]:
        return text
    return f"https://{text}"


ROUTES = (
    ("POST", "/api/captures", begin_capture),
    ("GET", "/api/captures/<int:capture_id>", show_progress),
    ("GET", "/api/status", show_status),
)
