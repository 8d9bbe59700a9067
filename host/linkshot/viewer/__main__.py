"""The viewer as a program of its own: what `linkshot open` starts and waits for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from linkshot import config
from linkshot.errors import LinkshotError
from linkshot.viewer.window import open_viewer

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Show a library until its window is closed, and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    parser = argparse.ArgumentParser("python -m linkshot.viewer", allow_abbrev=False)
    parser.add_argument("--library", type=Path, required=True, metavar="DIR")
    parser.add_argument("--link", type=int, metavar="ID")
    parser.add_argument("--search", default="", metavar="QUERY")
    options = parser.parse_args(arguments)
    try:
        open_viewer(options.library, options.link, options.search, say=_say)
    except LinkshotError as error:
        _say(f"linkshot: {error.message(config.ui_language())} [{error.code}]")
        return FAILED
    except KeyboardInterrupt:
        # The way to end it that the hint names, at whatever line it comes.
        return 0
    return 0


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
