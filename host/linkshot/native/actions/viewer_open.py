"""`viewer.open`: show the library in its window."""

from __future__ import annotations

import os
import subprocess
import sys

from linkshot.errors import WindowError
from linkshot.native.messages import ViewerOpen
from linkshot.native.session import Session
from linkshot.paths import log_dir

# https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_messaging#closing_the_native_app
# The browser ends all of the host's children unless they break away from its job.
_WINDOWS_FLAGS = 0x08000000 | 0x00000200 | 0x01000000  # no window, new group, break away


def answer(session: Session, request: ViewerOpen) -> dict[str, object]:
    """Return nothing; the window is a process of its own that outlives the host.

    Raises:
        WindowError: the program could not be started.
    """
    command = [sys.executable, "-m", "linkshot.cli", "--library", str(session.library_dir), "open"]
    if request.link_id is not None:
        command.append(str(request.link_id))
    if request.query:
        # no argument of a program holds U+0000
        command.append("--search=" + request.query.replace("\0", " "))
    log_path = log_dir() / "viewer.log"
    try:
        log_path.parent.mkdir(parents=True, exist_ok=True)
        with log_path.open("w", encoding="utf-8") as log:
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                creationflags=_WINDOWS_FLAGS if os.name == "nt" else 0,
            )
    except OSError as error:
        raise WindowError(reason=error.strerror or str(error)) from error
    return {}
