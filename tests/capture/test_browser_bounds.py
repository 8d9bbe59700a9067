"""The capturing browser's bounds: a page that never settles, one that never answers, two gigabytes, an error page."""

from __future__ import annotations

import pytest
from tests.conftest import Answer

from linkshot.capture.browser import BrowserOptions
from linkshot.capture.keep import keep
from linkshot.errors import FetchTimeout, PageTooLarge

pytestmark = pytest.mark.e2e

# Always a request under way, and the page never the same.
RESTLESS = """<!doctype html><meta charset=utf-8><title>甲</title><p>长江流域<p id=n><script>
setInterval(() => { n.textContent = performance.now(); }, 10);
const ask = () => fetch('/again', {cache: 'no-store'}).finally(ask);
ask();
</script>"""


@pytest.fixture(scope="module")
def capturer(start_capturer):
    return start_capturer(BrowserOptions(settle_seconds=2, timeout_seconds=3))


def test_page_that_never_settles_is_kept_as_it_is_and_marked(capturer, site):
    capture = capturer.capture(site.put("/a", RESTLESS))
    assert (capture.plan.title, "not_settled" in capture.plan.warnings) == ("甲", True)


# The browser tells the page's own session nothing of how a worker's script ended.
WORKING = """<!doctype html><title>甲</title><script>
  workers = [new Worker('/w.js'), new Worker(URL.createObjectURL(new Blob(['1'])), {type: 'module'}), new SharedWorker('/w.js')];
</script>"""


def test_page_with_workers_settles(start_capturer, site):
    site.put("/w.js", "1", media_type="text/javascript")
    capturer = start_capturer(BrowserOptions(settle_seconds=30))
    assert capturer.capture(site.put("/a", WORKING)).plan.warnings == []


def test_site_that_never_answers_is_a_timeout_in_both_languages(capturer, silent_url):
    with pytest.raises(FetchTimeout) as raised:
        capturer.capture(silent_url)
    assert [raised.value.message("en"), raised.value.message("zh")] == [
        f"{silent_url} did not answer within 3 seconds. Try again later.",
        f"{silent_url} 在 3 秒内没有响应。请稍后再试。",
    ]


def test_download_of_two_gigabytes_is_refused_by_its_size(library, site):
    length = ("Content-Length", str(2 << 30))
    kind = ("Content-Disposition", "attachment; filename=a.zip")
    site.answers["/a.zip"] = Answer(b"PK", "application/zip", headers=(length, kind))
    with pytest.raises(PageTooLarge) as raised:
        keep(library, f"{site.url}/a.zip", via="browser")
    assert raised.value.facts == {"url": f"{site.url}/a.zip", "limit_mb": 100}


def test_error_page_is_kept_when_asked_and_marked(library, site):
    url = site.put("/gone", "<!doctype html><title>没有找到</title>", status=404)
    saved = keep(library, url, via="browser", keep_errors=True)
    assert (saved.title, "http_error_kept" in saved.receipt.warnings) == ("没有找到", True)


def test_refreshes_in_a_circle_end_with_a_page(capturer, site):
    refresh = "<!doctype html><meta http-equiv=refresh content='0;url={}'><p>{}"
    site.put("/b", refresh.format("/a", "b"))
    capture = capturer.capture(site.put("/a", refresh.format("/b", "a")))
    assert capture.plan.page_url in (f"{site.url}/a", f"{site.url}/b")


def test_page_that_loads_itself_again_and_again_is_kept(capturer, site):
    url = site.put("/again", "<!doctype html><title>甲</title><script>location.reload()</script>")
    assert capturer.capture(url).plan.title == "甲"
