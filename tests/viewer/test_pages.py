"""The viewer's pages at rest: words in both languages, contrast of every pair of colours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "host" / "linkshot" / "viewer" / "pages"
WORDS = {
    name: json.loads((PAGES / "i18n" / f"{name}.json").read_text("utf-8")) for name in ("zh", "en")
}
# Text over surface; 4.5 is WCAG 2.2 AA for text of ordinary size.
PAIRS = [
    *[
        (ink, surface)
        for ink in ("ink", "ink-soft", "ink-faint")
        for surface in ("surface", "surface-low", "surface-raised", "surface-hover")
    ],
    *[(ink, "surface-raised") for ink in ("accent", "danger", "good", "warn", "star")],
    ("accent", "surface-chosen"),
    ("ink-faint", "surface-chosen"),
    ("warn", "surface-low"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("chip-ink", "chip"),
    ("mark-ink", "mark"),
    *[(f"tile-{number}-ink", f"tile-{number}") for number in range(6)],
]


def tokens() -> dict[str, dict[str, str]]:
    css = (PAGES / "css" / "tokens.css").read_text("utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    found = {}
    for scheme, text in (("light", light), ("dark", light + dark)):
        found[scheme] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))
    return found


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(scheme: str) -> None:
    colors = tokens()[scheme]
    poor = {
        pair: round(contrast(colors[pair[0]], colors[pair[1]]), 2)
        for pair in PAIRS
        if contrast(colors[pair[0]], colors[pair[1]]) < 4.5
    }
    assert poor == {}


def test_both_languages_have_the_same_words() -> None:
    assert list(WORDS["zh"]) == list(WORDS["en"])


def test_both_languages_use_the_same_facts() -> None:
    facts = {
        name: {key: set(re.findall(r"\{\w+\}", text)) for key, text in words.items()}
        for name, words in WORDS.items()
    }
    assert facts["zh"] == facts["en"]


def test_every_word_the_pages_name_exists() -> None:
    named = set(
        re.findall(r'data-i18n(?:-\w+)?="([^"]+)"', (PAGES / "index.html").read_text("utf-8"))
    )
    for script in (PAGES / "js").glob("*.js"):
        named |= set(re.findall(r"\bt\('([^']+)'", script.read_text("utf-8")))
    assert sorted(named - set(WORDS["en"])) == []


def test_pages_hold_no_inline_script_or_style() -> None:
    html = (PAGES / "index.html").read_text("utf-8")
    assert re.findall(r"<script>|<style|\sstyle=|\son\w+=|javascript:", html) == []


def test_scripts_build_no_html_from_text() -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
    found = [
        script.name
        for script in (PAGES / "js").glob("*.js")
        if re.search(forbidden, script.read_text("utf-8"))
    ]
    assert found == []
