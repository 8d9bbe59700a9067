"""The library's health: every row, blob, file and index entry checked, and mended where possible."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from linkshot.errors import LinkshotError
from linkshot.store.blob_files import INCOMING, STAGING, file_name
from linkshot.store.index_health import fill_index, index_problems, rebuild_index
from linkshot.store.library import DATABASE_NAME, Library
from linkshot.store.packing import read_pieces
from linkshot.store.records import Problem, Stats

Progress = Callable[[int, int], None]

# A file younger than this may belong to a save that has not come to its transaction yet.
ORPHAN_SECONDS = 60 * 60


def verify(
    library: Library,
    *,
    repair: bool = False,
    progress: Progress | None = None,
    indexing: Progress | None = None,
    orphan_seconds: float = ORPHAN_SECONDS,
) -> list[Problem]:
    """All faults of the library; with `repair`, those that can be mended are.

    Codes: `database_damaged`, `reference_missing`, `blob_missing`, `blob_damaged`,
    `index_differs`, `tag_counts_differ`, `orphan_file`. Bytes that are gone cannot be mended, but
    `repair` lets them be taken again when the page is kept again. `progress` is called with what is done
    and how much there is, `indexing` so with the links while the index is made anew.
    """
    blobs = library.database.rows("SELECT lower(hex(sha256)) FROM blob ORDER BY id")
    report = progress or (lambda done, total: None)
    indexed = library.database.value("SELECT count(*) FROM link_index_docsize")
    total = len(blobs) + indexed + 1
    problems = [*_database_problems(library)]
    for done, (sha256,) in enumerate(blobs):
        report(done, total)
        problems += _blob_problems(library, sha256)
    links = itertools.count(len(blobs) + 1)
    problems += index_problems(library.database, lambda: report(next(links), total))
    orphans = list(_orphans(library, orphan_seconds))
    problems += [
        Problem(code="orphan_file", subject=str(path.relative_to(library.root)), repairable=True)
        for path in orphans
    ]
    if repair:
        _repair(library, problems, orphans, indexing)
    report(total, total)
    return problems


def stats(library: Library) -> Stats:
    """The library, counted."""
    database = library.database
    value = database.value
    return Stats(
        links=value("SELECT count(*) FROM link WHERE trashed_at IS NULL"),
        trashed=value("SELECT count(*) FROM link WHERE trashed_at IS NOT NULL"),
        snapshots=value("SELECT count(*) FROM snapshot"),
        tags=value("SELECT count(*) FROM tag"),
        resources=value("SELECT count(*) FROM resource"),
        blobs=value("SELECT count(*) FROM blob"),
        page_bytes=value(
            "SELECT coalesce(sum(tree.size), 0) FROM snapshot JOIN tree ON tree.id = tree_id"
        ),
        stored_bytes=value("SELECT coalesce(sum(stored_size), 0) FROM blob"),
        index_bytes=value("SELECT coalesce(sum(length(block)), 0) FROM link_index_data"),
        database_bytes=(library.root / DATABASE_NAME).stat().st_size,
    )


def _database_problems(library: Library) -> Iterator[Problem]:
    for (message,) in library.database.rows("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Problem(code="database_damaged", subject=message, repairable=False)
    for table, row_id, parent, _ in library.database.rows("PRAGMA foreign_key_check"):
        yield Problem(
            code="reference_missing", subject=f"{table} {row_id} → {parent}", repairable=False
        )


def _blob_problems(library: Library, sha256: str) -> list[Problem]:
    digest = hashlib.sha256()
    try:
        with library.blobs.open(sha256) as stream:
            for _ in read_pieces(stream, digest):
                pass
    except LinkshotError as error:
        code = "blob_missing" if error.code == "blob_missing" else "blob_damaged"
        return [Problem(code=code, subject=sha256, repairable=False)]
    except Exception:
        return [Problem(code="blob_damaged", subject=sha256, repairable=False)]
    if digest.hexdigest() != sha256:
        return [Problem(code="blob_damaged", subject=sha256, repairable=False)]
    return []


def _orphans(library: Library, orphan_seconds: float) -> Iterator[Path]:
    """Files that no row names and no upload has brought, old enough that no save is about to name them."""
    folder = library.blobs.folder
    known = _file_names(library)
    brought = {path.name.partition(".")[0] for path in (library.root / INCOMING).glob("*/*")}
    youngest = time.time() - orphan_seconds
    for path in sorted(folder.glob("*/*")):
        is_known = path.parent.name != STAGING and (
            path.name in known or path.name.partition(".")[0] in brought
        )
        if not is_known and path.is_file() and path.stat().st_mtime <= youngest:
            yield path


def _file_names(library: Library) -> set[str]:
    rows = library.database.rows(
        """
        SELECT lower(hex(blob.sha256)), blob.coding, lower(hex(base.sha256)), base.id
        FROM blob
        LEFT JOIN blob AS base ON base.id = blob.base_id
        WHERE blob.in_file = 1
        """
    )
    return {
        file_name(sha256, coding, base if base_id else None)
        for sha256, coding, base, base_id in rows
    }


def _repair(
    library: Library, problems: list[Problem], orphans: list[Path], indexing: Progress | None
) -> None:
    codes = {problem.code for problem in problems}
    if codes & {"index_differs", "tag_counts_differ", "database_damaged"}:
        rebuild_index(library, indexing)
    else:
        fill_index(library, indexing)
    lost = [problem.subject for problem in problems if problem.code.startswith("blob_")]
    with library.transaction():
        library.database.run_many(
            "UPDATE blob SET lost = 1 WHERE sha256 = ?",
            [(bytes.fromhex(sha256),) for sha256 in lost],
        )
        # Inside the transaction: a save looks for its files inside its own.
        known = _file_names(library)
        for path in orphans:
            if path.parent.name == STAGING or path.name not in known:
                path.unlink(missing_ok=True)
