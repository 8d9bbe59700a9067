"""Keeps an HTML file of this machine with the files beside it that it uses, or a page saved as MHTML."""

from __future__ import annotations

import errno
import hashlib
import stat
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from linkshot.capture.event_loop import run_to_end
from linkshot.capture.http_fetch import Fetched, Fetcher, HttpOptions
from linkshot.capture.http_gather import Gatherer
from linkshot.capture.mhtml import Parts, is_mhtml, read_mhtml
from linkshot.capture.plan import Capture, bytes_of
from linkshot.errors import CaptureError, FileUnreadable, PageTooLarge
from linkshot.page.media import MEDIA_TYPES

_MB = 1024 * 1024


def capture_file(url: str, *, options: HttpOptions | None = None) -> Capture:
    """The page in a `file:` address; what it uses is read only from below its own folder.

    Nothing is fetched from the web.

    Raises:
        FileUnreadable: the file is missing, a folder, or not readable.
        PageTooLarge: it is over the bound.
    """
    options = options or HttpOptions()
    return run_to_end(_capture(url, options))


def check_file(url: str) -> None:
    """Nothing where the file of a `file:` address can be read.

    Raises:
        FileUnreadable: it is missing, a folder or a device, or not readable.
    """
    path = path_of(url)
    try:
        _check_regular(path)
        with path.open("rb"):
            pass
    except OSError as error:
        raise FileUnreadable(path=path, reason=error.strerror or str(error)) from error


async def _capture(url: str, options: HttpOptions) -> Capture:
    path = path_of(url)
    try:
        page = _read(url, path, options.max_document_mb)
    except OSError as error:
        raise FileUnreadable(path=path, reason=error.strerror or str(error)) from error
    saved = read_mhtml(bytes_of(page.data), url) if is_mhtml(bytes_of(page.data)) else None
    files = Parts(saved.parts) if saved else _Files(path.parent, options)
    gatherer = Gatherer(files, options)
    await gatherer.add_page(saved.page if saved else page)
    await gatherer.gather()
    return gatherer.capture(url, via="file", agent="")


def is_saved_whole(url: str) -> bool:
    """Is the file of a `file:` address a page saved as MHTML? Chromium shows such a one, but lets nobody into it."""
    try:
        with path_of(url).open("rb") as stream:
            return is_mhtml(stream.read(_MB))
    except OSError:
        return False


def path_of(url: str) -> Path:
    """The path that a `file:` address names."""
    parts = urlsplit(url)
    return Path(url2pathname(parts.path))


class _Files(Fetcher):
    """Answers addresses below one folder from the disk, and no others."""

    def __init__(self, folder: Path, options: HttpOptions) -> None:
        self._folder = folder.resolve()
        self._limits = options

    async def document(self, url: str, *, referer: str) -> Fetched:
        """A frame's document."""
        return self._answer(url, self._limits.max_document_mb)

    async def resource(self, url: str, *, referer: str) -> Fetched:
        """What the page uses."""
        return self._answer(url, self._limits.max_resource_mb)

    def _answer(self, url: str, limit_mb: int) -> Fetched:
        if not url.startswith("file:"):
            raise CaptureError(url=url, reason="a file's page is kept without the web")
        path = path_of(url).resolve()
        if not path.is_relative_to(self._folder):
            raise CaptureError(url=url, reason="it is outside the page's folder")
        try:
            return _read(url, path, limit_mb)
        except OSError as error:
            raise CaptureError(url=url, reason=error.strerror or str(error)) from error


def read_bounded(path: Path, most_bytes: int) -> bytes | None:
    """A file's bytes; None where there are more.

    Raises:
        OSError: it is missing, not readable, or none that ends by itself (a device, a pipe).
    """
    _check_regular(path)
    with path.open("rb") as stream:
        data = stream.read(most_bytes + 1)
    return data if len(data) <= most_bytes else None


def _check_regular(path: Path) -> None:
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except ValueError:  # a name with U+0000
        kind = 0
    # of a folder the system says that it is one
    if kind not in (stat.S_IFREG, stat.S_IFDIR):
        raise OSError(errno.EINVAL, "it is not a file")


def _read(url: str, path: Path, limit_mb: int) -> Fetched:
    data = read_bounded(path, limit_mb * _MB)
    if data is None:
        raise PageTooLarge(url=url, limit_mb=limit_mb)
    return Fetched(
        url=url,
        status=200,
        content_type=MEDIA_TYPES.get(path.suffix[1:].lower(), ""),
        data=data,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
