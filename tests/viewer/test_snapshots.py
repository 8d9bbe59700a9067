"""Snapshots as they are served: from their own origin, with nothing allowed but their own files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import httpx
import pytest
from viewer_library import get

from linkshot.store.records import SavedSnapshot
from linkshot.viewer.context import Viewer
from linkshot.viewer.snapshots import served_type

Keep = Callable[..., SavedSnapshot]

CSS = b"p { color: red }"
CSS_NAME = f"{hashlib.sha256(CSS).hexdigest()}.css"


@pytest.fixture
def root(keep: Keep, viewer: Viewer) -> str:
    saved = keep(
        "https://a.example/1",
        "<html><head><title>题</title></head><body><p>正文</p></body></html>",
        files=((CSS, "text/css"), (b"alert(1)", "text/javascript")),
    )
    return f"{viewer.snapshot_root}/s/{saved.snapshot_id}/"


def test_document_is_served_with_its_own_policy(root: str, viewer: Viewer) -> None:
    reply = get(root)
    assert reply.text == (
        '<html><head><base target="_blank"><title>题</title></head><body><p>正文</p></body></html>'
    )
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Content-Security-Policy"] == (
        f"sandbox; default-src 'none'; img-src {root} data:; media-src {root} data:; "
        f"font-src {root} data:; style-src {root} data: 'unsafe-inline'; "
        f"frame-src {root} data:; script-src 'none'; object-src 'none'; form-action 'none'; "
        f"base-uri 'none'; frame-ancestors {viewer.app_origin}"
    )


def test_resource_is_served_as_it_is(root: str) -> None:
    reply = get(root + CSS_NAME)
    assert (reply.content, reply.headers["Content-Type"]) == (CSS, "text/css; charset=utf-8")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"


def test_script_is_served_as_text(root: str) -> None:
    name = f"{hashlib.sha256(b'alert(1)').hexdigest()}.bin"
    assert get(root + name).headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("media_type", "served"),
    [
        ("text/csv", "text/plain; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/vtt", "text/vtt; charset=utf-8"),
        ("text/xml", "text/xml"),
        ("image/png", "image/png"),
    ],
)
def test_text_that_is_no_part_of_a_page_is_shown_as_the_text_it_is(
    media_type: str, served: str
) -> None:
    assert served_type(media_type) == served


def test_known_resource_is_not_sent_again(root: str) -> None:
    etag = get(root + CSS_NAME).headers["ETag"]
    reply = get(root + CSS_NAME, headers={"If-None-Match": etag})
    assert (reply.status_code, reply.content) == (304, b"")


def test_part_of_a_resource_is_sent(root: str) -> None:
    reply = get(root + CSS_NAME, headers={"Range": "bytes=2-4"})
    assert (reply.status_code, reply.content) == (206, CSS[2:5])


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-0", 206, "bytes 0-0/16"),
        ("bytes=-3", 206, "bytes 13-15/16"),
        ("bytes=14-99", 206, "bytes 14-15/16"),
        ("bytes=16-", 416, "bytes */16"),
        ("bytes=9-2", 200, None),
        ("lines=1-2", 200, None),
    ],
)
def test_range_is_answered_as_http_says(
    root: str, asked: str, status: int, span: str | None
) -> None:
    reply = get(root + CSS_NAME, headers={"Range": asked})
    assert (reply.status_code, reply.headers.get("Content-Range")) == (status, span)


def test_head_tells_the_length_and_sends_nothing(root: str) -> None:
    reply = httpx.head(root + CSS_NAME)
    assert (reply.headers["Content-Length"], reply.content) == ("16", b"")


def test_part_of_a_huge_resource_comes_at_once(keep: Keep, viewer: Viewer) -> None:
    huge = hashlib.shake_128(b"film").digest(40 << 20)
    saved = keep("https://a.example/film", "<p>x", files=((huge, "video/mp4"),))
    name = f"{hashlib.sha256(huge).hexdigest()}.bin"
    reply = get(
        f"{viewer.snapshot_root}/s/{saved.snapshot_id}/{name}",
        headers={"Range": f"bytes={len(huge) - 10}-"},
    )
    assert reply.content == huge[-10:]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no-such-name", "resource_not_found"),
        ("..%2f..%2flinkshot.db", "action_unknown"),
        ("%2e%2e/%2e%2e/linkshot.db", "action_unknown"),
        ("a/b", "action_unknown"),
        ("%00", "resource_not_found"),
        ("%ff%fe", "resource_not_found"),
        ("x" * 5000, "resource_not_found"),
    ],
)
def test_name_of_no_resource_is_refused(root: str, name: str, code: str) -> None:
    target = httpx.URL(root).copy_with(raw_path=httpx.URL(root).raw_path + name.encode())
    reply = get(target)
    assert (reply.status_code, reply.json()["code"]) == (404, code)


def test_resource_of_another_snapshot_is_refused(root: str, keep: Keep, viewer: Viewer) -> None:
    other = keep("https://b.example/", "<p>b")
    reply = get(f"{viewer.snapshot_root}/s/{other.snapshot_id}/{CSS_NAME}")
    assert reply.json()["code"] == "resource_not_found"


def test_missing_snapshot_is_refused(viewer: Viewer) -> None:
    reply = get(f"{viewer.snapshot_root}/s/99/")
    assert (reply.status_code, reply.json()["code"]) == (404, "snapshot_not_found")


def test_wrong_secret_is_refused(root: str, viewer: Viewer) -> None:
    wrong = f"{viewer.snapshot_origin}/guess/s/1/"
    assert get(wrong).json()["code"] == "action_unknown"


def test_other_host_name_is_refused(root: str) -> None:
    reply = get(root, headers={"Host": "evil.example"})
    assert (reply.status_code, reply.json()["code"]) == (403, "request_forbidden")


def test_key_of_the_application_opens_no_snapshot(root: str, viewer: Viewer) -> None:
    reply = get(f"{viewer.snapshot_origin}/{viewer.key}/s/1/")
    assert reply.json()["code"] == "action_unknown"


def test_writing_is_refused(root: str) -> None:
    assert httpx.post(root, content=b"x").json()["code"] == "action_unknown"
