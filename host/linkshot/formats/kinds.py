"""What a snapshot leaves the library as: an HTML page, or the file that it is where no page can show it.

A film or sound would be in the page by a third larger and could not be sought in. A PDF runs scripts of
its own whatever the page's policy says, and over two megabytes Chromium shows none from a data: address.
"""

from __future__ import annotations

from linkshot.errors import ResourceNotFound
from linkshot.page.media import EXTENSIONS, OCTETS, PDF, is_text_type, media_type_of
from linkshot.page.urls import without_fragment
from linkshot.store.library import Library
from linkshot.store.records import ResourceRecord, SnapshotRecord
from linkshot.store.snapshots import get_snapshot, list_resources

PAGE = "text/html"
# Such as all browsers show.
PICTURES = frozenset(
    {
        "image/png",
        "image/apng",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/bmp",
        "image/x-icon",
    }
)


def exported_type(library: Library, snapshot_id: int) -> str:
    """The media type of what is exported: a page's, or that of the file, where it is one we know.

    Raises:
        SnapshotNotFound, ResourceNotFound: there is no such snapshot, or no document of it.
    """
    kept = exported_resource(library, get_snapshot(library, snapshot_id))
    media_type = media_type_of(kept.media_type)
    if is_text_type(media_type) or media_type in PICTURES:
        return PAGE
    return media_type if media_type in EXTENSIONS else OCTETS


def exported_resource(library: Library, snapshot: SnapshotRecord) -> ResourceRecord:
    """The snapshot's top document; the PDF where that is all it shows."""
    resources = list_resources(library, snapshot.snapshot_id)
    top = next((one for one in resources if one.name == snapshot.document), None)
    if top is None:
        raise ResourceNotFound(snapshot=snapshot.snapshot_id, name=snapshot.document)
    return _pdf_among(resources, snapshot) or top


def pdf_of(library: Library, snapshot: SnapshotRecord) -> ResourceRecord | None:
    """The PDF that the page's address gave; a browser keeps a document around it that shows it."""
    return _pdf_among(list_resources(library, snapshot.snapshot_id), snapshot)


def _pdf_among(resources: list[ResourceRecord], snapshot: SnapshotRecord) -> ResourceRecord | None:
    page_url = without_fragment(snapshot.page_url)
    return next((one for one in resources if one.media_type == PDF and one.url == page_url), None)
