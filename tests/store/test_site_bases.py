"""Pages of one site share its frame: a new page is stored against one that is there."""

import random

import pytest

from linkshot.store.health import verify
from linkshot.store.library import Library

from .pages import keep, sha256_of

FRAME = random.Random(3).randbytes(6_000).hex()


def page(number: int) -> bytes:
    return f"<nav>{FRAME}</nav><p>page {number}".encode()


def depth(library: Library, data: bytes) -> int:
    return library.blobs.row(sha256_of(data)).depth


@pytest.mark.parametrize(
    ("second_url", "depths"),
    [
        ("https://example.org/2", [0, 1]),
        ("https://example.net/2", [0, 0]),
    ],
)
def test_page_is_stored_against_one_of_its_site(library, second_url, depths):
    keep(library, "https://example.org/1", html=page(1))
    keep(library, second_url, html=page(2))
    assert [depth(library, page(1)), depth(library, page(2))] == depths
    assert library.blobs.read(sha256_of(page(2))) == page(2)


def test_all_pages_of_a_site_hang_on_one(library):
    for number in range(12):
        keep(library, f"https://example.org/{number}", html=page(number))
    assert [depth(library, page(number)) for number in range(12)] == [0] + [1] * 11
    assert verify(library) == []


def test_page_unlike_its_site_stands_by_itself(library):
    other = random.Random(4).randbytes(6_000).hex().encode()
    keep(library, "https://example.org/1", html=page(1))
    keep(library, "https://example.org/2", html=other)
    assert depth(library, other) == 0
