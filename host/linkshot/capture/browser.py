"""Keeps a page through a headless browser of its own, with the code that runs in a person's tabs.

Playwright drives the system's Chromium, Chrome or Edge. The browser stays open for several pages;
each page gets a fresh profile. A `BrowserCapturer` belongs to the thread that made it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import time
import uuid
from types import TracebackType
from typing import Any, Self

import msgspec

from linkshot.capture.browser_bodies import PageBodies
from linkshot.capture.browser_circle import Circle
from linkshot.capture.browser_fetch import Fetching
from linkshot.capture.browser_find import find_browser
from linkshot.capture.browser_gather import Gathering, fonts_declared
from linkshot.capture.browser_inject import PageAnswer, open_world
from linkshot.capture.browser_load import check_arrival, open_page, reason_of, wait_until_loaded
from linkshot.capture.browser_reach import Reach
from linkshot.capture.browser_roots import ROOTS_LEFT_OUT, ClosedRoots
from linkshot.capture.plan import Capture, CapturePlan, Progress
from linkshot.errors import BrowserFailed, HttpStatus, PageTooLarge, UrlInvalid
from linkshot.store.records import Timings

_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    # Frames of other sites stay in one process, where one debugging session reaches them.
    "--disable-site-isolation-trials",
    "--hide-scrollbars",
]
_SCREEN = {"width": 1280, "height": 900}
# The list shows it 104 pixels wide, a file's card 320.
_THUMBNAIL_WIDTH = 320
_THUMBNAIL_QUALITY = 60
# A WebGL canvas forgets what it drew once it is shown; in this browser it is told not to, before
# the page's own script runs. A proxy, as a page can tell a function of ours from the browser's.
_KEEP_DRAWINGS = """{
  const apply = (getContext, canvas, [kind, options, ...rest]) => {
    const keeps = /webgl/.test(kind) ? { ...options, preserveDrawingBuffer: true } : options;
    return Reflect.apply(getContext, canvas, [kind, keeps, ...rest]);
  };
  const { prototype } = HTMLCanvasElement;
  prototype.getContext = new Proxy(prototype.getContext, { apply });
}"""
_TRIES = 3


class BrowserOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one capture. `settle_seconds` bounds the wait for a page that never comes to rest."""

    timeout_seconds: float = 30
    settle_seconds: float = 12
    keep_errors: bool = False
    max_document_mb: int = 100
    thumbnail: bool = True


class BrowserCapturer:
    """A browser that is started with the first page and ended by `close`."""

    def __init__(self, options: BrowserOptions | None = None) -> None:
        """Nothing is started yet.

        Raises:
            BrowserMissing: no browser was found, or Playwright is not installed.
        """
        self.options = options or BrowserOptions()
        self._path = find_browser()
        self._runner = asyncio.Runner()
        self._playwright: Any = None
        self._browser: Any = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the browser."""
        self.close()

    def capture(self, url: str, *, progress: Progress | None = None) -> Capture:
        """The page at `url`, with all that it uses; `progress` is told "settle" and "gather".

        Raises:
            CaptureError: the page could not be had; the class says why.
            UrlInvalid: `url` is no http, https or file address.
        """
        if not url.startswith(("http://", "https://", "file:")):
            raise UrlInvalid(url=url)
        from playwright.async_api import Error

        try:
            return self._runner.run(self._capture(url, progress))
        except Error as error:
            raise BrowserFailed(url=url, reason=reason_of(error)) from error

    def close(self) -> None:
        """End the browser; calling it twice is harmless."""
        from playwright.async_api import Error

        try:
            if self._playwright:
                self._runner.run(self._stop())
        except Error:
            self._browser = None  # it had ended by itself
        finally:
            self._playwright = None
            self._runner.close()

    async def _stop(self) -> None:
        if self._browser:
            await self._browser.close()
        await self._playwright.stop()

    async def _start(self) -> Any:
        """The running browser, started where it is not."""
        from playwright.async_api import async_playwright

        if self._playwright is None:
            self._playwright = await async_playwright().start()
        if self._browser is None or not self._browser.is_connected():
            is_root = hasattr(os, "geteuid") and os.geteuid() == 0
            self._browser = await self._playwright.chromium.launch(
                executable_path=str(self._path),
                args=_ARGUMENTS,
                chromium_sandbox=not is_root,
            )
        return self._browser

    async def _capture(self, url: str, progress: Progress | None) -> Capture:
        browser = await self._start()
        context = await browser.new_context(viewport=_SCREEN, accept_downloads=False)
        try:
            await context.add_init_script(_KEEP_DRAWINGS)
            page = await context.new_page()
            page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
            return await _PageCapture(page, url, self.options, progress).run()
        finally:
            await context.close()


class _PageCapture:
    """One page in one context."""

    def __init__(
        self, page: Any, url: str, options: BrowserOptions, progress: Progress | None
    ) -> None:
        self._page = page
        self._url = url
        self._options = options
        self._tell = progress or (lambda step: None)
        self._warnings: list[str] = []
        self._reach = Reach(url)
        self._timings = Timings()

    async def run(self) -> Capture:
        session = await self._page.context.new_cdp_session(self._page)
        roots = ClosedRoots(session)
        await roots.watch()
        await Circle(session).watch()
        limit_bytes = self._options.max_document_mb * 1024 * 1024
        bodies = PageBodies(session, self._reach, limit_bytes, on_markup=roots.note_markup)
        await bodies.listen()
        async with Fetching(self._page.context.request, bodies, self._reach) as fetching:
            started = time.perf_counter()
            status = await self._open(bodies, fetching)
            answer = await self._inject(session, roots, bodies)
            self._reach.check_page()
            check_arrival(answer.frames[0].url, self._url)
            self._tell("gather")
            await bodies.finish_reading()
            gathering = Gathering(answer, bodies, fetching, self._reach.refused)
            gather_started = time.perf_counter()
            await gathering.run()
        now = time.perf_counter()
        self._timings.gather = (now - gather_started) * 1000
        self._timings.serialise = answer.timings["serialise"]
        self._timings.settle = (gather_started - started) * 1000 - self._timings.serialise
        plan = self._plan(answer, gathering, status)
        return Capture(
            plan=plan, sources=gathering.sources, thumbnail=await self._thumbnail(session)
        )

    async def _open(self, bodies: PageBodies, fetching: Fetching) -> int | None:
        options = self._options
        status = await open_page(
            self._page,
            self._url,
            timeout_seconds=options.timeout_seconds,
        )
        self._reach.check_page()
        if status is not None and status >= 400 and not options.keep_errors:
            raise HttpStatus(url=self._url, status=status)
        self._tell("settle")
        is_settled = await wait_until_loaded(
            self._page, bodies=bodies, fetching=fetching, bound_seconds=options.settle_seconds
        )
        if bodies.document_too_large.is_set():
            raise PageTooLarge(url=self._url, limit_mb=options.max_document_mb)
        if not is_settled:
            self._warnings.append("not_settled")
        return status

    async def _inject(self, session: Any, roots: ClosedRoots, bodies: PageBodies) -> PageAnswer:
        """Ask the page; once more where it went elsewhere in the middle."""
        from playwright.async_api import Error

        for attempt in range(_TRIES):
            try:
                async with asyncio.timeout(self._options.timeout_seconds):
                    world = await open_world(session)
                    if roots.are_there and not await world.give_closed_roots():
                        self._warnings.append(ROOTS_LEFT_OUT)
                    answer = await world.capture({"sweep": "always"})
                    refused = await _refused_texts(answer, bodies)
                    if not refused:
                        return answer
                    await world.give_texts(refused)
                    return await world.capture({})
            except TimeoutError as error:
                reason = "the page keeps the browser busy"
                raise BrowserFailed(url=self._url, reason=reason) from error
            except Error as error:
                is_moving = "context" in str(error) and not self._page.is_closed()
                if not is_moving or attempt == _TRIES - 1:
                    raise
                await asyncio.sleep(0.5)
        raise AssertionError

    def _plan(self, answer: PageAnswer, gathering: Gathering, status: int | None) -> CapturePlan:
        top = answer.frames[0]
        warnings = dict.fromkeys(
            [*self._warnings, *(word for frame in answer.frames for word in frame.warnings)]
        )
        version = self._page.context.browser.version.split(".")[0]
        return CapturePlan(
            capture_id=uuid.uuid4().hex,
            page_url=top.url,
            title=top.title[:10_000],
            captured_at=dt.datetime.now(dt.UTC),
            via="browser",
            documents=gathering.documents,
            resources=list(gathering.resources.values()),
            missing=list(gathering.missing.values()),
            warnings=list(warnings),
            agent=f"Chromium {version}",
            status=status,
            fonts_declared=fonts_declared(answer.frames),
            timings_ms=self._timings,
        )

    async def _thumbnail(self, session: Any) -> bytes | None:
        """A small WebP of what the screen shows; None where the browser cannot draw it, or it might show what is not kept."""
        import base64

        from playwright.async_api import Error

        if not self._options.thumbnail or self._reach.refused:
            return None
        clip = {"x": 0, "y": 0, **_SCREEN, "scale": _THUMBNAIL_WIDTH / _SCREEN["width"]}
        wanted = {"format": "webp", "quality": _THUMBNAIL_QUALITY, "clip": clip}
        try:
            async with asyncio.timeout(5):
                shot = await session.send("Page.captureScreenshot", wanted)
        except (TimeoutError, Error):
            return None
        return base64.b64decode(shot["data"])


async def _refused_texts(answer: PageAnswer, bodies: PageBodies) -> dict[str, str]:
    """Parts of files that the page shows, and that its policy lets no script have."""
    lost = {one.url for frame in answer.frames for one in frame.missing if one.reason == "refused"}
    if lost:
        await bodies.finish_reading()
    found = {url: bodies.bodies[url] for url in lost if url in bodies.bodies}
    return {url: body.data.decode("utf-8", "replace") for url, body in found.items()}
