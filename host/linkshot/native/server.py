"""One conversation with one browser, from the first message after the greeting to the end."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from linkshot.config import ui_language
from linkshot.native.actions.hello import Greeting
from linkshot.native.framing import read_frame
from linkshot.native.log import start_log
from linkshot.native.reader import Reader
from linkshot.native.router import Router
from linkshot.native.session import Session
from linkshot.native.watcher import Watcher
from linkshot.native.writer import Writer


def serve(stdin: BinaryIO, stdout: BinaryIO, library_dir: Path, first: Greeting | bytes) -> None:
    """Answer requests until the stream ends.

    `first` is the greeting already given, or the frame that was no greeting and awaits its answer.

    Raises:
        FrameInvalid: the stream ended inside a frame.
        MessageTooLarge: a length is over the limit, so the stream cannot be trusted any more.
    """
    start_log()
    language = first.language if isinstance(first, Greeting) else ui_language()
    session = Session(library_dir, Writer(stdout), language)
    router = Router(session)
    watcher, reader = Watcher(session), Reader(session)
    watcher.start()
    reader.start()
    try:
        body = read_frame(stdin) if isinstance(first, Greeting) else first
        while body is not None:
            router.take(body)
            body = read_frame(stdin)
    finally:
        # No connection is closed under a thread that uses it; the end of the process does that.
        if all([router.finish(), watcher.finish(), reader.finish()]):
            session.close()
