"""Small pictures of snapshots."""

from __future__ import annotations

from werkzeug.wrappers import Request, Response

from linkshot.errors import ResourceNotFound
from linkshot.store.library import Library
from linkshot.store.snapshots import get_snapshot, get_thumbnail, list_snapshots
from linkshot.viewer.context import Viewer

# Pictures that cannot hold script.
SHOWN_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})


def show_thumbnail(viewer: Viewer, request: Request, snapshot_id: int) -> Response:
    """The picture's bytes.

    Raises:
        ResourceNotFound: the snapshot has no thumbnail that may be shown.
    """
    found = get_thumbnail(viewer.library, snapshot_id) or _of_a_sibling(viewer.library, snapshot_id)
    if found is None or found[0] not in SHOWN_TYPES:
        raise ResourceNotFound(snapshot=snapshot_id, name="thumbnail")
    reply = Response(found[1], content_type=found[0])
    reply.headers["Cache-Control"] = "private, max-age=600"
    return reply


def _of_a_sibling(library: Library, snapshot_id: int) -> tuple[str, bytes] | None:
    """The newest picture of the same link: not every way in makes one."""
    versions = list_snapshots(library, get_snapshot(library, snapshot_id).link_id)
    pictured = next((one for one in versions if one.thumbnail is not None), None)
    return get_thumbnail(library, pictured.snapshot_id) if pictured else None


ROUTES = (("GET", "/api/thumbnails/<int:snapshot_id>", show_thumbnail),)
