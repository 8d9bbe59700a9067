"""Captures from the window's own box: begin some, watch them."""

from __future__ import annotations

import msgspec
from werkzeug.wrappers import Request

from linkshot.errors import LinkshotError, MessageInvalid
from linkshot.page.urls import canonical_url
from linkshot.store.links import link_status
from linkshot.store.records import LinkStatus
from linkshot.store.tags import parse_tag
from linkshot.viewer.captures import Progress, progress_of
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import language_of, read_arguments, read_body


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An address as typed."""

    url: str


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The links that the person entered; with `keep_errors` what a site answers with an error is kept too."""

    urls: list[str]
    tags: list[str] = []
    keep_errors: bool = False


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A link that is not queued, as it was entered, and why."""

    url: str
    code: str
    message: str


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the links that were entered."""

    begun: list[Progress]
    refused: list[Refusal]


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """The captures to tell of, by their ids with commas between."""

    ids: str


def begin_captures(viewer: Viewer, request: Request) -> Begun:
    """Check the tags and each address, then queue what is right."""
    wanted = read_body(request, Wanted)
    tags = [parse_tag(tag) for tag in wanted.tags]
    language = language_of(request, viewer.language)
    urls, refused = [], []
    for typed in wanted.urls:
        url = typed.strip()
        try:
            canonical_url(url)
        except LinkshotError as error:
            refused.append(Refusal(url=typed, code=error.code, message=error.message(language)))
        else:
            urls.append(url)
    queued = viewer.captures.begin(urls, tags, keep_errors=wanted.keep_errors)
    return Begun(begun=list(map(progress_of, queued)), refused=refused)


def list_progress(viewer: Viewer, request: Request) -> list[Progress]:
    """Where some captures stand."""
    ids = read_arguments(request, Watched).ids
    try:
        numbers = msgspec.json.decode(f"[{ids}]", type=list[int])
    except msgspec.DecodeError as cause:
        raise MessageInvalid(reason=str(cause)) from cause
    return viewer.captures.find(numbers, language_of(request, viewer.language))


def list_waiting(viewer: Viewer, request: Request) -> list[Progress]:
    """All captures that have not ended, those that an earlier window left among them."""
    return list(map(progress_of, viewer.captures.waiting()))


def show_status(viewer: Viewer, request: Request) -> LinkStatus:
    """Whether the library has this address already."""
    asked = read_arguments(request, Address)
    return link_status(viewer.library, canonical_url(asked.url))


ROUTES = (
    ("POST", "/api/captures", begin_captures),
    ("GET", "/api/captures", list_progress),
    ("GET", "/api/captures/waiting", list_waiting),
    ("GET", "/api/status", show_status),
)
