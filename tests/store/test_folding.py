from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkshot.store.search.folding import fold, fold_places
from linkshot.store.search.query import Words
from linkshot.store.search.snippets import Marker
from linkshot.store.search.tokens import runs_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＩ２０２１", "ai2021"),
        ("Café Ångström", "cafe angstrom"),
        ("Straße ﬁn", "strasse fin"),
        ("國務院關於實施鄉村振興戰略的意見", "国务院关于实施乡村振兴战略的意见"),
        ("頭髮發展", "头发发展"),
        ("二○一八年", "二〇一八年"),
        ("二◯一八年", "二〇一八年"),
        ("ｶﾞｷﾞ", "ガギ".replace("ガ", "カ\u3099").replace("ギ", "キ\u3099")),
        ("한국", "한국"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("①㎡", "1m2"),
    ],
)
def test_text_is_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(), st.text())
def test_folding_of_a_part_is_part_of_the_folding(left: str, right: str) -> None:
    if not any("\u1100" <= character <= "\u11ff" for character in left + right):
        assert fold(left + right) == fold(left) + fold(right)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_places_point_at_the_character_folded(text: str) -> None:
    folded, places = fold(text), fold_places(text)
    assert len(folded) == len(places)
    if not any("\u1100" <= character <= "\u11ff" for character in text):
        assert all(folded[at] in fold(text[place]) for at, place in enumerate(places))


def test_whatever_folds_is_marked_by_its_folded_form() -> None:
    for character in map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x30000)]):
        folded = fold(character)
        if folded != character and fold(folded) == folded and runs_of(folded):
            assert Marker([Words(folded)]).count(character), hex(ord(character))
