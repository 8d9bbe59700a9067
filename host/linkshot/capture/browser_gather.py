"""From what a page answered and what it loaded to a plan with its bytes."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from linkshot.capture.browser_bodies import Body, PageBodies
from linkshot.capture.browser_fetch import Fetching
from linkshot.capture.browser_inject import FrameAnswer, PageAnswer, decode_base64
from linkshot.capture.browser_reach import REFUSED
from linkshot.capture.plan import MAX_RESOURCES, PlannedDocument, PlannedResource
from linkshot.page.charset import decode_css
from linkshot.page.css import css_references
from linkshot.page.icons import ICON_SECONDS, default_icon, is_icon
from linkshot.page.media import sniff_media_type
from linkshot.page.urls import resolve
from linkshot.store.records import Missing


class Gathering:
    """One capture's documents, resources and what is missing, as they come together."""

    def __init__(
        self,
        answer: PageAnswer,
        loaded: PageBodies,
        fetching: Fetching,
        refused: Collection[str],
    ) -> None:
        """Bytes come from `loaded`, else through `fetching`; frames at `refused` addresses are left out."""
        self.documents: list[PlannedDocument] = []
        self.resources: dict[str, PlannedResource] = {}
        self.missing: dict[str, Missing] = {}
        self.sources: dict[str, bytes | Path] = {}
        self._frames = self._kept_frames(answer.frames, refused)
        self._loaded = loaded
        self._fetching = fetching
        self._asked: set[str] = set()

    async def run(self) -> None:
        """Bring everything that the page uses, style sheets followed."""
        for frame in self._frames:
            self._take_frame(frame)
        await asyncio.gather(
            self._bring_icon(self._frames[0]),
            *(
                self._bring(listed.url, listed.kind, frame.url, frame.encoding)
                for frame in self._frames
                for listed in frame.resources
            ),
        )

    def _kept_frames(
        self, frames: list[FrameAnswer], refused: Collection[str]
    ) -> list[FrameAnswer]:
        """The page and its frames but for those of a site that was `refused`, with all that is in them."""
        # A frame may call itself another address of its site.
        sites = set(map(_origin, refused))
        left_out = [one for one in frames if one.frame and _origin(one.url) in sites]
        for one in left_out:
            self.missing[one.url] = Missing(url=one.url, reason=REFUSED)
        keys = {one.frame for one in left_out}
        below = tuple(f"{key}." for key in keys)
        return [one for one in frames if one.frame not in keys and not one.frame.startswith(below)]

    def _take_frame(self, frame: FrameAnswer) -> None:
        data = (frame.html or "").encode("utf-8", "replace")
        self.documents.append(
            PlannedDocument(
                frame=frame.frame,
                url=frame.url,
                base_url=frame.base_url,
                sha256=self._keep(data),
                size=len(data),
                media_type=frame.media_type,
                encoding=frame.encoding,
            )
        )
        for made in frame.inline:
            self._add(made.url, decode_base64(made.data), made.media_type)
        for lost in frame.missing:
            is_refused = self._loaded.failed.get(lost.url) == REFUSED
            reason = REFUSED if is_refused else lost.reason
            self.missing[lost.url] = Missing(url=lost.url, reason=reason)

    def _keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self.sources[sha256] = data
        return sha256

    def _add(self, url: str, data: bytes, content_type: str, final_url: str = "") -> None:
        self.resources[url] = PlannedResource(
            url=url,
            sha256=self._keep(data),
            size=len(data),
            media_type=content_type,
            base_url="" if final_url == url else final_url,
        )

    async def _bring(self, url: str, kind: str, referrer: str, encoding: str) -> None:
        """One resource, and what it refers to if it is a sheet."""
        if url in self._asked or len(self._asked) >= MAX_RESOURCES:
            return
        self._asked.add(url)
        if kind == "font" and not self._is_used_font(url):
            return
        body = self._as_loaded(url) or await self._fetching.begin(url, referrer)
        if isinstance(body, str):
            self.missing[url] = Missing(url=url, reason=body)
            return
        if kind != "style":
            self._add(url, body.data, sniff_media_type(body.data, body.content_type, url))
            return
        data, text, own_encoding = _sheet(body, encoding or "utf-8")
        # Said here, as it may be that of the document or sheet that asked for this one.
        self._add(url, data, f"text/css; charset={own_encoding}", body.url)
        await self._follow(text, body.url, own_encoding)

    async def _bring_icon(self, top: FrameAnswer) -> None:
        """The icon that a page names nowhere; most have none."""
        url = default_icon(top.html, top.url) if top.html else None
        if url is None:
            return
        body: Body | str | None = self._as_loaded(url)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ICON_SECONDS):
                body = body or await self._fetching.begin(url, top.url)
        if isinstance(body, Body) and is_icon(body.data):
            self._add(url, body.data, sniff_media_type(body.data, body.content_type, url))

    def _as_loaded(self, url: str) -> Body | None:
        """What the page loaded; not the page that the browser's own viewer puts in a PDF's place."""
        body = self._loaded.bodies.get(url)
        if body and body.content_type.startswith("application/pdf") and b"%PDF-" not in body.data:
            return None
        return body

    async def _follow(self, text: str, sheet_url: str, encoding: str) -> None:
        waits = []
        for reference in dict.fromkeys(css_references(text)):
            url = resolve(sheet_url, reference.url)
            if url is None or not url.startswith(("http:", "https:", "file:")):
                continue
            kind = {"import": "style", "font": "font"}.get(reference.kind, "image")
            waits.append(self._bring(url.partition("#")[0], kind, sheet_url, encoding))
        await asyncio.gather(*waits)

    def _is_used_font(self, url: str) -> bool:
        return url in self._loaded.requested


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _sheet(body: Body, encoding: str) -> tuple[bytes, str, str]:
    """A sheet's bytes, text and encoding, when what asks for it is in `encoding`.

    Where the bytes as served make sense in that, the browser had read them in another.
    """
    if body.served:
        text, own_encoding = decode_css(body.served, body.served_type, encoding)
        if "\ufffd" not in text:
            return body.served, text, own_encoding
    text, own_encoding = decode_css(body.data, body.content_type, encoding)
    return body.data, text, own_encoding


def fonts_declared(frames: Iterable[FrameAnswer]) -> int:
    """Font faces that the page's style declares, used or not."""
    return sum(frame.fonts_declared for frame in frames)
