"""What `verify` says of each fault, and what it advises: pages again for lost bytes, a backup for the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from tests.cli.conftest import Command

from linkshot.store.library import DATABASE_NAME

ADVICE = {
    "blob_missing": {"en": "keep the page again", "zh": "请重新保存该页面"},
    "reference_missing": {"en": "put a backup in", "zh": "请用备份替换资料库"},
}
DAMAGE = {
    "blob_missing": "DELETE FROM blob_data",
    "reference_missing": "DELETE FROM tree",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", DAMAGE)
def test_fault_that_cannot_be_mended_is_told_with_what_helps(
    linkshot: Command, code: str, language: str
) -> None:
    page = linkshot.home / "page.html"
    page.write_text("<title>通知</title>", "utf-8")
    assert linkshot("add", str(page), "--via", "http").status == 0
    with closing(sqlite3.connect(linkshot.library / DATABASE_NAME)) as connection:
        connection.execute(DAMAGE[code])
        connection.commit()
    ended = linkshot("verify", LINKSHOT_LANG=language)
    assert ended.status == 1
    assert ADVICE[code][language] in next(
        line for line in ended.out.splitlines() if line.startswith(code)
    )
