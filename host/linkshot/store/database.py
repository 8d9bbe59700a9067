"""The SQLite database under a library: connections, pragmas, transactions, failures by name.

Everything that is SQLite's own stands here and in `search/`. Each thread gets its own connection;
`close_all` closes those of every thread.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import peewee

from linkshot.errors import (
    DiskFull,
    InputError,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryReadOnly,
    NotALibrary,
)
from linkshot.errors.reasons import NOT_IN_PLACE, NUMBER_TOO_LARGE

APPLICATION_ID = 0x4C4E4B53  # "LNKS"; https://www.sqlite.org/fileformat2.html#application_id
BUSY_SECONDS = 15.0
_FORM_PAUSE_SECONDS = 0.02
CLOSE_SECONDS = 10.0

# The types that differ between databases, for the migrations.
DIALECT = {
    "id": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "bytes": "BLOB",
    "bigint": "INTEGER",
    "clustered": "WITHOUT ROWID",
}

# What stays in the file; another program's database must not get it.
_FORM = {
    # Each table and index has at least one: half the size, and a library of a page is half as large. With
    # 1024, what FTS5 writes no longer fits one. A library that is there keeps what it was made with.
    "page_size": 2048,
    "journal_mode": "WAL",
}
# What each connection has for itself.
_PRAGMAS = {
    "synchronous": "FULL",
    # 32 MB of log: a click does not wait until it is copied into the database, the idle host does that.
    "wal_autocheckpoint": 16_000,
    "foreign_keys": "ON",
    "temp_store": "MEMORY",
    "cache_size": -16_000,
    "journal_size_limit": 64 * 1024 * 1024,
}
_FAILURES = (peewee.DatabaseError, peewee.InterfaceError, sqlite3.Error, OSError)
_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# What is there stays whole: a quota, a limit of the process, a disk that takes nothing.
_UNWRITABLE = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
_READ_ONLY_ERRNOS = {errno.EROFS, errno.EACCES, errno.EPERM}
_ROOM_SQLITE_NEEDS = 256 * 1024


class _Held(NamedTuple):
    """A thread's connection and the lock that the thread holds while it uses it."""

    thread: threading.Thread
    connection: sqlite3.Connection
    lock: threading.RLock


class Database(peewee.SqliteDatabase):
    """One library's database, for any number of threads."""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Name the file; it is opened by the first statement of each thread."""
        self.path = path
        self.busy_seconds = busy_seconds
        self._open: list[_Held] = []
        self._local = threading.local()
        self._is_closed = False
        # SQLite takes a name that begins with "file:" for more than a name.
        super().__init__(
            str(path.absolute()),
            pragmas=_PRAGMAS,
            timeout=busy_seconds,
            check_same_thread=False,
        )

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = super()._connect()  # type: ignore[misc]  # not in the stubs
        for held in [held for held in self._open if not held.thread.is_alive()]:
            held.connection.close()
            self._open.remove(held)
        self._open.append(_Held(threading.current_thread(), connection, self._in_use()))
        return connection

    def ensure_form(self) -> None:
        """Give the file the form of a library's; only once it is known to be one, or empty.

        Raises:
            LibraryLocked: another program has been giving it one, or writing, for too long.
        """
        until = time.monotonic() + self.busy_seconds
        while True:
            try:
                for name, value in _FORM.items():
                    self.value(f"PRAGMA {name} = {value}")
                return
            except LibraryLocked:
                # SQLite does not wait by itself for whoever else changes the journal: two that make a library at once.
                if time.monotonic() >= until:
                    raise
                time.sleep(_FORM_PAUSE_SECONDS)

    def _in_use(self) -> threading.RLock:
        """The lock that the calling thread holds while it uses its connection.

        SQLite crashes the process where one thread closes a connection that another is in.
        """
        if self._is_closed:
            raise LibraryError(path=self.path.parent, reason="it has been closed")
        lock: threading.RLock | None = getattr(self._local, "lock", None)
        if lock is None:
            lock = self._local.lock = threading.RLock()
        return lock

    def execute_sql(self, sql: str, params: object = None) -> sqlite3.Cursor:
        """Run one statement; what peewee's transactions begin and end with, too."""
        with self._in_use():
            cursor: sqlite3.Cursor = super().execute_sql(sql, params)  # type: ignore[no-untyped-call]
            return cursor

    def open_connections(self) -> int:
        """How many connections there are; a thread's goes with the next one after its end."""
        return len(self._open)

    def close_all(self) -> None:
        """Close the connections of every thread; an open transaction is rolled back.

        A thread in the middle of a statement is waited for; one that does not end keeps its
        connection, which goes with the process.
        """
        self._is_closed = True
        while self._open:
            held = self._open.pop()
            if held.lock.acquire(timeout=CLOSE_SECONDS):
                try:
                    held.connection.close()
                finally:
                    held.lock.release()
        self.dispose()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of one statement."""
        with self._in_use():
            try:
                return self._executed(sql, values).fetchall()
            except _FAILURES as error:
                self._raise_named(error)

    def row(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run one statement; the number of rows it changed."""
        with self._in_use():
            try:
                return self._executed(sql, values).rowcount
            except _FAILURES as error:
                self._raise_named(error)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of values."""
        with self._in_use(), self.named_failures():
            connection: sqlite3.Connection = self.connection()  # type: ignore[no-untyped-call]
            connection.executemany(sql, rows)

    @contextmanager
    def transaction_of_writes(self) -> Iterator[None]:
        """One transaction that holds the write lock from its start; nested, part of the outer.

        A file that was deleted takes writes as before and keeps none, so it is looked for first.
        """
        if self.in_transaction():
            yield
            return
        with self.named_failures(), self.atomic("IMMEDIATE"):
            self._check_place()
            yield

    @contextmanager
    def transaction_of_reads(self) -> Iterator[None]:
        """Several statements that see one state of the library; within another transaction, that one's."""
        with self._in_use():
            connection: sqlite3.Connection = self.connection()  # type: ignore[no-untyped-call]
            if connection.in_transaction:
                yield
                return
            self.run("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.rollback()

    def rollback(self) -> None:
        """Undo the transaction, unless SQLite has done so itself (a full disk)."""
        with self._in_use():
            connection: sqlite3.Connection = self.connection()  # type: ignore[no-untyped-call]
            if connection.in_transaction:
                connection.rollback()

    @contextmanager
    def named_failures(self) -> Iterator[None]:
        """Raise what SQLite and the file system report as classes of `errors`."""
        try:
            yield
        except _FAILURES as error:
            self._raise_named(error)

    def _executed(self, sql: str, values: Sequence[object]) -> sqlite3.Cursor:
        """Past peewee's own way, which takes as long again as a small statement."""
        connection: sqlite3.Connection = self.connection()  # type: ignore[no-untyped-call]
        try:
            return connection.execute(sql, values)
        except OverflowError as error:  # an integer of more than 64 bits
            raise InputError(reason=NUMBER_TOO_LARGE) from error

    def _raise_named(self, error: Exception) -> NoReturn:
        if isinstance(error, OSError):
            root = self.path.parent
            damaged = LibraryDamaged(path=root, reason=error.strerror or str(error))
            raise named_os_failure(error, root) or damaged from error
        named = self._named_sqlite_failure(error)
        if named is None:
            raise error
        raise named from error

    def _named_sqlite_failure(self, error: Exception) -> LibraryError | None:
        cause = _sqlite_error(error)
        if cause is None:
            return None
        code = cause.sqlite_errorcode
        root = self.path.parent
        match code & 0xFF:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
                return LibraryLocked(path=root, seconds=round(self.busy_seconds))
            case sqlite3.SQLITE_FULL:
                return DiskFull(path=root)
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
                return LibraryReadOnly(path=root)
            case sqlite3.SQLITE_NOTADB:
                return NotALibrary(path=self.path, reason="it is not an SQLite database")
            case sqlite3.SQLITE_CORRUPT:
                return LibraryDamaged(path=root, reason=str(cause))
            case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
                return self._named_io_failure(cause)
        # A full disk can end a transaction; what is said of it afterwards has a plain code.
        return None if self._has_room() else DiskFull(path=root)

    def _check_place(self) -> None:
        if not self.path.exists():
            raise LibraryError(path=self.path.parent, reason=NOT_IN_PLACE)

    def _named_io_failure(self, cause: Exception) -> LibraryError:
        root = self.path.parent
        if not self.path.exists():
            return LibraryError(path=root, reason=NOT_IN_PLACE)
        if not self._has_room():
            return DiskFull(path=root)
        if getattr(cause, "sqlite_errorcode", 0) in _UNWRITABLE:
            return LibraryReadOnly(path=root)
        return LibraryDamaged(path=root, reason=str(cause))

    def _has_room(self) -> bool:
        try:
            return shutil.disk_usage(self.path.parent).free >= _ROOM_SQLITE_NEEDS
        except OSError:
            return True  # The folder has gone, which is another fault.


def _sqlite_error(error: BaseException | None) -> sqlite3.Error | None:
    """What SQLite said, out of what peewee wrapped it in: twice, where it was connecting."""
    while error is not None and getattr(error, "sqlite_errorcode", None) is None:
        error = error.__cause__ or error.__context__
    return error if isinstance(error, sqlite3.Error) else None


def named_os_failure(error: OSError, root: Path) -> LibraryError | None:
    """The class for a file-system failure inside the library, or None where it has none."""
    if error.errno in _FULL_ERRNOS:
        return DiskFull(path=root)
    if error.errno in _READ_ONLY_ERRNOS:
        return LibraryReadOnly(path=root)
    return None
