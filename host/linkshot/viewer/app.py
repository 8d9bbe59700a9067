"""The viewer's application: its pages, its JSON API, and the checks before both."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from linkshot import paths
from linkshot.errors import ActionUnknown, Internal, LinkshotError, RequestForbidden
from linkshot.viewer import guard
from linkshot.viewer.api.table import HANDLERS
from linkshot.viewer.assets import asset_names, asset_reply
from linkshot.viewer.context import Viewer
from linkshot.viewer.wire import RowNumber, error_reply, json_reply, language_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Handler = Callable[..., object]

# Each to its handler; what none of them answers is an asset.
ROUTES = Map(
    [
        *(Rule(path, endpoint=handler, methods=[method]) for method, path, handler in HANDLERS),
        Rule("/<path:name>", endpoint=None, methods=["GET"]),
    ],
    merge_slashes=False,
    converters={"int": RowNumber},
)


def coded(work: Callable[P, T]) -> Callable[P, T]:
    """`work` with any fault of ours raised as `Internal`, logged with its traceback.

    The viewer's one rim, as native/router.py is the host's: requests and captures run on threads,
    where a fault that nobody catches is a page that waits for ever and a log that nobody has.
    """

    def answer(*args: P.args, **named: P.kwargs) -> T:
        try:
            return work(*args, **named)
        except LinkshotError:
            raise
        except Exception as fault:
            log.exception("the viewer failed in %s", getattr(work, "__qualname__", work))
            raise Internal(kind=type(fault).__name__, log=paths.log_dir()) from fault

    return answer


class ViewerApp:
    """The WSGI application of the viewer's own origin."""

    def __init__(self, viewer: Viewer) -> None:
        """Serve `viewer`; the list of pages is read once."""
        self._viewer = viewer
        self._host = viewer.app_origin.split("//", 1)[1]
        self._port = self._host.rsplit(":", 1)[1]
        self._assets = asset_names()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; every failure is a coded JSON error in the page's language."""
        request = Request(environ)
        language = language_of(request, self._viewer.language)
        try:
            reply = coded(self._answer)(request)
        except LinkshotError as error:
            reply = error_reply(error, language)
        reply.headers.update(self._headers())
        return reply(environ, start_response)

    def _answer(self, request: Request) -> Response:
        guard.check_host(request, self._host)
        guard.check_source(request, self._viewer.app_origin)
        if request.path == "/" and "key" in request.args:
            return self._let_in(request)
        guard.check_key(request, self._viewer.key, self._port)
        if request.path == "/":
            return asset_reply("index.html", self._assets)
        handler, values = self._match(request)
        if handler is None:
            return asset_reply(values["name"], self._assets)
        answer = handler(self._viewer, request, **values)
        return answer if isinstance(answer, Response) else json_reply(answer)

    def _match(self, request: Request) -> tuple[Handler | None, dict[str, Any]]:
        try:
            handler, values = ROUTES.bind_to_environ(request.environ).match()
        except HTTPException as cause:
            raise ActionUnknown(action=f"{request.method} {request.path[-80:]}") from cause
        return handler, dict(values)

    def _let_in(self, request: Request) -> Response:
        """Trade the key in the address for a cookie that no script can read."""
        if not guard.same_secret(request.args["key"], self._viewer.key):
            raise RequestForbidden(reason="the key of this run is missing or wrong")
        reply = redirect("/", 303)
        reply.set_cookie(
            guard.cookie_name(self._port), self._viewer.key, httponly=True, samesite="Strict"
        )
        return reply

    def _headers(self) -> dict[str, str]:
        policy = (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            f"frame-src {self._viewer.snapshot_root}/s/",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
        return {
            "Content-Security-Policy": "; ".join(policy),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
        }
