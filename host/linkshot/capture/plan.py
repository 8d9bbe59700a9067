"""What a way in hands to `assemble`: the plan of one capture, without its bytes.

These structs are the wire's `plan` too (host/PROTOCOL.md): what the extension sends is decoded
straight into them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec

from linkshot.page.icons import default_icon
from linkshot.store.records import Missing, Timings, Via

Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
FrameKey = Annotated[
    str, msgspec.Meta(pattern=r"^([a-z]?[0-9]+(\.[a-z]?[0-9]+)*)?\Z", max_length=400)
]
Url = Annotated[str, msgspec.Meta(max_length=65536)]
# A tebibyte: far above any page, and every database and file offset can hold it.
Size = Annotated[int, msgspec.Meta(ge=0, le=2**40)]
CaptureId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]

MAX_RESOURCES = 20_000
# Warns of an error page that was kept because somebody asked for it.
STATUS_KEPT = "http_error_kept"

# Told the word of each step of a capture as it begins.
Progress = Callable[[str], None]


class PlannedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One frame's serialised document: UTF-8 bytes, addresses relative to `base_url`.

    `frame` is "" for the top document, else the path of child indices ("0", "0.2"); the element
    that holds the frame carries it as `data-linkshot-frame`. `encoding` is what the page was in as
    served (`document.characterSet`), which its style sheets inherit.
    """

    frame: FrameKey
    url: Url
    base_url: Url
    sha256: Sha256
    size: Size
    media_type: str = "text/html"
    encoding: Annotated[str, msgspec.Meta(max_length=40)] = ""


class PlannedResource(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes as the site served them, under the absolute address the documents use.

    Pictures made in the page (canvas, video frame, blob:) have addresses `linkshot:…`. `base_url` is
    where a redirect led to, which a style sheet's references stand against; "" for `url` itself.
    """

    url: Url
    sha256: Sha256
    size: Size
    media_type: str
    base_url: Url = ""


class CapturePlan(msgspec.Struct, kw_only=True):
    """All of one capture but its bytes. `documents[0]` is the top document.

    `capture_id` is made by the way in and makes saving idempotent. `agent` names what captured
    ("Chromium 156"). `status` is the HTTP status where known. `fonts_declared` counts the font
    files that the style sheets name, used or not.
    """

    capture_id: CaptureId
    page_url: Url
    title: Annotated[str, msgspec.Meta(max_length=10_000)]
    captured_at: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    via: Via
    documents: Annotated[list[PlannedDocument], msgspec.Meta(min_length=1, max_length=2_000)]
    resources: Annotated[list[PlannedResource], msgspec.Meta(max_length=MAX_RESOURCES)]
    missing: list[Missing] = []
    warnings: list[str] = []
    agent: str = ""
    status: int | None = None
    fonts_declared: int = 0
    timings_ms: Timings = msgspec.field(default_factory=Timings)
    tags: list[str] = []
    note: str = ""

    def digest(self) -> str:
        """SHA-256 over the addresses and hashes of all documents and resources, order-free.

        The lines are `D <frame> <url> <sha256>` and `R <url> <sha256>`, sorted by code unit,
        joined by a line feed, in UTF-8. The page's own address is left out: it stands for the link,
        under whichever of its forms (a share link has `from=…`). So is the site's default icon: a tab
        may be kept before it has come. The extension computes the same.
        """
        icon = default_icon("", self.page_url)
        own = self.documents[0].url
        lines = [f"D {d.frame} {d.url if d.url != own else ''} {d.sha256}" for d in self.documents]
        lines += [f"R {r.url} {r.sha256}" for r in self.resources if r.url != icon]
        lines.sort(key=lambda line: line.encode("utf-16-be", "surrogatepass"))
        return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def bytes_of(source: bytes | Path) -> bytes:
    """All bytes of a source, wherever they are."""
    return source if isinstance(source, bytes) else source.read_bytes()


class Capture(msgspec.Struct, kw_only=True):
    """What a way in answers: the plan, its bytes by SHA-256, and a WebP of the page where it has one.

    `sources` holds every hash that the plan names; a `Path` is a temporary file that `assemble` may
    move away.
    """

    plan: CapturePlan
    sources: dict[str, bytes | Path]
    thumbnail: bytes | None = None
