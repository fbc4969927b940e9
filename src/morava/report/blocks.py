"""Pieces of the paper report, as plain values that its template draws: texts, tables, bars, curves, dates.

Every text stays a string; the template never reads one as markup.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

Block = dict[str, Any]
Runs = list[dict[str, Any]]
MOST_STEPS = 5
"""Steps of an axis, at most one more."""
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
"""Characters without a picture: control, direction and joining marks; they turn words around or break a file."""


def clean(text: str) -> str:
    r"""Return a text without characters that have no picture.

    Examples
    --------
    >>> clean("a\u202eb\x00c")
    'abc'
    """
    return "".join(letter for letter in _INVISIBLE.sub("", text) if not 0xD800 <= ord(letter) <= 0xDFFF)


def plain(text: str, **how: bool | str) -> dict[str, Any]:
    """Return a run of text: `strong`, `quiet`, `english` wherever it stands, or after the `swatch` of an answer."""
    return {"text": clean(text), **how}


def heading(level: int, text: str) -> Block:
    """Return a heading of level 1, 2 or 3."""
    return {"block": "heading", "level": level, "text": clean(text)}


def paragraph(*runs: dict[str, Any] | str, block: str = "text") -> Block:
    """Return a paragraph of runs; `block` may make it a lead or a note."""
    return {"block": block, "runs": [plain(run) if isinstance(run, str) else run for run in runs]}


def new_page() -> Block:
    """Return the beginning of a page."""
    return {"block": "page"}


def table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str | Runs]],
    widths: Sequence[str | float],
    right: Sequence[int] = (),
) -> Block:
    """Return a table with a header that is said on every page.

    Parameters
    ----------
    widths
        A number for a share of the width, `auto` for as much as is needed.
    right
        Columns that are set to the right.
    """
    return {
        "block": "table",
        "caption": clean(caption),
        "headers": [clean(header) for header in headers],
        "rows": [[clean(cell) if isinstance(cell, str) else cell for cell in row] for row in rows],
        "widths": list(widths),
        "align": ["right" if place in right else "left" for place in range(len(headers))],
    }


def steps(low: float, high: float, most: int = MOST_STEPS) -> list[float]:
    """Return round numbers between two, for an axis.

    Examples
    --------
    >>> steps(0, 97), steps(2026, 2045), steps(3, 3)
    ([0.0, 20.0, 40.0, 60.0, 80.0], [2030.0, 2035.0, 2040.0, 2045.0], [3.0])
    """
    if high <= low:
        return [float(low)]
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    size = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first = math.ceil(low / size - 1e-9)
    return [round(place * size, 12) for place in range(first, math.floor(high / size + 1e-9) + 1)]


def span(values: Sequence[float], from_zero: bool = False) -> tuple[float, float]:
    """Return the ends of an axis that holds all values; with some room where they are all one.

    Examples
    --------
    >>> span([1.0, 3.0], from_zero=True), span([2.0])
    ((0.0, 3.0), (1.0, 3.0))
    """
    low, high = min(values), max(values)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        room = abs(low) / 2 or 1.0
        return low - room, high + room
    return low, high


def bar(parts: Sequence[Mapping[str, Any]], alt: str) -> Block:
    """Return a bar of counts; a part has `name` (an answer's slug), `count`, `shown`, `label`."""
    return {
        "block": "bar",
        "parts": [{**part, "label": clean(str(part["label"]))} for part in parts],
        "alt": clean(alt),
    }


def points_of(pairs: Sequence[tuple[float, float | None]]) -> list[list[float]]:
    """Return points that can be drawn, in order of their place."""
    return [[x, y] for x, y in sorted(pairs, key=lambda pair: pair[0]) if y is not None]


def pair(items: Sequence[Block]) -> Block:
    """Return blocks side by side, two in a row."""
    return {"block": "pair", "items": list(items)}
