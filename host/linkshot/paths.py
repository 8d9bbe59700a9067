"""Where Linkshot keeps things on each platform."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from linkshot.errors import NotALibrary
from linkshot.errors.reasons import NOBODYS_HOME

LIBRARY_VARIABLE = "LINKSHOT_LIBRARY"


def expand_home(text: str) -> Path | None:
    """The path that a text names, `~` being a home folder; None where nobody has that name."""
    path = os.path.expanduser(text)
    return None if path.startswith("~") else Path(path)


def default_library_dir() -> Path:
    """The library named by LINKSHOT_LIBRARY, else the platform's data directory.

    Raises:
        NotALibrary: it is named below the home of somebody who is not there.
    """
    named = os.environ.get(LIBRARY_VARIABLE)
    if named:
        path = expand_home(named)
        if path is None:
            raise NotALibrary(path=named, reason=NOBODYS_HOME)
        return path
    return Path(platformdirs.user_data_dir("linkshot", appauthor=False)) / "library"


def log_dir() -> Path:
    """The platform's place for logs; not made here."""
    return Path(platformdirs.user_log_dir("linkshot", appauthor=False))


def extension_dir() -> Path:
    """The unpacked extension: inside the installed package, or beside `host/` in a checkout."""
    packaged = Path(__file__).parent / "extension"
    if packaged.is_dir():
        return packaged
    return Path(__file__).parents[2] / "extension"
