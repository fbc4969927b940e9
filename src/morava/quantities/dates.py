"""Dates as decimal years, so that a milestone is a number like any other.

A date may be given to the year, quarter, half-year, month or day. What it says is then an interval: "2030" is
[2030.0, 2031.0). A promise "by 2030" is kept until the end of that interval.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from morava.errors import MoravaError, Problem

_YEAR = re.compile(r"^(\d{4})$", re.ASCII)
_MONTH = re.compile(r"^(\d{4})-(\d{2})$", re.ASCII)
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$", re.ASCII)
_QUARTER = re.compile(r"^(\d{4})-Q([1-4])$", re.ASCII)
_HALF = re.compile(r"^(\d{4})-H([12])$", re.ASCII)


def decimal_year(day: date) -> float:
    """Return a day as a decimal year: its start.

    Examples
    --------
    >>> decimal_year(date(2027, 1, 1))
    2027.0
    """
    first = date(day.year, 1, 1)
    return day.year + (day - first).days / (date(day.year + 1, 1, 1) - first).days


def calendar_day(moment: float) -> date:
    """Return the day in which a decimal year falls.

    Examples
    --------
    >>> calendar_day(2027.5)
    datetime.date(2027, 7, 2)
    """
    year = int(moment // 1)
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    return first + timedelta(days=min(int((moment - year) * days + 1e-6), days - 1))


def _month_start(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def interval(text: str) -> tuple[float, float]:
    """Return the half-open interval of decimal years that a date of any precision speaks of.

    `2030`, `2027-12`, `2026-02-27`, `2026-Q4`, `2026-H1`, or two of them joined by `..`.

    Raises
    ------
    MoravaError
        When the text is no date.

    Examples
    --------
    >>> interval("2030")
    (2030.0, 2031.0)
    >>> interval("2025..2035")
    (2025.0, 2036.0)
    >>> interval("2026-Q3")[0] == interval("2026-07")[0]
    True
    """
    text = text.strip()
    if text.count("..") == 1:
        first, last = (interval(part) for part in text.split("..", 1))
        if last[1] <= first[0]:
            raise _no_date(text)
        return first[0], last[1]
    try:
        if match := _YEAR.match(text):
            return float(match[1]), float(match[1]) + 1
        if match := _DAY.match(text):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return decimal_year(day), decimal_year(day + timedelta(days=1))
        for pattern, months in ((_MONTH, 1), (_QUARTER, 3), (_HALF, 6)):
            if match := pattern.match(text):
                month = (int(match[2]) - 1) * months + 1
                if month > 12 or month < 1:
                    raise _no_date(text)
                start = _month_start(int(match[1]), month)
                return decimal_year(start), decimal_year(_month_start(int(match[1]), month + months))
    except ValueError as error:
        raise _no_date(text) from error
    raise _no_date(text)


def _no_date(text: str) -> MoravaError:
    return MoravaError(
        Problem(f"{text!r} is no date", "date", "write 2030, 2026-Q4, 2026-H1, 2027-12, 2026-02-27 or 2025..2035")
    )
