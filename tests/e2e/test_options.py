"""The options page: whether the host is there, what waits, thrown away and brought back, tried again."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from chromium import Chromium
from tests.conftest import Site

pytestmark = pytest.mark.e2e

READ = """() => ({
    host: document.querySelector('[data-part=host]').innerText,
    isEmpty: !document.querySelector('[data-part=empty]').hidden,
    rows: [...document.querySelectorAll('.item')].map(row => ({
        title: row.querySelector('.item-title').innerText,
        more: row.querySelector('.item-more').innerText.split(' · ')[0],
        error: row.querySelector('.item-error')?.innerText ?? '',
        buttons: [...row.querySelectorAll('button')].map(one => one.innerText),
    })),
})"""
CLICK = "words => [...document.querySelectorAll('button')].find(one => one.innerText === words && !one.hidden).click()"


READ_PAYLOADS = """() => new Promise((resolve) => {
    indexedDB.open('linkshot').onsuccess = ({ target }) => {
        const counting = target.result.transaction('payloads').objectStore('payloads').count();
        counting.onsuccess = () => resolve(counting.result);
    };
})"""


class Options:
    """The options page as a person reads it."""

    def __init__(self, browser: Any, wait_until: Callable[..., Any]) -> None:
        browser.own_page()
        self.browser = browser
        self.wait_until = wait_until
        self.url = browser.url("options/options.html")

    def read(self) -> Any:
        return self.browser.run_in(self.url, READ)

    def click(self, words: str) -> None:
        self.browser.run_in(self.url, CLICK, words)

    def wait_for_row(self, more: str, *buttons: str) -> Any:
        """The only row, once it is so; it is drawn anew every few seconds."""
        return self.wait_until(
            lambda: next(
                (row for row in self.read()["rows"] if (row["more"], *row["buttons"]) == (more, *buttons)),
                None,
            )
        )  # fmt: skip


@pytest.fixture
def page_url(site: Site) -> str:
    return site.put("/a", "<!doctype html><meta charset=utf-8><title>甲</title><p>水利工程")


@pytest.fixture
def one_waiting(
    start_browser: Callable[..., Any], page_url: str, wait_until: Callable[..., Any]
) -> tuple[Any, Options]:
    """A browser whose outbox has one page, and its options page."""
    browser = start_browser(has_host=False)
    browser.open_popup(browser.open_tab(page_url)).wait_for("waiting")
    options = Options(browser, wait_until)
    options.wait_for_row("waiting", "Try again", "Throw away")
    return browser, options


def test_page_that_waits_is_thrown_away_brought_back_and_sent(
    start_browser: Callable[..., Any],
    page_url: str,
    linkshot: Callable[..., Any],
    wait_until: Callable[..., Any],
) -> None:
    browser = start_browser(has_host=False)
    browser.open_popup(browser.open_tab(page_url)).wait_for("waiting")
    options = Options(browser, wait_until)
    row = options.wait_for_row("waiting", "Try again", "Throw away")
    assert row["title"] == "甲"
    assert "linkshot install" in row["error"]
    assert row["error"].endswith("safe in the outbox and is sent again by itself.")
    wait_until(lambda: options.read()["host"] == WORDS["en"][0])
    options.click("Throw away")
    options.wait_for_row("thrown away", "Undo", "Delete for good")
    options.click("Undo")
    options.wait_for_row("waiting", "Try again", "Throw away")
    browser.install_host()
    options.click("Send all now")
    wait_until(lambda: options.read()["isEmpty"])
    wait_until(lambda: options.read()["host"] == WORDS["en"][1])
    assert [(link["title"], link["snapshots"]) for link in linkshot("list")] == [("甲", 1)]


def test_page_thrown_away_is_deleted_for_good_at_once(
    one_waiting: tuple[Any, Options], wait_until: Callable[..., Any]
) -> None:
    browser, options = one_waiting
    options.click("Throw away")
    options.wait_for_row("thrown away", "Undo", "Delete for good")
    options.click("Delete for good")
    wait_until(lambda: options.read()["isEmpty"])
    assert browser.ask(READ_PAYLOADS) == 0


# Counts how often the list is asked for, and gives a button the keyboard.
FOCUS = """() => {
    const { runtime } = globalThis.browser ?? chrome;
    const send = runtime.sendMessage;
    window.asked = 0;
    runtime.sendMessage = (...given) => { asked += given[0].type === 'outbox.list'; return send.apply(runtime, given); };
    document.querySelector('.item button').focus();
}"""


def test_list_that_is_as_it_was_leaves_the_keyboard_where_it_is(
    one_waiting: tuple[Any, Options], wait_until: Callable[..., Any]
) -> None:
    browser, options = one_waiting
    browser.run_in(options.url, FOCUS)
    wait_until(lambda: browser.run_in(options.url, "() => asked > 2"))
    assert browser.run_in(options.url, "() => document.activeElement.innerText") == "Try again"


def test_keyboard_stays_in_a_row_whose_button_was_pressed(
    one_waiting: tuple[Any, Options], wait_until: Callable[..., Any]
) -> None:
    browser, options = one_waiting
    browser.run_in(options.url, "() => document.querySelectorAll('.item button')[1].focus()")
    options.click("Throw away")
    options.wait_for_row("thrown away", "Undo", "Delete for good")
    assert browser.run_in(options.url, "() => document.activeElement.innerText") == "Undo"


WORDS = {
    "en": (
        "The Linkshot host is not installed for this browser. Run “linkshot install”, then “linkshot doctor”.",
        "The host is there and answers.",
    ),
    "zh-CN": (
        "此浏览器没有安装链接快照主机。请运行 linkshot install，再运行 linkshot doctor。",
        "主机已连接，工作正常。",
    ),
}


@pytest.mark.parametrize("locale", WORDS)
def test_host_is_told_as_missing_with_the_cure_and_as_there(
    chromium: Callable[..., Chromium], wait_until: Callable[..., Any], locale: str
) -> None:
    browser = chromium(has_host=False, locale=locale)
    options = Options(browser, wait_until)
    missing, there = WORDS[locale]
    wait_until(lambda: options.read()["host"] == missing)
    assert options.read()["isEmpty"]
    browser.install_host()
    wait_until(lambda: options.read()["host"] == there)


@pytest.fixture
def late_url(other_site: Site) -> Iterator[str]:
    """A page one of whose pictures never comes, so that reading it takes as long as it may."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        picture = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        yield other_site.put("/late", f'<!doctype html><title>乙</title><img src="{picture}">')


def test_page_that_was_interrupted_stays_listed_until_it_is_kept(
    start_browser: Callable[..., Any],
    late_url: str,
    other_site: Site,
    wait_until: Callable[..., Any],
) -> None:
    browser = start_browser()
    browser.own_page()
    popup = browser.open_popup(browser.open_tab(late_url, wait_until="commit"))
    popup.type("读过,")
    wait_until(lambda: [item["add"] for item in browser.outbox()] == [["读过"]])
    browser.kill()
    other_site.server.shutdown()
    other_site.server.server_close()  # its site is gone meanwhile
    browser.start()
    options = Options(browser, wait_until)
    buttons = ("Try again", "Throw away")
    options.wait_for_row("interrupted", *buttons)
    options.click("Throw away")
    options.wait_for_row("thrown away", "Undo", "Delete for good")
    options.click("Undo")
    before = options.wait_for_row("interrupted", *buttons)
    options.click("Try again")
    wait_until(lambda: options.wait_for_row("interrupted", *buttons)["error"] != before["error"])
    assert [item["add"] for item in browser.outbox()] == [["读过"]]


LIST_LINK = """async () => {
    const { runtime } = globalThis.browser ?? chrome;
    const { newItem, putItem } = await import(runtime.getURL('background/outbox.js'));
    const fields = { capture_id: 'a', page_url: 'https://a.example/', pointed_in: 5, state: 'interrupted' };
    await putItem(newItem(fields));
}"""


def test_tab_in_which_a_link_was_clicked_is_forgotten_with_its_browser(
    start_browser: Callable[..., Any], wait_until: Callable[..., Any]
) -> None:
    browser = start_browser()

    def is_listed() -> bool:
        browser.ask(LIST_LINK)  # once more: a worker that starts forgets what it finds
        return [item["pointed_in"] for item in browser.outbox()] == [5]

    wait_until(is_listed)
    browser.kill()
    browser.start()
    # none, and still no page that was clicked on itself
    wait_until(lambda: [item["pointed_in"] for item in browser.outbox()] == [-1])
