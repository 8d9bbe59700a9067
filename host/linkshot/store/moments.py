"""Moments as the database keeps them: microseconds since 1970, in UTC."""

from __future__ import annotations

import datetime as dt

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def to_micros(moment: dt.datetime) -> int:
    """An aware moment as microseconds."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> dt.datetime:
    """The aware moment, in UTC."""
    return _EPOCH + dt.timedelta(microseconds=micros)


def from_micros_or_none(micros: int | None) -> dt.datetime | None:
    """The aware moment, or None for none."""
    return None if micros is None else from_micros(micros)


def now_micros() -> int:
    """The present moment."""
    return to_micros(dt.datetime.now(dt.UTC))
