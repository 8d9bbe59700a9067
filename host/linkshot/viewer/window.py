"""The viewer's window: pywebview over our own server, or the default browser where there is no webview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Say = Callable[[str], None]


def open_viewer(library_root: Path, link_id: int | None = None, *, say: Say) -> None:
    """Show the library and block until its window is closed; `say` gets what the person must know.

    Raises:
        LibraryError: the library cannot be opened.
    """
    raise NotImplementedError
