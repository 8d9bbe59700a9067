"""Fetches one address after another within bounds: redirects by hand, sizes counted as they come."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import os
import ssl
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
import msgspec

from linkshot.capture.addresses import Hosts, Resolve, addresses_of, inner_target, is_private
from linkshot.errors import (
    CaptureError,
    ConnectionFailed,
    FetchTimeout,
    PageTooLarge,
    PrivateAddress,
    TooManyRedirects,
)
from linkshot.errors.reasons import CERTIFICATE_INVALID, ZH
from linkshot.page.file_name import file_name_in
from linkshot.page.urls import resolve, without_fragment

_MB = 1024 * 1024
_IN_MEMORY_BYTES = _MB
# A browser's own words: some sites answer nothing else.
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Safari/537.36",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
_UNDECODABLE = "its compressed answer cannot be read"
_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, CERTIFICATE_INVALID),
    (ssl.SSLError, "the encrypted connection failed"),
    (httpx.ProxyError, "the proxy did not connect"),
    (httpx.DecodingError, _UNDECODABLE),
    (httpx.RemoteProtocolError, "its answer is cut short or no HTTP"),
    (httpx.NetworkError, "the connection was broken off"),
)
_ACCEPT_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


class HttpOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one capture over HTTP, and for whom it is: `noscript` speaks to who runs no scripts."""

    keep_errors: bool = False
    opens_noscript: bool = True
    timeout_seconds: float = 20
    total_seconds: float = 120
    max_document_mb: int = 100
    max_resource_mb: int = 64
    max_total_mb: int = 512
    max_resources: int = 3000
    max_frames: int = 60
    max_redirects: int = 10
    concurrency: int = 8


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """How names become addresses, and what carries requests (default: the system's own way)."""

    resolve: Resolve = addresses_of
    transport: httpx.AsyncBaseTransport | None = None


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What an address answered; `url` is where it was in the end, `data` a file where it is large.

    `file_name` is what the server calls it, where it says so.
    """

    url: str
    status: int
    content_type: str
    data: bytes | Path
    size: int
    sha256: str
    file_name: str = ""


class Fetcher:
    """One capture's connections; files that it made go with it unless somebody moved them."""

    def __init__(self, options: HttpOptions, folder: Path, network: Network | None = None) -> None:
        """Nothing is opened yet; `folder` takes what is too large for memory."""
        network = network or Network()
        self._hosts = Hosts(network.resolve)
        self._options = options
        self._folder = folder
        self._deadline = time.monotonic() + options.total_seconds
        self._left_bytes = options.max_total_mb * _MB
        self._page = ""
        self._origins: list[str] = []
        self._slots = asyncio.Semaphore(options.concurrency)
        limits = httpx.Limits(max_connections=options.concurrency)
        timeout = httpx.Timeout(options.timeout_seconds)
        transport = network.transport
        self._outside = httpx.AsyncClient(
            headers=_HEADERS,
            limits=limits,
            timeout=timeout,
            transport=transport,
            verify=_authorities(),
        )
        self._inside = httpx.AsyncClient(
            headers=_HEADERS,
            limits=limits,
            timeout=timeout,
            transport=transport,
            verify=_authorities(),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close all connections."""
        await self._outside.aclose()
        await self._inside.aclose()

    async def page(self, url: str) -> Fetched:
        """The page that a person named; a private address is let be, as it was named.

        Raises:
            CaptureError: it could not be had; the class says why.
        """
        self._page = url
        if not self._is_proxied(url):
            self._origins = await self._hosts.addresses(_host(url))
        return await self.document(url, referer="")

    async def document(self, url: str, *, referer: str) -> Fetched:
        """A page or a frame's document, whole in memory.

        Raises:
            CaptureError: it could not be had; the class says why.
        """
        limit = self._options.max_document_mb
        return await self._follow(url, referer, limit, _ACCEPT_PAGE)

    async def resource(self, url: str, *, referer: str) -> Fetched:
        """What a page uses.

        Raises:
            CaptureError: it could not be had; the class says why.
        """
        async with self._slots:
            return await self._follow(url, referer, self._options.max_resource_mb, "*/*")

    async def _follow(self, url: str, referer: str, limit_mb: int, accept: str) -> Fetched:
        first = url = without_fragment(url)
        for _ in range(self._options.max_redirects + 1):
            seconds = min(self._options.timeout_seconds * 3, self._deadline - time.monotonic())
            try:
                async with asyncio.timeout(max(seconds, 0)):
                    await self._check_host(url)
                    answer = await self._get(url, referer, limit_mb, accept)
            except TimeoutError as error:
                raise FetchTimeout(url=url, seconds=round(max(seconds, 0))) from error
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise TooManyRedirects(url=first, limit=self._options.max_redirects)

    async def _check_host(self, url: str) -> None:
        if self._hosts.is_silent(_host(url)):
            raise FetchTimeout(url=url, seconds=round(self._options.timeout_seconds))
        if self._is_proxied(url):
            return
        address = inner_target(self._origins, await self._hosts.addresses(_host(url)))
        if address is not None:
            raise PrivateAddress(url=self._page, target=url, address=address)

    async def _get(self, url: str, referer: str, limit_mb: int, accept: str) -> Fetched | str:
        """The answer, or the address it redirects to."""
        client = self._outside if self._is_proxied(url) else self._inside
        headers = {"Accept": accept} | ({"Referer": referer_for(referer, url)} if referer else {})
        try:
            async with client.stream("GET", url, headers=headers) as response:
                self._check_peer(url, response)
                if location := _location(response):
                    target = resolve(url, location)
                    if target is None or not target.startswith(("http://", "https://")):
                        reason = "it redirects to something that is no web address"
                        raise ConnectionFailed(url=url, reason=reason)
                    return without_fragment(target)
                return await self._read(url, response, limit_mb)
        except httpx.TimeoutException as error:
            if isinstance(error, httpx.ConnectTimeout):
                self._hosts.note_silent(_host(url))
            seconds = round(self._options.timeout_seconds)
            raise FetchTimeout(url=url, seconds=seconds) from error
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, ValueError) as error:
            raise ConnectionFailed(url=url, reason=_why(error)) from error

    def _check_peer(self, url: str, response: httpx.Response) -> None:
        """Whom we reached in fact: a name may have changed its address since it was checked."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream else None
        if not peer or self._is_proxied(url):
            return
        if inner_target(self._origins, [str(peer[0])]):
            raise PrivateAddress(url=self._page, target=url, address=peer[0])

    async def _read(self, url: str, response: httpx.Response, limit_mb: int) -> Fetched:
        if _is_undecoded(response):
            raise ConnectionFailed(url=url, reason=_UNDECODABLE)
        limit = min(limit_mb * _MB, self._left_bytes)
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            raise PageTooLarge(url=url, limit_mb=limit // _MB)
        body = _Body(self._folder)
        try:
            async for piece in response.aiter_bytes(65536):
                body.add(piece)
                if body.size > limit:
                    raise PageTooLarge(url=url, limit_mb=limit // _MB)
            data = body.finish()
        except BaseException:
            body.drop()
            raise
        self._left_bytes -= body.size
        return Fetched(
            url=url,
            status=response.status_code,
            content_type=response.headers.get("content-type", ""),
            data=data,
            size=body.size,
            sha256=body.digest.hexdigest(),
            file_name=file_name_in(_raw_header(response, b"content-disposition")),
        )

    def _is_proxied(self, url: str) -> bool:
        """Does the environment name a proxy for this address? Never for this machine."""
        host = _host(url)
        if host == "localhost" or is_private(host):
            return False
        return _has_proxy(urlsplit(url).scheme, host)


class _Body:
    """Bytes as they come, counted and hashed; beyond a bound in a file."""

    def __init__(self, folder: Path) -> None:
        self.size = 0
        self.digest = hashlib.sha256()
        self._folder = folder
        self._pieces: list[bytes] = []
        self._path: Path | None = None

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self.digest.update(piece)
        self._pieces.append(piece)
        if self.size > _IN_MEMORY_BYTES:
            self._spill()

    def finish(self) -> bytes | Path:
        if self._path is None:
            return b"".join(self._pieces)
        self._spill()
        return self._path

    def drop(self) -> None:
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def _spill(self) -> None:
        if self._path is None:
            handle, name = tempfile.mkstemp(dir=self._folder)
            os.close(handle)
            self._path = Path(name)
        with self._path.open("ab") as stream:
            stream.writelines(self._pieces)
        self._pieces = []


def _location(response: httpx.Response) -> str:
    """Where an answer leads on, as browsers read it; "" where it says no place, and is a page itself."""
    if not response.has_redirect_location:
        return ""
    raw = _raw_header(response, b"location")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        # An old site's own encoding: its bytes are what it wants to be asked for.
        return "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in raw)


def _raw_header(response: httpx.Response, wanted: bytes) -> bytes:
    return next((value for name, value in response.headers.raw if name.lower() == wanted), b"")


def _is_undecoded(response: httpx.Response) -> bool:
    """Is it Brotli, which was not asked for? httpx would hand it on as it is."""
    codings = response.headers.get("content-encoding", "").lower()
    return "br" in map(str.strip, codings.split(","))


def _why(error: BaseException) -> str:
    """What a message says of a failed connection: as it was said where that is known, else of its kind."""
    causes = list(_causes(error))
    verified = [one for one in causes if isinstance(one, ssl.SSLCertVerificationError)]
    said = next((one.verify_message for one in verified), str(error))
    if said in ZH:
        return said
    kinds = (words for kind, words in _KINDS if any(isinstance(one, kind) for one in causes))
    return next(kinds, said or type(error).__name__)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def reason_of(error: CaptureError) -> str:
    """The word for a receipt's `missing`."""
    words = {
        "page_too_large": "too_large",
        "fetch_timeout": "timeout",
        "private_address": "refused",
        "too_many_redirects": "redirects",
        "host_not_resolved": "host_not_resolved",
    }
    return words.get(error.code, "failed")


def referer_for(page_url: str, url: str) -> str:
    """What a browser sends by default: all to its own origin, the origin elsewhere."""
    page, target = urlsplit(page_url), urlsplit(url)
    if page.scheme not in ("http", "https"):
        return ""
    if (page.scheme, page.netloc) == (target.scheme, target.netloc):
        return without_fragment(page_url)
    return f"{page.scheme}://{page.netloc}/"


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _has_proxy(scheme: str, host: str) -> bool:
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not proxy_bypass(host)


@functools.cache
def _authorities() -> ssl.SSLContext:
    """Whom to trust about a site's name: read once, as that takes longer than many a page."""
    return httpx.create_ssl_context()
