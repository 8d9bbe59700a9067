"""What the host does beside answering: asks the browser for tabs, reads pages, opens the viewer."""

import base64
import threading
from pathlib import Path

import pytest
from tests.native.conftest import HELLO, until

from linkshot.store.captures import get_capture, request_capture
from linkshot.store.library import Library
from linkshot.store.readings import get_reading
from linkshot.store.snapshots import get_thumbnail

pytestmark = pytest.mark.usefixtures("made")
URL = "https://example.org/wanted"


@pytest.fixture
def library(library_dir: Path):
    with Library.open(library_dir) as library:
        yield library


def test_tab_asked_for_on_the_command_line_is_wanted_of_the_browser(host, library):
    asked = request_capture(library, URL, via="tab", tags=["政策"], note="why", keep_errors=True)
    assert host.event() == {
        "event": "capture.wanted",
        "request_id": asked.request_id,
        "url": URL,
        "tags": ["政策"],
        "note": "why",
        "keep_errors": True,
    }


def test_result_of_a_wanted_capture_ends_the_request(host, library, make_page):
    request_id = request_capture(library, URL, via="tab", tags=[], note="").request_id
    host.event()
    saved = make_page("wanted").send(host)["saved"]
    host.call("capture.result", request_id=request_id, snapshot_id=saved["snapshot_id"])
    ended = get_capture(library, request_id)
    assert (ended.state, ended.snapshot_id) == ("done", saved["snapshot_id"])


def test_failure_of_a_wanted_capture_keeps_the_browsers_code(host, library):
    request_id = request_capture(library, URL, via="tab", tags=[], note="").request_id
    host.event()
    failed = {"request_id": request_id, "code": "page_closed", "message": "the tab was closed"}
    host.call("capture.result", **failed)
    ended = get_capture(library, request_id)
    assert (ended.state, ended.error, ended.error_message) == (
        "failed",
        "page_closed",
        "the tab was closed",
    )


@pytest.mark.parametrize(
    ("code", "detail", "words"),
    [
        (
            "http_status",
            {"status": 404},
            f"{URL} answered 404. Add --keep-errors to keep the page all the same.",
        ),
        # an extension that says less than this host would
        ("http_status", {}, "浏览器的话"),
        (
            "page_empty",
            {},
            f"{URL} leads to no page: the answer is empty, or it led on to something that is no web page.",
        ),
    ],
)
def test_failure_that_the_host_knows_is_told_in_its_own_words(host, library, code, detail, words):
    request_id = request_capture(library, URL, via="tab", tags=[], note="").request_id
    host.event()
    failed = {"code": code, "message": "浏览器的话", "detail": detail}
    host.call("capture.result", request_id=request_id, **failed)
    ended = get_capture(library, request_id)
    assert (ended.error, ended.error_message) == (code, words)


def test_browser_that_ends_gives_wanted_captures_back(host, library):
    request_id = request_capture(library, URL, via="tab", tags=[], note="").request_id
    host.event()
    host.end()
    assert get_capture(library, request_id).error == "browser_not_connected"


def test_result_of_an_unknown_request_is_refused(shared_host):
    reply = shared_host.call("capture.result", request_id=99, snapshot_id=1)
    assert reply["code"] == "capture_not_found"


def test_kept_page_is_read_in_the_background(host, library, make_page):
    saved = make_page("read").send(host)["saved"]
    reading = until(lambda: get_reading(library, saved["snapshot_id"]))
    assert "石油价格" in reading.text


def test_idle_host_joins_the_pieces_of_the_index(library, start_host):
    for number in range(10):
        library.database.run(
            "INSERT INTO link_index (rowid, text) VALUES (?, ?)", (number + 1, f"页 {number}")
        )
    pieces = "SELECT count(DISTINCT segid) FROM link_index_idx"
    assert library.database.value(pieces) > 2
    assert start_host().call("hello", **HELLO)["ok"]
    assert until(lambda: library.database.value(pieces) <= 2)


def test_idle_host_loads_what_a_click_needs(start_host, monkeypatch):
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    host = start_host()
    assert host.call("hello", **HELLO)["ok"]
    waiting = threading.Timer(30, host.process.stdin.close)
    waiting.start()
    # What the last of the modules imports; the profile leaves out what `import_module` is given.
    loaded = (line.split()[-1] for line in host.process.stderr)
    assert b"linkshot.capture.keep" in loaded
    waiting.cancel()


def test_link_from_the_menu_is_queued_with_its_tags(host, library):
    # A port that nothing listens on: what matters is that the request is served and answered.
    fields = {"url": "http://127.0.0.1:9/", "via": "http", "tags": ["甲"], "note": "n"}
    request_id = host.call("capture.link", **fields)["request_id"]
    until(lambda: get_capture(library, request_id).state == "failed")
    assert get_capture(library, request_id).tags == ["甲"]


def test_link_that_is_no_address_is_refused(shared_host):
    assert shared_host.call("capture.link", url="not an address")["code"] == "url_invalid"


def test_thumbnail_is_kept_with_its_snapshot(host, library, make_page):
    snapshot_id = make_page("seen").send(host)["saved"]["snapshot_id"]
    picture = base64.b64encode(b"\xff\xd8\xff picture").decode()
    fields = {"snapshot_id": snapshot_id, "media_type": "image/jpeg", "data": picture}
    assert host.call("snapshot.thumbnail", **fields)["ok"]
    assert get_thumbnail(library, snapshot_id) == ("image/jpeg", b"\xff\xd8\xff picture")


def test_thumbnail_of_no_snapshot_is_refused(shared_host):
    fields = {"snapshot_id": 99, "media_type": "image/png", "data": "AAAA"}
    assert shared_host.call("snapshot.thumbnail", **fields)["code"] == "snapshot_not_found"


@pytest.mark.parametrize("wrong", [{"media_type": "text/html"}, {"data": ""}, {"data": "!"}])
def test_thumbnail_that_is_none_is_refused(shared_host, wrong):
    fields = {"snapshot_id": 1, "media_type": "image/png", "data": "AAAA", **wrong}
    assert shared_host.call("snapshot.thumbnail", **fields)["code"] == "message_invalid"


def test_viewer_that_cannot_start_is_said(start_host, tmp_path):
    (tmp_path / "state").write_text("a file where the log's folder should be")
    reply = start_host().call("viewer.open", link_id=None)
    assert reply["code"] == "window_failed"
