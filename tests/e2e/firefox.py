"""Real Firefox with the extension, driven by WebDriver BiDi: https://w3c.github.io/webdriver-bidi/

Firefox speaks it itself, so no driver program is needed.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any, Literal

from firefox_popup import FirefoxPopup
from websockets.sync.client import connect

if TYPE_CHECKING:
    from screen import Screen

REPOSITORY = Path(__file__).parents[2]
EXTENSION = REPOSITORY / "extension"
ADDON_ID = "linkshot@linkshot.org"
# Firefox makes up an address for each add-on; a test fixes it beforehand.
ADDON_UUID = "6f1d3a52-0c1b-4e0e-9d4a-2f6f1a7c9b10"
HOST_NAME = "org.linkshot.host"
PREFERENCES = {
    "extensions.webextensions.uuids": json.dumps({ADDON_ID: ADDON_UUID}),
    "intl.locale.requested": "en-US",
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
START_S = 120
FIND_TAB = "url => browser.tabs.query({}).then(tabs => tabs.filter(t => t.url === url).at(-1)?.id)"

# Where on the screen the middle of an element is.
FIND_PLACE = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return [mozInnerScreenX + box.x + box.width / 2, mozInnerScreenY + box.y + box.height / 2];
}"""
# The same of an entry of the open context menu, or of a menu in it, null while there is none.
FIND_ENTRY = """label => {
    const menu = document.getElementById('contentAreaContextMenu');
    const entry = [...menu.querySelectorAll('menuitem,menu')].find(one => one.label.startsWith(label) && !one.hidden);
    if (menu.state !== 'open' || !entry?.getBoundingClientRect().width) return null;
    const {width, height} = entry.getBoundingClientRect();
    return [entry.screenX + width / 2, entry.screenY + height / 2];
}"""

# The same of a button of the open question beside the address bar.
FIND_ANSWER = """isAllowed => {
    const panel = document.getElementById('notification-popup');
    const question = panel.state === 'open' ? panel.firstElementChild : null;
    const button = isAllowed ? question?.button : question?.secondaryButton;
    if (!button) return null;
    const {width, height} = button.getBoundingClientRect();
    return [button.screenX + width / 2, button.screenY + height / 2];
}"""
# As a language pack would have it; where that has no words for the window itself, those of the program stay.
SPEAK = """locale => {
    Services.locale.availableLocales = [locale, 'en-US'];
    Services.locale.requestedLocales = [locale];
}"""
STOP_WORKER = """id => WebExtensionPolicy.getByID(id).extension
    .terminateBackground({ignoreDevToolsAttached: true, disableResetIdleForTest: true}).then(() => 0)"""
OPEN_TAB = "url => { gBrowser.selectedTab = gBrowser.addTrustedTab(url); }"


def find_firefox() -> str | None:
    """The program of a Firefox, or None."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class BidiError(Exception):
    """Firefox refused a command, or a script in it threw."""


class Firefox:
    """One browser with a profile and a HOME of its own; `library` is where its host keeps."""

    family = "firefox"
    shortcut = "alt+shift+k"

    def __init__(
        self,
        folder: Path,
        script: Path,
        *,
        has_host: bool = True,
        screen: Screen | None = None,
        preferences: dict[str, object] | None = None,
        extension: Path = EXTENSION,
        locale: str = "en",
    ) -> None:
        self.screen = screen
        self.locale = locale
        self.extension = extension
        self.home = folder / "home"
        self.profile = folder / "firefox-profile"
        self.script = script
        self.profile.mkdir(parents=True, exist_ok=True)
        self.home.mkdir(exist_ok=True)
        chosen = PREFERENCES | (preferences or {})
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(chosen[name])});" for name in chosen]
        (self.profile / "user.js").write_text("\n".join(lines))
        if has_host:
            self.install_host()
        self.start()

    def install_host(self) -> None:
        """Register the host in this HOME, as `linkshot install` does for a person's browser."""
        place = self.home / ".mozilla" / "native-messaging-hosts"
        place.mkdir(parents=True, exist_ok=True)
        manifest = {
            "name": HOST_NAME,
            "description": "Linkshot",
            "path": str(self.script),
            "type": "stdio",
            "allowed_extensions": [ADDON_ID],
        }
        (place / f"{HOST_NAME}.json").write_text(json.dumps(manifest))

    def start(self) -> None:
        """Start the browser, open the session, load the extension."""
        self.process = subprocess.Popen(
            [
                find_firefox() or "firefox",
                *([] if self.screen else ["--headless"]),
                *("--no-remote", "--profile", str(self.profile)),
                *("--remote-debugging-port", "0", "--remote-allow-system-access"),
            ],
            env={
                **os.environ,
                "HOME": str(self.home),
                **(self.screen.environment if self.screen else {}),
            },
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        address = self._read_address()
        self.stack = ExitStack()
        opening = connect(f"{address}/session", max_size=None, open_timeout=START_S)
        self.socket = self.stack.enter_context(opening)
        self.last_id = 0
        self.command("session.new", {"capabilities": {}})
        if self.locale != "en":
            self.ask_window(SPEAK, self.locale)
        self.command(
            "webExtension.install",
            {"extensionData": {"type": "path", "path": str(self.extension)}},
        )

    def _read_address(self) -> str:
        """The address it listens on; its stderr goes on being read so that it never fills."""
        found: Queue[str] = Queue()

        def read() -> None:
            assert self.process.stderr
            for line in self.process.stderr:
                match = re.search(r"WebDriver BiDi listening on (ws://\S+)", line)
                if match:
                    found.put(match[1])

        threading.Thread(target=read, daemon=True).start()
        try:
            return found.get(timeout=START_S)
        except Empty:
            self.process.kill()
            raise TimeoutError("Firefox did not open its debugging port") from None

    def command(
        self, method: str, params: dict[str, Any], timeout_s: float = 180
    ) -> dict[str, Any]:
        """Send one BiDi command; its result."""
        self.last_id += 1
        self.socket.send(json.dumps({"id": self.last_id, "method": method, "params": params}))
        until = time.monotonic() + timeout_s
        while True:
            answer = json.loads(self.socket.recv(timeout=max(0.01, until - time.monotonic())))
            if answer.get("id") != self.last_id:
                continue
            if answer["type"] == "error":
                raise BidiError(f"{method}: {answer['error']}: {answer['message']}")
            return dict(answer["result"])

    def open_page(self, url: str, wait: str = "complete") -> str:
        """Open an address in a new tab; the context's id."""
        context = str(self.command("browsingContext.create", {"type": "tab"})["context"])
        self.command("browsingContext.navigate", {"context": context, "url": url, "wait": wait})
        return context

    def evaluate(
        self, context: str, function: str, *arguments: object, clicked: bool = False
    ) -> Any:
        """Call a JavaScript function in a page; what it answers, by way of JSON."""
        body = f"async () => JSON.stringify(await ({function})(...{json.dumps(arguments)}))"
        answer = self.command(
            "script.callFunction",
            {
                "functionDeclaration": body,
                "awaitPromise": True,
                "target": {"context": context},
                "userActivation": clicked,
            },
        )
        if answer["type"] == "exception":
            raise BidiError(answer["exceptionDetails"]["text"])
        value = answer["result"].get("value")
        return None if value is None else json.loads(value)

    def url(self, path: str) -> str:
        return f"moz-extension://{ADDON_UUID}/{path}"

    def own_page(self) -> str:
        """A page of the extension to ask the browser's API from."""
        for entry in self.command("browsingContext.getTree", {})["contexts"]:
            if entry["url"] == self.url("options/options.html"):
                return str(entry["context"])
        return self.open_page(self.url("options/options.html"))

    def open_tab(self, url: str, wait_until: Literal["load", "commit"] = "load") -> int:
        """Open a page; the browser's id of its tab."""
        context = self.open_page(url, "complete" if wait_until == "load" else "interactive")
        href = self.evaluate(context, "() => location.href")
        return int(self.evaluate(self.own_page(), FIND_TAB, href))

    def open_popup(self, tab_id: int) -> FirefoxPopup:
        return FirefoxPopup(self, self.url(f"popup/popup.html?tabId={tab_id}"))

    def ask(self, function: str, *arguments: object) -> Any:
        """Call a function in a page of the extension; what it answers."""
        return self.evaluate(self.own_page(), function, *arguments)

    def ask_window(self, function: str, *arguments: object) -> Any:
        """Call a function in the browser's own window, with all the browser's rights."""
        tree = self.command("browsingContext.getTree", {"moz:scope": "chrome"})
        window = next(entry for entry in tree["contexts"] if entry["url"].endswith("browser.xhtml"))
        return self.evaluate(window["context"], function, *arguments)

    def show_tab(self, tab_id: int) -> None:
        """Bring a tab to the front and give its window the keyboard."""
        self.ask("tabId => browser.tabs.update(tabId, {active: true}).then(() => 0)", tab_id)
        if self.screen:
            self.screen.focus("firefox")

    def run_in(self, url: str, function: str, *arguments: object) -> Any:
        """Call a function in the page with this address, the newest where several are; what it answers."""
        tree = self.command("browsingContext.getTree", {})["contexts"]
        contexts = [entry["context"] for entry in tree if entry["url"] == url]
        return self.evaluate(contexts[-1], function, *arguments)

    def click_in(self, url: str, selector: str, button: int = 1) -> None:
        """Move the mouse to the middle of an element and click."""
        assert self.screen
        self.screen.click(*self.run_in(url, FIND_PLACE, selector), button)

    def choose_from_menu(self, url: str, selector: str, label: str) -> None:
        """Right-click an element of a page; click the menu's entry of this name."""
        assert self.screen
        self.click_in(url, selector, 3)
        for part in label.split(" > "):
            until = time.monotonic() + 60
            while (place := self.ask_window(FIND_ENTRY, part)) is None:
                assert time.monotonic() < until, f"no menu with {part}"
                time.sleep(0.1)
            self.screen.click(*place)

    def answer_prompt(self, *, is_allowed: bool) -> None:
        """Click one of the two buttons of the browser's question, until it is gone."""
        assert self.screen
        until = time.monotonic() + 60
        is_asked = False
        # a question takes no clicks in its first half second
        while (place := self.ask_window(FIND_ANSWER, is_allowed)) or not is_asked:
            assert time.monotonic() < until, "the browser asks nothing, or goes on asking"
            if place:
                is_asked = True
                self.screen.click(*place)
            time.sleep(0.3)

    def open_as_person(self, url: str) -> int:
        """Open an address that no page may lead to; the browser's id of its tab."""
        self.own_page()
        self.ask_window(OPEN_TAB, url)
        until = time.monotonic() + 60
        while (tab := self.ask(FIND_TAB, url)) is None:
            assert time.monotonic() < until, f"no tab shows {url}"
            time.sleep(0.1)
        return int(tab)

    def reload_extension(self) -> None:
        """End the worker and all its pages, and load the extension again."""
        self.ask("() => { setTimeout(() => browser.runtime.reload(), 10); }")

    def stop_worker(self) -> None:
        """End the extension's event page, as the browser does with an idle one, and wait for its end."""
        self.ask_window(STOP_WORKER, ADDON_ID)

    def outbox(self) -> list[dict[str, Any]]:
        """What waits, as the options page would list it."""
        ask = "() => browser.runtime.sendMessage({type: 'outbox.list'})"
        return list(self.evaluate(self.own_page(), ask)["value"])

    def screenshot(self, context: str, path: Path) -> None:
        shot = self.command("browsingContext.captureScreenshot", {"context": context})
        path.write_bytes(base64.b64decode(shot["data"]))

    def quit(self) -> None:
        """Close the browser as its menu does, and wait for its end."""
        self.command("browser.close", {})
        self.stack.close()
        self.process.wait(timeout=60)

    def kill(self) -> None:
        """End it with no time to put anything away."""
        self.process.kill()
        self.process.wait()
        self.stack.close()

    def close(self) -> None:
        self.stack.close()
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
