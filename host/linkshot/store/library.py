"""A library on disk: `linkshot.db`, and `blobs/` for what is large."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from linkshot.errors import LibraryReadOnly, NotALibrary
from linkshot.store.blobs import BlobStore
from linkshot.store.database import BUSY_SECONDS, Database, named_os_failure
from linkshot.store.migrations import ensure_current

DATABASE_NAME = "linkshot.db"
_HEADER_BYTES = 100  # https://www.sqlite.org/fileformat2.html#the_database_header


class Library:
    """An open library. Any thread may use it; each gets a connection of its own."""

    def __init__(self, root: Path, database: Database) -> None:
        """Hold an opened database; use `Library.open`."""
        self.root = root
        self.database = database
        self.blobs = BlobStore(root / "blobs", database)

    @classmethod
    def open(
        cls, root: Path, *, create: bool = True, busy_seconds: float = BUSY_SECONDS
    ) -> Library:
        """The library in `root`, made where there is none and `create` says so.

        Raises:
            NotALibrary: something else stands there, or nothing does and `create` is false.
            LibraryNewer: a newer Linkshot made it; it is not touched.
            LibraryReadOnly: the folder or the file cannot be written.
            LibraryLocked: another program held it for longer than `busy_seconds`.
            DiskFull: there is no room to make it.
        """
        path = root / DATABASE_NAME
        with _named_place(root):
            _check_place(root, path, create=create)
        database = Database(path, busy_seconds=busy_seconds)
        try:
            ensure_current(database)
        except BaseException:
            database.close_all()
            raise
        return cls(root, database)

    def close(self) -> None:
        """Close the connections of every thread."""
        self.database.close_all()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction of writes; all of it is kept, or on an error nothing."""
        with self.database.transaction_of_writes():
            yield

    def checkpoint(self) -> None:
        """Copy the log into the database as far as nobody reads it; nobody waits for this."""
        self.database.rows("PRAGMA wal_checkpoint(PASSIVE)")

    def __enter__(self) -> Library:
        """The library itself; it is closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


def _check_place(root: Path, path: Path, *, create: bool) -> None:
    if root.exists() and not root.is_dir():
        raise NotALibrary(path=root, reason="it is a file, not a folder")
    if not path.exists():
        if not create:
            raise NotALibrary(path=root, reason=f"it has no {DATABASE_NAME}")
        root.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise NotALibrary(path=path, reason="it is not a file")
    elif 0 < path.stat().st_size < _HEADER_BYTES:  # SQLite takes a single byte for nothing
        raise NotALibrary(path=path, reason="it is not an SQLite database")
    # Never opened here to look into it: with the file closed, this process would lose the locks it has on it, and
    # another program would take the log away under it (https://www.sqlite.org/howtocorrupt.html, 2.2).
    if not os.access(root, os.W_OK) or (path.exists() and not os.access(path, os.R_OK | os.W_OK)):
        raise LibraryReadOnly(path=root)


@contextmanager
def _named_place(root: Path) -> Iterator[None]:
    """Say what is wrong with a place that cannot even be looked at."""
    try:
        yield
    except OSError as error:
        named = named_os_failure(error, root)
        raise named or NotALibrary(path=root, reason=error.strerror or str(error)) from error
