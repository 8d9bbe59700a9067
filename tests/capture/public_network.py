"""A machine that has a public address, in a network of its own: what `test_reach` runs there.

`python -m tests.capture.public_network LIBRARY` prints, for each case and way in, what came of keeping its page.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
from pathlib import Path

from tests.conftest import Site

from linkshot.capture.keep import Keeper, WayIn
from linkshot.errors import LinkshotError
from linkshot.store.library import Library
from linkshot.store.snapshots import get_thumbnail, list_resources

PUBLIC = "93.184.215.14"
PRIVATE = "10.1.1.1"
# Where the page itself goes inside: what one way in refuses, no other may keep instead.
LED = ("redirect", "redirect to a file", "refresh", "script")
SECRET = "内部资料"

PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><title>%s</title></svg>"
PARTS = """<!doctype html><title>公开</title><p>公开的通知
<img src={inside}/secret.svg><img loading=lazy style="margin-top:9000px" src={inside}/late.svg>
<img src=/to-secret.svg><iframe src={inside}/frame></iframe><iframe src=/to-frame></iframe>
<link rel=stylesheet href={inside}/secret.css>"""


def main(library_dir: Path) -> None:
    """Keep each page by each way in."""
    give_addresses()
    site = Site("0.0.0.0")
    port = site.server.server_port
    outside, inside = f"http://{PUBLIC}:{port}", f"http://{PRIVATE}:{port}"
    put_pages(site, outside, inside)
    cases = {
        "redirect": f"{outside}/to-page",
        "redirect to a file": f"{outside}/to-file",
        "refresh": f"{outside}/refresh",
        "script": f"{outside}/script",
        "parts": f"{outside}/parts",
        "inside": f"{inside}/parts",
    }
    said: dict[str, dict[str, object]] = {}
    ways: tuple[WayIn, ...] = ("http", "browser", "auto")
    for via in ways:
        asked = {case: url for case, url in cases.items() if via != "auto" or case in LED}
        said |= {f"{case} {via}": one for case, one in kept(library_dir, asked, via).items()}
    name_proxy(site)
    proxied = {f"proxied {case}": cases[case] for case in ("redirect", "parts")}
    said |= {f"{case} browser": one for case, one in kept(library_dir, proxied, "browser").items()}
    sys.stdout.write(json.dumps(said))


def kept(library_dir: Path, cases: dict[str, str], via: WayIn) -> dict[str, dict[str, object]]:
    """What came of keeping each address, one after another."""
    with Library.open(library_dir / via) as library, Keeper(library) as keeper:
        return {case: outcome(library, keeper, url, via) for case, url in cases.items()}


def give_addresses() -> None:
    """Bring the loopback up, with two more addresses."""
    import fcntl

    # https://man7.org/linux/man-pages/man7/netdevice.7.html
    set_flags, set_address, up = 0x8914, 0x8916, 0x1
    with socket.socket() as asking:
        fcntl.ioctl(asking, set_flags, struct.pack("16sh14x", b"lo", up))
        for number, address in enumerate((PUBLIC, PRIVATE)):
            name, raw = f"lo:{number}".encode(), socket.inet_aton(address)
            request = struct.pack("16sH2x4s8x", name, socket.AF_INET, raw)
            fcntl.ioctl(asking, set_address, request)


def put_pages(site: Site, outside: str, inside: str) -> None:
    """What the machine serves on all its addresses."""
    site.put("/page", f"<!doctype html><title>{SECRET}</title><p>{SECRET}")
    site.put(
        "/frame",
        f"<!doctype html><p>{SECRET}<iframe srcdoc='<p>{SECRET}'></iframe>"
        "<script>history.pushState(0, '', '/elsewhere')</script>",
    )
    for name in ("/secret.svg", "/late.svg"):
        site.put(name, PICTURE % SECRET.encode(), media_type="image/svg+xml")
    site.put("/secret.css", f"p::after {{ content: '{SECRET}' }}", media_type="text/css")
    site.put("/file", SECRET, media_type="application/zip")
    for name in ("/page", "/frame", "/secret.svg", "/file"):
        to = (("Location", inside + name),)
        site.put(name.replace("/", "/to-"), "", status=302, headers=to)
    site.put("/refresh", f"<meta http-equiv=refresh content='0;url={inside}/page'><p>公开")
    site.put("/script", f"<title>公开</title><p>公开<script>location = '{inside}/page'</script>")
    site.put("/parts", PARTS.format(inside=inside))


def name_proxy(site: Site) -> None:
    """From now on the environment names a proxy, but for the private address."""
    proxy = Site()
    proxy.answers = ThroughProxy(site)
    os.environ |= {"http_proxy": proxy.url, "no_proxy": PRIVATE}


class ThroughProxy(dict):  # type: ignore[type-arg]
    """What a proxy answers: it is asked for whole addresses."""

    def __init__(self, site: Site) -> None:
        self._answers = site.answers

    def get(self, url: str, default: object = None) -> object:
        return self._answers.get("/" + url.split("/", 3)[3], default)


def outcome(library: Library, keeper: Keeper, url: str, via: WayIn) -> dict[str, object]:
    """The error, or what is kept, how much of it is secret, and what is missing."""
    try:
        saved = keeper.keep(url, via=via)
    except LinkshotError as error:
        return {"code": error.code, "message": error.message("en")}
    parts = list_resources(library, saved.snapshot_id)
    missing = {one.url.rpartition("/")[2]: one.reason for one in saved.receipt.missing}
    return {
        "via": saved.via,
        "secrets": sum(SECRET.encode() in library.blobs.read(one.sha256) for one in parts),
        "missing": missing,
        "has_thumbnail": get_thumbnail(library, saved.snapshot_id) is not None,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
