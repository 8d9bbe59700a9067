"""Closed shadow roots: whether a page has any, and the nodes inside them.

No script reaches into one, and listing the nodes of a whole page by the debugging protocol takes
longer than keeping it (24 s for 50,000 elements). So the page is listed only where a root has been
closed.
"""

from __future__ import annotations

import asyncio
import re
import uuid
from typing import Any

ROOTS_LEFT_OUT = "closed_roots_left_out"

_CLOSED_ROOTS_MAX = 5_000
_LIST_SECONDS = 12
_DECLARED = re.compile(r"shadowrootmode\s*=\s*[\"']?closed", re.IGNORECASE)
# Runs before the page's own script, in every frame. The binding is gone before a page can see it; a
# proxy, as a page can tell a function of ours from the browser's.
_WATCH = """{
  const tell = globalThis[NAME];
  delete globalThis[NAME];
  const { prototype } = Element;
  const apply = (attachShadow, host, given) => {
    const root = Reflect.apply(attachShadow, host, given);
    if (root.mode === 'closed') tell?.('');
    return root;
  };
  prototype.attachShadow = new Proxy(prototype.attachShadow, { apply });
}"""


class ClosedRoots:
    """Watches one page, from before it is asked for."""

    def __init__(self, session: Any) -> None:
        """Watch by a CDP session."""
        self.are_there = False
        self._session = session
        self._name = f"linkshot{uuid.uuid4().hex}"

    async def watch(self) -> None:
        """Start."""
        self._session.on("Runtime.bindingCalled", self._on_binding_called)
        # without these two neither script nor binding comes into being
        await self._session.send("Page.enable")
        await self._session.send("Runtime.enable")
        await self._session.send("Runtime.addBinding", {"name": self._name})
        source = _WATCH.replace("NAME", f"'{self._name}'")
        await self._session.send("Page.addScriptToEvaluateOnNewDocument", {"source": source})

    def note_markup(self, html: str) -> None:
        """A document as served: does it declare a closed root?"""
        self.are_there = self.are_there or _DECLARED.search(html) is not None

    def _on_binding_called(self, event: dict[str, Any]) -> None:
        self.are_there = self.are_there or event["name"] == self._name


async def nodes_in_closed_roots(
    session: Any, seconds: float = _LIST_SECONDS
) -> tuple[list[int], bool]:
    """Backend ids, one for each parent that has children inside a closed root, and whether these are all.

    None where listing the page takes longer than `seconds`.
    """
    try:
        async with asyncio.timeout(seconds):
            shot = await session.send("DOMSnapshot.captureSnapshot", {"computedStyles": []})
    except TimeoutError:
        return [], False
    found = [
        backend_id
        for document in shot["documents"]
        for backend_id in _in_closed_roots(document["nodes"], shot["strings"])
    ]
    return found[:_CLOSED_ROOTS_MAX], len(found) <= _CLOSED_ROOTS_MAX


def _in_closed_roots(nodes: dict[str, Any], strings: list[str]) -> list[int]:
    """The snapshot lists no roots: it marks what is inside, and lists a root's children below its host."""
    marked = nodes.get("shadowRootType") or {"index": [], "value": []}
    first: dict[int, int] = {}
    for index, kind in zip(marked["index"], marked["value"], strict=True):
        if strings[kind] == "closed":
            first.setdefault(nodes["parentIndex"][index], nodes["backendNodeId"][index])
    return list(first.values())
