"""What every request handler of the viewer is given."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from linkshot.errors import Language
from linkshot.store.library import Library
from linkshot.viewer.captures import Captures
from linkshot.viewer.presence import Presence


@dataclasses.dataclass(frozen=True, kw_only=True)
class Viewer:
    """One run of the viewer: its library, its secrets and its two origins.

    `snapshot_root` is the address below which snapshots are served, secret included, without a slash
    at its end. `open_outside` shows an address in the person's default browser, `open_file` a file in
    the program for its kind; `files` is a folder of this run for such files, gone at its end.
    """

    library: Library
    key: str
    language: Language
    app_origin: str
    snapshot_root: str
    captures: Captures
    presence: Presence
    open_outside: Callable[[str], bool]
    open_file: Callable[[Path], bool]
    files: Path

    @property
    def snapshot_origin(self) -> str:
        """Scheme, host and port of the snapshots' own listener."""
        return self.snapshot_root.rsplit("/", 1)[0]
