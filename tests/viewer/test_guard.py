"""Who the viewer's server answers: its own window, and nobody else."""

from __future__ import annotations

import sys

import httpx
import pytest
from viewer_library import get

from linkshot.store.library import Library
from linkshot.viewer.context import Viewer
from linkshot.viewer.guard import cookie_name
from linkshot.viewer.run import serve_library, start_address
from linkshot.viewer.server import loopback_address

FORBIDDEN = (403, "request_forbidden")


def answer(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def test_key_in_the_address_becomes_a_cookie(viewer: Viewer) -> None:
    reply = get(start_address(viewer, 7))
    port = viewer.app_origin.rsplit(":", 1)[1]
    assert (reply.status_code, reply.headers["Location"]) == (303, "/")
    assert reply.headers["Set-Cookie"] == (
        f"{cookie_name(port)}={viewer.key}; HttpOnly; Path=/; SameSite=Strict"
    )


def test_wrong_key_is_refused(viewer: Viewer) -> None:
    assert answer(get(f"{viewer.app_origin}/?key=guess")) == FORBIDDEN


@pytest.mark.parametrize("path", ["/", "/api/links", "/js/main.js", "/api/changes"])
def test_request_without_key_is_refused(viewer: Viewer, path: str) -> None:
    assert answer(get(viewer.app_origin + path)) == FORBIDDEN


def test_other_host_name_is_refused(client: httpx.Client, viewer: Viewer) -> None:
    port = viewer.app_origin.rsplit(":", 1)[1]
    for host in ("evil.example", f"localhost:{port}", "127.0.0.1", f"evil.example:{port}"):
        assert answer(client.get("/api/links", headers={"Host": host})) == FORBIDDEN


@pytest.mark.parametrize("origin", ["null", "http://127.0.0.1:1", "https://evil.example"])
def test_other_origin_is_refused(client: httpx.Client, origin: str) -> None:
    assert answer(client.get("/api/links", headers={"Origin": origin})) == FORBIDDEN


def test_snapshot_origin_is_refused(client: httpx.Client, viewer: Viewer) -> None:
    headers = {"Origin": viewer.snapshot_origin}
    assert answer(client.get("/api/links", headers=headers)) == FORBIDDEN


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_request_of_another_page_is_refused(client: httpx.Client, site: str) -> None:
    reply = client.get("/api/links", headers={"Sec-Fetch-Site": site})
    assert answer(reply) == FORBIDDEN


def test_change_without_origin_is_refused(viewer: Viewer) -> None:
    port = viewer.app_origin.rsplit(":", 1)[1]
    reply = httpx.post(
        f"{viewer.app_origin}/api/trash",
        json={"link_ids": [1]},
        cookies={cookie_name(port): viewer.key},
    )
    assert answer(reply) == FORBIDDEN


def test_refusal_is_said_in_chinese(viewer: Viewer) -> None:
    reply = get(f"{viewer.app_origin}/api/links", headers={"X-Linkshot-Language": "zh"})
    assert reply.json()["message"].startswith("此请求不是来自链接快照的窗口")


@pytest.mark.parametrize(
    "path",
    [
        "/../app.py",
        "/js/../../app.py",
        "/%2e%2e/app.py",
        "/js/%2e%2e%2f%2e%2e%2fapp.py",
        "/..%5capp.py",
        "//etc/passwd",
        "/js",
        "/index.html/",
        "/js/main.js%00.css",
    ],
)
def test_path_outside_the_pages_is_not_served(client: httpx.Client, path: str) -> None:
    target = httpx.URL(str(client.base_url)).copy_with(raw_path=path.encode())
    assert answer(client.get(target)) == (404, "action_unknown")


def test_own_pages_have_a_strict_policy(client: httpx.Client, viewer: Viewer) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self'; frame-src {viewer.snapshot_root}/s/; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    )


def test_nothing_listens_after_the_end(library: Library) -> None:
    with serve_library(library.root) as viewer:
        origins = [viewer.app_origin, viewer.snapshot_origin]
    for origin in origins:
        with pytest.raises(httpx.ConnectError):
            get(origin)


def test_application_and_snapshots_have_two_loopback_origins(viewer: Viewer) -> None:
    origins = {viewer.app_origin, viewer.snapshot_origin}
    assert len(origins) == 2
    assert all(origin.startswith("http://127.") for origin in origins)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has 127.0.0.1 alone")
def test_runs_do_not_share_an_address_and_so_no_cookies() -> None:
    addresses = {loopback_address() for _ in range(8)}
    assert len(addresses) > 1
    assert "127.0.0.1" not in addresses
