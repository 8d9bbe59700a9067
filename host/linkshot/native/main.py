"""`linkshot-host`: what the browser starts; it speaks over stdin and stdout until they end."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import BinaryIO

from linkshot.errors import FrameInvalid, MessageTooLarge, ProtocolError
from linkshot.native.actions.hello import greet
from linkshot.native.framing import read_frame, write_frame
from linkshot.native.origin import is_allowed_origin
from linkshot.paths import default_library_dir

REFUSED = 1
PIPE_BYTES = 1024 * 1024  # what Linux grants to everyone, /proc/sys/fs/pipe-max-size


def main() -> int:
    """Serve the browser that started this process; return the exit status."""
    if not is_allowed_origin(sys.argv[1:]):
        sys.stderr.write(
            "linkshot-host is started by the browser for Linkshot's extension. "
            "“linkshot doctor” checks that this works.\n"
        )
        return REFUSED
    stdin, stdout = take_streams()
    converse(stdin, stdout, default_library_dir())
    # Background threads may be in the midst of work that the next host takes up again.
    return 0


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the browser's streams for the protocol alone.

    From here on file 1 is stderr and file 0 is empty, for this process and all that it starts: a
    stray print, of a library or a child, must not end up between two frames.
    """
    stdin_fd, stdout_fd = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # started without a stderr
        os.dup2(nothing, 1)
    os.close(nothing)
    sys.stdout = sys.stderr
    widen_pipe(stdin_fd)
    # A file object over a descriptor turns Windows' text mode off by itself: Python's Modules/_io/fileio.c.
    return os.fdopen(stdin_fd, "rb"), os.fdopen(stdout_fd, "wb")


def widen_pipe(stdin_fd: int) -> None:
    """Let the browser write a whole chunk before it has to wait for us; a wish, no more."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):  # no pipe, or more than the system grants
            fcntl.fcntl(stdin_fd, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def converse(stdin: BinaryIO, stdout: BinaryIO, library_dir: Path) -> None:
    """Greet the browser, then serve it until the stream ends, cleanly or not."""
    try:
        first = read_frame(stdin)
        if first is None:
            return
        greeting = greet(first, library_dir)
        if greeting is not None:
            write_frame(stdout, greeting.reply)
        # What the other messages need takes longer to load than the greeting may take.
        from linkshot.native.server import serve

        serve(stdin, stdout, library_dir, greeting or first)
    except FrameInvalid:
        return  # the browser was killed while it wrote
    except BrokenPipeError:
        return  # nobody reads any more
    except MessageTooLarge as error:
        write_frame(stdout, _refusal(error))


def _refusal(error: ProtocolError) -> bytes:
    message = {"id": 0, "ok": False, "code": error.code, "message": error.message()}
    return json.dumps({**message, "detail": error.facts}).encode()


if __name__ == "__main__":
    sys.exit(main())
