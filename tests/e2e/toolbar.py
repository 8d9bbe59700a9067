"""The popup as the toolbar's button and the shortcut open it: part of the browser's window, not a page in a tab."""

from __future__ import annotations

import time
from typing import Any

from firefox import Firefox

# A page of the extension sees its open popup.
LOOK = """part => {
    const [view] = (globalThis.browser ?? chrome).extension.getViews({type: 'popup'});
    const found = view?.document.querySelector(`[data-part="${part}"]`);
    return found ? {state: found.dataset.state, text: found.innerText.trim(), value: found.value} : null;
}"""
# It takes keys, and a click elsewhere closes it, from the moment that the window has given it the focus.
HAS_FOCUS = """() => {
    const [view] = (globalThis.browser ?? chrome).extension.getViews({type: 'popup'});
    return Boolean(view?.document.hasFocus() && view.document.activeElement.dataset.part === 'tag-input');
}"""
# Where on the screen its button of this part is, null while it has none.
FIND_BUTTON = """part => {
    const [view] = (globalThis.browser ?? chrome).extension.getViews({type: 'popup'});
    const box = view?.document.querySelector(`[data-part="${part}"]:not([hidden])`)?.getBoundingClientRect();
    if (!box?.width) return null;
    const left = view.mozInnerScreenX ?? view.screenX;
    const top = view.mozInnerScreenY ?? view.screenY;
    return [left + box.x + box.width / 2, top + box.y + box.height / 2];
}"""


class Toolbar:
    """The open popup of one browser on a screen."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser

    def press_shortcut(self) -> None:
        """Press the extension's shortcut until the popup is there."""
        for _ in range(3):
            self.browser.screen.press(self.browser.shortcut)
            if self._is_within(10, self.has_focus):
                return
        raise TimeoutError(
            f"the shortcut opens no popup, or none with the focus: {self.look('popup')}"
        )

    def look(self, part: str) -> dict[str, str] | None:
        """State, text and value of a part of the popup; None where it is closed."""
        seen: dict[str, str] | None = self.browser.ask(LOOK, part)
        return seen

    def has_focus(self) -> bool:
        return bool(self.browser.ask(HAS_FOCUS))

    def is_open(self) -> bool:
        return self.look("popup") is not None

    def is_closed(self) -> bool:
        return not self.is_open()

    def wait_for(self, *states: str) -> str:
        """Wait until the capture is in one of these states; which one."""
        until = time.monotonic() + 60
        while (seen := self.look("popup")) is None or seen["state"] not in states:
            assert time.monotonic() < until, f"the popup shows {seen}"
            time.sleep(0.05)
        return seen["state"]

    def click(self, part: str) -> None:
        """Click a button of the popup with the mouse."""
        until = time.monotonic() + 60
        while (place := self.browser.ask(FIND_BUTTON, part)) is None:
            assert time.monotonic() < until, f"the popup has no {part}"
            time.sleep(0.1)
        self.browser.screen.click(*place)

    def type_into(self, part: str, text: str) -> None:
        """Click a field of the popup and type; in Firefox once more where nothing came.

        It may leave the keyboard with the page: https://bugzilla.mozilla.org/show_bug.cgi?id=1324255
        """
        for _ in range(3 if isinstance(self.browser, Firefox) else 1):
            self.click(part)
            self.browser.screen.press("ctrl+a")
            self.browser.screen.type(text)
            if self._is_within(20, lambda: (self.look(part) or {}).get("value") == text):
                return
        raise TimeoutError(f"the popup's {part} takes no keys: {self.look(part)}")

    def _is_within(self, seconds: float, condition: Any) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if condition():
                return True
            time.sleep(0.1)
        return False
