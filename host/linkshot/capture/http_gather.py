"""What a page uses, found by reading it: frames, sheets and what they import, pictures, fonts."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import hashlib
import time
import uuid
from html import unescape
from pathlib import Path

import msgspec

from linkshot.capture.assemble_warnings import MARKUP_BOUNDED
from linkshot.capture.http_fetch import Fetched, Fetcher, HttpOptions, reason_of
from linkshot.capture.http_page import Frame, PreparedPage, prepare_page
from linkshot.capture.http_wanted import Asker, Noting, Wanted
from linkshot.capture.http_xml import prepare_xml
from linkshot.capture.plan import Capture, CapturePlan, PlannedDocument, PlannedResource
from linkshot.errors import CaptureError
from linkshot.page.charset import decode_css, decode_html
from linkshot.page.icons import ICON_SECONDS, default_icon, is_icon
from linkshot.page.markup_bounds import bound_markup
from linkshot.page.media import is_html_type, media_type_of, sniff_media_type
from linkshot.page.rewrite import rewrite_document
from linkshot.page.rewrite_xml import XML_TYPES, rewrite_xml
from linkshot.page.urls import without_fragment
from linkshot.store.records import Missing, Timings, Via

_MAX_DEPTH = 5


class _Place(msgspec.Struct, frozen=True):
    """Where a document stands: who it is to its resources, its frame key, its type, what is above it."""

    asker: Asker
    key: str
    media_type: str
    above: tuple[str, ...]


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
        self._wanted = Wanted()
        self._title = ""
        self._icon: str | None = None
        self._charsets: dict[str, str] = {}

    async def add_page(self, page: Fetched) -> None:
        """Take up the top document, and its frames below it."""
        await self._add_document(page, "", ())

    async def gather(self) -> None:
        """Fetch everything that is wanted, round by round: sheets name more, fonts come last."""
        icon = asyncio.create_task(self._fetch_icon())
        room = self._options.max_resources
        try:
            while wanted := self._wanted.take():
                for url in wanted[room:]:
                    self._missing[url] = Missing(url=url, reason="too_many")
                await asyncio.gather(*(self._fetch(url) for url in wanted[:room]))
                room = max(room - len(wanted), 0)
            await icon
        finally:
            icon.cancel()

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
            fonts_declared=len(self._wanted.fonts),
            timings_ms=Timings(gather=round((time.perf_counter() - self._started) * 1000, 1)),
        )
        return Capture(plan=plan, sources=self._sources)

    async def _add_document(self, page: Fetched, key: str, above: tuple[str, ...]) -> None:
        raw = _bytes(page)
        media_type = sniff_media_type(raw, page.content_type, page.file_name or page.url)
        if is_html_type(media_type) or media_type in XML_TYPES:
            text, encoding = decode_html(raw, page.content_type)
            await self._add_text(text, _Place(Asker(page.url, encoding), key, media_type, above))
        else:
            content_type = page.content_type if media_type.startswith("text/") else media_type
            place = _Place(Asker(page.url, ""), key, content_type, above)
            self._title = self._title if key else page.file_name
            self._put_document(place, page.url, raw)

    async def _add_text(self, text: str, place: _Place) -> None:
        """A document in either syntax, what it asks for, and its frames."""
        is_html = place.media_type == "text/html"
        rewrite = rewrite_document if is_html else rewrite_xml
        page = self._prepared(text, place)
        if not place.key:
            self._title = page.title
            self._icon = default_icon(page.html, place.asker.url) if is_html else None
        self._charsets.update(page.charsets)
        self._put_document(place, page.base_url, page.html.encode("utf-8", "replace"))
        shown = rewrite(page.html, page.base_url, Noting(self._wanted, place.asker), {})
        self._wanted.add_text(unescape(shown))
        for style in page.styles:
            self._wanted.add_faces(style, page.base_url)
        above = (*place.above, without_fragment(place.asker.url))
        for frame in page.frames:
            await self._add_frame(frame, page.base_url, above)

    def _prepared(self, text: str, place: _Place) -> PreparedPage:
        if place.media_type != "text/html":
            return prepare_xml(text, place.asker.url, place.key)
        bounded = bound_markup(text)
        if bounded != text and MARKUP_BOUNDED not in self._warnings:
            self._warnings.append(MARKUP_BOUNDED)
        noscript = self._options.opens_noscript
        return prepare_page(bounded, place.asker.url, place.key, opens_noscript=noscript)

    async def _add_frame(self, frame: Frame, base_url: str, above: tuple[str, ...]) -> None:
        if frame.text is not None:
            if len(above) <= _MAX_DEPTH:
                place = _Place(Asker(base_url, "utf-8"), frame.key, "text/html", above)
                await self._add_text(frame.text, place)
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
        if frame.is_object and not self._is_document(page):
            self._take(frame.url, page, Asker(above[-1], ""))
        else:
            await self._add_document(page, frame.key, above)

    def _is_document(self, page: Fetched) -> bool:
        """Is what an `<object>` shows a document, not a picture, a PDF or an error?"""
        media_type = media_type_of(self._type_of(page))
        return page.status < 400 and (media_type == "text/html" or media_type in XML_TYPES)

    def _frame_refusal(self, frame: Frame, above: tuple[str, ...]) -> str:
        if without_fragment(frame.url) in above:
            return "circular"
        if len(above) > _MAX_DEPTH or len(self._documents) > self._options.max_frames:
            return "too_many_frames"
        return "" if frame.url.startswith(("http:", "https:", "file:")) else "refused"

    def _put_document(self, place: _Place, base_url: str, data: bytes) -> None:
        sha256 = hashlib.sha256(data).hexdigest()
        self._sources[sha256] = data
        self._documents.append(
            PlannedDocument(
                frame=place.key,
                url=place.asker.url,
                base_url=base_url,
                sha256=sha256,
                size=len(data),
                media_type=place.media_type,
                encoding=place.asker.encoding,
            )
        )

    async def _fetch_icon(self) -> None:
        """The icon that a page names nowhere; most have none."""
        top, url = self._documents[0], self._icon
        if url is None or url in self._wanted.askers:
            return
        with contextlib.suppress(CaptureError, TimeoutError):
            async with asyncio.timeout(ICON_SECONDS):
                fetched = await self._fetcher.resource(url, referer=top.url)
            if fetched.status < 400 and is_icon(_bytes(fetched)):
                self._take(url, fetched, Asker(top.url, ""))

    async def _fetch(self, url: str) -> None:
        if url in self._resources or url in self._missing:
            return
        asker = self._wanted.askers[url]
        try:
            fetched = await self._fetcher.resource(url, referer=asker.url)
        except CaptureError as error:
            self._missing[url] = Missing(url=url, reason=reason_of(error))
            return
        self._take(url, fetched, asker)

    def _take(self, url: str, fetched: Fetched, asker: Asker) -> None:
        if fetched.status >= 400:
            self._missing[url] = Missing(url=url, reason=str(fetched.status))
            return
        content_type = self._type_of(fetched)
        if is_html_type(content_type):
            # An error page in a picture's place, or a frame's document, which is there by itself.
            if all(document.url != fetched.url for document in self._documents):
                self._missing[url] = Missing(url=url, reason="failed")
            return
        if media_type_of(content_type) == "text/css":
            named = self._charsets.get(url) or asker.encoding or None
            text, encoding = decode_css(_bytes(fetched), content_type, named)
            # Said here, as the sheet's encoding may be that of the document or sheet that asked for it.
            content_type = f"text/css; charset={encoding}"
            self._wanted.add_sheet(text, fetched.url, Asker(url, encoding))
        self._sources[fetched.sha256] = fetched.data
        self._resources[url] = PlannedResource(
            url=url,
            sha256=fetched.sha256,
            size=fetched.size,
            media_type=content_type,
            base_url="" if fetched.url == url else fetched.url,
        )

    def _type_of(self, fetched: Fetched) -> str:
        media_type = sniff_media_type(_bytes(fetched)[:512], fetched.content_type, fetched.url)
        declared = media_type_of(fetched.content_type)
        return fetched.content_type if declared == media_type else media_type


def _bytes(fetched: Fetched) -> bytes:
    return fetched.data if isinstance(fetched.data, bytes) else fetched.data.read_bytes()
