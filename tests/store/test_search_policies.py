"""Documents of Chinese authorities, found by what their information table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkshot.page.reading import Policy, Reading
from linkshot.store.database import APPLICATION_ID, Database
from linkshot.store.library import DATABASE_NAME, Library
from linkshot.store.readings import save_reading
from linkshot.store.search import search

from .pages import NOON, keep, undo_ninth_schema

OLD = Reading(
    title="国务院办公厅关于治理向企业乱收费的通知",
    text="各省、自治区、直辖市人民政府：",
    published="2018-12-24",
    policy=Policy(
        doc_number="国办发〔1996〕25号",
        index_number="000014349/1996-00025",
        office="国务院办公厅",
        topic="综合政务\\其他",
        written="1996-06-29",
        issued="2018-12-24",
        validity="现行有效",
    ),
)
NEW = Reading(
    title="关于废止部分文件的决定",
    text="现予公布。",
    published="2021-03-01",
    policy=Policy(topic="农业、林业、水利", issued="2021-03-01", validity="废止"),
)


def keep_document(library: Library, url: str, reading: Reading) -> int:
    saved = keep(library, url, html=url.encode(), title=reading.title)
    save_reading(library, saved.snapshot_id, reading)
    return saved.link_id


@pytest.fixture
def old(library: Library) -> int:
    """The older of two documents, beside a page that is none."""
    keep_document(library, "https://www.gov.cn/2", NEW)
    keep_document(library, "https://example.org/", Reading(title="现行有效 1996", text="其他"))
    return keep_document(library, "https://www.gov.cn/1", OLD)


@pytest.mark.parametrize(
    "query",
    [
        "before:2000",
        "on:1996",
        "日期:1996-06-29",
        "written:1996",
        "成文日期:1996年6月",
        "issued:2018",
        "发布日期:2018-12-24",
        "topic:综合政务",
        "主题:综合政务/其他",
        "主题分类:政务",
        'topic:"综合政务 其他"',
        "valid:现行有效",
        "有效性：現行有效",
        "-有效性:废止 主题:政务",
        "index:000014349/1996-00025",
        "索引号：000014349",
        "发文字号:国办发〔1996〕25号",
        "发文机关:国务院办公厅",
        "企业 (written:1996 OR written:1997)",
    ],
)
def test_document_is_found_by_its_card(library: Library, old: int, query: str) -> None:
    assert [hit.link_id for hit in search(library, query).hits] == [old]


@pytest.mark.parametrize("query", ["on:2018", "topic:现行有效", "valid:无效", "index:1997"])
def test_card_is_not_mistaken(library: Library, old: int, query: str) -> None:
    assert search(library, query).total == 0


def test_document_without_its_own_day_has_the_one_of_issue(library: Library) -> None:
    link_id = keep_document(library, "https://www.gov.cn/2", NEW)
    assert [hit.link_id for hit in search(library, "on:2021-03").hits] == [link_id]


def test_older_version_read_later_changes_no_card(library: Library) -> None:
    url = "https://www.gov.cn/1"
    older = keep(library, url, html=b"1", captured_at=NOON.replace(day=1))
    newer = keep(library, url, html=b"2", captured_at=NOON)
    save_reading(library, newer.snapshot_id, OLD)
    save_reading(library, older.snapshot_id, NEW)
    assert search(library, "有效性:现行有效").total == 1
    assert search(library, "有效性:废止").total == 0


def test_card_goes_with_the_page_that_had_it(library: Library) -> None:
    saved = keep(library)
    save_reading(library, saved.snapshot_id, OLD)
    save_reading(library, saved.snapshot_id, Reading(title="一", text="二"))
    assert search(library, "有效性:现行有效").total == 0


def test_library_of_the_sixth_schema_finds_documents_by_their_cards(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        link_id = keep_document(library, "https://www.gov.cn/1", OLD)
        plain = keep_document(library, "https://example.org/", Reading(published="2018-01-01"))
    before = Database(tmp_path / DATABASE_NAME)
    before.run("DROP TABLE policy")
    undo_ninth_schema(before)
    before.run("UPDATE link SET dated_on = '2018-12-24' WHERE id = ?", (link_id,))
    before.run(f"PRAGMA application_id = {APPLICATION_ID}")
    before.run("PRAGMA user_version = 6")
    before.close_all()
    with Library.open(tmp_path) as library:
        for query in ("before:2000", "valid:现行有效", "主题:政务", "issued:2018-12-24"):
            assert [hit.link_id for hit in search(library, query).hits] == [link_id]
        assert [hit.link_id for hit in search(library, "on:2018").hits] == [plain]
