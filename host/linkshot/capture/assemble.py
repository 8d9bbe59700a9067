"""Everyone's last step: from a plan and its bytes to a stored snapshot.

Frames and style sheets are rewritten from the leaves up, as what refers to them does so by hash.
Pictures and other bytes are passed through untouched, as files where they came as files.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from linkshot.capture.assemble_documents import rewrite_planned
from linkshot.capture.assemble_sources import Sources
from linkshot.capture.assemble_title import snapshot_title
from linkshot.capture.assemble_tree import ResourceTree
from linkshot.capture.assemble_warnings import receipt_warnings
from linkshot.capture.plan import CapturePlan, Progress
from linkshot.page.media import media_type_of
from linkshot.page.urls import canonical_url
from linkshot.store.library import Library
from linkshot.store.records import (
    ByteCounts,
    Fonts,
    NewSnapshot,
    Receipt,
    ResourceRecord,
    SavedSnapshot,
)
from linkshot.store.snapshots import find_saved, save_snapshot, set_thumbnail


def assemble(  # noqa: PLR0913 - what came, where to, and three things about it by keyword
    plan: CapturePlan,
    sources: Mapping[str, bytes | Path],
    library: Library,
    *,
    sent_bytes: int | None = None,
    thumbnail: bytes | None = None,
    progress: Progress | None = None,
) -> SavedSnapshot:
    """Keep a capture: strip what acts, rewrite addresses to names, save in one transaction.

    `sources` holds bytes by SHA-256; those it lacks have to be in the library. `sent_bytes` is
    what crossed the wire (default: all of `sources`), `thumbnail` a WebP. `progress` is told
    "assemble" and "save". A `capture_id` that is saved already answers what was saved then.

    Raises:
        UrlInvalid: the page's address is no http, https or file address.
        BlobMissing: bytes are neither in `sources` nor in the library; nothing is kept.
        LibraryError: the library does not take it; nothing is kept.
    """
    saved = find_saved(library, plan.capture_id)
    if saved is None:
        started = time.perf_counter()
        if progress:
            progress("assemble")
        new = _new_snapshot(plan, Sources(sources, library.blobs), sent_bytes, started)
        if progress:
            progress("save")
        saved = save_snapshot(library, new)
    if thumbnail:
        set_thumbnail(library, saved.snapshot_id, "image/webp", thumbnail)
    return saved


def _new_snapshot(
    plan: CapturePlan, sources: Sources, sent_bytes: int | None, started: float
) -> NewSnapshot:
    url = canonical_url(plan.page_url)
    planned = [r.sha256 for r in plan.resources] + [d.sha256 for d in plan.documents]
    sources.require(planned)
    tree = ResourceTree(plan, sources)
    documents = rewrite_planned(plan, tree)
    top = documents[""]
    resources = [*documents.values(), *tree.records()]
    receipt = _receipt(plan, tree, resources)
    receipt.warnings = receipt_warnings(plan, documents.values(), tree)
    receipt.bytes.sent = sources.total_bytes() if sent_bytes is None else sent_bytes
    receipt.timings_ms.assemble = round((time.perf_counter() - started) * 1000, 1)
    return NewSnapshot(
        capture_id=plan.capture_id,
        url=url,
        page_url=plan.page_url,
        title=snapshot_title(plan, top, tree),
        captured_at=plan.captured_at,
        via=plan.via,
        digest=plan.digest(),
        document=top.name,
        resources=list({resource.name: resource for resource in resources}.values()),
        receipt=receipt,
        blobs=tree.blobs(),
        status=plan.status,
        tags=plan.tags,
        note=plan.note,
    )


def _receipt(plan: CapturePlan, tree: ResourceTree, resources: list[ResourceRecord]) -> Receipt:
    fonts = {r.sha256 for r in resources if media_type_of(r.media_type).startswith("font/")}
    sizes = {d.sha256: d.size for d in plan.documents} | {r.sha256: r.size for r in plan.resources}
    missing = {entry.url: entry for entry in [*plan.missing, *tree.missing]}
    return Receipt(
        kept=len(plan.resources),
        missing=list(missing.values()),
        frames=len(plan.documents) - 1,
        fonts=Fonts(kept=len(fonts), declared=max(plan.fonts_declared, len(fonts))),
        bytes=ByteCounts(page=sum(sizes.values())),
        timings_ms=msgspec.structs.replace(plan.timings_ms),
        agent=plan.agent,
    )
