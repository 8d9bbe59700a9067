"""Links entered in the window: none is lost, whenever it closes and however many there are."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import httpx
import pytest
from tests.conftest import Site

from linkshot.errors import CaptureNotFound
from linkshot.page.urls import canonical_url
from linkshot.store.captures import claim_capture, finish_capture, get_capture, request_capture
from linkshot.store.library import Library
from linkshot.store.links import link_status
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import serve_library


@pytest.fixture(autouse=True)
def without_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is fetched by HTTP, as where no browser is found: what is tested is who keeps it, and when."""
    monkeypatch.setenv("PATH", "")


def test_link_that_has_not_begun_when_the_window_closes_is_kept_by_the_next(
    library: Library, site: Site, gate: threading.Event
) -> None:
    urls = [site.put(f"/{at}", f"<title>{at}</title><p>{at}") for at in range(3)]
    with serve_library(library.root) as viewer:
        ids = [one.request_id for one in viewer.captures.begin(urls, ["甲"])]
        wait_until(lambda: {"/0", "/1"} <= set(site.requests))
        assert viewer.captures.end() == 2
        gate.set()
    assert states(library, ids) == ["done", "done", "queued"]
    with serve_library(library.root) as viewer:
        wait_until(lambda: states(library, ids) == ["done"] * 3)
        told = viewer.captures.find(ids, "en")
    assert [(one.title, one.tags) for one in told] == [(str(at), ["甲"]) for at in range(3)]


def test_link_that_fails_when_the_window_has_closed_is_tried_by_the_next(
    library: Library, site: Site, gate: threading.Event
) -> None:
    with serve_library(library.root) as viewer:
        (asked,) = viewer.captures.begin([f"{site.url}/gone"], [])
        wait_until(lambda: "/gone" in site.requests)
        viewer.captures.end()
        gate.set()
    assert states(library, [asked.request_id]) == ["queued"]
    with serve_library(library.root) as viewer:
        wait_until(lambda: states(library, [asked.request_id]) == ["failed"])
        (told,) = viewer.captures.find([asked.request_id], "en")
    assert told.code == "http_status"


def test_hundreds_of_links_are_all_watched_to_their_end(
    client: httpx.Client, site: Site, gate: threading.Event
) -> None:
    urls = [f"{site.url}/{at}" for at in range(230)]
    begun = client.post("/api/captures", json={"urls": urls}).json()["begun"]
    ids = ",".join(str(one["capture_id"]) for one in begun)
    told = client.get("/api/captures", params={"ids": ids}).json()
    assert [one["url"] for one in told] == urls
    assert {one["state"] for one in told} <= {"queued", "running"}
    assert [one["url"] for one in client.get("/api/captures/waiting").json()] == urls


def test_address_without_scheme_is_kept_over_plain_http_where_https_is_not(
    client: httpx.Client, library: Library, site: Site
) -> None:
    typed = site.put("/a", "<title>a</title><p>a").removeprefix("http://")
    (begun,) = client.post("/api/captures", json={"urls": [f" {typed} "]}).json()["begun"]
    wait_until(lambda: states(library, [begun["capture_id"]]) == ["done"])
    assert link_status(library, canonical_url(f"http://{typed}")).link_id is not None


def test_wrong_links_are_told_and_the_others_begun(
    client: httpx.Client, site: Site, gate: threading.Event
) -> None:
    entered = {"urls": ["nonsense", f"{site.url}/1", "ftp://a.example/"]}
    answer = client.post(
        "/api/captures", json=entered, headers={"X-Linkshot-Language": "zh"}
    ).json()
    assert [one["url"] for one in answer["begun"]] == [f"{site.url}/1"]
    assert [one["url"] for one in answer["refused"]] == ["nonsense", "ftp://a.example/"]
    assert all("网址" in one["message"] for one in answer["refused"])


def test_wrong_tag_begins_nothing(client: httpx.Client) -> None:
    entered = {"urls": ["https://a.example/"], "tags": ["甲", "/"]}
    assert client.post("/api/captures", json=entered).status_code == 400
    assert client.get("/api/captures/waiting").json() == []


def test_capture_of_a_dead_site_says_why_in_the_language_of_the_page(client: httpx.Client) -> None:
    url = "http://127.0.0.1:9/x"
    (begun,) = client.post("/api/captures", json={"urls": [url]}).json()["begun"]

    def told(language: str = "en") -> dict[str, str]:
        headers = {"X-Linkshot-Language": language}
        asked = {"ids": begun["capture_id"]}
        (progress,) = client.get("/api/captures", params=asked, headers=headers).json()
        return progress  # type: ignore[no-any-return]

    wait_until(lambda: told()["state"] not in ("queued", "running"))
    assert (told()["state"], told()["code"]) == ("failed", "connection_failed")
    assert "127.0.0.1:9" in told()["message"]
    assert "无法连接" in told("zh")["message"]


def test_failure_that_another_process_told_of_is_told(library: Library, viewer: Viewer) -> None:
    asked = request_capture(library, "https://a.example/", via="http")
    assert claim_capture(library, via="http") is not None
    finish_capture(library, asked.request_id, error=CaptureNotFound(request=7))
    (told,) = viewer.captures.find([asked.request_id], "zh")
    assert (told.state, told.code) == ("failed", "capture_not_found")
    assert "7" in told.message


def test_numbers_that_are_none_are_invalid(client: httpx.Client) -> None:
    for ids in ("x", "1,,2", "1.5", str(10**30)):
        assert client.get("/api/captures", params={"ids": ids}).status_code == 400


def states(library: Library, ids: list[int]) -> list[str]:
    return [get_capture(library, at).state for at in ids]


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 90
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)
