"""Dates as people and machines write them, as ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
import warnings

__all__ = ["read_date"]

_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}|\d{16}|\d{19}")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:$|[T ])")
_COMPACT = re.compile(r"\d{8}(?:T?\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)?")
_PART = re.compile(r"\d{4}(?:-\d\d)?")  # a year, or a month of one
# What stands around dates on pages and in exports; dateutil takes none of it.
_NOISE = re.compile(
    r"\b(?:published|posted|updated|last modified|on|at|of|the)\b:?|(?<=\d)(?:st|nd|rd|th)\b|[|•·—–]|\([A-Za-z ]+\)",
    re.IGNORECASE,
)
_EAST = re.compile(r"\s?(?:GMT|UTC)([+-]\d)")
_YEAR_FIRST = re.compile(r"\d{4}\D")
_RANGE = range(1700, 2101)
_HOUR = 3600
# Names of zones as bylines have them; "ET" says not whether it is summer, and "CST" is taken for the American one.
_ZONES = {
    name: hours * _HOUR
    for name, hours in {
        "UT": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
        "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
        "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "AEST": 10, "AEDT": 11, "NZST": 12,
        "NZDT": 13, "JST": 9, "IST": 5.5,
    }.items()
}  # fmt: skip


def read_date(text: str, *, day_first: bool = False) -> str | None:
    """A date or time as ISO 8601, as exact as it was written; None where it is none.

    Seconds and milliseconds since 1970 are read as times in UTC. Of 01/02/2024 the first is the month, unless
    ``day_first`` is set or no month has that number.
    """
    text = " ".join(text.split())
    if not text:
        return None
    if _EPOCH.fullmatch(text):
        return _from_epoch(text)
    if _PART.fullmatch(text):
        return text if int(text[:4]) in _RANGE and 0 < int(text[5:] or 1) <= 12 else None
    if _ISO.match(text) or _COMPACT.fullmatch(text):
        return _iso(text)
    return _written(text, day_first=day_first)


def _from_epoch(text: str) -> str | None:
    seconds = float(text)
    while seconds >= 1e11:
        seconds /= 1000
    try:
        found = dt.datetime.fromtimestamp(seconds, dt.UTC).replace(microsecond=0)
    except (OverflowError, ValueError, OSError):
        return None
    return found.isoformat()


def _iso(text: str) -> str | None:
    try:
        found = dt.datetime.fromisoformat(text.replace(" UTC", "Z"))
    except ValueError:
        return _written(text, day_first=False)
    if found.year not in _RANGE:
        return None
    return found.date().isoformat() if len(text) in {8, 10} else found.isoformat()


def _written(text: str, *, day_first: bool) -> str | None:
    from dateutil.parser import parse

    # dateutil takes "GMT+2" as POSIX does, two hours west; browsers and mail write it for two hours east.
    text = " ".join(_NOISE.sub(" ", _EAST.sub(r" \1", text)).split())
    day_first = day_first and _YEAR_FIRST.match(text) is None
    # What a date leaves out is taken from today, or from any day given: two of them tell what is missing.
    defaults = (dt.datetime(1996, 1, 1, 1), dt.datetime(2004, 2, 2, 2))  # noqa: DTZ001 - no moments
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of zones by unknown names
            first, second = (parse(text, default=d, dayfirst=day_first, tzinfos=_ZONES) for d in defaults)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    if first.year != second.year or first.year not in _RANGE:
        return None
    if first.month != second.month:
        return f"{first.year:04}"
    if first.day != second.day:
        return f"{first.year:04}-{first.month:02}"
    return str((first.date() if first.hour != second.hour else first).isoformat())
