"""What a test looks at: a quantity of the outcome or of the facts, at labels, reduced, compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, nearest
from morava.models.chain import given_by
from morava.plans.types import Measure, Test
from morava.quantities import find
from morava.quantities.dates import interval
from morava.quantities.units import factor, in_money
from morava.runs.evidence import Evidence
from morava.runs.types import Outcome

SIDES = ("low", "high")
REDUCTIONS = ("sum", "mean", "max", "min", "last")


@dataclass(frozen=True)
class Measured:
    """The values of a test over `future` and `side`, in the unit shown, with their bounds."""

    values: xr.DataArray
    at_least: float
    at_most: float
    unit: str
    basis: str


def _cells(outcome: xr.DataArray, measure: Measure, name: str) -> xr.DataArray:
    array = outcome
    for dim, wanted in measure.where.items():
        labels = [wanted] if isinstance(wanted, str) else list(wanted)
        if dim not in array.dims:
            raise MoravaError(Problem(f"{measure.quantity} has no dimension {dim}", name, f"it has {list(array.dims)}"))
        known = {str(label): label for label in array.coords[dim].to_numpy()}
        for label in labels:
            if label not in known:
                raise MoravaError(Problem(f"{measure.quantity} has no {dim} {label}", name, nearest(label, known)))
        selected = [known[label] for label in labels]
        array = array.sel({dim: selected[0] if isinstance(wanted, str) else selected})
    if measure.year is not None:
        first, last = measure.year
        years = [int(year) for year in array.coords["year"].to_numpy()]
        missing = [year for year in range(first, last + 1) if year not in years]
        if missing:
            raise MoravaError(
                Problem(f"{measure.quantity} has no year {missing[0]}", name, f"years run {years[0]} to {years[-1]}")
            )
        array = array.sel(year=first) if first == last else array.sel(year=list(range(first, last + 1)))
    for dim, way in measure.over.items():
        array = array.isel({dim: -1}) if way == "last" else getattr(array, way)(dim)
    left = [str(dim) for dim in array.dims if dim != "future"]
    if left:
        raise MoravaError(
            Problem(f"{measure.quantity} still varies over {left}", name, "name one label, or reduce with `over`")
        )
    return array.drop_vars([c for c in array.coords if c != "future"])


def _from_facts(evidence: Evidence, measure: Measure, name: str) -> xr.DataArray:
    """Return the value of one cell of the facts: its low and high side, over futures where a conflict is drawn."""
    if measure.over or any(not isinstance(label, str) for label in measure.where.values()):
        return _sum_of_facts(evidence, measure, name)
    labels = {dim: str(label) for dim, label in measure.where.items()}
    if measure.year is not None:
        if measure.year[0] != measure.year[1]:
            raise MoravaError(Problem(f"{measure.quantity} stands in facts by year", name, "name one year, or `over`"))
        labels["year"] = str(measure.year[0])
    cells = evidence.by_cell.get(measure.quantity, {})
    cell = tuple(sorted(labels.items()))
    if cell not in cells:
        shown = [str(dict(known)) for known in cells]
        raise MoravaError(Problem(f"no fact gives {measure.quantity} at {labels}", name, nearest(str(labels), shown)))
    settled = evidence.settle(measure.quantity, cell, cells[cell])
    bounds = np.array([evidence.bounds(fact) for fact in settled])
    if len(settled) == 1:
        return xr.DataArray(bounds[0], coords={"side": list(SIDES)}, dims=["side"])
    conflict = evidence.conflict_of[settled[0].name]
    chosen = evidence.drawn[conflict.name]
    return xr.DataArray(
        bounds[chosen.to_numpy().astype(int)],
        coords={"future": chosen.coords["future"], "side": list(SIDES)},
        dims=["future", "side"],
    )


def _sum_of_facts(evidence: Evidence, measure: Measure, name: str) -> xr.DataArray:
    choices: list[dict[str, str]] = [{}]
    for dim, wanted in measure.where.items():
        labels = [wanted] if isinstance(wanted, str) else list(wanted)
        choices = [{**choice, dim: label} for choice in choices for label in labels]
    years = range(measure.year[0], measure.year[1] + 1) if measure.year else [None]
    if set(measure.over.values()) - {"sum"}:
        raise MoravaError(Problem("facts can only be summed", name, "use over: {dim: sum}, or a single cell"))
    parts = [
        _from_facts(evidence, Measure(measure.quantity, choice, (year, year) if year is not None else None, {}), name)
        for choice in choices
        for year in years
    ]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def take(measure: Measure, outcome: Outcome, evidence: Evidence, name: str, without: str = "") -> xr.DataArray:
    """Return a measure over `future`, `side` or both, in the glossary's unit.

    Raises
    ------
    MoravaError
        Labels that do not exist, years outside the grid, dimensions left over.
    """
    values = outcome.without[without] if without else outcome.values
    if measure.quantity in values:
        return _cells(values[measure.quantity], measure, name)
    return _from_facts(evidence, measure, name)


def basis_of(test: Test, outcome: Outcome, touched: Mapping[str, object], first_year: int) -> str:
    """Return what a test rests on: a model, the dates of the plan, or the facts alone (what lies before the plan)."""
    quantity, year = test.measure.quantity, test.measure.year
    if quantity in given_by():
        return given_by()[quantity]
    ahead = year is None or year[1] >= first_year
    return "schedule" if ahead and quantity in touched and quantity in outcome.values else "evidence"


def evaluate(test: Test, outcome: Outcome, evidence: Evidence, touched: Mapping[str, object], claim: str) -> Measured:
    """Return the values of a test in the unit that it is shown in, with its bounds."""
    name = f"claim {claim}, test {test.name}"
    quantity = find(test.measure.quantity)
    values = take(test.measure, outcome, evidence, name)
    if test.without:
        other = take(test.measure, outcome, evidence, name, test.without)
        values = _compare(values, other, test.compare, name)
    elif test.against is not None:
        other = take(test.against, outcome, evidence, name)
        values = _compare(values, _swapped(other), test.compare, name)
    basis = basis_of(test, outcome, touched, evidence.country.first_year)
    if test.by or test.not_before:
        low = interval(test.not_before)[0] if test.not_before else -np.inf
        high = interval(test.by)[1] if test.by else np.inf
        return Measured(values, low, high, "year", basis)
    target = "1" if test.compare == "ratio" else quantity.unit
    unit = test.unit or target
    shown = unit
    if "money" in target:
        into = 1.0 / evidence.convert(1.0, unit, target)
        shown = in_money(unit, evidence.country.price_base)
    else:
        into = factor(target, unit)
    low = -np.inf if test.at_least is None else test.at_least
    high = np.inf if test.at_most is None else test.at_most
    return Measured(values * into, low, high, shown, basis)


def _swapped(other: xr.DataArray) -> xr.DataArray:
    """Return the other measure with its sides exchanged, so that low meets high: the widest range that facts allow."""
    if "side" not in other.dims:
        return other
    return other.sel(side=list(reversed(SIDES))).assign_coords(side=list(SIDES))


def _compare(values: xr.DataArray, other: xr.DataArray, way: str, name: str) -> xr.DataArray:
    if "future" in values.dims and "future" in other.dims:  # the power program answers for the first futures only
        shared = np.intersect1d(values.coords["future"].to_numpy(), other.coords["future"].to_numpy())
        values, other = values.sel(future=shared), other.sel(future=shared)
    if way == "difference":
        return values - other
    if bool((other == 0).any()):
        raise MoravaError(
            Problem("the ratio divides by zero in some future", name, "compare by difference, or another year")
        )
    if "side" in values.dims + other.dims and bool((values < 0).any() | (other < 0).any()):
        raise MoravaError(Problem("a ratio of ranges that may be negative has no ends", name, "compare by difference"))
    return values / other
