"""A browser that nothing drives but what is asked of it: its hidden tabs are hidden, its downloads its own."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.bench.devtools import Devtools


def ask(browser: Any, function: str, *arguments: object) -> Any:
    """Call a function in a page of the extension; what it answers."""
    if not isinstance(browser, Devtools):
        return browser.ask(function, *arguments)
    url = browser.extension_url("options/options.html")
    session = browser.attach(browser.open(url))
    ready = "document.readyState === 'complete' && location.protocol === 'chrome-extension:'"
    until = time.monotonic() + 60
    while not browser.evaluate(session, ready):
        assert time.monotonic() < until, "the extension shows no page"
        time.sleep(0.05)
    return browser.evaluate(session, f"({function})(...{json.dumps(arguments)})")
