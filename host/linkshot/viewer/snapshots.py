"""Shows snapshots, on a listener of their own: another origin than the application's.

A snapshot is hostile. `sandbox` makes its origin opaque and turns script, forms, popups and plug-ins
off; the rest of the policy lets it load its own stored resources and nothing else. In an opaque origin
'self' is nobody, so the policy names the snapshot's own address.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable
from werkzeug.http import quote_etag
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from linkshot.errors import ActionUnknown, Language, LinkshotError, ResourceNotFound
from linkshot.store.library import Library
from linkshot.store.records import ResourceRecord
from linkshot.store.snapshots import find_resource, get_snapshot
from linkshot.viewer.app import coded
from linkshot.viewer.guard import check_host, same_secret
from linkshot.viewer.links_out import disarm_links
from linkshot.viewer.wire import RowNumber, error_reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

DOCUMENT_TYPES = frozenset({"text/html", "application/xhtml+xml"})
UTF8_TYPES = DOCUMENT_TYPES | {"text/css", "text/vtt"}
# Never served as what they are, whatever a capture kept.
ACTIVE_TYPES = frozenset(
    {"text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript"}
)

ROUTES = Map(
    [
        Rule("/<secret>/s/<int:snapshot_id>/", endpoint="document", methods=["GET"]),
        Rule("/<secret>/s/<int:snapshot_id>/<name>", endpoint="resource", methods=["GET"]),
    ],
    merge_slashes=False,
    redirect_defaults=False,
    converters={"int": RowNumber},
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class SnapshotApp:
    """The WSGI application of the snapshots' listener."""

    library: Library
    secret: str
    host: str
    app_origin: str
    language: Language

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; every failure is a coded JSON error."""
        request = Request(environ)
        try:
            reply = coded(self._answer)(request)
        except LinkshotError as error:
            reply = error_reply(error, self.language)
            reply.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
            reply.headers["X-Content-Type-Options"] = "nosniff"
        return reply(environ, start_response)

    def _answer(self, request: Request) -> Response:
        check_host(request, self.host)
        secret, snapshot_id, name = self._asked(request)
        record = get_snapshot(self.library, snapshot_id)
        wanted = name or record.document
        resource = find_resource(self.library, snapshot_id, wanted)
        if resource is None:
            raise ResourceNotFound(snapshot=snapshot_id, name=wanted)
        reply = self._serve(request, resource)
        root = f"http://{self.host}/{secret}/s/{snapshot_id}/"
        ancestors = f"; frame-ancestors {self.app_origin}" if not name else ""
        reply.headers["Content-Security-Policy"] = snapshot_policy(root) + ancestors
        return reply

    def _asked(self, request: Request) -> tuple[str, int, str]:
        try:
            _, values = ROUTES.bind_to_environ(request.environ).match()
        except HTTPException as cause:
            raise ActionUnknown(action=request.path[-80:]) from cause
        if not same_secret(values["secret"], self.secret):
            raise ActionUnknown(action=request.path[-80:])
        return values["secret"], values["snapshot_id"], values.get("name", "")

    def _serve(self, request: Request, resource: ResourceRecord) -> Response:
        media_type = served_type(resource.media_type)
        reply = Response(content_type=media_type)
        reply.headers.update(resource_headers(resource))
        if resource.media_type in DOCUMENT_TYPES:
            reply.set_data(disarm_links(self.library.blobs.read(resource.sha256)))
            return reply.make_conditional(request.environ)
        if_match = request.headers.get("If-None-Match", "")
        if quote_etag(resource.sha256) in if_match:
            reply.status_code = 304
            return reply
        return self._stream(request, reply, resource)

    def _stream(self, request: Request, reply: Response, resource: ResourceRecord) -> Response:
        """The bytes as they are read, with ranges for players that seek."""
        size = self.library.blobs.size(resource.sha256)
        if request.method != "HEAD":
            source = self.library.blobs.open(resource.sha256)
            reply.response = _chunks(source.read, source.close)
        reply.content_length = size
        if request.range is None or request.range.units != "bytes":
            return reply  # a unit that nobody knows is to be ignored: RFC 9110, 14.2
        try:
            return reply.make_conditional(request.environ, accept_ranges=True, complete_length=size)
        except RequestedRangeNotSatisfiable:
            return Response(status=416, headers={"Content-Range": f"bytes */{size}"})


def snapshot_policy(root: str) -> str:
    """The Content-Security-Policy of one snapshot, whose own files stand below `root`."""
    return "; ".join(
        (
            "sandbox",
            "default-src 'none'",
            f"img-src {root} data:",
            f"media-src {root} data:",
            f"font-src {root} data:",
            f"style-src {root} data: 'unsafe-inline'",
            f"frame-src {root} data:",
            "script-src 'none'",
            "object-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
        )
    )


def resource_headers(resource: ResourceRecord) -> dict[str, str]:
    """What goes with every stored resource, whatever its kind."""
    return {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, max-age=86400, immutable",
        "ETag": quote_etag(resource.sha256),
        # The document's origin is opaque: its fonts are asked for with CORS, and its pictures count as
        # cross-origin. Whoever lacks the secret in the address gets nothing.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Content-Disposition": "inline",
        "X-DNS-Prefetch-Control": "off",
    }


def served_type(media_type: str) -> str:
    """The Content-Type to serve stored bytes under; scripts become plain text.

    So does every text that is no part of a page: a browser would guess its charset, or download it.
    """
    plain = media_type.split(";", 1)[0].strip().lower()
    if plain in UTF8_TYPES:
        return f"{plain}; charset=utf-8"
    if plain in ACTIVE_TYPES or (plain.startswith("text/") and plain != "text/xml"):
        return "text/plain; charset=utf-8"
    return plain or "application/octet-stream"


def _chunks(read: Callable[[int], bytes], close: Callable[[], Any]) -> Iterable[bytes]:
    try:
        while chunk := read(1 << 18):
            yield chunk
    finally:
        close()
