import threading

import pytest

from linkshot.capture.queue import TabWait, capture_in_tab, saved_of
from linkshot.capture.queue_worker import serve_queued
from linkshot.capture.reading import read_pending
from linkshot.errors import BrowserNotConnected, CaptureError, FetchTimeout, HttpStatus
from linkshot.store.captures import claim_capture, finish_capture, get_capture, request_capture

QUICK = TabWait(claim_seconds=0.1, capture_seconds=0.3)


def test_queued_link_is_kept_and_its_request_ends(library, site):
    request = request_capture(library, site.put("/", "<title>t"), via="http", tags=["a"])
    assert serve_queued(library) == 1
    ended = get_capture(library, request.request_id)
    assert (ended.state, ended.error) == ("done", None)
    assert saved_of(library, ended.snapshot_id).tags == ["a"]


def test_failure_ends_its_request_and_the_next_is_served(library, site):
    bad = request_capture(library, f"{site.url}/gone", via="http")
    good = request_capture(library, site.put("/", "x"), via="http")
    assert serve_queued(library) == 2
    assert get_capture(library, bad.request_id).error == "http_status"
    assert get_capture(library, good.request_id).state == "done"


def test_requests_for_a_tab_are_left_to_the_browser(library):
    request_capture(library, "http://e.com/", via="tab")
    assert serve_queued(library) == 0


def test_tab_that_no_browser_takes_up_is_told(library):
    with pytest.raises(BrowserNotConnected):
        capture_in_tab(library, "http://e.com/", wait=QUICK)


def test_browser_that_never_ends_is_a_timeout(library):
    def take_up():
        while claim_capture(library, via="tab") is None:
            pass

    threading.Thread(target=take_up).start()
    with pytest.raises(FetchTimeout):
        capture_in_tab(library, "http://e.com/", wait=TabWait(claim_seconds=9, capture_seconds=1))


def test_browsers_own_failure_comes_through(library):
    def fail():
        while (request := claim_capture(library, via="tab")) is None:
            pass
        finish_capture(library, request.request_id, error=CaptureError(url="u", reason="because"))

    threading.Thread(target=fail).start()
    with pytest.raises(CaptureError, match="because"):
        capture_in_tab(library, "http://e.com/", wait=TabWait(claim_seconds=9, capture_seconds=9))


def test_browsers_own_failure_comes_through_with_its_facts(library):
    def fail():
        while (request := claim_capture(library, via="tab")) is None:
            pass
        error = HttpStatus(url=request.url, status=404)
        finish_capture(library, request.request_id, error=error)

    threading.Thread(target=fail).start()
    with pytest.raises(HttpStatus) as told:
        capture_in_tab(library, "http://e.com/", wait=TabWait(claim_seconds=9, capture_seconds=9))
    assert told.value.message("zh").startswith("http://e.com/ 返回 404。")


def test_nothing_pending_is_nothing_read(library):
    assert read_pending(library) == 0
