"""Large blobs as files: written beside their place, made durable, then moved into it.

A file's name tells how it is coded, so that two processes that store the same bytes in two ways
never overwrite one with the other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from pathlib import Path

STAGING = "tmp"


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


def stage_copy(source: Path, folder: Path) -> Path:
    """The finished file `source` under a staging name: linked where possible, else copied.

    The source stays, so that a save that fails afterwards can be tried again.
    """
    path = new_staging_path(folder)
    try:
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)
    return path


def put_in_place(staged: Path, folder: Path, name: str) -> None:
    """Make the staged file durable under its name; there is a whole file there or none."""
    target = file_path(folder, name)
    with staged.open("r+b") as stream:
        os.fsync(stream.fileno())
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder)
    try:
        staged.replace(target)
    except PermissionError:
        # Windows: another process reads the very same bytes at this moment.
        if not target.is_file():
            raise
        staged.unlink()
    _sync_folder(target.parent)


def remove_staged(path: Path) -> None:
    """Remove a staged file if it is still there."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # A folder cannot be opened there; NTFS journals the entry.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
