"""Runs `extension/inject` in an isolated world of a page, through the debugging protocol."""

from __future__ import annotations

import base64
import functools
import json
from pathlib import Path
from typing import Any

import msgspec

from linkshot.capture.browser_roots import nodes_in_closed_roots

_TAKE_CHARS = 2_000_000
# The browser's own page in a frame that failed has a game and its sounds in it, which it does not show.
_DROP_HIDDEN = """() => {
  if (!location.href.startsWith('chrome-error:')) return;
  for (const one of document.querySelectorAll('body :not(style)')) if (!one.checkVisibility()) one.remove();
}"""


class Listed(msgspec.Struct, frozen=True):
    """An address that a document uses."""

    url: str
    kind: str


class Made(msgspec.Struct, frozen=True, rename="camel"):
    """A picture made in the page; `data` is base64, None where it is taken in pieces."""

    url: str
    media_type: str
    data: str | None
    data_length: int


class Lost(msgspec.Struct, frozen=True):
    """What the page itself could not hand over."""

    url: str
    reason: str


class FrameAnswer(msgspec.Struct, rename="camel"):
    """One frame's document as `captureFrame` answers it."""

    frame: str
    url: str
    base_url: str
    title: str
    html: str | None
    html_length: int
    media_type: str
    resources: list[Listed]
    inline: list[Made]
    missing: list[Lost]
    fonts_declared: int
    warnings: list[str]
    encoding: str = ""


class ForeignFrame(msgspec.Struct, frozen=True):
    """A frame that its parent cannot reach."""

    key: str
    url: str


class PageAnswer(msgspec.Struct):
    """All that `captureFrame` answers."""

    frames: list[FrameAnswer]
    foreign: list[ForeignFrame]
    timings: dict[str, float]


@functools.cache
def inject_script() -> str:
    """The files of `extension/inject` in their order, as one script."""
    here = Path(__file__).resolve()
    for folder in (
        here.parents[1] / "extension" / "inject",
        here.parents[3] / "extension" / "inject",
    ):
        if (folder / "files.json").is_file():
            names = json.loads((folder / "files.json").read_text("utf-8"))
            return "\n".join((folder / name).read_text("utf-8") for name in names)
    raise FileNotFoundError(here.parents[3] / "extension" / "inject" / "files.json")


class IsolatedWorld:
    """A world of our own in the top frame: it sees the page's tree, the page sees nothing of it."""

    def __init__(self, session: Any, context_id: int) -> None:
        """Use `open_world`."""
        self._session = session
        self._context_id = context_id

    async def call(self, function: str, *arguments: object) -> Any:
        """What the function answers for `arguments`, its promise awaited."""
        from playwright.async_api import Error

        answer = await self._session.send(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": function,
                "executionContextId": self._context_id,
                "arguments": [{"value": argument} for argument in arguments],
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Error(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    async def capture(self, options: dict[str, object]) -> PageAnswer:
        """The page with every frame that can be reached, long parts fetched."""
        raw = await self.call("options => linkshotInject.captureFrame(options)", options)
        answer = msgspec.convert(raw, PageAnswer)
        for frame in answer.frames:
            if frame.html is None:
                frame.html = await self._take(f"html:{frame.frame}", frame.html_length)
            frame.inline = [await self._whole(made) for made in frame.inline]
        for foreign in answer.foreign:
            answer.frames += await self._other_frame(foreign)
        await self.call("() => linkshotInject.release()")
        return answer

    async def give_texts(self, texts: dict[str, str]) -> None:
        """Hand over texts that the page's policy lets no script fetch, for the next `capture`."""
        await self.call("texts => linkshotInject.giveTexts(texts)", texts)

    async def _other_frame(self, foreign: ForeignFrame) -> list[FrameAnswer]:
        """A frame that its parent cannot reach: sandboxed, or the browser's own page for one that failed."""
        from playwright.async_api import Error

        try:
            frame_id = await self._frame_id(foreign.key)
            if not frame_id:
                return []
            world = await open_world(self._session, frame_id)
            await world.call(_DROP_HIDDEN)
            inner = await world.capture({"frame": foreign.key, "settleMs": 500})
        except Error:
            return []  # gone meanwhile: the frame stays empty
        for frame in inner.frames[:1]:
            if frame.url.startswith("chrome-error:"):
                frame.url = frame.base_url = foreign.url
                frame.missing.append(Lost(foreign.url, "failed"))
        return inner.frames

    async def _frame_id(self, key: str) -> str:
        found = await self._session.send(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": "key => linkshotInject.foreignElement(key)",
                "arguments": [{"value": key}],
                "executionContextId": self._context_id,
            },
        )
        node = await self._session.send(
            "DOM.describeNode", {"objectId": found["result"].get("objectId", "")}
        )
        return str(node["node"].get("frameId", ""))

    async def _whole(self, made: Made) -> Made:
        if made.data is not None:
            return made
        data = await self._take(f"data:{made.url}", made.data_length)
        return msgspec.structs.replace(made, data=data)

    async def _take(self, part: str, length: int) -> str:
        """A held part, in JavaScript's own units of length."""
        pieces, offset = [], 0
        while offset < length:
            piece = await self.call(
                "(...a) => linkshotInject.take(...a)", part, offset, _TAKE_CHARS
            )
            pieces.append(piece)
            offset += len(piece.encode("utf-16-le")) // 2
        return "".join(pieces)

    async def give_closed_roots(self) -> bool:
        """Hand over the closed shadow roots, which script cannot reach; whether these are all."""
        found, is_whole = await nodes_in_closed_roots(self._session)
        for backend_id in found:
            await self._give_root(backend_id)
        return is_whole

    async def _give_root(self, backend_id: int) -> None:
        from playwright.async_api import Error

        try:
            found = await self._session.send(
                "DOM.resolveNode",
                {"backendNodeId": backend_id, "executionContextId": self._context_id},
            )
            await self._session.send(
                "Runtime.callFunctionOn",
                {
                    "functionDeclaration": "function () { linkshotInject.giveRoot(this); }",
                    "objectId": found["object"]["objectId"],
                },
            )
        except Error:
            return  # gone meanwhile, or of a frame in another process: it is captured without


async def open_world(session: Any, frame_id: str | None = None) -> IsolatedWorld:
    """A world in a frame of the page, the top one by default, with `inject` loaded.

    It may reach into frames of other origins: nothing but our own code runs in it.
    """
    tree = await session.send("Page.getFrameTree")
    made = await session.send(
        "Page.createIsolatedWorld",
        {
            "frameId": frame_id or tree["frameTree"]["frame"]["id"],
            "worldName": "linkshot",
            "grantUniveralAccess": True,
        },
    )
    context_id = made["executionContextId"]
    await session.send("Runtime.evaluate", {"expression": inject_script(), "contextId": context_id})
    return IsolatedWorld(session, context_id)


def decode_base64(text: str | None) -> bytes:
    """The bytes of a base64 part."""
    return base64.b64decode(text or "")
