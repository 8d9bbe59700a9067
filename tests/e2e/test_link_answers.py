"""What a site answers where a tab is opened behind: errors, files, more than a page may be, nothing at all."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from guarded_site import FILES, GuardedSite
from tests.bench.devtools import Devtools
from tests.conftest import Site
from unwatched import ask

pytestmark = pytest.mark.e2e

GONE = "<!doctype html><meta charset=utf-8><title>没有了</title><p>这一页已经撤下。"
OPEN = """() => (globalThis.browser ?? chrome).tabs.query({})
    .then(tabs => tabs.filter(({url}) => !/^(chrome|moz)-extension:/.test(url)).map(({id}) => id))"""
KEEP = """async (url, bounds) => {
  const { runtime, storage } = globalThis.browser ?? chrome;
  // the worker has closed what an earlier one left, and this page's tab is none of those
  while (!(await storage.session.get('behind')).behind) await new Promise((resolve) => setTimeout(resolve, 50));
  const { inBackgroundTab } = await import(runtime.getURL('background/behind.js'));
  try {
    return (await inBackgroundTab(url, async (tab) => tab, bounds)).title;
  } catch (error) {
    return [error.code ?? String(error), ...Object.values(error.detail ?? {})];
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
def browser(start_unwatched: Callable[[], Any]) -> Iterator[Any]:
    """A browser that has the same tabs open after the test as before."""
    started = start_unwatched()
    before = ask(started, OPEN)
    yield started
    assert ask(started, OPEN) == before


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
    browser: Any,
    site: Site,
    refusal: Callable[..., str],
    linkshot: Callable[..., Any],
) -> None:
    gone, broken = site.put("/gone", GONE, status=404), site.put("/broken", "", status=500)
    assert refusal(gone) == STATUS["en"].format(gone, 404)
    # nothing to show: the browser puts a page of its own in its place
    assert refusal(broken, "zh") == STATUS["zh"].format(broken, 500)
    assert linkshot("list") == []


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
    browser: Any,
    guarded: GuardedSite,
    refusal: Callable[..., str],
    wait_until: Callable[..., Any],
    tmp_path: Path,
) -> None:
    languages = dict(zip(FILES, ["en", "zh", "en"], strict=True))
    said = [refusal(guarded.url + path, languages[path]) for path in FILES]
    assert said == [SAID[languages[path]].format(guarded.url + path) for path in FILES]
    # nobody goes on loading any of them
    wait_until(lambda: guarded.cut >= set(FILES))
    assert list((tmp_path / "home").glob("Downloads/*")) == []


# Pages that are files to one of the browsers, and dispositions that make one of a page.
PAGES_IN_ONE = ("application/rss+xml", "application/atom+xml", "audio/x-wav", "image/x-ms-bmp")
DISPOSED = ('form-data; filename="x.html"', "attached", "*", "attachment; filename=x.html")
INLINE = ("inline", 'INLINE; filename="x.html"', "filename=x.html", "filename*=UTF-8''x.html", "")
ATTACHING = (
    "<!doctype html><title>框</title><iframe src=/attached></iframe><iframe src=/zip></iframe>"
)


def test_what_a_browser_would_download_is_never_loaded(
    start_unwatched: Callable[[], Any], site: Site, tmp_path: Path
) -> None:
    browser = start_unwatched()
    urls = [site.put(f"/{at}", "<p>", media_type=kind) for at, kind in enumerate(PAGES_IN_ONE)]
    for at, value in enumerate(DISPOSED):
        urls.append(site.put(f"/d{at}", "<p>", headers=(("Content-Disposition", value),)))
    said = [ask(browser, KEEP, url, {}) for url in urls]
    is_firefox = not isinstance(browser, Devtools)
    # a page has its address for a title, or none; Firefox adds to a picture's
    refused = {url for url, answer in zip(urls, said, strict=True) if answer == ["page_is_file"]}
    assert refused == set(urls[:3] if is_firefox else urls[3:4]) | set(urls[4:])
    assert list((tmp_path / "home").glob("Downloads/*")) == []


def test_page_that_is_named_is_no_file(start_unwatched: Callable[[], Any], site: Site) -> None:
    browser = start_unwatched()
    for at, value in enumerate(INLINE):
        header = ("Content-Disposition", value)
        url = site.put(f"/{at}", "<!doctype html><title>named</title>", headers=(header,))
        assert (value, ask(browser, KEEP, url, {})) == (value, "named")


def test_file_in_a_frame_is_not_downloaded(
    start_unwatched: Callable[[], Any], site: Site, linkshot: Callable[..., Any], tmp_path: Path
) -> None:
    start_unwatched()
    site.put("/attached", "<p>", headers=(("Content-Disposition", "attachment; filename=x.html"),))
    site.put("/zip", "PK", media_type="application/zip")
    linkshot("add", site.put("/a", ATTACHING), "--via", "tab")
    assert list((tmp_path / "home").glob("Downloads/*")) == []


def test_page_beyond_the_bound_is_told_before_it_has_come(
    browser: Any,
    guarded: GuardedSite,
    refusal: Callable[..., str],
    wait_until: Callable[..., Any],
) -> None:
    large, growing = f"{guarded.url}/large.html", f"{guarded.url}/growing.html"
    assert refusal(large) == f"{large} is larger than 100 MB and was not kept. [page_too_large]"
    # whatever the machine's speed, this much has come in time
    assert ask(browser, KEEP, growing, {"maxMb": 1}) == ["page_too_large", 1]
    wait_until(lambda: guarded.cut >= {"/large.html", "/growing.html"})


UNKNOWN = "{}: The site nowhere.invalid was not found. Check the address and your connection. [host_not_resolved]"
REFUSING = "No connection to {}: All connection attempts failed. [connection_failed]"
REFUSING_ZH = "无法连接 {}：对方没有接受连接。 [connection_failed]"


def test_site_that_cannot_be_reached_is_told(
    browser: Any,
    site: Site,
    refusal: Callable[..., str],
    linkshot: Callable[..., Any],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        dead = f"http://127.0.0.1:{server.getsockname()[1]}/"
    to_dead = site.put("/dead", "", status=302, headers=(("Location", dead),))
    to_unknown = site.put("/to", "", status=302, headers=(("Location", "http://nowhere.invalid/"),))
    to_data = site.put("/data", "", status=302, headers=(("Location", "data:text/html,x"),))
    circle = site.put("/circle", "", status=302, headers=(("Location", "/circle"),))
    assert refusal(circle) == f"{circle} redirects more than 20 times. [too_many_redirects]"
    for url in ("http://nowhere.invalid/", to_unknown):
        assert refusal(url) == UNKNOWN.format(url)
    assert refusal(dead) == REFUSING.format(dead)
    assert refusal(to_dead, "zh") == REFUSING_ZH.format(to_dead)
    assert refusal(to_data).endswith("[connection_failed]")
    assert linkshot("list") == []


@pytest.mark.parametrize("answer", [(204, ""), (205, ""), (302, "mailto:a@example.org")])
def test_answer_that_shows_nothing_is_told_and_not_waited_for(
    browser: Any, site: Site, answer: tuple[int, str]
) -> None:
    status, leading = answer
    url = site.put("/a", "", status=status, headers=(("Location", leading),) if leading else ())
    # a bound that the test does not live to see
    assert ask(browser, KEEP, url, {"loadMs": 10**9}) == ["page_empty"]


def test_page_that_stays_when_it_is_sent_to_nothing_is_read(
    start_unwatched: Callable[[], Any], site: Site
) -> None:
    browser = start_unwatched()
    site.put("/nothing", "", status=204)
    url = site.put(
        "/a", "<!doctype html><title>stays</title><script>location = '/nothing'</script>"
    )
    assert ask(browser, KEEP, url, {}) == "stays"


def test_answer_that_never_begins_is_waited_for_as_long_as_is_said(
    browser: Any, guarded: GuardedSite, site: Site
) -> None:
    never = f"{guarded.url}/never"
    for url in (never, site.put("/a", "", status=302, headers=(("Location", never),))):
        code, seconds = ask(browser, KEEP, url, {"loadMs": 1_500})
        assert (code, seconds >= 1) == ("fetch_timeout", True)


def test_answer_that_never_ends_is_read_as_far_as_it_came(
    browser: Any, guarded: GuardedSite
) -> None:
    assert ask(browser, KEEP, f"{guarded.url}/held.html", {"loadMs": 3_000}) == "晚"
