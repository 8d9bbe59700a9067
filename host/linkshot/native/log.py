"""Where the host writes what went wrong: stdout is the browser's, and nobody reads stderr."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from linkshot.paths import log_dir

MAX_BYTES = 1024 * 1024
KEPT_FILES = 3


def log_path() -> Path:
    """The host's log; the doctor shows its end."""
    return log_dir() / "host.log"


def start_log() -> None:
    """Send warnings and faults of all Linkshot's modules to the log; it is made by the first one.

    Tracebacks name no address and no content of a page.
    """
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return  # no place for a log: the replies still say what failed
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    logging.getLogger("linkshot").addHandler(handler)
