"""Who may speak to the viewer: the window that was given the key of this run, and nobody else.

Three locks, each enough against a different stranger. The Host header stops a site whose name was
made to point at this machine (DNS rebinding). Sec-Fetch-Site and Origin stop every page that is not
ours, other ports of this machine included, which share cookies and count as the same site. The key
stops every other program that finds the port.
"""

from __future__ import annotations

import hmac

from werkzeug.wrappers import Request

from linkshot.errors import RequestForbidden

COOKIE = "linkshot_key"
SAFE_METHODS = frozenset({"GET", "HEAD"})


def check_host(request: Request, host: str) -> None:
    """Refuse a request that was sent to another name than ours."""
    if request.headers.get("Host") != host:
        raise RequestForbidden(reason="the Host header is not the window's")


def check_source(request: Request, origin: str) -> None:
    """Refuse what another page sent. A page opened by hand has no source; reading is all it may do."""
    sent = request.headers.get("Origin")
    if sent is not None and sent != origin:
        raise RequestForbidden(reason="the Origin header is not the window's")
    site = request.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin", "none"):
        raise RequestForbidden(reason="another page sent it")
    if request.method in SAFE_METHODS:
        return
    if sent is None and site != "same-origin":
        raise RequestForbidden(reason="it has no Origin header")


def has_key(request: Request, key: str, port: str) -> bool:
    """Whether the request carries the run's key in its cookie."""
    return same_secret(request.cookies.get(cookie_name(port), ""), key)


def check_key(request: Request, key: str, port: str) -> None:
    """Refuse a request without the run's key."""
    if not has_key(request, key, port):
        raise RequestForbidden(reason="the key of this run is missing or wrong")


def cookie_name(port: str) -> str:
    """Cookies ignore ports, so the port is in the name: two windows must not log each other out."""
    return f"{COOKIE}_{port}"


def same_secret(given: str, secret: str) -> bool:
    """Compare without telling by the time taken how much was right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode())
