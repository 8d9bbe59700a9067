"""The popup in Firefox, opened as a page for one tab; the same calls as Chromium's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from firefox import Firefox


class FirefoxPopup:
    """One popup."""

    def __init__(self, browser: Firefox, url: str) -> None:
        self.browser = browser
        self.url = url
        self.context = browser.open_page(url)

    def wait_for(self, *states: str, timeout_ms: int = 60_000) -> str:
        """Wait until the capture is in one of these states; which one."""
        until = time.monotonic() + timeout_ms / 1000
        read = "() => document.querySelector('[data-part=popup]').dataset.state"
        while (state := self.browser.evaluate(self.context, read)) not in states:
            if time.monotonic() > until:
                raise TimeoutError(f"the popup stays at {state}: {self.text('popup')}")
            time.sleep(0.05)
        return str(state)

    def text(self, part: str) -> str:
        read = "part => document.querySelector(`[data-part=${part}]`).innerText"
        return str(self.browser.evaluate(self.context, read, part)).strip()

    def attribute(self, part: str, name: str) -> str | None:
        read = "(part, name) => document.querySelector(`[data-part=${part}]`).getAttribute(name)"
        found: str | None = self.browser.evaluate(self.context, read, part, name)
        return found

    def type(self, text: str) -> None:
        """Put text into the tag field as typing does."""
        self._focus()
        self._keys(*text)

    def write(self, text: str) -> None:
        """Type where the cursor is."""
        self._keys(*text)

    def texts(self, selector: str) -> list[str]:
        read = "selector => [...document.querySelectorAll(selector)].map(one => one.innerText)"
        return list(self.browser.evaluate(self.context, read, selector))

    def press(self, key: str) -> None:
        codes = {
            "Enter": "\ue007",
            "Backspace": "\ue003",
            "ArrowDown": "\ue015",
            "Escape": "\ue00c",
        }
        self._keys(codes[key])

    def _focus(self) -> None:
        # the field has its words once it understands keys; no person is faster
        focus = """() => {
            const field = document.querySelector('[data-part=tag-input][placeholder]');
            field?.focus();
            return Boolean(field);
        }"""
        until = time.monotonic() + 60
        while not self.browser.evaluate(self.context, focus):
            assert time.monotonic() < until, "the popup is not loaded"
            time.sleep(0.05)

    def _keys(self, *keys: str) -> None:
        actions = [
            step
            for key in keys
            for step in ({"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})
        ]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        params = {"context": self.context, "actions": [source]}
        self.browser.command("input.performActions", params)

    def close(self) -> None:
        self.browser.command("browsingContext.close", {"context": self.context})
