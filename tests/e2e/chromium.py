"""Real Chromium with the extension loaded and a native host of the test's own."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import BrowserContext, Error, Page, Playwright

if TYPE_CHECKING:
    from screen import Screen

REPOSITORY = Path(__file__).parents[2]
EXTENSION = REPOSITORY / "extension"
EXTENSION_ID = "dpcbbfpmgdooghflddnlinmhmmmfgigl"
HOST_NAME = "org.linkshot.host"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
HEADLESS = "--headless=new"
ARGUMENTS = [
    HEADLESS,
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Which tab shows an address; the newest where several do.
FIND_TAB = "async url => (await chrome.tabs.query({})).filter(t => t.url === url).at(-1)?.id"


def find_chromium() -> str | None:
    """The program of a browser of Chromium's family, or None."""
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def write_host_script(folder: Path, library: Path) -> Path:
    """A program that starts the real host on `library`, as an installed one would be.

    The library's window has no screen there, so it asks for a browser: its address goes to `opened`.
    """
    host = Path(sys.executable).with_name("linkshot-host")
    opener, script = folder / "open-for-test", folder / "linkshot-host-for-test"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{folder}/opened"\n')
    script.write_text(
        f'#!/bin/sh\nunset DISPLAY WAYLAND_DISPLAY\nexport BROWSER="{opener} %s"\n'
        f'LINKSHOT_LIBRARY="{library}" exec "{host}" "$@"\n'
    )
    for program in (opener, script):
        program.chmod(0o755)
    return script


# The way to our entries from the menu's end: below them are Inspect and, for a page, View page source. In a frame the
# page and the selection stand in a menu of our own.
KEYS = {
    "Keep this page": ["Up"] * 3,
    "Keep this link": ["Up"] * 2,
    "保存此链接": ["Up"] * 2,
    "Keep the selection only": ["Up"] * 2,
    "Linkshot > Keep the selection only": ["Up", "Up", "Right", "Down"],
}
DEVELOPER_MODE = "() => chrome.developerPrivate.updateProfileConfiguration({inDeveloperMode: true})"
RELOAD = "() => { setTimeout(() => chrome.runtime.reload(), 10); }"
WITHIN = """([given, ms]) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
    Promise.resolve((%s)(...given)).then(resolve, reject);
})"""
READ_STATUS = "tabId => chrome.tabs.get(tabId).then(tab => tab.status)"
# Where on the screen the middle of an element is; the page reaches down to the window's edge.
FIND_PLACE = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    const left = screenX + (outerWidth - innerWidth) / 2;
    return [left + box.x + box.width / 2, screenY + outerHeight - innerHeight + box.y + box.height / 2];
}"""


class Chromium:
    """One browser; `library` is where its host keeps what it is sent. It shows itself on `screen`, or nowhere."""

    family = "chromium"
    shortcut = "alt+shift+s"

    def __init__(
        self,
        playwright: Playwright,
        folder: Path,
        *,
        has_host: bool = True,
        locale: str = "en",
        screen: Screen | None = None,
        extension: Path = EXTENSION,
    ) -> None:
        self.playwright = playwright
        self.extension = extension
        self.screen = screen
        self.home = folder / "home"
        # where a Chromium of this HOME looks for its native hosts
        self.profile = self.home / ".config" / "chromium"
        self.library = folder / "library"
        self.locale = locale
        self.script = write_host_script(folder, self.library)
        if has_host:
            self.install_host()
        self.start()

    def start(self) -> None:
        """Start the browser with its profile."""
        self.context: BrowserContext = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=find_chromium(),
            headless=False,
            args=[
                *(argument for argument in ARGUMENTS if argument != HEADLESS or not self.screen),
                "--window-position=0,0",
                "--window-size=1000,800",
                f"--load-extension={self.extension}",
                f"--disable-extensions-except={self.extension}",
                f"--lang={self.locale}",
            ],
            # no PATH: a browser started from a desktop's menu may have none that leads to us
            env={
                "HOME": str(self.home),
                "LANGUAGE": self.locale,
                # one that every machine has: in an unknown one Chromium finds no file whose name is beyond ASCII
                "LANG": "C.UTF-8",
                **(self.screen.environment if self.screen else {}),
            },
            ignore_default_args=["--disable-extensions"],
            no_viewport=True if self.screen else None,
            viewport=None if self.screen else {"width": 1000, "height": 700},
        )

    def install_host(self) -> None:
        """Register the host in the profile, as `linkshot install` does for a person's browser."""
        place = self.profile / "NativeMessagingHosts"
        place.mkdir(parents=True, exist_ok=True)
        manifest = {
            "name": HOST_NAME,
            "description": "Linkshot",
            "path": str(self.script),
            "type": "stdio",
            "allowed_origins": [f"chrome-extension://{EXTENSION_ID}/"],
        }
        (place / f"{HOST_NAME}.json").write_text(json.dumps(manifest))

    def url(self, path: str) -> str:
        return f"chrome-extension://{EXTENSION_ID}/{path}"

    def open_tab(self, url: str, wait_until: Literal["load", "commit"] = "load") -> int:
        """Open a page; the browser's id of its tab."""
        page = self.context.new_page()
        page.goto(url, wait_until=wait_until)
        return int(self.own_page().evaluate(FIND_TAB, page.url))

    def open_as_person(self, url: str) -> int:
        """Open an address that no page may lead to; the browser's id of its tab."""
        tab = self.ask("url => chrome.tabs.create({url}).then(tab => tab.id)", url)
        until = time.monotonic() + 60
        while self.ask(READ_STATUS, tab) != "complete":
            assert time.monotonic() < until, f"{url} does not load"
            time.sleep(0.05)
        return int(tab)

    def own_page(self) -> Page:
        """A page of the extension to ask the browser's API from."""
        for page in self.context.pages:
            if page.url == self.url("options/options.html"):
                return page
        page = self.context.new_page()
        page.goto(self.url("options/options.html"))
        return page

    def open_popup(self, tab_id: int) -> Popup:
        page = self.context.new_page()
        page.set_viewport_size({"width": 380, "height": 420})
        page.goto(self.url(f"popup/popup.html?tabId={tab_id}"), wait_until="commit")
        return Popup(page)

    def ask(self, function: str, *arguments: object) -> Any:
        """Call a function in a page of the extension; what it answers, within two minutes: a worker that does not start never does."""
        return self.own_page().evaluate(WITHIN % function, [list(arguments), 120_000])

    def show_tab(self, tab_id: int) -> None:
        """Bring a tab to the front and give its window the keyboard."""
        self.ask("tabId => chrome.tabs.update(tabId, {active: true})", tab_id)

    def run_in(self, url: str, function: str, *arguments: object) -> Any:
        """Call a function in the page with this address, the newest where several are; what it answers."""
        page = [page for page in self.context.pages if page.url == url][-1]
        return page.evaluate(f"given => ({function})(...given)", list(arguments))

    def click_in(self, url: str, selector: str, button: int = 1) -> None:
        """Move the mouse to the middle of an element and click."""
        assert self.screen
        self.screen.click_window(*self.run_in(url, FIND_PLACE, selector), button)

    def choose_from_menu(self, url: str, selector: str, label: str) -> None:
        """Right-click an element of a page; choose our entry by the keyboard, as nothing can look into the menu.

        A menu takes no keys before it is drawn, and nothing says when it is: again where the extension heard of no choice.
        """
        assert self.screen
        own = self.own_page()
        own.evaluate(COUNT_CHOICES)
        for _ in range(5):
            self.click_in(url, selector, 3)
            own.wait_for_timeout(700)
            for key in [*KEYS[label], "Return"]:
                self.screen.press(key)
            until = time.monotonic() + 10
            while time.monotonic() < until:
                if own.evaluate("chosen"):
                    return
                own.wait_for_timeout(50)
            self.screen.press("Escape")
        raise AssertionError(f"the menu does not take {label!r}")

    def reload_extension(self) -> None:
        """End the worker and all its pages, and load the extension again, which Chromium does in developer mode alone."""
        page = self.context.new_page()
        page.goto("chrome://extensions")
        page.evaluate(DEVELOPER_MODE)
        page.close()
        self.ask(RELOAD)

    def stop_worker(self) -> None:
        """End the extension's worker, as the browser does with an idle one, and wait for its end.

        Told once more each second: a worker that was just starting goes by what it was told.
        """
        own, states = self.own_page(), [""]
        session = self.context.new_cdp_session(own)
        session.on(
            "ServiceWorker.workerVersionUpdated",
            lambda event: states.extend(one["runningStatus"] for one in event["versions"]),
        )
        session.send("ServiceWorker.enable")
        for waited in range(1200):
            if waited % 20 == 0:
                session.send("ServiceWorker.stopAllWorkers")
            own.wait_for_timeout(50)
            if states[-1] == "stopped":
                break
        else:
            raise AssertionError(f"the worker does not end: {states}")
        session.detach()

    def outbox(self) -> list[dict[str, Any]]:
        """What waits, as the options page would list it."""
        reply = self.ask("() => chrome.runtime.sendMessage({type: 'outbox.list'})")
        return list(reply["value"])

    def quit(self) -> None:
        """Close the browser as its menu does, and wait for its end."""
        self.context.close()

    def kill(self) -> None:
        """End it with no time to put anything away."""
        # https://chromium.googlesource.com/chromium/src/+/main/chrome/browser/process_singleton_posix.cc
        _host, _, pid = os.readlink(self.profile / "SingletonLock").rpartition("-")
        os.kill(int(pid), signal.SIGKILL)
        # Closing lets go of what is left of it here, unless that has been heard of already.
        with contextlib.suppress(Error):
            self.context.close()

    def close(self) -> None:
        self.context.close()


COUNT_CHOICES = """() => {
  if (globalThis.chosen === undefined) chrome.contextMenus.onClicked.addListener(() => void (chosen += 1));
  globalThis.chosen = 0;
}"""


class Popup:
    """The popup, opened as a page for one tab."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def wait_for(self, *states: str, timeout_ms: int = 90_000) -> str:
        """Wait until the capture is in one of these states; which one."""
        selector = ", ".join(f'[data-part="popup"][data-state="{state}"]' for state in states)
        self.page.wait_for_selector(selector, timeout=timeout_ms)
        return str(self.page.get_attribute('[data-part="popup"]', "data-state"))

    def text(self, part: str) -> str:
        return self.page.inner_text(f'[data-part="{part}"]').strip()

    def attribute(self, part: str, name: str) -> str | None:
        return self.page.get_attribute(f'[data-part="{part}"]', name)

    def click(self, part: str) -> None:
        self.page.click(f'[data-part="{part}"]')

    def type(self, text: str) -> None:
        # the field has its words once it understands keys; no person is faster
        self.page.locator('[data-part="tag-input"][placeholder]').type(text)

    def write(self, text: str) -> None:
        """Type where the cursor is."""
        self.page.keyboard.type(text)

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).all_inner_texts()

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def close(self) -> None:
        self.page.close()
