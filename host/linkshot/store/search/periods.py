"""Days, months and years as a query names them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)|年?)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


class Period(NamedTuple):
    """From one day up to another that is not part of it, as ISO days."""

    start: str
    end: str


def period_of(text: str) -> Period | None:
    """The year, month or day that is named, or None."""
    found = _DATE.fullmatch(text.strip()) or _COMPACT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return _period(year or 0, month, day)
    except (ValueError, OverflowError):
        return None


def _period(year: int, month: int | None, day: int | None) -> Period:
    start = dt.date(year, month or 1, day or 1)
    if month is None:
        end = dt.date(year + 1, 1, 1)
    elif day is None:
        end = dt.date(year + month // 12, month % 12 + 1, 1)
    else:
        end = start + dt.timedelta(days=1)
    return Period(start.isoformat(), end.isoformat())
