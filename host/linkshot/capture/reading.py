"""Reads the pages of stored snapshots: text, metadata and keywords, for showing and for search."""

from __future__ import annotations

import logging

import msgspec

from linkshot.capture.pdf_apart import read_pdf_apart
from linkshot.errors import LinkshotError
from linkshot.page.article import read_page
from linkshot.page.charset import decode_html
from linkshot.page.media import PDF, is_html_type, is_text_type
from linkshot.page.reading import Reading
from linkshot.store.library import Library
from linkshot.store.readings import (
    fail_reading,
    pending_readings,
    pending_version,
    save_reading,
)
from linkshot.store.records import ResourceRecord, SnapshotRecord
from linkshot.store.search.sounds import fill_sounds
from linkshot.store.search.waiting import index_waiting
from linkshot.store.snapshots import find_resource, list_resources
from linkshot.store.tag_names import fill_names

_log = logging.getLogger(__name__)

# A top document with less text than this is a shell: what is read stands in its frames, or in a PDF.
_SHELL_CHARACTERS = 120
_MAX_PARTS_READ = 20
# Indexing a link again takes a small part of what reading a page takes.
_INDEXED_A_READING = 20


def read_pending(library: Library, limit: int = 100) -> int:
    """Read up to `limit` snapshots that were not read yet; how many were dealt with.

    A page that cannot be read is marked with the reason and not tried for ever. Where the text index
    is being made anew, some of its links are indexed and counted as well.
    """
    done = 0
    for snapshot in pending_readings(library, limit):
        _read_and_save(library, snapshot)
        done += 1
    if done:
        # What the captures made new tags of; here, as it takes a moment that nobody waits for.
        fill_names(library)
    indexed = index_waiting(library, limit * _INDEXED_A_READING)
    fill_sounds(library, (limit + indexed) * _INDEXED_A_READING)
    return done + indexed


def read_newest(library: Library, link_id: int) -> None:
    """Read the link's newest version where that was not done yet, ahead of all others."""
    if snapshot := pending_version(library, link_id):
        _read_and_save(library, snapshot)


def _read_and_save(library: Library, snapshot: SnapshotRecord) -> None:
    try:
        reading = read_snapshot(library, snapshot)
    except (LinkshotError, ValueError, RecursionError, MemoryError) as error:
        _log.warning("snapshot %s was not read: %s", snapshot.snapshot_id, error)
        fail_reading(library, snapshot.snapshot_id, f"{type(error).__name__}: {error}"[:500])
    else:
        save_reading(library, snapshot.snapshot_id, reading)


def read_snapshot(library: Library, snapshot: SnapshotRecord) -> Reading:
    """What the stored page says; where the top document is but a shell, its frames and PDFs too."""
    top = find_resource(library, snapshot.snapshot_id, snapshot.document)
    if top is None:
        raise ValueError("the snapshot does not list its document")
    reading = _read(library, top, snapshot)
    if len(reading.text) >= _SHELL_CHARACTERS:
        return reading
    return _with_parts(library, snapshot, reading)


def _read(library: Library, resource: ResourceRecord, snapshot: SnapshotRecord) -> Reading:
    if resource.media_type == PDF:
        reading = read_pdf_apart(library.blobs.read(resource.sha256))
        return msgspec.structs.replace(reading, title=reading.title or snapshot.title)
    if not is_text_type(resource.media_type):
        return Reading(title=snapshot.title)
    raw = library.blobs.read(resource.sha256)
    text, _ = decode_html(raw, f"{resource.media_type}; charset=utf-8")
    if is_html_type(resource.media_type):
        return read_page(text, resource.url or snapshot.page_url)
    return Reading(title=snapshot.title, text=text)


def _with_parts(library: Library, snapshot: SnapshotRecord, top: Reading) -> Reading:
    # A frame that could not be had shows the browser's own words for it.
    missing = {gone.url for gone in snapshot.receipt.missing}
    parts = [
        resource
        for resource in list_resources(library, snapshot.snapshot_id)
        if _is_part(resource) and resource.name != snapshot.document and resource.url not in missing
    ]
    readings = [_read_part(library, part, snapshot) for part in parts[:_MAX_PARTS_READ]]
    best = max(readings, key=lambda reading: len(reading.text), default=top)
    if len(best.text) <= len(top.text):
        return top
    texts = [reading.text for reading in [top, *readings] if reading.text]
    return Reading(
        title=top.title or best.title,
        text="\n\n".join(dict.fromkeys(texts)),
        html=best.html,
        author=top.author or best.author,
        published=top.published or best.published,
        site=top.site or best.site,
        lang=top.lang or best.lang,
        keywords=best.keywords or top.keywords,
        policy=top.policy or best.policy,
    )


def _read_part(library: Library, part: ResourceRecord, snapshot: SnapshotRecord) -> Reading:
    """Nothing where it cannot be read: what else the page says is kept all the same."""
    try:
        return _read(library, part, snapshot)
    except ValueError as error:
        _log.warning("snapshot %s: %s was not read: %s", snapshot.snapshot_id, part.name, error)
        return Reading()


def _is_part(resource: ResourceRecord) -> bool:
    return is_html_type(resource.media_type) or resource.media_type == PDF
