"""The capturing browser, where this machine has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from linkshot.capture.browser import BrowserCapturer, BrowserOptions
from linkshot.errors import BrowserMissing

StartCapturer = Callable[[BrowserOptions], BrowserCapturer]


@pytest.fixture(scope="module")
def start_capturer() -> Iterator[StartCapturer]:
    """Opens a capturing browser for the tests of one file."""
    with ExitStack() as stack:

        def start(options: BrowserOptions) -> BrowserCapturer:
            try:
                return stack.enter_context(BrowserCapturer(options))
            except BrowserMissing:
                pytest.skip("no Chromium, Chrome or Edge on this machine")

        yield start
