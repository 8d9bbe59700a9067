"""Real Chromium with the extension loaded and a native host of the test's own."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Page, Playwright, Worker

REPOSITORY = Path(__file__).parents[2]
EXTENSION = REPOSITORY / "extension"
EXTENSION_ID = "dpcbbfpmgdooghflddnlinmhmmmfgigl"
HOST_NAME = "org.linkshot.host"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ARGUMENTS = [
    "--headless=new",
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
    """A program that starts the real host on `library`, as an installed one would be."""
    host = Path(sys.executable).with_name("linkshot-host")
    script = folder / "linkshot-host-for-test"
    script.write_text(f'#!/bin/sh\nLINKSHOT_LIBRARY="{library}" exec "{host}" "$@"\n')
    script.chmod(0o755)
    return script


class Chromium:
    """One browser; `library` is where its host keeps what it is sent."""

    family = "chromium"

    def __init__(
        self, playwright: Playwright, folder: Path, *, has_host: bool = True, locale: str = "en"
    ) -> None:
        self.playwright = playwright
        self.profile = folder / "profile"
        self.library = folder / "library"
        self.locale = locale
        self.script = write_host_script(folder, self.library)
        if has_host:
            self.install_host()
        self.context = self.start()

    def start(self) -> BrowserContext:
        return self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=find_chromium(),
            headless=False,
            args=[
                *ARGUMENTS,
                f"--load-extension={EXTENSION}",
                f"--disable-extensions-except={EXTENSION}",
                f"--lang={self.locale}",
            ],
            env={"LANGUAGE": self.locale, "LANG": f"{self.locale.replace('-', '_')}.UTF-8"},
            ignore_default_args=["--disable-extensions"],
            viewport={"width": 1000, "height": 700},
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

    def worker(self, timeout_s: float = 10) -> Worker:
        """The extension's worker, once it runs."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            if self.context.service_workers:
                return self.context.service_workers[-1]
            self.context.pages[0].wait_for_timeout(50)
        raise TimeoutError("the extension has no worker")

    def url(self, path: str) -> str:
        return f"chrome-extension://{EXTENSION_ID}/{path}"

    def open_tab(self, url: str, wait_until: Literal["load", "commit"] = "load") -> int:
        """Open a page; the browser's id of its tab."""
        page = self.context.new_page()
        page.goto(url, wait_until=wait_until)
        return int(self.own_page().evaluate(FIND_TAB, page.url))

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

    def outbox(self) -> list[dict[str, Any]]:
        """What waits, as the options page would list it."""
        reply = self.own_page().evaluate("() => chrome.runtime.sendMessage({type: 'outbox.list'})")
        return list(reply["value"])

    def close(self) -> None:
        self.context.close()


class Popup:
    """The popup, opened as a page for one tab."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def wait_for(self, *states: str, timeout_ms: int = 30_000) -> str:
        """Wait until the capture is in one of these states; which one."""
        selector = ", ".join(f'[data-part="popup"][data-state="{state}"]' for state in states)
        self.page.wait_for_selector(selector, timeout=timeout_ms)
        return str(self.page.get_attribute('[data-part="popup"]', "data-state"))

    def text(self, part: str) -> str:
        return self.page.inner_text(f'[data-part="{part}"]').strip()

    def type(self, text: str) -> None:
        self.page.locator('[data-part="tag-input"]').type(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def close(self) -> None:
        self.page.close()
