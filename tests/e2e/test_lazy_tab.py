"""In a person's tab: lazy pictures are brought in within a bound, the page left as it was and none the wiser."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from inject_page import WATCHED
from task_trace import longest_task_ms
from tests.conftest import Site
from tests.large_pages import FROZEN_MS, LOOP, LOOP_MS, cards_page, fading_page

pytestmark = pytest.mark.e2e

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>'
# Ten pictures far down, each loaded when it is seen; `grow` makes of it a feed without an end.
PAGE = """<!doctype html><title>甲</title><style>p {{ height: 700px }} img {{ width: 40px; height: 40px }}</style>
<body><script>
  let count = 0;
  const observer = new IntersectionObserver((entries) => {{
    for (const {{ isIntersecting, target }} of entries) {{
      if (!isIntersecting || target.src) continue;
      target.src = `/${{target.id}}.svg`;
      if ({grow} && target.id === String(count - 1)) add(1);
    }}
  }});
  function add(more) {{
    for (const end = count + more; count < end; count += 1) {{
      const image = document.createElement('img');
      image.id = count;
      document.body.append(document.createElement('p'), image);
      observer.observe(image);
    }}
  }}
  add(10);
  scrollTo(0, 100);
</script>"""


def kept_and_left(browser: Any, site: Site, linkshot: Any, *, grow: str) -> tuple[int, list[int]]:
    """How many pictures were kept, and where the page stands afterwards."""
    for index in range(200):
        site.put(f"/{index}.svg", PICTURE + f"<!--{index}-->", media_type="image/svg+xml")
    url = site.put("/a", PAGE.format(grow=grow))
    version = kept_in_front(browser, url, linkshot)
    return version["receipt"]["kept"], browser.run_in(url, "() => [Math.round(scrollY)]")


def kept_in_front(browser: Any, url: str, linkshot: Any) -> Any:
    """Keep the page while it is shown, as below a popup; a popup in a tab of its own would hide it."""
    browser.ask("() => 0")
    tab = browser.open_tab(url)
    browser.show_tab(tab)
    start = "tabId => chrome.runtime.sendMessage({type: 'job.start', tab_id: tabId})"
    browser.ask(start, tab)
    until = time.monotonic() + 60
    while not (links := linkshot("list")):
        assert time.monotonic() < until
        time.sleep(0.5)
    [version] = linkshot("show", str(links[0]["link_id"]))["versions"]
    return version


def test_observed_pictures_are_brought_in(
    start_browser: Callable[[], Any], site: Site, linkshot: Any
) -> None:
    kept, left = kept_and_left(start_browser(), site, linkshot, grow="false")
    assert (kept, left) == (10, [100])


def test_feed_without_end_stops_at_a_bound(
    chromium: Callable[[], Any], site: Site, linkshot: Any
) -> None:
    kept, left = kept_and_left(chromium(), site, linkshot, grow="true")
    assert (10 <= kept < 60, left) == (True, [100])


@pytest.mark.parametrize("page_of", [cards_page, fading_page])
def test_page_goes_on_while_thousands_wait_to_be_seen(
    chromium: Callable[[], Any], site: Site, linkshot: Any, page_of: Callable[[Site], str]
) -> None:
    browser, url = chromium(), page_of(site)
    own = browser.own_page()
    loop_ms = longest_task_ms(own, lambda: own.evaluate(LOOP))
    task_ms = longest_task_ms(own, lambda: kept_in_front(browser, url, linkshot))
    assert task_ms / max(1.0, loop_ms / LOOP_MS) <= FROZEN_MS


# A frame of another site below the screen, which no page may look into.
BELOW = """<!doctype html><title>甲</title><p style="height: 3000px">x</p><script>
  document.write(`<iframe width=400 height=300 src="${{location.origin.replace('127.0.0.1', 'localhost')}}/{name}"></iframe>`);
</script>"""
FRAMES = {
    "waiting": (
        '<img width=40 height=40 src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">',
        ["placeholders_left"],
    ),
    "player": ("<button style='opacity: 0; width: 90px; height: 90px'>x</button>", []),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frame_of_another_site_that_nobody_has_come_to_is_warned_of(
    start_browser: Callable[[], Any], site: Site, linkshot: Any, name: str
) -> None:
    markup, warnings = FRAMES[name]
    site.put(f"/{name}", f"<!doctype html>{markup}")
    url = site.put("/a", BELOW.format(name=name))
    receipt = kept_in_front(start_browser(), url, linkshot)["receipt"]
    assert receipt["warnings"] == warnings


def test_page_sees_nothing_of_its_capture(
    start_browser: Callable[[], Any], site: Site, linkshot: Any
) -> None:
    browser = start_browser()
    url = site.put("/watched", WATCHED)
    kept_in_front(browser, url, linkshot)
    seen = "() => [seen, Object.getOwnPropertyNames(window).length - before - 2, scrollY, typeof linkshotInject]"
    assert browser.run_in(url, seen) == [[], 0, 120, "undefined"]


def test_page_hears_nothing_of_what_its_policy_refuses(
    start_browser: Callable[[], Any], site: Site, linkshot: Any
) -> None:
    browser = start_browser()
    for name in "abc":
        site.put(f"/{name}.css", f"#{name} {{ color: green }}", media_type="text/css")
    sheets = "".join(f'<link rel="stylesheet" href="/{name}.css">' for name in "abc")
    listen = "heard = []; addEventListener('securitypolicyviolation', (event) => heard.push(event.blockedURI))"
    html = f"<!doctype html><title>甲</title>{sheets}<p id=a>x<script>{listen}</script>"
    policy = ("Content-Security-Policy", "connect-src 'none'")
    url = site.put("/strict", html, headers=(policy,))
    kept_in_front(browser, url, linkshot)
    assert browser.run_in(url, "() => heard") == []
