"""What leaves the store: plain records; models stay inside.

All moments are aware and in UTC. Ids are the library's row ids. A resource's `name` is
`<sha256>.<extension>`: what documents and style sheets refer to it by, as a relative address.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import msgspec

Via = Literal["tab", "browser", "http", "file", "import"]
RequestVia = Literal["auto", "tab", "browser", "http"]
CaptureState = Literal["queued", "running", "done", "failed"]


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A resource that could not be had: `reason` is a word such as `404`, `timeout`, `too_large`."""

    url: str
    reason: str


class Timings(msgspec.Struct, kw_only=True):
    """Milliseconds spent in each step of one capture."""

    settle: float = 0
    serialise: float = 0
    gather: float = 0
    transfer: float = 0
    assemble: float = 0


class Fonts(msgspec.Struct, kw_only=True):
    """Font files kept, of those that the page's style sheets declare."""

    kept: int = 0
    declared: int = 0


class ByteCounts(msgspec.Struct, kw_only=True):
    """Bytes of the whole page, bytes that crossed the wire, bytes newly stored on disk."""

    page: int = 0
    sent: int = 0
    stored: int = 0


class Receipt(msgspec.Struct, kw_only=True):
    """What a capture kept and what it could not, and why; part of the snapshot.

    `kept` counts resources, `frames` the documents below the top one.
    """

    kept: int = 0
    missing: list[Missing] = []
    frames: int = 0
    fonts: Fonts = msgspec.field(default_factory=Fonts)
    bytes: ByteCounts = msgspec.field(default_factory=ByteCounts)
    timings_ms: Timings = msgspec.field(default_factory=Timings)
    warnings: list[str] = []
    agent: str = ""


class BlobSource(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes to store: in memory, or a finished file that may be moved into the library.

    `base_sha256` names a blob already stored, or in the same batch, whose bytes are alike
    (the page's previous version, the sheet as served): the new bytes are stored against it.
    """

    sha256: str
    media_type: str
    data: bytes | Path
    base_sha256: str | None = None


class ResourceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One resource of one snapshot; `url` is where it came from."""

    name: str
    url: str
    sha256: str
    media_type: str
    size: int


class NewSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """All that one transaction needs to keep a capture.

    `url` is the link's canonical address, `page_url` the address as it was. `document` names the
    top document, which is among `resources` as every frame and resource is. `digest` is the
    plan's. `blobs` holds only what the library may lack.
    """

    capture_id: str
    url: str
    page_url: str
    title: str
    captured_at: dt.datetime
    via: Via
    digest: str
    document: str
    resources: list[ResourceRecord]
    receipt: Receipt
    blobs: list[BlobSource]
    status: int | None = None
    tags: list[str] = []
    note: str = ""


class SavedSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a save: what "saved" means. `tags` are all of the link's."""

    link_id: int
    snapshot_id: int
    url: str
    title: str
    captured_at: dt.datetime
    via: Via
    unchanged: bool
    tags: list[str]
    receipt: Receipt


class LinkRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A link with what lists show of it. `tags` in the order of their names.

    `thumbnail` is the SHA-256 of the newest picture there is of it.
    """

    link_id: int
    url: str
    title: str
    site: str
    tags: list[str]
    note: str
    starred: bool
    snapshots: int
    created_at: dt.datetime
    last_captured_at: dt.datetime
    last_snapshot_id: int
    thumbnail: str | None = None
    trashed_at: dt.datetime | None = None


class LinkStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Is this address in the library? `link_id` is None where it is not."""

    link_id: int | None = None
    snapshots: int = 0
    last_captured_at: dt.datetime | None = None
    tags: list[str] = []
    starred: bool = False


class SnapshotRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a link; `read` says whether its reading is there yet."""

    snapshot_id: int
    link_id: int
    page_url: str
    title: str
    captured_at: dt.datetime
    via: Via
    status: int | None
    unchanged: bool
    document: str
    receipt: Receipt
    size: int
    thumbnail: str | None
    read: bool


class TagRecord(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A tag; `links` counts its own, `links_below` its own and all below it, each link once.

    Ten thousand are read at once and refer to nothing that refers back: the collector need not look.
    """

    tag_id: int
    path: str
    links: int
    links_below: int
    aliases: list[str] = []
    color: str | None = None


class TagPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a change to tags would do, told beforehand, or has done.

    `links` are those whose own tags become others; `gain` counts links that get the tag named, `lose` those
    that lose it. `moved` are pairs of paths, without those that only move along with one above.
    `target` is the path that a tag gets, or the tag that others become, as it is written.
    """

    links: int
    target: str = ""
    gain: dict[str, int] = {}
    lose: dict[str, int] = {}
    made: list[str] = []
    vanish: list[str] = []
    moved: list[tuple[str, str]] = []
    aliases: list[str] = []


# "rule" stands in journals older than its four kinds.
RuleAct = Literal["rule", "rule_add", "rule_on", "rule_off", "rule_remove"]
TagAct = Literal["rename", "merge", "split", "delete", "color", "alias", "give", "take"] | RuleAct


class UndoRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Something done to tags that can be undone: what, to which tags, how many links it touched."""

    undo_id: int
    done_at: dt.datetime
    kind: TagAct
    tags: list[str]
    target: str
    links: int


class TagPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two tags that may be one: alike in `form`, or in `use` (on the same links).

    `target` is the one to keep: used more, with what is below it, else older. `score` is 1 for the same.
    """

    source: str
    target: str
    why: Literal["form", "use"]
    score: float
    source_links: int
    target_links: int
    both_links: int


TagReason = Literal["name", "site", "text", "together", "policy", "keyword"]


class SuggestedTag(msgspec.Struct, frozen=True, kw_only=True):
    """A tag that a page may want; `links` is 0 where the library has no such tag yet.

    `why` is the strongest reason: its `name` is in the page, pages of the `site` or of
    like `text` have it, it goes `together` with others, or it is the page's own `policy` card or `keyword`.
    """

    path: str
    links: int
    why: TagReason
    score: float


class RuleRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Links that meet all of a rule's conditions get its tags; an empty condition is none.

    `site` with the sites below it, `path` of the address with `*` for anything, `text` anywhere in the page,
    `value` in the `field` of what was read.
    """

    rule_id: int
    tags: list[str]
    site: str
    path: str
    text: str
    field: str
    value: str
    is_on: bool
    created_at: dt.datetime


class RuleTrial(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule would do: links that meet it, those it would tag, and the newest of these."""

    matching: int
    would_tag: int
    examples: list[LinkRecord]


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """One link that answers a query; in `snippet` and `marked_title`, hits stand between U+0002 and U+0003.

    `marked_title` is empty where no word is in the title; `found_tags` are those of its tags that words name.

    Without `has_all`, the link has most of what was asked for, but not all. `dated_on` is the day that
    `before:`, `after:` and `on:` go by: the page's own, or that of its first capture.
    """

    link_id: int
    snapshot_id: int
    url: str
    title: str
    tags: list[str]
    snippet: str
    score: float
    has_all: bool = True
    site: str = ""
    starred: bool = False
    last_captured_at: dt.datetime | None = None
    dated_on: str = ""
    marked_title: str = ""
    found_tags: list[str] = []
    thumbnail: str | None = None


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """`total` is exact: the links that have all of the query; `most` have most of it and follow them.

    `read_as` says how the query was understood, where that needs saying. `waiting` links are not in
    the index yet, as it is being made anew. `unknown_tags` are those that the query names and that
    the library does not have.
    """

    total: int
    took_ms: float
    hits: list[SearchHit]
    read_as: str = ""
    most: int = 0
    waiting: int = 0
    unknown_tags: list[str] = []


class CaptureRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A queued request for a snapshot and where it stands; `error` is a code of `errors`, with the failure's facts."""

    request_id: int
    url: str
    via: RequestVia
    state: CaptureState
    tags: list[str]
    note: str
    requested_at: dt.datetime
    snapshot_id: int | None = None
    error: str | None = None
    error_message: str | None = None
    error_facts: dict[str, str | int | float | bool | None] = {}
    keep_errors: bool = False


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One fault that `verify` found: a code, what it is about, and whether repair mends it."""

    code: str
    subject: str
    repairable: bool


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """The library, counted. `links` leaves out the trash.

    `page_bytes` is what all snapshots would take with nothing shared, `stored_bytes` what their
    blobs do take, `index_bytes` the search index, `database_bytes` the whole database file.
    """

    links: int
    trashed: int
    snapshots: int
    tags: int
    resources: int
    blobs: int
    page_bytes: int
    stored_bytes: int
    index_bytes: int
    database_bytes: int
