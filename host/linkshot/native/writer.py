"""The one way to the browser: whole frames, one at a time, from any thread."""

from __future__ import annotations

import threading
from typing import BinaryIO

import msgspec

from linkshot.native.framing import write_frame

_encoder = msgspec.json.Encoder()


class Writer:
    """Sends messages over `stream`; once the browser has gone, messages go nowhere."""

    def __init__(self, stream: BinaryIO) -> None:
        """Take the stream over: nobody else may write to it."""
        self._stream = stream
        self._lock = threading.Lock()
        self.is_closed = False

    def send(self, message: object) -> None:
        """Send one message as JSON; a browser that has gone is no failure of the sender.

        Raises:
            MessageTooLarge: the message is over the limit; nothing was sent.
        """
        body = _encoder.encode(message)
        with self._lock:
            if self.is_closed:
                return
            try:
                write_frame(self._stream, body)
            except OSError:
                # The end of the input follows and ends the host; what a capture has saved stays
                # saved, and the extension hears of it when it begins that capture again.
                self.is_closed = True
