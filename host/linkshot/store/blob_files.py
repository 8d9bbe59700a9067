"""Large blobs as files: written beside their place, made durable, then moved into it.

A file's name tells how it is coded, so that two processes that store the same bytes in two ways
never overwrite one with the other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

STAGING = "tmp"
# Beside the blobs' folder: what uploads have brought, a folder each.
INCOMING = "incoming"
# What takes no more than this is a row.
MAX_ROW_BYTES = 128 * 1024
_SYNC_THREADS = 8
_Each = Callable[[Callable[[Path], None], Iterable[Path]], Iterable[None]]


def file_name(sha256: str, coding: str, base_sha256: str | None) -> str:
    """`<hash>`, `<hash>.zst`, or `<hash>.<start of the base's hash>.zst`."""
    if coding == "plain":
        return sha256
    return f"{sha256}.{base_sha256[:16]}.zst" if base_sha256 else f"{sha256}.zst"


def file_path(folder: Path, name: str) -> Path:
    """Where a blob's file stands."""
    return folder / name[:2] / name


def new_staging_path(folder: Path) -> Path:
    """A new path on the library's own disk, for a file that is not finished."""
    staging = folder / STAGING
    staging.mkdir(parents=True, exist_ok=True)
    return staging / uuid.uuid4().hex


def stage_file(source: Path, folder: Path) -> Path:
    """The finished file `source` under a staging name as well; a copy where the disk has no links.

    The source stays, so that a save that fails afterwards can be tried again.
    """
    path = new_staging_path(folder)
    try:
        os.link(source, path)
    except OSError:
        _copy(source, path)
    return path


def _copy(source: Path, path: Path) -> None:
    try:
        shutil.copyfile(source, path)
    except BaseException:
        remove_staged(path)
        raise


class StagedFile(NamedTuple):
    """A finished file and the name it is to have."""

    path: Path
    name: str


def put_in_place(folder: Path, staged: Sequence[StagedFile]) -> None:
    """Make staged files durable under their names; of each there is a whole file or none.

    All bytes first, then all names, then the folders once each: no name that another process counts on
    is ever of bytes that are not on the disk. The waits are in parallel: a disk answers many of them
    with one flush.
    """
    if len(staged) == 1:
        _put_in_place(folder, staged, map)
    elif staged:
        with ThreadPoolExecutor(_SYNC_THREADS) as pool:
            _put_in_place(folder, staged, pool.map)


def put_file_in_place(source: Path, folder: Path, name: str) -> None:
    """Give the finished file `source` this name as well and make it durable; the source stays."""
    target = file_path(folder, name)
    _sync_file(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        # There is one of this name, whole or not, or the disk has no links.
        put_in_place(folder, [StagedFile(stage_file(source, folder), name)])
        return
    _sync_folder(target.parent)
    # Whoever made that folder, perhaps at this moment, may not have come to this yet.
    _sync_folder(folder)


def _put_in_place(folder: Path, staged: Sequence[StagedFile], each: _Each) -> None:
    list(each(_sync_file, [file.path for file in staged]))
    targets = [file_path(folder, file.name) for file in staged]
    parents = {target.parent for target in targets}
    for parent in parents:
        parent.mkdir(parents=True, exist_ok=True)
    for file, target in zip(staged, targets, strict=True):
        _replace(file.path, target)
    list(each(_sync_folder, [*parents, folder]))


def _sync_file(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def remove_staged(path: Path) -> None:
    """Remove a staged file if it is still there."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _replace(staged: Path, target: Path) -> None:
    try:
        staged.replace(target)
    except PermissionError:
        # Windows: another process reads the very same bytes at this moment.
        if not target.is_file():
            raise
        staged.unlink()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # A folder cannot be opened there; NTFS journals the entry.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
