"""A page that leads its reader on without end: refreshes in a circle, a script that loads it again and again."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

# A bot check may load a page a few times until it lets the browser in.
_VISITS_MAX = 4
_PAGES_MAX = 20


class Circle:
    """Watches where the top frame goes; once that is a circle, the page shown last stays."""

    def __init__(self, session: Any) -> None:
        """Watch by a CDP session."""
        self.is_found = False
        self._session = session
        self._top = ""
        self._visits: Counter[str] = Counter()
        self._stopping: set[asyncio.Task[None]] = set()

    async def watch(self) -> None:
        """Start; the session's page has to be enabled."""
        self._session.on("Page.frameNavigated", self._on_navigated)
        self._session.on("Fetch.requestPaused", self._on_paused)

    def _on_navigated(self, event: dict[str, Any]) -> None:
        frame = event["frame"]
        if "parentId" in frame:
            return
        self._top = frame["id"]
        self._visits[frame["url"]] += 1
        is_circle = max(self._visits.values()) >= _VISITS_MAX or self._visits.total() >= _PAGES_MAX
        if is_circle and not self.is_found:
            self.is_found = True
            patterns = [{"resourceType": "Document"}]
            self._send("Fetch.enable", {"patterns": patterns})

    def _on_paused(self, event: dict[str, Any]) -> None:
        """A navigation that is aborted leaves the page that is there."""
        request = {"requestId": event["requestId"]}
        if event["frameId"] == self._top:
            self._send("Fetch.failRequest", request | {"errorReason": "Aborted"})
        else:
            self._send("Fetch.continueRequest", request)

    def _send(self, method: str, params: dict[str, Any]) -> None:
        task = asyncio.ensure_future(self._sent(method, params))
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)

    async def _sent(self, method: str, params: dict[str, Any]) -> None:
        from playwright.async_api import Error

        try:
            await self._session.send(method, params)
        except Error:
            return  # the frame went meanwhile, and its request with it
