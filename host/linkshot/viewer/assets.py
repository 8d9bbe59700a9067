"""The application's own pages: HTML, style, modules and words, read from the package."""

from __future__ import annotations

from pathlib import Path

from werkzeug.wrappers import Response

from linkshot.errors import ActionUnknown

PAGES = Path(__file__).parent / "pages"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


def asset_names() -> frozenset[str]:
    """Every file that may be served; nothing outside this list is ever opened."""
    files = (path for path in PAGES.rglob("*") if path.suffix in TYPES)
    return frozenset(path.relative_to(PAGES).as_posix() for path in files)


def asset_reply(name: str, known: frozenset[str]) -> Response:
    """One file of the application.

    Raises:
        ActionUnknown: there is no such file.
    """
    if name not in known:
        raise ActionUnknown(action=name[-80:])
    path = PAGES / name
    reply = Response(path.read_bytes(), content_type=TYPES[path.suffix])
    reply.headers["Cache-Control"] = "no-cache"
    return reply
