"""Where a page leads the capturing browser astray, the error is the network's and says so."""

import re

import pytest

from linkshot.capture.assemble import assemble
from linkshot.capture.browser import BrowserOptions
from linkshot.capture.keep import keep
from linkshot.errors import BrowserMissing, ConnectionFailed, HttpStatus
from linkshot.store.snapshots import list_resources

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def capturer(start_capturer):
    return start_capturer(BrowserOptions(settle_seconds=3, timeout_seconds=20))


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


def test_redirected_sheet_refers_from_where_it_is(capturer, library, site):
    site.put("/deep/a.css", "p{background:url(i.png)}", media_type="text/css")
    site.put("/deep/i.png", b"\x89PNG\r\n\x1a\n", media_type="image/png")
    to = (("Location", "/deep/a.css"),)
    site.put("/a.css", b"", media_type="text/css", status=302, headers=to)
    capture = capturer.capture(site.put("/", "<link rel=stylesheet href=a.css><p>x"))
    saved = assemble(capture.plan, capture.sources, library)
    assert (saved.receipt.kept, saved.receipt.missing) == (2, [])
    sheet = next(
        library.blobs.read(resource.sha256)
        for resource in list_resources(library, saved.snapshot_id)
        if resource.name.endswith(".css")
    )
    assert b"data:," not in sheet


def test_sheet_of_a_frame_is_read_in_the_frames_encoding(capturer, library, site):
    site.put("/a.css", "p::before{content:'中文'}".encode("gbk"), media_type="text/css")
    frame = "<meta charset=gbk><link rel=stylesheet href=a.css><p>中".encode("gbk")
    site.put("/f", frame, media_type="text/html")
    capture = capturer.capture(site.put("/", "<p>é<iframe src=f></iframe>"))
    saved = assemble(capture.plan, capture.sources, library)
    assert saved.receipt.missing == []
    kept = (library.blobs.read(r.sha256) for r in list_resources(library, saved.snapshot_id))
    assert re.search("content: ?['\"]中文['\"]", b"".join(kept).decode())


def test_pdf_in_an_object_is_the_pdf_not_its_viewer(capturer, site):
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    url = site.put("/a.pdf", pdf, media_type="application/pdf")
    page = site.put("/", "<object data=a.pdf type=application/pdf width=300 height=300></object>")
    capture = capturer.capture(page)
    kept = {r.url: capture.sources[r.sha256] for r in capture.plan.resources}
    assert kept[url] == pdf
