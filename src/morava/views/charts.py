"""Tables and charts made of a run: quantiles over its futures, bounds that claims put on them, what stands behind.

A cell is a number, a label, or a day as `2030-05-01`; `never` stands for a date that does not come, None for what is
not known. Bounds of dates on a chart (`Mark`) are decimal years.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.languages import slug
from morava.quantities import Quantity, find
from morava.quantities.dates import calendar_day
from morava.quantities.units import in_money
from morava.runs.answers import Answers
from morava.runs.economy_answer import OF_ITS_YEAR
from morava.views.behind import Where, foreseen_notes, marks_of, references_of, standing_notes
from morava.views.types import DRAWN, Cell, Chart, Column, Headline, Mark, Note, Reference

LEVELS = (0.1, 0.5, 0.9)
QUANTILES = ("p10", "p50", "p90")
NEVER = "never"
REDUCTIONS = ("sum", "mean", "max", "min", "last")
IN_PERCENT = frozenset(
    {
        "gdp_growth", "current_account", "public_balance", "primary_balance_before_programme", "debt_ratio",
        "debt_ratio_without", "power_renewable_share", "power_solve_gap", "origin_margin",
    }
)  # fmt: skip
"""Ratios that are read in percent, besides all shares and all relative changes."""


def cell(value: float, quantity: Quantity) -> Cell:
    """Return a value of a quantity as a cell: of a date its day, `never` where it does not come, None where unknown.

    Examples
    --------
    >>> cell(2027.5, find("initiative_finish")), cell(float("inf"), find("initiative_finish"))
    ('2027-07-02', 'never')
    >>> cell(1.5, find("gdp")), cell(float("nan"), find("gdp"))
    (1.5, None)
    """
    if np.isnan(value):
        return None
    if quantity.kind == "date":
        return calendar_day(value).isoformat() if np.isfinite(value) else NEVER
    if not np.isfinite(value):
        raise MoravaError(
            Problem(f"{quantity.name} is {value}", "a table of a run", "only a date may never come; mend the model")
        )
    return float(value)


def unit_of(answers: Answers, name: str) -> str:
    """Return the unit of a quantity with the pack's money in it; money of the year itself names no price year."""
    base = answers.plan.country.price_base
    return in_money(find(name).unit, base.split("_", maxsplit=1)[0] if name == OF_ITS_YEAR else base)


def kind_of(quantity: Quantity) -> str:
    """Return the kind of a column that holds values of a quantity.

    Examples
    --------
    >>> kind_of(find("debt_ratio")), kind_of(find("gdp")), kind_of(find("initiative_finish"))
    ('share', 'number', 'date')
    """
    if quantity.kind in ("date", "text"):
        return quantity.kind
    changes = quantity.kind == "ratio" and quantity.unit == "1" and quantity.name.endswith("_change")
    return "share" if quantity.kind == "share" or changes or quantity.name in IN_PERCENT else "number"


def dim_column(dim: str) -> Column:
    """Return the column of a dimension: years, hours, initiatives, or labels."""
    kinds = {"year": "year", "hour": "hour", "initiative": "initiative"}
    return Column(dim, f"column-{slug(dim)}", kinds.get(dim, "label"), dim)


def value_column(answers: Answers, name: str, quantity: str, key: str = "") -> Column:
    """Return the column of values of a quantity, in the unit shown; without a key the quantity's title heads it."""
    found = find(quantity)
    kind = kind_of(found)
    return Column(name, key or f"quantity-{quantity}", kind, unit="" if kind == "date" else unit_of(answers, quantity))


def quantile_columns(answers: Answers, quantity: str) -> tuple[Column, ...]:
    """Return the columns of P10, P50 and P90 of a quantity."""
    return tuple(value_column(answers, name, quantity, f"column-{name}") for name in QUANTILES)


def quantile_cells(values: np.ndarray[Any, Any], quantity: Quantity) -> tuple[Cell, ...]:
    """Return what 10, 50 and 90 percent of futures stay at or below; none known where a future is not known."""
    flat = np.asarray(values, dtype=float).ravel()
    if not flat.size or np.isnan(flat).any():
        return (None, None, None)
    return tuple(cell(float(value), quantity) for value in np.quantile(flat, LEVELS, method="inverted_cdf"))


def chosen_cells(
    answers: Answers, quantity: str, where: Where | None = None, reduce: Mapping[str, str] | None = None
) -> xr.DataArray | None:
    """Return a quantity of the outcome at labels, reduced; None where the outcome has not got it.

    Parameters
    ----------
    where
        By dimension one label, which drops the dimension, or several, which keeps these.
    reduce
        By dimension one of REDUCTIONS, applied after the choice.
    """
    array = answers.outcome.values.get(quantity)
    if array is None:
        return None
    for dim, wanted in (where or {}).items():
        if dim not in array.dims:
            raise MoravaError(Problem(f"{quantity} has no dimension {dim}", "views", f"it has {list(array.dims)}"))
        known = {str(label): label for label in array.coords[dim].to_numpy()}
        labels = (wanted,) if isinstance(wanted, str) else wanted
        if not set(labels) <= set(known):
            return None
        picked = [known[label] for label in labels]
        array = array.sel({dim: picked[0]}, drop=True) if isinstance(wanted, str) else array.sel({dim: picked})
    for dim, way in (reduce or {}).items():
        if way not in REDUCTIONS:
            raise MoravaError(Problem(f"{quantity} cannot be reduced by {way}", "views", f"one of {REDUCTIONS}"))
        array = array.isel({dim: -1}, drop=True) if way == "last" else getattr(array, way)(dim)
    return array


def bands(
    answers: Answers,
    screen: str,
    quantity: str,
    *,
    by: str = "",
    where: Where | None = None,
    years: Collection[int] | None = None,
    name: str = "",
    key: str = "",
    drawn: str = "bands",
    reduce: Mapping[str, str] | None = None,
    notes: Sequence[Note] = (),
) -> Chart | None:
    """Return P10, P50 and P90 over the futures of a quantity's own array; None where the outcome has not got it.

    Parameters
    ----------
    screen
        Where the chart stands; `key` titles it, else the quantity's own title does.
    by
        The dimension whose labels become series.
    where, reduce
        As of `chosen_cells`. What is left must be `by` and at most one more dimension, which lies along the axis.
    years
        Years kept of a dimension `year`; all without it.
    name
        Address of the chart in its screen; the quantity's name without it.
    drawn
        One of DRAWN; all but `bands` draw the median.

    Raises
    ------
    MoravaError
        When more dimensions are left than can be drawn.
    """
    array = chosen_cells(answers, quantity, where, reduce)
    if array is None:
        return None
    if years is not None and "year" in array.dims:
        array = array.sel(year=[year for year in array.coords["year"].to_numpy() if int(year) in set(years)])
    left = [str(dim) for dim in array.dims if dim not in ("future", by)]
    if len(left) > 1 or (by and by not in array.dims) or "future" not in array.dims:
        raise MoravaError(
            Problem(
                f"{quantity} over {list(array.dims)} cannot be drawn by {by or 'nothing'}",
                f"screen {screen}",
                "name labels in `where`, or reduce dimensions",
            )
        )
    found = find(quantity)
    dims = [*([by] if by else []), *left]
    columns = (*(dim_column(dim) for dim in dims), *quantile_columns(answers, quantity))
    return Chart(
        name=name or slug(quantity),
        key=key or f"quantity-{quantity}",
        drawn=_one_of(drawn),
        columns=columns,
        rows=quantile_rows(array.transpose(*dims, "future"), found),
        x=left[0] if left else by,
        y=QUANTILES if drawn == "bands" else ("p50",),
        by=by if left else "",
        unit="" if found.kind == "date" else unit_of(answers, quantity),
        marks=() if by else marks_of(answers, quantity, where, reduce),
        sources=references_of(answers, quantity, where),
        notes=(*notes, *standing_notes(answers, quantity, array)),
    )


def _one_of(drawn: str) -> str:
    if drawn not in DRAWN:
        raise MoravaError(Problem(f"nothing is drawn as {drawn}", "views", f"one of {DRAWN}"))
    return drawn


def quantile_rows(array: xr.DataArray, quantity: Quantity) -> tuple[tuple[Cell, ...], ...]:
    """Return one row a cell: its labels, then P10, P50 and P90 over the last dimension, `future`."""
    dims, values = list(array.dims[:-1]), array.to_numpy()
    labels = [[_label(str(dim), one) for one in array.coords[dim].to_numpy()] for dim in dims]
    found = np.moveaxis(np.quantile(values, LEVELS, axis=-1, method="inverted_cdf"), 0, -1)
    return tuple(
        (
            *(labels[at][index] for at, index in enumerate(place)),
            *(cell(float(value), quantity) for value in found[place]),
        )
        for place in np.ndindex(*values.shape[:-1])
    )


def _label(dim: str, label: object) -> Cell:
    return int(str(label)) if dim in ("year", "hour") else str(label)


def table(
    name: str,
    key: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    drawn: str = "none",
    x: str = "",
    y: Sequence[str] = (),
    by: str = "",
    unit: str = "",
    marks: Sequence[Mark] = (),
    sources: Sequence[Reference] = (),
    notes: Sequence[Note] = (),
) -> Chart:
    """Return a table, drawn or not.

    Raises
    ------
    MoravaError
        When a row has not as many cells as there are columns, what is drawn is no column, or a number is not finite.
    """
    made = tuple(tuple(row) for row in rows)
    names = [column.name for column in columns]
    for row in made:
        if len(row) != len(names):
            raise MoravaError(Problem(f"{len(row)} cells for {len(names)} columns", f"table {name}", "one cell each"))
        for column, value in zip(names, row, strict=True):
            if isinstance(value, float) and not np.isfinite(value):
                raise MoravaError(Problem(f"{column} is {value}", f"table {name}", "write None, or `never` for a date"))
    missing = [one for one in (x, by, *y) if one and one not in names]
    if missing:
        raise MoravaError(Problem(f"no column {missing[0]}", f"table {name}", f"it has {names}"))
    return Chart(
        name, key, _one_of(drawn), tuple(columns), made, x, tuple(y), by, unit, tuple(marks), tuple(sources),
        tuple(notes),
    )  # fmt: skip


def headline(
    answers: Answers,
    quantity: str,
    year: int | None = None,
    *,
    where: Where | None = None,
    reduce: Mapping[str, str] | None = None,
    name: str = "",
    key: str = "",
    chart: str = "",
    notes: Sequence[Note] = (),
) -> Headline | None:
    """Return P10, P50 and P90 of a quantity in a year, and how well it was foreseen; None where there is none.

    Parameters
    ----------
    chart
        Address of the chart, in the same screen, that shows all years.
    """
    array = chosen_cells(answers, quantity, where, reduce)
    if array is None:
        return None
    if year is not None:
        if "year" not in array.dims or year not in {int(one) for one in array.coords["year"].to_numpy()}:
            return None
        array = array.sel(year=year, drop=True)
    if array.dims != ("future",):
        raise MoravaError(
            Problem(f"{quantity} still varies over {list(array.dims)}", "headline", "name labels, or reduce")
        )
    found = find(quantity)
    p10, p50, p90 = (
        value if isinstance(value, str) or value is None else float(value)
        for value in quantile_cells(array.to_numpy(), found)
    )
    return Headline(
        name=name or slug(quantity),
        key=key or f"quantity-{quantity}",
        unit="" if found.kind == "date" else unit_of(answers, quantity),
        kind=kind_of(found),
        year=year,
        p10=p10,
        p50=p50,
        p90=p90,
        chart=chart,
        notes=(
            *notes,
            *standing_notes(answers, quantity, array),
            *foreseen_notes(answers, quantity, where),
        ),
        where={dim: str(label) for dim, label in (where or {}).items()} | dict.fromkeys(reduce or (), "all"),
    )
