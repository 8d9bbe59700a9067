"""Large blobs as files: written beside their place, made durable, then moved into it.

A file's name tells how it is coded, so that two processes that store the same bytes in two ways
never overwrite one with the other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

STAGING = "tmp"
_SYNC_THREADS = 8


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


def stage_link(source: Path, folder: Path) -> Path | None:
    """The finished file `source` under a staging name as well; None where the disk has no links.

    The source stays, so that a save that fails afterwards can be tried again.
    """
    path = new_staging_path(folder)
    try:
        os.link(source, path)
    except OSError:
        return None
    return path


def stage_copy(source: Path, folder: Path) -> Path:
    """A copy of the file `source` under a staging name."""
    path = new_staging_path(folder)
    try:
        shutil.copyfile(source, path)
    except BaseException:
        remove_staged(path)
        raise
    return path


class StagedFile(NamedTuple):
    """A finished file, the name it is to have, and whether its bytes are on the disk already."""

    path: Path
    name: str
    is_durable: bool


def put_in_place(folder: Path, staged: Sequence[StagedFile]) -> None:
    """Make staged files durable under their names; of each there is a whole file or none.

    All bytes first, then all names, then the folders once each. The waits are in parallel: a disk
    answers many of them with one flush.
    """
    if not staged:
        return
    with ThreadPoolExecutor(_SYNC_THREADS) as pool:
        list(pool.map(sync_file, [file.path for file in staged if not file.is_durable]))
        targets = [file_path(folder, file.name) for file in staged]
        parents = {target.parent for target in targets}
        made = [parent for parent in parents if not parent.is_dir()]
        for parent in made:
            parent.mkdir(parents=True, exist_ok=True)
        for file, target in zip(staged, targets, strict=True):
            _replace(file.path, target)
        list(pool.map(_sync_folder, [*parents, *([folder] if made else [])]))


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
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
