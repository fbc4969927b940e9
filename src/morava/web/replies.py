"""What the page says: JSON of plain types, tables as CSV, and refusals as problems."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from csv import writer
from dataclasses import dataclass, fields, is_dataclass
from io import StringIO

from starlette.responses import Response

from morava.errors import MoravaError, Problem
from morava.views.types import Cell, Chart

JSON, CSV = "application/json", "text/csv; charset=utf-8"
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Refusal:
    """What every refused request gets."""

    problems: tuple[Problem, ...]


class RefusedError(MoravaError):
    """A request that is refused, with the status that it gets.

    Parameters
    ----------
    status
        Of HTTP.
    problems
        Why.
    wait
        Seconds after which it is worth to ask again.
    """

    def __init__(self, status: int, *problems: Problem, wait: int = 0) -> None:
        super().__init__(problems)
        self.status, self.wait = status, wait


def refusal(status: int, what: str, where: str, mend: str, wait: int = 0) -> RefusedError:
    """Return the error of a request that is refused for one reason."""
    return RefusedError(status, Problem(what, where, mend), wait=wait)


def as_json(value: object) -> str:
    """Return JSON of plain values and dataclasses; a number that is none is refused.

    Examples
    --------
    >>> as_json(Problem("a", "b", "c"))
    '{"what": "a", "where": "b", "mend": "c"}'
    """
    return json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def reply(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer in JSON."""
    return Response(as_json(value).encode(), status, dict(headers or {}), JSON)


def refuse(error: MoravaError, status: int = 422, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer to a request that is refused."""
    found = dict(headers or {})
    if isinstance(error, RefusedError):
        status = error.status
        if error.wait:
            found["Retry-After"] = str(error.wait)
    return reply(Refusal(error.problems), status, found)


def attached(content: str, media_type: str, name: str) -> Response:
    """Return a file to be saved under a name; the name is made of checked parts."""
    return Response(content.encode(), 200, {"Content-Disposition": f'attachment; filename="{name}"'}, media_type)


def as_csv(chart: Chart) -> str:
    r"""Return the table of a chart as CSV with the names and units of its columns in the first line.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.

    Examples
    --------
    >>> from morava.views.types import Column
    >>> columns = (Column("year", "column-year", "year"), Column("value", "column-value", "number", unit="MW"))
    >>> as_csv(Chart("power", "chart-power", "lines", columns, ((2030, 1.5), (2031, None))))
    'year,value [MW]\n2030,1.5\n2031,\n'
    """
    text = StringIO()
    lines = writer(text, lineterminator="\n")
    lines.writerow([f"{column.name} [{column.unit}]" if column.unit else column.name for column in chart.columns])
    lines.writerows(_cells(row) for row in chart.rows)
    return text.getvalue()


def _cells(row: Sequence[Cell]) -> list[Cell]:
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(BEGINS_FORMULA) else cell for cell in row]
