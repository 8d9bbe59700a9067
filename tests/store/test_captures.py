from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from linkshot.errors import BrowserNotConnected, CaptureNotFound, TagEmpty
from linkshot.store.captures import (
    CLAIM_SECONDS,
    claim_capture,
    finish_capture,
    get_capture,
    request_capture,
)
from linkshot.store.database import APPLICATION_ID, DIALECT, Database
from linkshot.store.library import DATABASE_NAME, Library
from linkshot.store.migrations import MIGRATIONS

from .pages import keep

URL = "https://example.org/a"


def test_request_is_claimed_once(library: Library) -> None:
    asked = request_capture(library, URL, via="tab", tags=[" a "], note="why")
    assert claim_capture(library, via="browser") is None
    claimed = claim_capture(library, via="tab")
    assert claimed is not None
    assert (claimed.request_id, claimed.state, claimed.tags) == (asked.request_id, "running", ["a"])
    assert claim_capture(library, via="tab") is None


def test_claim_of_a_dead_process_is_given_out_again(library: Library) -> None:
    asked = request_capture(library, URL, via="tab")
    claim_capture(library, via="tab")
    library.database.run(
        "UPDATE capture SET claimed_at = claimed_at - ?", ((CLAIM_SECONDS + 1) * 1_000_000,)
    )
    claimed = claim_capture(library, via="tab")
    assert claimed is not None
    assert claimed.request_id == asked.request_id


def test_first_end_of_a_request_stands(library: Library) -> None:
    asked = request_capture(library, URL, via="tab")
    saved = keep(library, URL)
    finish_capture(library, asked.request_id, snapshot_id=saved.snapshot_id)
    finish_capture(library, asked.request_id, error=BrowserNotConnected())
    ended = get_capture(library, asked.request_id)
    assert (ended.state, ended.snapshot_id, ended.error) == ("done", saved.snapshot_id, None)


def test_failed_request_names_its_error(library: Library) -> None:
    asked = request_capture(library, URL, via="tab")
    finish_capture(library, asked.request_id, error=BrowserNotConnected())
    assert get_capture(library, asked.request_id).error == "browser_not_connected"


def test_request_of_the_eighth_schema_wants_no_error_pages(tmp_path: Path) -> None:
    old = Database(tmp_path / DATABASE_NAME)
    for name in MIGRATIONS[:8]:
        for statement in import_module(f"linkshot.store.migrations.{name}").STATEMENTS:
            old.run(statement.format(**DIALECT))
    old.run(
        "INSERT INTO capture (url, via, state, tags, note, requested_at) VALUES (?, 'tab', 'queued', '[]', '', 0)",
        (URL,),
    )
    old.run(f"PRAGMA application_id = {APPLICATION_ID}")
    old.run("PRAGMA user_version = 8")
    old.close_all()
    with Library.open(tmp_path) as library:
        claimed = claim_capture(library, via="tab")
        assert claimed is not None
        assert (claimed.url, claimed.keep_errors, claimed.error_facts) == (URL, False, {})


def test_bad_tag_queues_nothing(library: Library) -> None:
    with pytest.raises(TagEmpty):
        request_capture(library, URL, via="tab", tags=[" "])
    assert claim_capture(library, via="tab") is None


def test_unknown_request_is_named(library: Library) -> None:
    with pytest.raises(CaptureNotFound):
        finish_capture(library, 9)
