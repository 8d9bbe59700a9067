from __future__ import annotations

import pytest

from linkshot.errors import (
    ColorInvalid,
    TagBelowItself,
    TagNameTaken,
    TagNotFound,
    UndoBlocked,
    UndoNotFound,
)
from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.links import count_links, restore_links, trash_links
from linkshot.store.records import TagPlan
from linkshot.store.search import search
from linkshot.store.tag_edits import delete_tags, move_tag, move_tags, plan, set_color, split_tag
from linkshot.store.tags import (
    add_alias,
    link_tags,
    merge_tags,
    remove_alias,
    rename_tag,
    retag_links,
    tag_counts,
)
from linkshot.store.undo import list_undo, undo, undo_last

from .pages import keep


def kept(library: Library, *tags: str) -> int:
    number = count_links(library) + count_links(library, trashed=True)
    return keep(library, f"https://example.org/{number}", tags=list(tags)).link_id


def counts(library: Library) -> dict[str, tuple[int, int]]:
    return {tag.path: (tag.links, tag.links_below) for tag in tag_counts(library)}


def whole(library: Library) -> list[object]:
    """Everything that is kept about tags, but the keys that follow from it."""
    tables = {
        "tag": "id, path, path_key, parent_id, color, links, links_below",
        "tag_alias": "alias_key, alias, tag_id",
        "tag_index": "rowid, name, tag_id",
        "link_tag": "*",
        "tag_reach": "*",
        "rule_tag": "*",
    }
    rows = [
        library.database.rows(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
        for table, columns in tables.items()
    ]
    return [*rows, library.database.rows("SELECT id, tag_count FROM link")]


@pytest.fixture
def tree(library: Library) -> Library:
    """A small tree with links, an alias and a colour."""
    kept(library, "政策/产业", "AI")
    kept(library, "政策/产业/集成电路", "人工智能")
    kept(library, "政策/土地", "AI", "人工智能")
    kept(library, "政策")
    trash_links(library, [kept(library, "AI")])
    add_alias(library, "AI", "机器智能")
    set_color(library, "政策", "#C02030")
    return library


CHANGES = {
    "rename": lambda library: rename_tag(library, "政策/产业", "经济/工业"),
    "rename below itself": lambda library: rename_tag(library, "政策", "政策/旧"),
    "rename over its alias": lambda library: rename_tag(library, "AI", "机器智能"),
    "move": lambda library: move_tag(library, "政策/产业", "AI"),
    "move several": lambda library: move_tags(library, ["政策", "政策/产业"], "AI"),
    "merge": lambda library: merge_tags(library, ["AI"], "人工智能"),
    "merge trees": lambda library: merge_tags(library, ["政策", "AI"], "人工智能/新"),
    "merge up": lambda library: merge_tags(library, ["政策/产业"], "政策"),
    "split": lambda library: split_tag(library, "AI", ["模型", "芯片/算力"]),
    "split some": lambda library: split_tag(library, "AI", ["模型"], [1]),
    "delete": lambda library: delete_tags(library, ["政策", "AI"]),
    "color": lambda library: set_color(library, "政策", None),
    "alias": lambda library: add_alias(library, "人工智能", "人工智慧"),
    "no alias": lambda library: remove_alias(library, "AI", "机器智能"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_undo_brings_everything_back(tree: Library, name: str) -> None:
    before = whole(tree)
    CHANGES[name](tree)
    assert whole(tree) != before
    assert verify(tree) == []
    undo_last(tree)
    assert whole(tree) == before


def test_plan_says_what_a_merge_does_and_changes_nothing(tree: Library) -> None:
    before = whole(tree)
    planned = plan(tree, lambda: merge_tags(tree, ["AI"], "人工智能"))
    assert planned == TagPlan(
        links=3,
        target="人工智能",
        gain={"人工智能": 2},
        lose={"AI": 3},
        vanish=["AI"],
        aliases=["AI"],
    )
    assert whole(tree) == before
    assert merge_tags(tree, ["AI"], "人工智能") == planned


def test_journal_names_what_was_done(tree: Library) -> None:
    merge_tags(tree, ["AI"], "人工智能")
    latest = list_undo(tree)[0]
    assert (latest.kind, latest.tags, latest.target, latest.links) == (
        "merge",
        ["AI"],
        "人工智能",
        3,
    )


def test_entry_is_undone_once(tree: Library) -> None:
    merge_tags(tree, ["AI"], "人工智能")
    undone = undo_last(tree)
    with pytest.raises(UndoNotFound):
        undo(tree, undone.undo_id)


def test_change_that_does_nothing_is_not_journaled(tree: Library) -> None:
    before = list_undo(tree)
    set_color(tree, "政策", "#c02030")
    assert list_undo(tree) == before


def test_undo_below_a_later_change_is_refused(tree: Library) -> None:
    rename_tag(tree, "政策/产业", "政策/工业")
    first = list_undo(tree)[0]
    rename_tag(tree, "政策/工业", "政策/制造")
    before = whole(tree)
    with pytest.raises(UndoBlocked) as blocked:
        undo(tree, first.undo_id)
    assert blocked.value.facts == {"tag": "政策/制造"}
    assert whole(tree) == before


def test_undo_beside_a_later_change_keeps_that(tree: Library) -> None:
    rename_tag(tree, "政策/产业", "政策/工业")
    first = list_undo(tree)[0]
    rename_tag(tree, "政策", "文件")
    undo(tree, first.undo_id)
    assert "文件/产业/集成电路" in counts(tree)
    assert verify(tree) == []


def test_undo_of_a_rename_takes_what_came_below_since_along(tree: Library) -> None:
    rename_tag(tree, "政策/产业", "工业")
    link_id = kept(tree, "工业/新")
    undo_last(tree)
    assert link_tags(tree, link_id) == ["政策/产业/新"]
    assert verify(tree) == []


def test_deleted_tag_made_again_is_one_after_undo(tree: Library) -> None:
    delete_tags(tree, ["政策"])
    link_id = kept(tree, "政策/产业/新")
    undo_last(tree)
    assert counts(tree)["政策"] == (1, 5)
    assert link_tags(tree, link_id) == ["政策/产业/新"]
    assert verify(tree) == []


def test_name_taken_since_blocks_the_undo_of_a_rename(tree: Library) -> None:
    rename_tag(tree, "AI", "模型")
    kept(tree, "AI")
    with pytest.raises(UndoBlocked):
        undo_last(tree)
    assert verify(tree) == []


def test_undo_after_links_came_from_the_trash_counts_them(tree: Library) -> None:
    delete_tags(tree, ["AI"])
    restore_links(tree, [5])
    undo_last(tree)
    assert counts(tree)["AI"] == (3, 3)
    assert verify(tree) == []


def test_tags_given_since_stay_after_undo(tree: Library) -> None:
    merge_tags(tree, ["AI"], "人工智能")
    merge, *_ = list_undo(tree)
    retag_links(tree, [4], ["人工智能"])
    undo(tree, merge.undo_id)
    assert link_tags(tree, 4) == ["人工智能", "政策"]
    assert link_tags(tree, 1) == ["AI", "政策/产业"]


def test_split_tag_gives_all_its_links_each_part(tree: Library) -> None:
    split_tag(tree, "AI", ["模型", "芯片"])
    assert link_tags(tree, 1) == ["政策/产业", "模型", "芯片"]
    assert "AI" not in counts(tree)


def test_split_of_some_links_leaves_the_others(tree: Library) -> None:
    planned = split_tag(tree, "AI", ["模型"], [1, 4])
    assert (planned.gain, planned.lose) == ({"模型": 1}, {"AI": 1})
    assert link_tags(tree, 4) == ["政策"]


def test_deleted_tag_leaves_its_links(tree: Library) -> None:
    planned = delete_tags(tree, ["政策"])
    assert planned.vanish == ["政策", "政策/产业", "政策/产业/集成电路", "政策/土地"]
    assert link_tags(tree, 2) == ["人工智能"]
    assert search(tree, "tag:政策").total == 0


def test_unknown_tag_among_deleted_changes_nothing(tree: Library) -> None:
    before = whole(tree)
    with pytest.raises(TagNotFound):
        delete_tags(tree, ["政策", "没有"])
    assert whole(tree) == before


@pytest.mark.parametrize("under", ["政策", "政策/产业/集成电路"])
def test_tag_does_not_hang_below_itself(tree: Library, under: str) -> None:
    before = whole(tree)
    with pytest.raises(TagBelowItself):
        move_tag(tree, "政策", under)
    assert whole(tree) == before


def test_moved_tag_hangs_under_another(tree: Library) -> None:
    assert move_tag(tree, "政策/产业", "人工智能") == "人工智能/产业"
    assert counts(tree)["人工智能"] == (2, 3)
    assert move_tag(tree, "人工智能/产业") == "产业"


def test_moved_tags_are_one_entry_and_take_along_what_is_below(tree: Library) -> None:
    moved = move_tags(tree, ["政策", "政策/产业", "AI"], "人工智能")
    assert moved == [("政策", "人工智能/政策"), ("AI", "人工智能/AI")]
    assert counts(tree)["人工智能/政策/产业"] == (1, 2)
    latest = list_undo(tree)[0]
    assert (latest.kind, len(latest.tags), latest.target) == ("rename", 3, "人工智能")


def test_tags_of_which_one_has_no_place_stay(tree: Library) -> None:
    kept(tree, "政策/AI")
    before = whole(tree)
    with pytest.raises(TagNameTaken):
        move_tags(tree, ["人工智能", "AI"], "政策")
    assert whole(tree) == before


def test_color_that_is_none_is_refused(tree: Library) -> None:
    with pytest.raises(ColorInvalid):
        set_color(tree, "政策", "red")


def test_tag_below_one_of_the_same_name_merges_up(library: Library) -> None:
    link_id = kept(library, "a/b/b")
    merge_tags(library, ["a/b"], "a")
    assert link_tags(library, link_id) == ["a/b"]
    assert verify(library) == []


def test_links_given_and_taken_tags_go_back_in_one_step(library: Library) -> None:
    links = [kept(library, "旧"), kept(library, "旧", "新"), kept(library)]
    before = whole(library)
    done = retag_links(library, links, ["新"], ["旧", "无"])
    assert done == TagPlan(links=3, gain={"新": 2}, lose={"旧": 2})
    assert counts(library) == {"旧": (0, 0), "新": (3, 3)}
    undo_last(library)
    assert whole(library) == before
