"""What the README and the manual say exists, and what exists they say."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from linkshot.cli.commands import COMMANDS
from linkshot.cli.main import command_parser, top_parser
from linkshot.cli.parser import Parser

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "manual.md"
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", MANUAL]
LINK = re.compile(r"\]\(([^)#:]+)\)")


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """All option words of a parser and of those below it."""
    words: set[str] = set()
    for action in parser._actions:
        words |= {word for word in action.option_strings if word.startswith("--")}
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                words |= options_of(below)
    return words


def actions_of(parser: Parser) -> set[str]:
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return set(below[0].choices) if below else set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_named_exists(document: Path) -> None:
    named = set(re.findall(r"linkshot ([a-z]+)", document.read_text("utf-8")))
    assert named - {"linkshot"} <= set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_option_named_exists(document: Path) -> None:
    known = options_of(top_parser("en"))
    for name in COMMANDS:
        known |= options_of(command_parser(name, "en")[1])
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", document.read_text("utf-8"))) <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_manual_has_command_with_its_options(name: str) -> None:
    parser = command_parser(name, "en")[1]
    entries = re.findall(rf"^`linkshot {name}\b.*(?:\n(?!\n).*)*", MANUAL.read_text("utf-8"), re.M)
    text = "\n".join(entries)
    assert entries, name
    assert {word for word in options_of(parser) - {"--help"} if word not in text} == set()
    assert {word for word in actions_of(parser) if f"linkshot {name} {word}" not in text} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_linked_is_there(document: Path) -> None:
    missing = [
        link
        for link in LINK.findall(document.read_text("utf-8"))
        if not (document.parent / link).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS[:2], ids=lambda path: path.name)
def test_every_make_target_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"`make (\w+)|^ +make (\w+)", document.read_text("utf-8"), re.M))
    assert {word for pair in named for word in pair if word} <= targets
