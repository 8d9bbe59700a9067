from __future__ import annotations

import pytest

from linkshot.errors import TagNameTaken
from linkshot.store.library import Library
from linkshot.store.tag_scripts import set_scripts
from linkshot.store.tags import add_alias, rename_tag, tag_counts

from .pages import keep


def paths(library: Library) -> list[str]:
    return [tag.path for tag in tag_counts(library)]


def test_scripts_are_two_tags_by_default(library: Library) -> None:
    keep(library, tags=["集成电路", "集成電路"])
    assert sorted(paths(library)) == ["集成电路", "集成電路"]


@pytest.mark.parametrize("waiting", [True, False], ids=["keys not filled yet", "filled"])
def test_tag_in_the_other_script_is_the_tag_there_is(library: Library, waiting: bool) -> None:
    set_scripts(library, same=True)
    keep(library, tags=["产业/集成电路"])
    if not waiting:
        assert paths(library) == ["产业", "产业/集成电路"]
    keep(library, "https://a.net/2", tags=["產業/集成電路", "產業/汽車"])
    assert paths(library) == ["产业", "产业/集成电路", "产业/汽車"]


def test_accents_still_part_tags(library: Library) -> None:
    set_scripts(library, same=True)
    keep(library, tags=["resume", "résumé"])
    assert len(paths(library)) == 2


def test_alias_in_the_other_script_is_found(library: Library) -> None:
    set_scripts(library, same=True)
    keep(library, tags=["AI"])
    add_alias(library, "AI", "人工智慧")
    keep(library, "https://a.net/2", tags=["人工智慧"])
    with pytest.raises(TagNameTaken):
        add_alias(library, "AI", "ai")
    assert paths(library) == ["AI"]


def test_tag_may_be_rewritten_in_the_other_script(library: Library) -> None:
    set_scripts(library, same=True)
    keep(library, tags=["集成电路"])
    rename_tag(library, "集成电路", "集成電路")
    assert paths(library) == ["集成電路"]


def test_choice_can_be_taken_back(library: Library) -> None:
    set_scripts(library, same=True)
    set_scripts(library, same=False)
    keep(library, tags=["集成电路", "集成電路"])
    assert len(paths(library)) == 2
