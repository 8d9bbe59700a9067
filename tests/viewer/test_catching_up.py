"""What nobody has read yet is read while the window is open."""

from __future__ import annotations

import time
from collections.abc import Callable

from linkshot.store.library import Library
from linkshot.store.records import SavedSnapshot
from linkshot.store.search import search
from linkshot.viewer.run import serve_library

Keep = Callable[..., SavedSnapshot]
ARTICLE = "<!DOCTYPE html><title>通知</title><article><p>" + "关于集成电路产业的通知。" * 20


def test_page_left_unread_is_found_while_the_window_is_open(library: Library, keep: Keep) -> None:
    keep("https://a.example/", ARTICLE, title="通知")
    assert search(library, "电路").total == 0
    deadline = time.monotonic() + 60
    with serve_library(library.root):
        while search(library, "电路").total == 0 and time.monotonic() < deadline:
            time.sleep(0.1)
    assert search(library, "电路").total == 1
