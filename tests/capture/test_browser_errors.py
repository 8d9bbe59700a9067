"""Where a page leads the capturing browser astray, the error is the network's and says so."""

import pytest

from linkshot.capture.browser import BrowserCapturer, BrowserOptions
from linkshot.capture.keep import keep
from linkshot.errors import BrowserMissing, ConnectionFailed, HttpStatus

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def capturer():
    try:
        opened = BrowserCapturer(BrowserOptions(settle_seconds=3, timeout_seconds=20))
    except BrowserMissing:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    with opened:
        yield opened


def test_page_that_leads_to_a_dead_address_is_a_failed_connection(capturer, site):
    page = site.put("/", "<p>x<script>location = 'http://127.0.0.1:9/'</script>")
    with pytest.raises(ConnectionFailed):
        capturer.capture(page)


@pytest.mark.parametrize("status", [404, 500])
def test_error_status_without_a_page_is_that_status(capturer, library, site, status):
    page = site.put("/", b"", status=status)
    with pytest.raises(HttpStatus) as raised:
        keep(library, page, via="browser")
    assert raised.value.facts == {"url": page, "status": status}


def test_error_page_kept_on_demand_is_marked(library, site):
    page = site.put("/", "<title>gone</title>gone", status=404)
    try:
        saved = keep(library, page, via="browser", keep_errors=True)
    except BrowserMissing:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    assert "http_error_kept" in saved.receipt.warnings
