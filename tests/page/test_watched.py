"""What a sheet prints or selects by an address shows as it did, though the address is another now."""

import pytest
from tests.growth import grows_in_step

from linkshot.page.rewrite import rewrite_document
from linkshot.page.watched import look_beside, looked_at

WAS = "data-linkshot-was-"


@pytest.mark.parametrize(
    ("css", "names"),
    [
        ("a::after{content:attr(href)}", {"href"}),
        ("a::after{content:attr( HREF , '')}", {"href"}),
        ("a[href^='http']{a:b} img[ src $= '.svg']{a:b}", {"href", "src"}),
        ("[onclick]{cursor:pointer}", {"onclick"}),
        ("b::after{content:attr(style)}", {"style"}),
        ("[style*='none']{a:b} [data-src]{a:b} b{content:attr(data-href)} [class]{a:b}", set()),
    ],
)
def test_names_that_sheets_look_at_are_known(css, names):
    assert looked_at(css.encode()) == names


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "a[href^='x']::after{content:attr(href)}",
            f"a[{WAS}href^='x']::after{{content:attr({WAS}href)}}",
        ),
        (
            "p{grid-column:[href] 1fr}a[href]{a:b}",
            f"p{{grid-column:[href] 1fr}}a[{WAS}href]{{a:b}}",
        ),
        (
            "p{content:'[href]{' attr(title)}/*[href]{*/",
            "p{content:'[href]{' attr(title)}/*[href]{*/",
        ),
        ("a[src]{a:b}", "a[src]{a:b}"),
    ],
)
def test_sheets_look_beside_only_where_they_looked(before, after):
    assert look_beside(before, frozenset({"href"})) == after


def test_what_an_attribute_was_is_kept_beside_it():
    html = "<style>a[href^='/']{a:b}</style><a href=/x onclick=1>a</a><a href=javascript:1>b</a><a>"
    out = rewrite_document(html, "http://e.com/", {}.get, {}, frozenset({"href", "onclick"}))
    assert f"<style>a[{WAS}href^='/']{{a:b}}</style>" in out
    assert f'<a href="http://e.com/x" {WAS}href="/x" {WAS}onclick="1">a</a>' in out
    assert f'<a href="#" {WAS}href="javascript:1">b</a><a></a>' in out


@pytest.mark.parametrize(
    "unit", ["[href", "attr(", "[", "/*", "/* ", "'", "'\\", '"a', "[href]", "{"]
)
def test_time_grows_in_step_with_repeated_input(unit):
    def look(times: int) -> None:
        look_beside(unit * times, frozenset({"href"}))
        looked_at(unit.encode() * times)

    assert grows_in_step(look, 10_000)
