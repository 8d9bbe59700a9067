"""The requests of host/PROTOCOL.md as structs, checked while they are decoded.

`Request` is their union, told apart by `action`. Base64 (`data`) is decoded straight into bytes.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, get_args

import msgspec

from linkshot.capture.plan import CaptureId, CapturePlan, Sha256, Size, Url
from linkshot.store.records import Timings

PROTOCOL = 1
CHUNK_BYTES = 1024 * 1024
WINDOW = 4
MAX_THUMBNAIL_BYTES = 512 * 1024

# JavaScript's integers end here, and ids are made there.
MAX_ID = 2**53 - 1
RequestId = Annotated[int, msgspec.Meta(ge=1, le=MAX_ID)]
RowId = Annotated[int, msgspec.Meta(ge=1, le=MAX_ID)]
TagText = Annotated[str, msgspec.Meta(max_length=1_000)]
TagTexts = Annotated[list[TagText], msgspec.Meta(max_length=500)]
# Above the search's own bound, whose refusal says what it is.
Query = Annotated[str, msgspec.Meta(max_length=10_000)]


class Chunk:
    """Bytes of a blob: base64 on the wire, decoded by `decoding`."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        """Hold at most CHUNK_BYTES bytes."""
        self.raw = raw


class Message(msgspec.Struct, tag_field="action", kw_only=True):
    """What every request has."""

    id: RequestId


class Hello(Message, tag="hello"):
    """The first message: who speaks, and which protocol."""

    protocol: int
    extension_version: str = ""
    browser: str = ""
    language: str = "en"


class LinkStatus(Message, tag="link.status"):
    """Is this address in the library?"""

    url: Url


class TagComplete(Message, tag="tag.complete"):
    """Tags that begin like `text`."""

    text: TagText
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 10


class TagSuggest(Message, tag="tag.suggest"):
    """Tags that a page may want: a link of the library, or a page by address and title."""

    link_id: RowId | None = None
    page_url: Url | None = None
    title: str = ""
    tags: TagTexts = []
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 8

    def __post_init__(self) -> None:
        """Hold the two forms apart.

        Raises:
            ValueError: it names no page.
        """
        if self.link_id is None and self.page_url is None:
            raise ValueError("needs `link_id` or `page_url`")


class Search(Message, tag="search"):
    """Links that answer a query, as it is typed."""

    query: Query
    limit: Annotated[int, msgspec.Meta(ge=1, le=20)] = 5


class LinkTag(Message, tag="link.tag"):
    """Put tags on a link and take some off."""

    link_id: RowId
    add: TagTexts = []
    remove: TagTexts = []


class CaptureBegin(Message, tag="capture.begin"):
    """A plan; or, where the link is known, the plan's digest alone."""

    plan: CapturePlan | None = None
    capture_id: CaptureId | None = None
    digest: Sha256 | None = None
    page_url: Url | None = None
    title: str = ""
    captured_at: Annotated[dt.datetime, msgspec.Meta(tz=True)] | None = None
    tags: TagTexts = []
    note: str = ""

    def __post_init__(self) -> None:
        """Hold the two forms apart.

        Raises:
            ValueError: neither form is whole.
        """
        if self.plan is None and None in (
            self.capture_id,
            self.digest,
            self.page_url,
            self.captured_at,
        ):
            raise ValueError("needs `plan`, or `capture_id`, `digest`, `page_url`, `captured_at`")


class BlobWrite(Message, tag="blob.write"):
    """The next bytes of one blob."""

    capture_id: CaptureId
    sha256: Sha256
    offset: Size
    data: Chunk


class CaptureCommit(Message, tag="capture.commit"):
    """All bytes have been sent: keep the capture."""

    capture_id: CaptureId
    timings_ms: Timings | None = None
    sent: Size = 0


class CaptureAbort(Message, tag="capture.abort"):
    """Forget what was uploaded."""

    capture_id: CaptureId


class SnapshotThumbnail(Message, tag="snapshot.thumbnail"):
    """A picture of a page just kept."""

    snapshot_id: RowId
    media_type: Literal["image/jpeg", "image/png", "image/webp"]
    data: Annotated[bytes, msgspec.Meta(min_length=1, max_length=MAX_THUMBNAIL_BYTES)]


class CaptureLink(Message, tag="capture.link"):
    """An address to keep that is not open: the host fetches it."""

    url: Url
    via: Literal["auto", "tab", "browser", "http"] = "auto"
    tags: TagTexts = []
    note: str = ""


class CaptureResult(Message, tag="capture.result"):
    """What became of a `capture.wanted`."""

    request_id: RowId
    snapshot_id: RowId | None = None
    code: str = ""
    message: str = ""
    detail: dict[str, str | int | float | bool | None] = {}


class ViewerOpen(Message, tag="viewer.open"):
    """Show the library; at one link, or at what a query finds."""

    link_id: RowId | None = None
    query: Query = ""


Request = (
    Hello
    | LinkStatus
    | TagComplete
    | TagSuggest
    | Search
    | LinkTag
    | CaptureBegin
    | BlobWrite
    | CaptureCommit
    | CaptureAbort
    | SnapshotThumbnail
    | CaptureLink
    | CaptureResult
    | ViewerOpen
)

ACTIONS = frozenset(str(message.__struct_config__.tag) for message in get_args(Request))
