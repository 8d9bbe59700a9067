from __future__ import annotations

from pathlib import Path

from linkshot.store.database import APPLICATION_ID, DIALECT, Database
from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.migrations import m0001_library, m0002_search
from linkshot.store.search.tokens import index_text
from linkshot.store.tags import complete_tag, rename_tag, tag_counts

_ROWS = """
    INSERT INTO link (id, url, title, title_key, site, dated_on, created_at, last_captured_at, tag_count)
    VALUES (1, 'https://e.org/', '', '', '', '', 0, 0, 1);
    INSERT INTO tag (id, path, path_key, links, links_below) VALUES (7, '乡村振兴', '乡村振兴', 1, 1);
    INSERT INTO link_tag (link_id, tag_id) VALUES (1, 7);
    INSERT INTO tag_reach (link_id, tag_id) VALUES (1, 7);
"""


def test_tags_of_the_second_schema_are_kept(tmp_path: Path) -> None:
    old = Database(tmp_path / "linkshot.db")
    for migration in (m0001_library, m0002_search):
        for statement in migration.STATEMENTS:
            old.run(statement.format(**DIALECT))
    for statement in _ROWS.split(";")[:-1]:
        old.run(statement)
    old.run("INSERT INTO tag_index (name, tag_id) VALUES (?, 7)", (index_text("乡村振兴"),))
    old.run(f"PRAGMA application_id = {APPLICATION_ID}")
    old.run("PRAGMA user_version = 2")
    old.close_all()
    with Library.open(tmp_path) as library:
        assert [(tag.path, tag.links) for tag in tag_counts(library)] == [("乡村振兴", 1)]
        assert [tag.path for tag in complete_tag(library, "xczx")] == ["乡村振兴"]
        rename_tag(library, "乡村振兴", "振兴")
        assert library.database.rows("SELECT name FROM tag_index") == [(index_text("振兴"),)]
        assert [problem for problem in verify(library) if problem.code != "index_differs"] == []
