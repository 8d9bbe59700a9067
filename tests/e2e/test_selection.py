"""The selection alone, from the context menu: in a shadow root, in a frame, and after the worker was killed."""

from __future__ import annotations

import pytest
from firefox import BidiError
from playwright.sync_api import Error

pytestmark = pytest.mark.e2e

HEAD = (
    "<!doctype html><meta charset=utf-8>"
    "<style>html { font: 30px/50px sans-serif } p, body { margin: 0 } iframe { border: 0 }</style>"
)
IN_ROOT = f"""{HEAD}<title>甲</title><p>别的内容<div id=host><b>不要</b></div>
<script>
  const root = document.getElementById('host').attachShadow({{ mode: 'closed' }});
  root.innerHTML = '<style>p {{ color: teal }}</style><p>也不要</p><p id=here>只要这一段</p><slot></slot>';
  getSelection().selectAllChildren(root.getElementById('here'));
</script>"""
IN_FRAME = f"""{HEAD}<title>框</title><p>框里别的<p id=here>只要这一段<p>不要
<script>getSelection().selectAllChildren(document.getElementById('here'))</script>"""


def read_link(linkshot, link_id):
    """The link once its text has been read, which follows the save."""
    shown = linkshot("show", str(link_id))
    return shown if shown["text"] else None


def kept_link(linkshot, wait_until):
    [link] = wait_until(lambda: linkshot("list"))
    return wait_until(lambda: read_link(linkshot, link["link_id"]))


def said_of(shown):
    """What a copy of a selection says, its address, and what the receipt warns of."""
    return shown["text"], shown["url"], shown["title"], shown["receipt"]["warnings"]


def test_selection_in_a_shadow_root_is_kept(on_screen, site, linkshot, wait_until):
    browser = on_screen()
    url = site.put("/a", IN_ROOT)
    browser.show_tab(browser.open_tab(url))
    browser.choose_from_menu(url, "#host", "Keep the selection only")
    kept = said_of(kept_link(linkshot, wait_until))
    assert kept == ("只要这一段", url, "甲", ["selection_only"])


@pytest.mark.parametrize("is_foreign", [True, False], ids=["foreign", "own"])
def test_selection_in_a_frame_is_kept_under_the_pages_address(
    on_screen, site, other_site, linkshot, wait_until, is_foreign
):
    browser = on_screen()
    inner = (other_site if is_foreign else site).put("/b", IN_FRAME)
    url = site.put("/a", f"{HEAD}<title>甲</title><p>外面<iframe id=frame src={inner} height=150>")
    browser.show_tab(browser.open_tab(url))
    browser.choose_from_menu(url, "#frame", "Linkshot > Keep the selection only")
    kept = said_of(kept_link(linkshot, wait_until))
    assert kept == ("只要这一段", url, "甲", ["selection_only"])


def test_selection_is_remembered_where_the_worker_is_killed(
    on_screen, site, guarded, linkshot, wait_until
):
    browser = on_screen()
    held = f"<img src={guarded.url}/held.png>"
    url = site.put("/a", IN_ROOT.replace("只要这一段", f"只要这一段{held}"))
    browser.show_tab(browser.open_tab(url, wait_until="commit"))
    wait_until(lambda: browser.run_in(url, "() => getSelection().rangeCount"))
    browser.choose_from_menu(url, "#host", "Keep the selection only")
    wait_until(lambda: browser.outbox())
    browser.reload_extension()
    guarded.let_go()

    def is_sent():
        try:
            return linkshot("list") and not browser.outbox()
        except (BidiError, Error):
            return False  # it is being loaded again

    wait_until(is_sent)
    text, *_, warnings = said_of(kept_link(linkshot, wait_until))
    assert (text, "selection_only" in warnings) == ("只要这一段", True)


CHOOSE_BOTH = """async tab => {
    const { runtime } = globalThis.browser ?? chrome;
    const { onMenuClicked } = await import(runtime.getURL('background/menus.js'));
    onMenuClicked({ menuItemId: 'keep-page' }, { id: tab });
    onMenuClicked({ menuItemId: 'keep-selection', frameId: 0 }, { id: tab });
}"""


def test_selection_chosen_while_the_page_is_being_kept_is_a_version_of_its_own(
    start_browser, site, linkshot, wait_until
):
    browser = start_browser()
    select = "<script>getSelection().selectAllChildren(document.getElementById('here'))</script>"
    url = site.put("/a", f"{HEAD}<title>甲</title><p>别的<p id=here>只要这一段{select}")
    browser.ask(CHOOSE_BOTH, browser.open_tab(url))
    wait_until(lambda: [link["snapshots"] for link in linkshot("list")] == [2])
    warnings = [one["receipt"]["warnings"] for one in linkshot("show", "1")["versions"]]
    assert warnings == [["selection_only"], []]
