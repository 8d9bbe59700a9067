"""The bodies of what a page loads, taken from the browser as they arrive."""

from __future__ import annotations

import asyncio
import base64
import re
import time
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec

from linkshot.capture.browser_reach import REFUSED, Reach, is_refusal

MAX_BODY_BYTES = 64 * 1024 * 1024
MAX_ALL_BYTES = 512 * 1024 * 1024
# How the browser reads text of which nobody says the encoding: https://encoding.spec.whatwg.org/#windows-1252
_WINDOWS_1252 = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(256)}
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_KEPT_TYPES = frozenset(
    {"Stylesheet", "Image", "Font", "Media", "Document", "Other", "Fetch", "XHR"}
)

_ENDLESS = frozenset({"EventSource", "WebSocket", "Media", "Ping"})


class Body(msgspec.Struct, frozen=True):
    """A body as the page got it; `content_type` as served, or with the charset it now has.

    `url` is where it was in the end, redirects followed. `served` are the bytes as they came, where the
    browser may have read a text in an encoding that the page does not; its type is then `served_type`.
    """

    data: bytes
    content_type: str
    status: int
    url: str
    served: bytes = b""
    served_type: str = ""


class _Request(msgspec.Struct):
    urls: list[str]
    kind: str
    document_url: str
    status: int = 0
    content_type: str = ""
    size: int = 0
    is_part: bool = False
    is_refused: bool = False


class PageBodies:
    """Listens to one page's network; `bodies` grows while the page loads."""

    def __init__(
        self,
        session: Any,
        reach: Reach,
        max_document_bytes: int,
        on_markup: Callable[[str], None] = lambda html: None,
    ) -> None:
        """Listen on a CDP session, within `reach`; `on_markup` is told each HTML document as it was served."""
        self.bodies: dict[str, Body] = {}
        self.failed: dict[str, str] = {}
        self.requested: set[str] = set()
        self.fonts: set[str] = set()
        self.document_too_large = asyncio.Event()
        self._session = session
        self._reach = reach
        self._top = ""
        self._max_document_bytes = max_document_bytes
        self._on_markup = on_markup
        self._media: dict[str, str] = {}
        self._whole: set[str] = set()
        self._requests: dict[str, _Request] = {}
        self._reading: set[asyncio.Task[None]] = set()
        self._open: set[str] = set()
        self._quiet_since = time.monotonic()
        self._all_bytes = 0

    async def listen(self) -> None:
        """Start; before the page is asked for."""
        for name in ("requestWillBeSent", "responseReceived", "dataReceived"):
            self._session.on(f"Network.{name}", getattr(self, f"_on_{_snake(name)}"))
        self._session.on("Network.loadingFinished", self._on_loading_finished)
        self._session.on("Network.loadingFailed", self._on_loading_failed)
        sizes = {"maxTotalBufferSize": MAX_ALL_BYTES, "maxResourceBufferSize": MAX_BODY_BYTES}
        await self._session.send("Network.enable", sizes)

    def quiet_seconds(self) -> float:
        """How long nothing has been on its way."""
        return 0.0 if self._open else time.monotonic() - self._quiet_since

    def media_in_parts(self) -> dict[str, str]:
        """Sound and film that no answer has had whole so far, each with the document that plays it."""
        return {url: page for url, page in self._media.items() if url not in self._whole}

    async def finish_reading(self) -> None:
        """Return when every body that has arrived is in `bodies`."""
        while self._reading:
            await asyncio.gather(*self._reading)

    def _on_request_will_be_sent(self, event: dict[str, Any]) -> None:
        request_id, url = event["requestId"], event["request"]["url"]
        self._top = self._top or event.get("frameId", "")
        if "redirectResponse" in event:
            self._reach.refuses_answer(event["redirectResponse"], is_page=self._is_page(event))
        known = self._requests.get(request_id)
        if known:
            known.urls.append(url)
        else:
            self._requests[request_id] = _Request(
                [url], event.get("type", "Other"), event.get("documentURL", "")
            )
        self.requested.add(url)
        if event.get("type") == "Font":
            self.fonts.add(url)
        if event.get("type") not in _ENDLESS and not _is_of_worker(event):
            self._open.add(request_id)

    def _on_response_received(self, event: dict[str, Any]) -> None:
        request = self._requests.get(event["requestId"])
        if request is None:
            return
        response = event["response"]
        headers = {name.lower(): value for name, value in response["headers"].items()}
        request.kind = event.get("type", request.kind)
        if self._reach.refuses_answer(response, is_page=self._is_page(event)):
            request.is_refused = True
            self.failed.update(dict.fromkeys(request.urls, REFUSED))
        request.status = response["status"]
        request.content_type = headers.get("content-type") or response.get("mimeType", "")
        request.is_part = request.status == 206 and not _is_whole(headers.get("content-range", ""))
        if request.content_type.startswith(("audio/", "video/")):
            # opened by itself it is a document that never ends
            self._open.discard(event["requestId"])
            self._quiet_since = time.monotonic()
        self.fonts.update(request.urls if request.kind == "Font" else ())
        if request.kind == "Media" and request.status in (200, 206):
            self._note_media(request, headers)

    def _note_media(self, request: _Request, headers: dict[str, str]) -> None:
        url = request.urls[0]
        self._media[url] = request.document_url
        if _whole_size(headers) > MAX_BODY_BYTES:
            self.failed[url] = "too_large"

    def _on_data_received(self, event: dict[str, Any]) -> None:
        request = self._requests.get(event["requestId"])
        if request is None:
            return
        request.size += event["dataLength"]
        if request.kind == "Document" and request.size > self._max_document_bytes:
            self.document_too_large.set()

    def _on_loading_failed(self, event: dict[str, Any]) -> None:
        request = self._close(event["requestId"])
        if request is None or event.get("canceled"):
            return
        reason = "blocked" if event.get("blockedReason") else "failed"
        self.failed.update(dict.fromkeys(request.urls, REFUSED if is_refusal(event) else reason))

    def _on_loading_finished(self, event: dict[str, Any]) -> None:
        request = self._close(event["requestId"])
        if request is None or request.kind not in _KEPT_TYPES:
            return
        if request.is_part or request.is_refused:
            return
        if request.kind == "Document" and "html" in request.content_type:
            self._begin(self._read_markup(event["requestId"]))
            return
        if request.status >= 400:
            self.failed.update(dict.fromkeys(request.urls, str(request.status)))
            return
        self._whole.update(request.urls)
        self._all_bytes += request.size
        if request.size > MAX_BODY_BYTES:
            self.failed.update(dict.fromkeys(request.urls, "too_large"))
        elif (
            self._all_bytes <= MAX_ALL_BYTES
        ):  # beyond, the browser has let go of it: gathered later
            self._begin(self._read(event["requestId"], request))

    def _is_page(self, event: dict[str, Any]) -> bool:
        return event.get("type") == "Document" and event.get("frameId") == self._top

    def _begin(self, reading: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(reading)
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    def _close(self, request_id: str) -> _Request | None:
        self._open.discard(request_id)
        self._quiet_since = time.monotonic()
        return self._requests.get(request_id)

    async def _read_markup(self, request_id: str) -> None:
        from playwright.async_api import Error

        try:
            answer = await self._session.send("Network.getResponseBody", {"requestId": request_id})
        except Error:
            return  # let go of by the browser
        if not answer["base64Encoded"]:
            self._on_markup(answer["body"])

    async def _read(self, request_id: str, request: _Request) -> None:
        from playwright.async_api import Error

        try:
            answer = await self._session.send("Network.getResponseBody", {"requestId": request_id})
        except Error:
            return  # let go of by the browser: gathered later by itself
        if request.size and not answer["body"]:
            return  # the browser has let go of it without saying so: gathered later by itself
        body = _body(answer, request)
        self.bodies.update(dict.fromkeys(request.urls, body))


def _body(answer: dict[str, Any], request: _Request) -> Body:
    served_type, status, url = request.content_type, request.status, request.urls[-1]
    if answer["base64Encoded"]:
        return Body(base64.b64decode(answer["body"]), served_type, status, url)
    # The browser hands text over decoded; a sheet's header outranks its @charset.
    text = answer["body"]
    data = text.encode("utf-8", "replace")
    content_type = served_type.split(";")[0] + "; charset=utf-8"
    served = b"" if "charset" in served_type.lower() else _as_windows_1252(text)
    return Body(data, content_type, status, url, served, served_type)


def _is_of_worker(event: dict[str, Any]) -> bool:
    """Is it the script of a worker, whose end only the worker's own session is told?"""
    return bool(event.get("type") == "Script" and event["initiator"]["type"] == "other")


def _as_windows_1252(text: str) -> bytes:
    """The bytes that were read as windows-1252; none where that cannot have been, or is no matter."""
    if text.isascii():
        return b""
    try:
        return bytes(map(_WINDOWS_1252.__getitem__, text))
    except KeyError:
        return b""


def _is_whole(content_range: str) -> bool:
    """Does a part (RFC 9110, 14.4) reach from the first byte to the last?"""
    found = _CONTENT_RANGE.fullmatch(content_range.strip())
    return found is not None and int(found[1]) == 0 and int(found[2]) + 1 == int(found[3])


def _whole_size(headers: dict[str, str]) -> int:
    """The bytes of the whole that an answer is, or is a part of; 0 where it does not say."""
    part = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
    size = part[3] if part else headers.get("content-length", "")
    return int(size) if size.isdecimal() else 0


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
