"""What a site answers where a tab is opened behind: errors, files, more than a page may be, nothing at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from guarded_site import FILES, GuardedSite
from tests.conftest import Site
from unwatched import ask

pytestmark = pytest.mark.e2e

GONE = "<!doctype html><meta charset=utf-8><title>没有了</title><p>这一页已经撤下。"
OPEN = """() => (globalThis.browser ?? chrome).tabs.query({})
    .then(tabs => tabs.filter(({url}) => !/^(chrome|moz)-extension:/.test(url)).map(({id}) => id))"""
KEEP = """async (url, loadMs) => {
  const { runtime, storage } = globalThis.browser ?? chrome;
  // the worker has closed what an earlier one left, and this page's tab is none of those
  while (!(await storage.session.get('behind')).behind) await new Promise((resolve) => setTimeout(resolve, 50));
  const { inBackgroundTab } = await import(runtime.getURL('background/behind.js'));
  try {
    return (await inBackgroundTab(url, async (tab) => tab, { loadMs })).title;
  } catch (error) {
    return [error.code ?? String(error), error.detail?.seconds];
  }
}"""
SAID = {
    "en": "{} is a file, which a browser downloads and does not show. Leave out --via tab to keep it as a file. [page_is_file]",
    "zh": "{} 是文件，浏览器会直接下载而不显示。去掉 --via tab 即可将文件本身保存。 [page_is_file]",
}
STATUS = {
    "en": "{} answered {}. Add --keep-errors to keep the page all the same. [http_status]",
    "zh": "{} 返回 {}。如仍要保存该页面，请加 --keep-errors。 [http_status]",
}


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[..., str]:
    """What the command line says of an address that the browser does not keep."""

    def run(url: str, language: str = "en") -> str:
        program = Path(sys.executable).with_name("linkshot")
        done = subprocess.run(
            [program, "--library", tmp_path / "library", "add", url, "--via", "tab"],
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "LINKSHOT_LANG": language},
        )
        assert done.returncode == 1, done.stdout
        return done.stderr.strip().removeprefix("linkshot: ")

    return run


def test_error_page_behind_an_address_is_refused(
    start_unwatched: Callable[[], Any],
    site: Site,
    refusal: Callable[..., str],
    linkshot: Callable[..., Any],
) -> None:
    browser = start_unwatched()
    before = ask(browser, OPEN)
    gone, broken = site.put("/gone", GONE, status=404), site.put("/broken", "", status=500)
    assert refusal(gone) == STATUS["en"].format(gone, 404)
    # nothing to show: the browser puts a page of its own in its place
    assert refusal(broken, "zh") == STATUS["zh"].format(broken, 500)
    assert (linkshot("list"), ask(browser, OPEN)) == ([], before)


def test_error_page_is_kept_where_it_is_asked_for(
    start_unwatched: Callable[[], Any], site: Site, linkshot: Callable[..., Any]
) -> None:
    start_unwatched()
    url = site.put("/gone", GONE, status=404)
    [added] = linkshot("add", url, "--via", "tab", "--keep-errors")
    assert (added["title"], added["receipt"]["warnings"]) == ("没有了", ["http_error_kept"])


# A worker that hands on what the site answers; the browser tells nobody of the page's own request.
HANDED_ON = """
self.addEventListener('activate', event => event.waitUntil(clients.claim()));
self.addEventListener('fetch', event => event.respondWith(fetch(event.request)));"""
REGISTERING = """<!doctype html><title>wait</title><script>
  navigator.serviceWorker.oncontrollerchange = () => { document.title = 'ready'; };
  navigator.serviceWorker.register('/worker.js');
</script>"""
TITLES = (
    "() => (globalThis.browser ?? chrome).tabs.query({}).then(tabs => tabs.map(({title}) => title))"
)


def test_error_page_that_a_service_worker_gives_is_refused(
    start_unwatched: Callable[[], Any],
    site: Site,
    refusal: Callable[..., str],
    wait_until: Callable[..., Any],
) -> None:
    browser = start_unwatched()
    site.put("/worker.js", HANDED_ON, media_type="text/javascript")
    opening = "url => (globalThis.browser ?? chrome).tabs.create({url}).then(() => 0)"
    ask(browser, opening, site.put("/", REGISTERING))
    wait_until(lambda: "ready" in ask(browser, TITLES))
    url = site.put("/gone", GONE, status=404)
    assert refusal(url) == STATUS["en"].format(url, 404)


def test_error_page_that_was_clicked_is_kept_and_marked(
    start_browser: Callable[..., Any], site: Site, linkshot: Callable[..., Any]
) -> None:
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(site.put("/gone", GONE, status=404)))
    assert popup.wait_for("saved", "failed", "waiting") == "saved"
    assert popup.text("warnings") == "The site answered with an error page; that is what was kept."
    [link] = linkshot("list")
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    assert (link["title"], version["receipt"]["warnings"]) == ("没有了", ["http_error_kept"])


def test_file_is_told_and_not_downloaded(
    start_unwatched: Callable[[], Any],
    guarded: GuardedSite,
    refusal: Callable[..., str],
    wait_until: Callable[..., Any],
    tmp_path: Path,
) -> None:
    browser = start_unwatched()
    before = ask(browser, OPEN)
    languages = dict(zip(FILES, ["en", "zh", "en"], strict=True))
    said = [refusal(guarded.url + path, languages[path]) for path in FILES]
    assert said == [SAID[languages[path]].format(guarded.url + path) for path in FILES]
    # nobody goes on loading any of them
    wait_until(lambda: guarded.cut >= set(FILES))
    assert list((tmp_path / "home").glob("Downloads/*")) == []
    assert ask(browser, OPEN) == before


@pytest.mark.parametrize("path", ["/large.html", "/growing.html"])
def test_page_beyond_the_bound_is_told_before_it_has_come(
    start_unwatched: Callable[[], Any],
    guarded: GuardedSite,
    refusal: Callable[..., str],
    wait_until: Callable[..., Any],
    path: str,
) -> None:
    browser = start_unwatched()
    url = guarded.url + path
    before = ask(browser, OPEN)
    assert refusal(url) == f"{url} is larger than 100 MB and was not kept. [page_too_large]"
    wait_until(lambda: path in guarded.cut)
    assert ask(browser, OPEN) == before


def test_site_that_cannot_be_reached_is_told(
    start_unwatched: Callable[[], Any], refusal: Callable[..., str]
) -> None:
    start_unwatched()
    said = refusal("http://nowhere.invalid/")
    assert said.startswith("No connection to http://nowhere.invalid/: ")
    assert said.endswith("[connection_failed]")


def test_answer_that_never_begins_is_waited_for_as_long_as_is_said(
    start_unwatched: Callable[[], Any], guarded: GuardedSite
) -> None:
    browser = start_unwatched()
    before = ask(browser, OPEN)
    assert ask(browser, KEEP, f"{guarded.url}/never", 500) == ["fetch_timeout", 0.5]
    assert ask(browser, OPEN) == before


def test_answer_that_never_ends_is_read_as_far_as_it_came(
    start_unwatched: Callable[[], Any], guarded: GuardedSite
) -> None:
    browser = start_unwatched()
    before = ask(browser, OPEN)
    assert ask(browser, KEEP, f"{guarded.url}/held.html", 3_000) == "晚"
    assert ask(browser, OPEN) == before
