"""What follows, in the layout of the Integrated Assessment Modeling Consortium: a row a variable, a column a year."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from morava.quantities.units import in_money
from morava.runs.answers import Answers

MODEL = "Morava"
LEVELS = {"P10": 0.1, "P50": 0.5, "P90": 0.9}
HEAD = ("model", "scenario", "region", "variable", "unit")
SEPARATOR = "|"


def outcome_rows(answers: Answers) -> tuple[list[int], list[list[Any]]]:
    """Return the years, and one row a quantity, label and level; None in a year that the quantity does not have.

    Only what is known by year is here: a variable is the glossary's name, its labels and the level, `|` between them.
    Quantiles are those of verdicts: the value of a future, never one between two. A value that is not finite is None.

    Returns
    -------
    tuple
        Years, ascending; and rows of model, scenario, region, variable, unit, then a number a year in that unit.
    """
    arrays = {
        name: array for name, array in sorted(answers.outcome.values.items()) if "year" in array.dims and array.size
    }
    years = sorted({int(year) for array in arrays.values() for year in array.coords["year"].to_numpy()})
    country, base = answers.plan.country, answers.plan.country.price_base
    start = [MODEL, answers.request.strategy, country.title_en]
    rows = []
    for name, array in arrays.items():
        unit = in_money(str(array.attrs["unit"]), base)
        for variable, values in _by_year(name, array):
            rows.append([*start, variable, unit, *(values.get(year) for year in years)])
    return years, rows


def _by_year(name: str, array: xr.DataArray) -> list[tuple[str, dict[int, float | None]]]:
    dims = [str(dim) for dim in array.dims if dim not in ("future", "year")]
    ordered = array.transpose("future", *dims, "year")
    years = [int(year) for year in ordered.coords["year"].to_numpy()]
    levels = {
        level: np.quantile(ordered.to_numpy(), share, axis=0, method="inverted_cdf") for level, share in LEVELS.items()
    }
    found = []
    for place in np.ndindex(*(ordered.sizes[dim] for dim in dims)):
        labels = [str(ordered.coords[dim].to_numpy()[at]) for dim, at in zip(dims, place, strict=True)]
        for level, quantiles in levels.items():
            variable = SEPARATOR.join([name, *labels, level])
            numbers = [float(value) if np.isfinite(value) else None for value in quantiles[place]]
            found.append((variable, dict(zip(years, numbers, strict=True))))
    return found
