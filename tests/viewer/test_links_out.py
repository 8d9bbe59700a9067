"""Links of a stored document: those out of it do nothing, those inside it work."""

from __future__ import annotations

import pytest
from tests.growth import grows_in_step

from linkshot.viewer.links_out import disarm_links

HEAD = b'<head><base target="_blank"></head>'


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (b'<a href="https://x.example/">', b'<a href="https://x.example/">'),
        (b'<a href="#p">', b'<a target="_self" href="#p">'),
        (b'<a href="#p" target="_blank">', b'<a target="_self" href="#p" target="_blank">'),
        (
            b'<a href="https://x/" target="_self">',
            b'<a target="_blank" href="https://x/" target="_self">',
        ),
        (b"<A target=main href=https://x/>", b'<A target="_blank" target=main href=https://x/>'),
        (b'<a href="https://x/" target="_top">', b'<a href="https://x/" target="_top">'),
        (b'<area href="#p">', b'<area target="_self" href="#p">'),
        (b'<a xlink:href="#p">', b'<a target="_self" xlink:href="#p">'),
        (b"<abbr title='#'>", b"<abbr title='#'>"),
    ],
)
def test_link_gets_its_target(link: bytes, expected: bytes) -> None:
    assert disarm_links(b"<head></head>" + link) == HEAD + expected


def test_document_without_head_gets_the_default_first() -> None:
    assert disarm_links(b"<p>x") == b'<base target="_blank"><p>x'


@pytest.mark.parametrize("piece", [b"<a ", b'<a "', b"<a href=#", b"<head "])
def test_hostile_document_is_not_slow(piece: bytes) -> None:
    assert grows_in_step(lambda times: disarm_links(piece * times), 100_000)
