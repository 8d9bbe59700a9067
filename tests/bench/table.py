"""What a benchmark answers, and how it is printed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BenchRow:
    """One figure against its reference of the same run.

    `goal` is the bound on `ratio`: at most, or at least where `at_least`. `detail` says what was
    measured, in units.
    """

    what: str
    ratio: float
    goal: float
    at_least: bool = False
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def as_json(self) -> dict[str, object]:
        """The row's fields and whether the goal is met."""
        return {**dataclasses.asdict(self), "met": self.is_met}


def render(rows: Iterable[BenchRow]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | measured | goal | met | detail |", "|---|---|---|---|---|"]
    for row in rows:
        bound = "≥" if row.at_least else "≤"
        met = "yes" if row.is_met else "**no**"
        lines.append(
            f"| {row.what} | {row.ratio:.3f} | {bound} {row.goal:g} | {met} | {row.detail} |"
        )
    return "\n".join(lines)
