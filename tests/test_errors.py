"""Codes and messages: the same in errors, PROTOCOL.md and protocol.js; whole in both languages."""

from __future__ import annotations

import ast
import errno
import os
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkshot.errors import LinkshotError, TagTooLong
from linkshot.errors.reasons import ZH
from linkshot.native import messages
from linkshot.native.framing import MAX_REPLY_BYTES, MAX_REQUEST_BYTES

REPOSITORY = Path(__file__).parents[1]
PROTOCOL_MD = (REPOSITORY / "host" / "PROTOCOL.md").read_text(encoding="utf-8")
PROTOCOL_JS = (REPOSITORY / "extension" / "shared" / "protocol.js").read_text(encoding="utf-8")


def descendants(error: type[LinkshotError]) -> Iterator[type[LinkshotError]]:
    yield error
    for child in error.__subclasses__():
        if child.__module__.startswith("linkshot.errors."):
            yield from descendants(child)


ERRORS = list(descendants(LinkshotError))
BY_NAME = pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def js_list(name: str) -> list[str]:
    found = re.search(rf"const {name} = .*?\(([\[{{].*?[\]}}])\)", PROTOCOL_JS, re.DOTALL)
    assert found, name
    return re.findall(r"'([a-z._]+)'", found[1])


def js_number(name: str) -> int:
    found = re.search(rf"const {name} = ([0-9_* ]+);", PROTOCOL_JS)
    assert found, name
    product = 1
    for factor in found[1].split("*"):
        product *= int(factor)
    return product


def md_table(heading: str) -> list[str]:
    """The words in the first column of the table below a line."""
    below = PROTOCOL_MD.partition(heading)[2]
    table = below.partition("\n|")[2].partition("\n\n")[0]
    return re.findall(r"^\|? ?`([a-z_.]+)` ?\|", table, re.MULTILINE)


def test_codes_are_unique():
    codes = [error.code for error in ERRORS]
    assert sorted(codes) == sorted(set(codes))


@BY_NAME
def test_both_languages_fill_the_same_facts(error):
    assert placeholders(error.en) == placeholders(error.zh)


@BY_NAME
def test_messages_are_in_their_language(error):
    assert re.search(r"[\u4e00-\u9fff]", error.zh)
    assert not re.search(r"[\u4e00-\u9fff]", error.en)


@BY_NAME
def test_error_says_its_situation(error):
    assert (error.__doc__ and error.__doc__ != LinkshotError.__doc__) or error is LinkshotError


@BY_NAME
def test_message_is_filled_from_the_facts(error):
    facts = dict.fromkeys(placeholders(error.en), "7")
    assert "{" not in error(**facts).message("en") + error(**facts).message("zh")


def test_facts_stay_readable():
    error = TagTooLong(tag="a", limit=100, depth=8)
    assert (error.facts, str(error)) == (
        {"tag": "a", "limit": 100, "depth": 8},
        "The tag “a” is too long: at most 100 characters and 8 levels.",
    )


def test_host_codes_are_the_same_three_times():
    host_codes = md_table("The host's codes")
    assert host_codes == js_list("HOST_CODES")
    assert set(host_codes) <= {error.code for error in ERRORS}


def test_extension_codes_are_the_same_twice():
    assert md_table("The extension has these of its own") == js_list("EXTENSION_CODES")


def test_actions_are_the_same_three_times():
    actions = js_list("ACTIONS")
    assert list(dict.fromkeys(md_table("## Actions"))) == actions
    assert frozenset(actions) == messages.ACTIONS


def test_events_are_the_same_twice():
    assert md_table("| event | fields") == js_list("EVENTS")


def test_limits_are_the_same():
    ours = {name: getattr(messages, name) for name in ("PROTOCOL", "CHUNK_BYTES", "WINDOW")}
    assert {name: js_number(name) for name in ours} == ours
    assert js_number("MAX_THUMBNAIL_BYTES") == messages.MAX_THUMBNAIL_BYTES
    assert f"{MAX_REQUEST_BYTES >> 20} MiB (`MAX_REQUEST_BYTES`)" in PROTOCOL_MD
    assert f"{MAX_REPLY_BYTES >> 10} KiB (`MAX_REPLY_BYTES`)" in PROTOCOL_MD


def test_error_tree_in_the_docstring_is_the_real_one():
    import linkshot.errors

    assert linkshot.errors.__doc__
    named = set(
        re.findall(r"\b[A-Z][A-Za-z]+\b", linkshot.errors.__doc__.partition("`code` is")[0])
    )
    assert {error.__name__ for error in ERRORS} <= named


def test_fact_that_nobody_reads_to_its_end_is_cut() -> None:
    for tag in ("长" * 9_000, Path("长" * 9_000)):
        assert len(TagTooLong(tag=tag, limit=200, depth=12).message("zh")) < 500


def reasons_in(source: str) -> Iterator[str]:
    """Words given as a `reason`; what is one word is a receipt's, which the screens translate."""
    for node in ast.walk(ast.parse(source)):
        names = [
            target.id for target in getattr(node, "targets", ()) if isinstance(target, ast.Name)
        ]
        is_reason = "reason" in names or (isinstance(node, ast.keyword) and node.arg == "reason")
        value = getattr(node, "value", None)
        if is_reason and isinstance(value, ast.Constant) and " " in str(value.value):
            yield str(value.value)


def test_every_reason_is_said_in_chinese_too() -> None:
    given = {
        reason
        for folder in ("host/linkshot", "installer/linkshot_installer")
        for path in (REPOSITORY / folder).rglob("*.py")
        for reason in reasons_in(path.read_text(encoding="utf-8"))
    }
    assert given - ZH.keys() == set()
    assert len(given) > 10


@pytest.mark.skipif(os.name == "nt", reason="Windows has words of its own")
@pytest.mark.parametrize(
    "name",
    ["ENOENT", "EACCES", "EISDIR", "ENOTDIR", "ENAMETOOLONG", "ENOSPC", "EIO", "ELOOP", "ENOEXEC"],
)
def test_what_the_system_says_is_said_in_chinese_too(name: str) -> None:
    assert os.strerror(getattr(errno, name)) in ZH
