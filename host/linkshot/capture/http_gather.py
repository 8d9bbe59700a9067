"""What a page uses, found by reading it: frames, sheets and what they import, pictures, fonts."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import time
import uuid
from pathlib import Path

from linkshot.capture.http_fetch import Fetched, Fetcher, HttpOptions, reason_of
from linkshot.capture.http_page import Frame, prepare_page
from linkshot.capture.plan import Capture, CapturePlan, PlannedDocument, PlannedResource
from linkshot.errors import CaptureError
from linkshot.page.charset import decode_css, decode_html
from linkshot.page.css import css_references
from linkshot.page.media import media_type_of, sniff_media_type
from linkshot.page.rewrite import rewrite_document
from linkshot.page.rewrite_xml import rewrite_xml
from linkshot.page.urls import resolve, without_fragment
from linkshot.store.records import Missing, Timings, Via

_XML_TYPES = ("application/xhtml+xml", "image/svg+xml", "application/xml", "text/xml")
_MAX_DEPTH = 5


class Gatherer:
    """Collects one capture: documents first, then all that they and their sheets refer to."""

    def __init__(self, fetcher: Fetcher, options: HttpOptions) -> None:
        """Nothing is fetched yet."""
        self._fetcher = fetcher
        self._options = options
        self._started = time.perf_counter()
        self._documents: list[PlannedDocument] = []
        self._resources: dict[str, PlannedResource] = {}
        self._missing: dict[str, Missing] = {}
        self._sources: dict[str, bytes | Path] = {}
        self._warnings: list[str] = []
        self._wanted: dict[str, str] = {}
        self._fonts: set[str] = set()
        self._title = ""
        self._encoding = ""

    async def add_page(self, page: Fetched) -> None:
        """Take up the top document, and its frames below it."""
        await self._add_document(page, "", ())

    async def gather(self) -> None:
        """Fetch everything that is wanted, round by round: sheets name more."""
        seen: set[str] = set()
        while wanted := [url for url in self._wanted if url not in seen]:
            room = self._options.max_resources - len(seen)
            for url in wanted[max(room, 0) :]:
                self._missing[url] = Missing(url=url, reason="too_many")
            seen.update(wanted)
            await asyncio.gather(*(self._fetch(url) for url in wanted[: max(room, 0)]))

    def capture(self, page_url: str, *, via: Via, agent: str) -> Capture:
        """All that was collected, as a way in hands it on."""
        plan = CapturePlan(
            capture_id=uuid.uuid4().hex,
            page_url=page_url,
            title=self._title,
            captured_at=dt.datetime.now(dt.UTC),
            via=via,
            documents=self._documents,
            resources=list(self._resources.values()),
            missing=list(self._missing.values()),
            warnings=self._warnings,
            agent=agent,
            fonts_declared=len(self._fonts),
            timings_ms=Timings(gather=round((time.perf_counter() - self._started) * 1000, 1)),
        )
        return Capture(plan=plan, sources=self._sources)

    async def _add_document(self, page: Fetched, key: str, above: tuple[str, ...]) -> None:
        raw = page.data if isinstance(page.data, bytes) else page.data.read_bytes()
        media_type = sniff_media_type(raw, page.content_type, page.url)
        if media_type == "text/html":
            text, encoding = decode_html(raw, page.content_type)
            await self._add_html(text, encoding, page.url, key, above)
        elif media_type in _XML_TYPES:
            text, encoding = decode_html(raw, page.content_type)
            rewrite_xml(text, page.url, self._noting(page.url), {})
            self._put_document(key, page.url, page.url, text.encode(), media_type, encoding)
        else:
            content_type = page.content_type if media_type.startswith("text/") else media_type
            self._put_document(key, page.url, page.url, raw, content_type, "")

    async def _add_html(
        self, text: str, encoding: str, url: str, key: str, above: tuple[str, ...]
    ) -> None:
        prepared = prepare_page(text, url, key)
        if not key:
            self._title, self._encoding = prepared.title, encoding
        data = prepared.html.encode("utf-8", "replace")
        self._put_document(key, url, prepared.base_url, data, "text/html", encoding)
        rewrite_document(prepared.html, prepared.base_url, self._noting(url), {})
        for frame in prepared.frames:
            await self._add_frame(frame, prepared.base_url, (*above, without_fragment(url)))

    async def _add_frame(self, frame: Frame, base_url: str, above: tuple[str, ...]) -> None:
        if frame.text is not None:
            if len(above) <= _MAX_DEPTH:
                await self._add_html(frame.text, "utf-8", base_url, frame.key, above)
            return
        reason = self._frame_refusal(frame, above)
        if reason:
            self._missing[frame.url] = Missing(url=frame.url, reason=reason)
            return
        try:
            page = await self._fetcher.document(frame.url, referer=above[-1])
        except CaptureError as error:
            self._missing[frame.url] = Missing(url=frame.url, reason=reason_of(error))
            return
        await self._add_document(page, frame.key, above)

    def _frame_refusal(self, frame: Frame, above: tuple[str, ...]) -> str:
        if without_fragment(frame.url) in above:
            return "circular"
        if len(above) > _MAX_DEPTH or len(self._documents) > self._options.max_frames:
            return "too_many_frames"
        return "" if frame.url.startswith(("http:", "https:", "file:")) else "refused"

    def _put_document(  # noqa: PLR0913 - the fields of one document
        self, key: str, url: str, base_url: str, data: bytes, media_type: str, encoding: str
    ) -> None:
        sha256 = hashlib.sha256(data).hexdigest()
        self._sources[sha256] = data
        self._documents.append(
            PlannedDocument(
                frame=key,
                url=url,
                base_url=base_url,
                sha256=sha256,
                size=len(data),
                media_type=media_type,
                encoding=encoding,
            )
        )

    def _noting(self, referer: str) -> _Noting:
        return _Noting(self._wanted, referer)

    async def _fetch(self, url: str) -> None:
        try:
            fetched = await self._fetcher.resource(url, referer=self._wanted[url])
        except CaptureError as error:
            self._missing[url] = Missing(url=url, reason=reason_of(error))
            return
        if fetched.status >= 400:
            self._missing[url] = Missing(url=url, reason=str(fetched.status))
            return
        content_type = self._type_of(fetched)
        self._sources[fetched.sha256] = fetched.data
        self._resources[url] = PlannedResource(
            url=url,
            sha256=fetched.sha256,
            size=fetched.size,
            media_type=content_type,
            base_url="" if fetched.url == url else fetched.url,
        )
        if media_type_of(content_type) == "text/css" and isinstance(fetched.data, bytes):
            self._want_references(fetched.data, content_type, url, fetched.url)

    def _type_of(self, fetched: Fetched) -> str:
        head = fetched.data[:512] if isinstance(fetched.data, bytes) else b""
        media_type = sniff_media_type(head, fetched.content_type, fetched.url)
        declared = media_type_of(fetched.content_type)
        return fetched.content_type if declared == media_type else media_type

    def _want_references(self, raw: bytes, content_type: str, url: str, base_url: str) -> None:
        text, _ = decode_css(raw, content_type, self._encoding or None)
        for reference in css_references(text):
            target = without_fragment(resolve(base_url, reference.url) or "")
            if reference.kind == "font":
                self._fonts.add(target)
            if target.startswith(("http:", "https:", "file:")):
                self._wanted.setdefault(target, url)


class _Noting:
    """Notes each address that a document asks for, and answers that there is nothing."""

    def __init__(self, wanted: dict[str, str], referer: str) -> None:
        self._wanted = wanted
        self._referer = referer

    def __call__(self, url: str) -> str | None:
        if url.startswith(("http:", "https:", "file:")):
            self._wanted.setdefault(url, self._referer)
        return None
