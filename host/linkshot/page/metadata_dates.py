"""Dates as pages write them, Chinese and other, to ISO days and moments."""

from __future__ import annotations

import datetime as dt
import re

_TIME = (
    r"(?:[T\s,，日]{0,3}(?:上午|(?P<later>下午|晚上?)|at\s)?\s*(?P<hour>[01]?\d|2[0-4])[:：](?P<minute>[0-5]\d)"
    r"(?:[:：](?P<second>[0-5]\d)(?:\.\d{1,9})?)?(?:\s?(?P<half>[AaPp])\.?[Mm]\b)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:[年년]|[-/.\u2010-\u2015])\s*(?P<month>0?[1-9]|1[0-2])"
    rf"\s*(?:[月월]|[-/.\u2010-\u2015])\s*(?P<day>[12]\d|3[01]|0?[1-9])(?!\d)\s*[日일]?{_TIME}",
)
_HAN_DIGITS = "〇○零一二三四五六七八九"
# The zero of a year is often typed as another round sign.
HAN_DATE = (
    r"(?P<year>[一二][〇○◯ＯO０0零一二三四五六七八九]{3})年(?P<month>[元正一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})日"
)
_HAN_DATE = re.compile(HAN_DATE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro января янв januari styczeń stycznia ocak ιανουαρίου يناير",
            "february feb februar février fevrier febrero febbraio fevereiro февраля фев februari lutego şubat فبراير pebruari",
            "march mar märz maerz mars marzo março марта мар maart marca mart مارس maret",
            "april apr avril abril aprile апреля апр kwietnia nisan أبريل ابريل إبريل",
            "may mai mayo maggio maio мая mei maja mayıs مايو",
            "june jun juni juin junio giugno junho июня июн czerwca haziran يونيو يونيه",
            "july jul juli juillet julio luglio julho июля июл lipca temmuz يوليو يوليه",
            "august aug août aout agosto августа авг augustus sierpnia ağustos أغسطس اغسطس agustus",
            "september sep sept septembre septiembre settembre setembro сентября сен września eylül سبتمبر",
            "october oct oktober octobre octubre ottobre outubro октября окт października ekim أكتوبر اكتوبر",
            "november nov novembre noviembre novembro ноября ноя listopada kasım نوفمبر",
            "december dec dezember décembre decembre diciembre dicembre dezembro декабря дек grudnia aralık ديسمبر desember",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH_NAME = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR_LAST = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH_NAME}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR_LAST}{_TIME}", re.I
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º)?\.?[\s-]+(?:de\s+)?{_MONTH_NAME},?[\s-]+(?:de\s+)?{_YEAR_LAST}{_TIME}",
    re.I,
)
_NUMERIC = re.compile(rf"(?<!\d)(?P<day>[0-3]?\d)[./-](?P<month>[0-3]?\d)[./-]{_YEAR_LAST}{_TIME}")
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_URL_DATE = re.compile(
    r"[/_=t-](?P<year>(?:19[89]|20[0-4])\d)[-/_]?(?P<month>0[1-9]|1[0-2]|(?<=[-/_])[1-9])"
    r"[-/_]?(?P<day>0[1-9]|[12]\d|3[01]|(?<=[-/_])[1-9])(?=[/_.\-?]|$)"
)
_FORMS = (_YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST, _NUMERIC)
# Each of these has a year in figures, and the form in Han digits the word.
_MAY_BE_DATED = re.compile(r"(?:19|20)\d\d|年")
_ZONED = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")
_MAX_TEXT = 400


def parse_moment(text: str) -> str:
    """The first date in `text` as an ISO day, or moment where a time follows; "" if there is none.

    The offset is kept as given; none is made up.
    """
    text = text[:_MAX_TEXT]
    if not _MAY_BE_DATED.search(text):
        return ""
    best: tuple[int, str] | None = None
    for form in _FORMS:
        for match in form.finditer(text):
            value = _iso(match)
            if value and (best is None or match.start() < best[0]):
                best = (match.start(), value)
            if value:
                break
    if best:
        return best[1]
    han = _HAN_DATE.search(text)
    return _han_iso(han) if han else ""


def parse_compact(text: str) -> str:
    """As `parse_moment`, and eight digits count as a day: for fields that hold only a date."""
    found = parse_moment(text)
    if found:
        return found
    match = _COMPACT.search(text[:_MAX_TEXT])
    return _iso(match) if match else ""


def url_date(url: str) -> str:
    """The day in an address such as /2024/05/08/ or t20240508_1.html; "" if there is none."""
    match = _URL_DATE.search(url[:2000])
    return _iso(match) if match else ""


def local_day(moment: str, url: str) -> str:
    """`moment`, or the day in the address where they differ by what a time zone explains.

    Sites give the moment of publication in UTC, and their addresses the day that readers saw.
    """
    day = url_date(url)
    if not day or not _ZONED.search(moment):
        return moment
    apart = dt.date.fromisoformat(day) - dt.date.fromisoformat(moment[:10])
    return day if abs(apart.days) == 1 else moment


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year, month, day = int(parts["year"]), _month(parts["month"]), int(parts["day"])
    if match.re is _NUMERIC and month > 12 >= day:
        month, day = day, month
    try:
        iso = dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
    hour = _hour(parts)
    if hour is None or hour > 23:
        return iso
    second = f":{parts['second']}" if parts["second"] else ""
    return f"{iso}T{hour:02d}:{parts['minute']}{second}{parts['zone'] or ''}"


def _hour(parts: dict[str, str | None]) -> int | None:
    """The hour of 24; None where only a day is given."""
    if not parts.get("hour"):
        return None
    hour, half = int(parts["hour"] or 0), (parts["half"] or "").lower()
    if hour == 12 and half == "a":
        return 0
    return hour + 12 if hour < 12 and (half == "p" or parts["later"]) else hour


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS.get(text.lower(), 0)


def _han_iso(match: re.Match[str]) -> str:
    digits = [max(_HAN_DIGITS.index(c) - 2, 0) if c in _HAN_DIGITS else 0 for c in match["year"]]
    try:
        year = int("".join(map(str, digits)))
        return dt.date(year, _han_number(match["month"]), _han_number(match["day"])).isoformat()
    except ValueError:
        return ""


def _han_number(text: str) -> int:
    if text in ("元", "正"):
        return 1
    tens, ten, ones = text.partition("十")
    unit = {c: i for i, c in enumerate("〇一二三四五六七八九")}
    if not ten:
        return unit.get(text, 0)
    return unit.get(tens, 1) * 10 + (unit.get(ones, 0) if ones else 0)
