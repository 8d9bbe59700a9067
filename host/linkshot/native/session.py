"""What one run of the host knows: the library, the uploads, the browser's language."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from linkshot.errors import Language
from linkshot.native.uploads import Uploads, brought_hashes, stale_folders
from linkshot.native.writer import Writer
from linkshot.store.library import Library


class Session:
    """Shared by all actions; the library is opened when first asked for.

    `has_news` wakes the reader, `busy_at` is the clock's time of the last request or reply,
    `wanted` are the capture requests that the browser was asked for and has not answered. Whoever
    reads kept pages holds `reading`, so that no page is read twice at a time.

    A library that cannot be opened is tried again at the next request: the person may have put in
    the disk or updated Linkshot meanwhile.
    """

    def __init__(self, library_dir: Path, writer: Writer, language: Language) -> None:
        """Touch nothing yet."""
        self.library_dir = library_dir
        self.writer = writer
        self.language: Language = language
        self.uploads = Uploads(library_dir)
        self.has_news = threading.Event()
        self.reading = threading.Lock()
        self.wanted: set[int] = set()
        self.busy_at = time.monotonic()
        self._library: Library | None = None
        self._lock = threading.Lock()

    @property
    def library(self) -> Library:
        """The open library.

        Raises:
            LibraryError: it cannot be opened.
        """
        with self._lock:
            if self._library is None:
                self._library = Library.open(self.library_dir)
            return self._library

    def drop_upload(self, capture_id: str) -> None:
        """Forget what came of a capture that is saved."""
        self._forget_arrivals(capture_id)
        self.uploads.drop(capture_id)

    def abandon_upload(self, capture_id: str) -> None:
        """Forget what came of a capture that nobody wants, also what is in its place already.

        Its folder goes last: while it is there, the next host knows what is to be swept.
        """
        self._forget_arrivals(capture_id)
        if sha256s := brought_hashes(self.uploads.folder_of(capture_id)):
            self.library.blobs.sweep(sha256s)
        self.uploads.drop(capture_id)

    def _forget_arrivals(self, capture_id: str) -> None:
        for path in self.uploads.files_of(capture_id):
            self.library.blobs.arrivals.forget(path)

    def remove_stale(self, now: float) -> None:
        """Abandon the uploads that nobody has touched for a week."""
        for folder in stale_folders(self.library_dir, now):
            self.abandon_upload(folder.name)

    def close(self) -> None:
        """Let go of the library."""
        with self._lock:
            if self._library is not None:
                self._library.close()
                self._library = None
