"""A page's own script sees nothing of a capture, and is never kept waiting by one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from inject_page import WATCHED, captured, in_page

from linkshot.capture.browser_inject import open_world
from linkshot.capture.browser_roots import nodes_in_closed_roots

pytestmark = pytest.mark.e2e

COUNT_TURNS = """() => {
  window.turns = 0;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.turns += 1; port2.postMessage(0); };
  port2.postMessage(0);
}"""

EMPTY_CANVASES = """<!doctype html><style>div { position: relative; height: 60px }</style>
<div>A text<canvas style="position: absolute; left: 0"></canvas></div>
<div><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA" width=300 height=60>
<canvas style="position: absolute; left: 0"></canvas></div>
<div><canvas style="pointer-events: none"></canvas></div>
<div><canvas style="opacity: .5"></canvas></div>
<div><canvas></canvas></div>
<script>
  for (const canvas of document.querySelectorAll('canvas')) [canvas.width, canvas.height] = [300, 50];
</script>"""


def test_page_sees_no_change_and_no_global() -> None:
    async def act(page: Any, session: Any) -> Any:
        await captured(session)
        return await page.evaluate(
            "[seen, Object.getOwnPropertyNames(window).length - before - 2, scrollY, typeof linkshotInject]"
        )

    assert in_page(WATCHED, act) == [[], 0, 120, "undefined"]


def test_closed_roots_that_take_too_long_are_told() -> None:
    async def act(page: Any, session: Any) -> Any:
        found, is_whole = await nodes_in_closed_roots(session)
        return bool(found), is_whole, await nodes_in_closed_roots(session, 0)

    assert in_page(WATCHED, act) == (True, True, ([], False))


@pytest.mark.parametrize(
    ("then", "told"), [("open()", (["", "0"], ["0"])), ("close()", (["", "0"], []))]
)
def test_frame_that_is_written_anew_meanwhile(then: str, told: tuple[list[str], list[str]]) -> None:
    """The sprite is asked for while the page is read, after its frame was seen."""
    sprite = "http://page.test/sprite.svg"

    async def act(page: Any, session: Any) -> Any:
        async def answer(route: Any) -> None:
            await page.evaluate("frames[0].document." + then)
            await route.fulfill(body="<svg xmlns='http://www.w3.org/2000/svg'><g id='a'/></svg>")

        await page.route(sprite, answer)
        await page.evaluate("document.querySelector('use').href.baseVal = 'sprite.svg#a'")
        page_answer = await captured(session)
        keys = [frame.frame for frame in page_answer.frames]
        return keys, [frame.key for frame in page_answer.foreign]

    assert in_page("<!doctype html><iframe></iframe><svg><use/></svg>", act) == told


def test_page_that_took_its_root_away() -> None:
    async def act(page: Any, session: Any) -> Any:
        await page.evaluate("document.documentElement.remove()")
        return [frame.html for frame in (await captured(session)).frames]

    assert in_page(WATCHED, act) == ["<!DOCTYPE html>"]


def test_sweep_puts_the_scroll_position_back() -> None:
    async def act(page: Any, session: Any) -> Any:
        await captured(session, sweep="always")
        return await page.evaluate("scrollY")

    assert in_page(WATCHED, act) == 120


def test_long_parts_are_taken_in_pieces() -> None:
    async def act(page: Any, session: Any) -> Any:
        whole = await captured(session)
        pieces = await captured(session, maxAnswerChars=0)
        return whole.frames[0].html == pieces.frames[0].html

    assert in_page("<!doctype html><p>" + "快照😀" * 5000, act) is True


def test_page_goes_on_while_fifty_thousand_elements_are_kept() -> None:
    async def act(page: Any, session: Any) -> Any:
        world = await open_world(session)
        await page.evaluate(COUNT_TURNS)
        before = await page.evaluate("window.turns")
        answer = await world.capture({"sliceMs": 10})
        return answer.frames[0].html, await page.evaluate("window.turns") - before

    html, turns = in_page("<!doctype html>" + "<div><p>a<b>b</b></p></div>" * 16_667, act)
    assert html.count("<b>") == 16_667
    assert turns >= 5


# A driver's picture of a page ends its transitions, so the markup is looked at.
HELD = """<!doctype html><style>b { transition: margin-left 8s linear; margin-left: 0 } .on { margin-left: 80px }</style><b>x</b><script>
  const held = document.querySelector('b');
  held.getBoundingClientRect();
  held.className = 'on';
  held.getAnimations().forEach((one) => { one.pause(); one.currentTime = 4000; });
</script>"""


def test_transition_that_script_holds_stands_where_it_is_held() -> None:
    async def act(page: Any, session: Any) -> Any:
        return (await captured(session)).frames[0].html

    assert "margin-left:40px!important" in in_page(HELD, act)


# A page that opens more than can be told apart, deep in what confines them all.
CROWDED = """<!doctype html><div style="transform: scale(1)">%s</div><script>
  for (const one of document.querySelectorAll('[popover]')) one.showPopover();
</script>""" % ("<div>" * 200 + "<p popover=manual>x</p>" * 1_500 + "</div>" * 200)


def test_thousands_in_the_top_layer_are_bounded() -> None:
    async def act(page: Any, session: Any) -> Any:
        return (await captured(session)).frames[0].html

    html = in_page(CROWDED, act)
    assert (html.count(">x</p>"), html.count("data-linkshot-shell") < 2_000) == (1_500, True)


# Sections that hide again when they leave the screen, beside many roots.
HIDING = """<!doctype html><style>p { height: 2000px } section { opacity: 0; height: 300px } .on { opacity: 1 }</style>
<p>%s%s<script>
  for (const host of document.querySelectorAll('x-host')) host.attachShadow({ mode: 'open' }).innerHTML = '<b>x</b>';
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) target.className = isIntersecting ? 'on' : '';
  });
  for (const section of document.querySelectorAll('section')) observer.observe(section);
</script>"""


def test_what_is_hidden_again_is_styled_once() -> None:
    async def act(page: Any, session: Any) -> Any:
        return (await captured(session, settleMs=60_000)).frames[0].html

    html = in_page(HIDING % ("<x-host></x-host>" * 20, "<section>x</section>" * 10), act)
    styles = [text.partition(">")[0] for text in html.split("<section")[1:]]
    assert [style.count("opacity:1!important") for style in styles] == [1] * 10


def test_selection_alone_is_kept() -> None:
    async def act(page: Any, session: Any) -> Any:
        answer = await captured(session, selection=True)
        [frame] = answer.frames
        body = (frame.html or "").partition("<body>")[2].replace("<template></template>", "")
        return " ".join(body.split()), frame.warnings

    html = (Path(__file__).parents[1] / "pages" / "selection" / "index.html").read_text("utf-8")
    kept = '<p id="first">two</p> <p><b>three</b> four</p> <p id="last">five</p></body></html>'
    assert in_page(html, act) == (kept, ["selection_only"])


# From the end of a paragraph to the next one's start; from a root into the text in its slot.
SELECTED_NOTHING = """<!doctype html><p id=a>one</p><p id=b>two</p><script>
  getSelection().setBaseAndExtent(a.firstChild, 3, b.firstChild, 0);
</script>"""
SELECTED_SLOT = """<!doctype html><p>zero<div id=a><i slot=x>no</i><b>one two</b></div><script>
  const root = a.attachShadow({ mode: 'open' });
  root.innerHTML = '<slot name=x></slot><p>three four</p><slot></slot>';
  getSelection().setBaseAndExtent(root.querySelector('p').firstChild, 6, a.querySelector('b').firstChild, 3);
</script>"""


@pytest.mark.parametrize(
    ("html", "texts", "warning"),
    [
        (SELECTED_NOTHING, ["one", "two"], "nothing_selected"),
        (SELECTED_SLOT, ["four", "one"], "selection_only"),
    ],
)
def test_selection_is_never_empty(html: str, texts: list[str], warning: str) -> None:
    async def act(page: Any, session: Any) -> Any:
        [frame] = (await captured(session, selection=True)).frames
        return re.findall(r">(\w[\w ]*)<", frame.html or ""), frame.warnings

    assert in_page(html, act) == (texts, [warning])


ICONS = {
    "<link rel='Shortcut ICON' href=a>": True,
    "<link rel=icon href=a>": True,
    "<link rel=iconic href=a>": False,
    '<!-- <link rel="icon" href="a"> --><style>/* <link rel="icon" href="a"> */</style>': False,
}


@pytest.mark.parametrize(("head", "has_icon"), ICONS.items())
def test_page_tells_whether_it_names_an_icon(head: str, has_icon: bool) -> None:
    async def act(page: Any, session: Any) -> Any:
        world = await open_world(session)
        answer = await world.call("() => linkshotInject.captureFrame({})")
        return answer["frames"][0]["hasIcon"]

    assert in_page(f"<!doctype html>{head}<p>a", act) is has_icon


def test_empty_canvas_is_looked_for_on_the_screen_only_where_it_stands_alone() -> None:
    async def act(page: Any, session: Any) -> Any:
        world = await open_world(session)
        answer = await world.call("() => linkshotInject.captureFrame({})")
        return [place["url"] for place in answer["frames"][0]["onScreen"]]

    assert in_page(EMPTY_CANVASES, act) == ["linkshot:canvas/top/5"]
