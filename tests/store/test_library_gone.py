"""A library that is moved or deleted while it is open."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from linkshot.errors import LibraryError
from linkshot.store.captures import request_capture
from linkshot.store.library import Library

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a file that is open is not removed there"
)


def test_library_that_is_deleted_takes_nothing_and_says_so(library: Library) -> None:
    request_capture(library, "https://a.example/1", via="auto", tags=[])
    shutil.rmtree(library.root)
    for where in ("the thread with a connection", "another"):
        with ThreadPoolExecutor(1) as other, pytest.raises(LibraryError) as failure:
            if where == "another":
                other.submit(library.database.value, "SELECT count(*) FROM link").result()
            request_capture(library, "https://a.example/2", via="auto", tags=[])
        assert failure.value.code == "library_unusable"
        assert failure.value.message("zh") == (
            f"库 {library.root} 无法使用：它已不在原处；请放回原处，或从新位置打开。"
        )
