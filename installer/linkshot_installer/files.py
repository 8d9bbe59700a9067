"""Files and folders that `install` makes, so that `uninstall` can take away just those."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path


def write_file(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Put `content` at `path` in one step: a browser never reads half a manifest."""
    waiting = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        waiting.write_bytes(content)
        waiting.chmod(mode)
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise


class FolderRecord:
    """The folders that `install` made, remembered in `folders.json` of Linkshot's own folder."""

    def __init__(self, state_dir: Path, made: list[str]) -> None:
        """`made` is in the order of making: outer folders first."""
        self._state_dir = state_dir
        self._made = made

    @classmethod
    def load(cls, state_dir: Path) -> FolderRecord:
        """What was remembered; an unreadable memory is an empty one, and leaves folders behind."""
        try:
            made = json.loads((state_dir / "folders.json").read_bytes())
        except (OSError, ValueError):
            made = []
        return cls(state_dir, [str(one) for one in made] if isinstance(made, list) else [])

    def make(self, folder: Path) -> None:
        """Make `folder` and those above it, remembering each that was not there."""
        if folder.is_dir():
            return
        for wanted in (self._state_dir, folder):
            missing = [one for one in (wanted, *wanted.parents) if not one.exists()]
            new = (str(one) for one in reversed(missing))
            self._made += [one for one in new if one not in self._made]
        self._state_dir.mkdir(parents=True, exist_ok=True)
        write_file(self._state_dir / "folders.json", json.dumps(self._made).encode())
        folder.mkdir(parents=True, exist_ok=True)

    def remove_empty(self) -> None:
        """Forget the record, and remove the folders made that are empty now."""
        with contextlib.suppress(OSError):  # gone already, or what holds it cannot be written
            (self._state_dir / "folders.json").unlink()
        for folder in reversed(self._made):
            with contextlib.suppress(
                OSError
            ):  # not empty any more, or gone: either way it stays so
                Path(folder).rmdir()
