"""Temporary folders that a killed process left: taken away by the next one that makes its like."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path

# Nothing that makes such a folder works in it for so long.
LEFT_SECONDS = 24 * 60 * 60


def sweep_leftovers(place: Path, prefix: str) -> None:
    """Remove this user's folders in `place` that begin with `prefix` and were left a day ago or before."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(place):
            if entry.name.startswith(prefix) and _is_left(entry):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_left(entry: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):
        found = entry.stat(follow_symlinks=False)
        is_ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        is_folder = entry.is_dir(follow_symlinks=False)
        return is_ours and is_folder and found.st_mtime < time.time() - LEFT_SECONDS
    return False
