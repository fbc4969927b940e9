"""Charts of the views on paper: paths with their bands, dates promised against dates simulated, and tables."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from morava.report.blocks import Block, clean, points_of, span, steps, table
from morava.report.words import NEVER, Words, finite

MOST_SERIES = 8
"""More series than these cannot be told apart on paper: the table stands instead."""
MOST_DATES = 32
"""Rows of one drawing of dates."""
MOST_ROWS = 60
"""Rows of a table on paper; the page and the workbook have all."""
DAYS = 365.25
BAND = 3
"""What is drawn of a band: P10, P50, P90."""
NARROWEST, WIDEST = 7, 34
"""Characters that a column of a table is wide at least and at most, beside the others."""
Record = dict[str, Any]


def records(chart: Mapping[str, Any]) -> list[Record]:
    """Return the rows of a chart by the names of its columns."""
    names = [str(column["name"]) for column in chart["columns"]]
    return [dict(zip(names, row, strict=True)) for row in chart["rows"]]


def title_of(words: Words, chart: Mapping[str, Any]) -> str:
    """Return the title of a chart with its unit."""
    title = words.say(str(chart["key"]))
    unit = _unit(words, chart)
    return f"{title} ({unit})" if unit else title


def path(words: Words, chart: Mapping[str, Any]) -> Block | None:
    """Return a chart over years as curves, with a band where it is one series; None where it cannot be drawn so."""
    x, ys, by = str(chart["x"]), [str(name) for name in chart["y"]], str(chart["by"])
    if not ys or not x or not chart["rows"] or _kind(chart, x) != "year":
        return None
    rows = records(chart)
    names = list(dict.fromkeys(str(row[by]) for row in rows)) if by else [""]
    if len(names) > MOST_SERIES:
        return None
    low, middle, high = (ys[0], ys[1], ys[2]) if len(ys) == BAND else (ys[0], ys[0], ys[0])
    series = []
    for name in names:
        here = [row for row in rows if not by or str(row[by]) == name]
        curve = {
            side: points_of([(float(row[x]), finite(row[column])) for row in here])
            for side, column in (("low", low), ("middle", middle), ("high", high))
        }
        if not curve["middle"]:
            continue
        banded = len(ys) == BAND and len(names) == 1 and len(curve["low"]) == len(curve["high"])
        label = words.label(_dim(chart, by), name) if by else ""
        series.append(
            {"label": clean(label), "middle": curve["middle"],
             "low": curve["low"] if banded else [], "high": curve["high"] if banded else []}
        )  # fmt: skip
    return _drawn(words, chart, series) if series else None


def _drawn(words: Words, chart: Mapping[str, Any], series: Sequence[Record]) -> Block:
    places = [point[0] for one in series for point in one["middle"]]
    values = [point[1] for one in series for side in ("low", "middle", "high") for point in one[side]]
    marks = [mark for mark in chart["marks"] if len(series) == 1]
    bounds = [_bound(mark) for mark in marks]
    inside = [bound for bound in bounds if bound["y"] is not None]
    low, high = span([*values, *(bound["y"] for bound in inside)], from_zero=_near_zero(values))
    share = _kind(chart, str(chart["y"][0])) == "share"
    return {
        "block": "bands",
        "caption": clean(title_of(words, chart)),
        "alt": _told(words, chart, series, share),
        "x-low": min(places), "x-high": max(places), "y-low": low, "y-high": high,
        "x-steps": [{"at": at, "text": f"{at:.0f}"} for at in steps(min(places), max(places), 4) if at == int(at)],
        "y-steps": [{"at": at, "text": words.share(at) if share else words.number(at)} for at in steps(low, high, 4)],
        "series": list(series),
        "marks": [bound for bound in inside if bound["x"] is None or min(places) <= bound["x"] <= max(places)],
    }  # fmt: skip


def _bound(mark: Mapping[str, Any]) -> Record:
    up = mark["at_least"] is not None
    return {"x": mark["year"], "y": finite(mark["at_least"] if up else mark["at_most"]), "up": up}


def _near_zero(values: Sequence[float]) -> bool:
    """Return whether an axis begins at zero: where the values are not far from it beside how they differ."""
    low, high = min(values), max(values)
    return (low >= 0 and high > 0 and low < high / 2) or low < 0 < high


def _told(words: Words, chart: Mapping[str, Any], series: Sequence[Record], share: bool) -> str:
    """Return what a curve shows in words: of every series its first and last year."""
    said = words.share if share else words.number
    parts = []
    for one in series:
        (first, start), (last, end) = one["middle"][0], one["middle"][-1]
        parts.append(
            words.say(
                "report-alt-path", series=one["label"] or title_of(words, chart), first=f"{first:.0f}",
                start=said(start), last=f"{last:.0f}", end=said(end),
            )
        )  # fmt: skip
    return clean(" ".join(parts))


def whole(words: Words, chart: Mapping[str, Any], kept: Sequence[str] = ()) -> list[Block]:
    """Return a chart as its table; a long one is cut, and says so.

    Parameters
    ----------
    kept
        Names of the columns shown; all without it.
    """
    places = [at for at, column in enumerate(chart["columns"]) if not kept or column["name"] in kept]
    columns = [chart["columns"][place] for place in places]
    shown = chart["rows"][:MOST_ROWS]
    rows = [[cell(words, column, row[at]) for at, column in zip(places, columns, strict=True)] for row in shown]
    numeric = [at for at, column in enumerate(columns) if column["kind"] in ("number", "share", "hour")]
    heads = _headers(words, chart, columns)
    found = [table(title_of(words, chart), heads, rows, _widths(rows, heads), numeric)]
    return [*found, more(words, len(chart["rows"]) - MOST_ROWS)] if len(chart["rows"]) > MOST_ROWS else found


def crossed(words: Words, chart: Mapping[str, Any]) -> list[Block]:
    """Return a chart of parts as a table: a row a part, a column a place along the axis."""
    rows, x, y, by = records(chart), str(chart["x"]), str(chart["y"][0]), str(chart["by"])
    columns = {str(column["name"]): column for column in chart["columns"]}
    along = list(dict.fromkeys(row[x] for row in rows))
    parts = list(dict.fromkeys(row[by] for row in rows))
    held = {(row[by], row[x]): cell(words, columns[y], row[y]) for row in rows}
    heads = [header(words, columns[by]), *(cell(words, columns[x], one) for one in along)]
    body = [[cell(words, columns[by], part), *(held.get((part, one), "–") for one in along)] for part in parts]
    widths: list[str | float] = [2.0, *(1.0 for _ in along)]
    return [table(title_of(words, chart), heads, body[:MOST_ROWS], widths, range(1, len(heads)))]


def _headers(words: Words, chart: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the headings of a table, without the unit that its title says already."""
    said = str(chart["unit"])
    return [header(words, {**column, "unit": ""} if said and column["unit"] == said else column) for column in columns]


def _widths(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> list[str | float]:
    """Return the widths of columns: as much as their longest cell needs, within bounds, so that no column starves."""
    found: list[str | float] = []
    for at, head in enumerate(heads):
        longest = max([_wide(head) / 2, *(_wide(row[at]) for row in rows)])
        found.append(float(min(max(longest, NARROWEST), WIDEST)))
    return found


def _wide(text: str) -> int:
    """Return how wide a text is beside Latin letters: Chinese ones count twice.

    Examples
    --------
    >>> _wide("ab"), _wide("铁路")
    (2, 4)
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def more(words: Words, rows: int) -> Block:
    """Return the line that says how many rows stand only in the page and in the workbook."""
    return {"block": "text", "runs": [{"text": clean(words.say("report-more-rows", count=rows)), "quiet": True}]}


def header(words: Words, column: Mapping[str, Any]) -> str:
    """Return the heading of a column with its unit."""
    unit = words.unit(str(column["unit"])) if column["kind"] != "share" else ""
    title = words.say(str(column["key"]))
    return f"{title}, {unit}" if unit else title


def cell(words: Words, column: Mapping[str, Any], value: Any) -> str:
    """Return a cell of a table as it is said."""
    kind = column["kind"]
    if value is None:
        return "–"
    if isinstance(value, bool):
        return words.say("report-yes" if value else "report-no")
    if value == NEVER or kind == "date":
        return words.day(str(value))
    if isinstance(value, (int, float)):
        if kind == "year":
            return f"{value:.0f}"
        return words.share(float(value)) if kind == "share" else words.number(float(value))
    if kind == "claim":
        return str(value)
    return words.label("initiative" if kind == "initiative" else str(column["dim"]), str(value))


def dates(words: Words, chart: Mapping[str, Any], alt: str) -> list[Block]:
    """Return charts of dates: a bar from P10 to P90, the median, the date promised; as many rows as a page bears.

    What never comes in nine futures of ten has no row.

    Parameters
    ----------
    chart
        With columns `initiative`, `p10`, `p50`, `p90` and `promised`.
    """
    rows: list[Record] = []
    for row in records(chart):
        p10, p50, p90, promised = (year_of(row[one]) for one in ("p10", "p50", "p90", "promised"))
        if p10 is not None:
            rows.append({"label": row["initiative"], "low": p10, "median": p50, "high": p90, "promised": promised})
    if not rows:
        return []
    known = [value for row in rows for key, value in row.items() if key != "label" and value is not None]
    low, high = float(int(min(known))), float(int(max(known)) + 1)
    for row in rows:
        row["label"] = clean(words.label("initiative", str(row["label"])))
        row["open"] = row["high"] is None
        row["high"] = high if row["high"] is None else row["high"]
    ticks = [{"at": at, "text": f"{at:.0f}"} for at in steps(low, high, 8) if at == int(at)]
    axis = {"block": "dates", "alt": clean(alt), "x-low": low, "x-high": high, "x-steps": ticks}
    return [{**axis, "rows": rows[start : start + MOST_DATES]} for start in range(0, len(rows), MOST_DATES)]


def year_of(value: Any) -> float | None:
    """Return a day, a month or a year as a decimal year; None of what is none, or never comes.

    Examples
    --------
    >>> year_of("2027-07-02"), year_of("2027"), year_of("never")
    (2027.498288843258, 2027.0, None)
    """
    parts = str(value or "").split("-")
    if not parts[0].isdigit():
        return None
    year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
    return year + (datetime.date(year, month, day) - datetime.date(year, 1, 1)).days / DAYS


def _kind(chart: Mapping[str, Any], name: str) -> str:
    return next((str(column["kind"]) for column in chart["columns"] if column["name"] == name), "")


def _dim(chart: Mapping[str, Any], name: str) -> str:
    return next((str(column["dim"]) for column in chart["columns"] if column["name"] == name), "")


def _unit(words: Words, chart: Mapping[str, Any]) -> str:
    return "" if chart["y"] and _kind(chart, str(chart["y"][0])) == "share" else words.unit(str(chart["unit"]))
