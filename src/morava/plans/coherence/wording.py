"""Numbers and lists in a sentence, always the same way."""

from __future__ import annotations

import math
from collections.abc import Sequence

COUNTED = ("", "1", "item")
"""Units that a sentence leaves out."""
SIGNIFICANT = 4
"""Digits that a number in a sentence keeps."""


def number(value: float) -> str:
    """Write a number with four significant digits, thousands apart, no trailing zeros.

    Examples
    --------
    >>> number(14.4), number(1320), number(0.30000000000000004), number(17_800_000)
    ('14.4', '1,320', '0.3', '17,800,000')
    """
    if value == 0:
        return "0"
    decimals = max(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))
    shown = f"{value:,.{decimals}f}"
    return shown.rstrip("0").rstrip(".") if decimals else shown


def amount(low: float | None, high: float | None, unit: str) -> str:
    """Write a value or range with its unit.

    Examples
    --------
    >>> amount(80, 120, "MW"), amount(15, None, "billion EUR_2026"), amount(0.3, 0.3, "1")
    ('80 to 120 MW', 'at least 15 billion EUR_2026', '0.3')
    """
    if low is None and high is None:
        return "no number"
    if low is None or high is None:
        shown = f"at most {number(high)}" if high is not None else f"at least {number(low or 0.0)}"
    else:
        shown = number(low) if number(low) == number(high) else f"{number(low)} to {number(high)}"
    return shown if unit in COUNTED else f"{shown} {unit}"


def percent(share: float) -> str:
    """Write a share as a percentage.

    Examples
    --------
    >>> percent(0.3), percent(0.125)
    ('30 percent', '12.5 percent')
    """
    return f"{number(share * 100)} percent"


def listed(items: Sequence[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> counted(1, "part", "parts"), counted(3, "part", "parts")
    ('1 part', '3 parts')
    """
    return f"{count} {one if count == 1 else many}"
