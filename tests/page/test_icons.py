"""A page without an icon of its own, and the one that its site has for all pages."""

from __future__ import annotations

import pytest
from tests.growth import grows_in_step

from linkshot.page.icons import default_icon, is_icon, with_icon

ADDRESS = "https://a.test/b/c?d"


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="icon" href="a.png">',
        "<LINK href=a.png REL='shortcut icon'>",
        "<link rel=icon href=a.png>",
        '<link href="a.png" rel="alternate icon"/>',
    ],
)
def test_page_that_names_an_icon_needs_no_other(link):
    assert default_icon(f"<head>{link}</head>", ADDRESS) is None


@pytest.mark.parametrize("link", ["", '<link rel="apple-touch-icon" href="a.png">', "<p>rel=icon"])
def test_page_without_one_has_that_of_its_site(link):
    assert default_icon(f"<head>{link}</head>", ADDRESS) == "https://a.test/favicon.ico"


def test_file_has_no_default_icon():
    assert default_icon("<head></head>", "file:///a.html") is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"\0\0\1\0\1\0", True), (b"<!doctype html>", False), (b"\0\0\1\0" + bytes(300_000), False)],
)
def test_page_sent_in_an_icons_place_is_none(data, expected):
    assert is_icon(data) is expected


def test_icon_is_named_in_the_head():
    html = with_icon("<html><head lang=a><title>t</title></head>", "https://a.test/favicon.ico")
    assert (
        html
        == '<html><head lang=a><link rel="icon" href="https://a.test/favicon.ico"><title>t</title></head>'
    )


def test_what_stands_in_a_comment_is_no_tag():
    html = (
        '<!--[if IE]><head><link rel="icon" href="a.png"><![endif]--><head><title>t</title></head>'
    )
    assert default_icon(html, ADDRESS) == "https://a.test/favicon.ico"
    assert with_icon(html, "i").endswith(
        '--><head><link rel="icon" href="i"><title>t</title></head>'
    )


def test_page_without_a_head_stays_as_it_is():
    assert with_icon("<!-- <head> <p>1", "i") == "<!-- <head> <p>1"


@pytest.mark.parametrize("part", ["<link ", "<!--", '<link rel="'])
def test_time_grows_in_step_with_tags_that_never_end(part):
    assert grows_in_step(lambda size: default_icon(part * size, ADDRESS), 40_000)
