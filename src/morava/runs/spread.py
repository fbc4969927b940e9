"""How far a result on trade or the economy moves with what nobody knows: who counts, whose tables, which elasticities.

A number that rests on a synthetic table is never shown alone: beside it stands what it is under each choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from morava.models.chain import given_by, given_from_tables
from morava.plans.types import Claim, Measure, Test
from morava.runs.evidence import Evidence
from morava.runs.measure import evaluate
from morava.runs.types import Outcome

CHOICES = {
    "trade": {
        "technology of": ("trade_donor_used", "donor"),
        "elasticities of": ("trade_elasticity_used", "elasticity_set"),
    },
    "economy": {
        "accounts of": ("economy_donor_used", "donor"),
        "elasticities of": ("trade_elasticity_used", "elasticity_set"),
    },
}
"""What is chosen once a future, by the model that gives a quantity, and where the outcome says which."""
COUNTED = "as counted by"
BASES = "bilateral_balance"
"""The quantity that stands on several counts of the same trade."""


def spread_of(
    claim: Claim, outcome: Outcome, evidence: Evidence, touched: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Return, for every test of a claim that rests on tables of trade or accounts, what it gives under each choice.

    Returns
    -------
    list
        One entry a test: `test`, `unit`, and `choices`, each with `by`, `moves` (largest less smallest median) and
        `values`: label, median, 80 % range and the share of futures in which the test holds.
    """
    tables = given_from_tables()
    found: list[dict[str, Any]] = []
    for test in claim.tests:
        if test.measure.quantity not in tables or test.measure.quantity not in outcome.values:
            continue
        measured = evaluate(test, outcome, evidence, touched, claim.name)
        choices = [_counts(test, outcome, evidence, touched, claim)] if test.measure.quantity == BASES else []
        choices += _by_choices(test.measure.quantity, measured.values, outcome, (measured.at_least, measured.at_most))
        found.append({"test": test.name, "unit": measured.unit, "choices": choices})
    return found


def spread_by_year(
    name: str, where: Mapping[str, str], array: xr.DataArray, outcome: Outcome, years: Sequence[int]
) -> list[dict[str, Any]]:
    """Return what a quantity that rests on tables of trade or accounts is under each choice, in some years.

    Parameters
    ----------
    where
        Labels that were named.
    array : DataArray [future] or [future, year]
        The quantity there, in its own unit. Of one that varies over anything else nothing is said.

    Returns
    -------
    list
        As of `spread_of`, with `holds` None; `test` is the quantity with its labels and year.
    """
    if name not in given_from_tables() or name not in outcome.values or set(array.dims) - {"future", "year"}:
        return []
    told = " ".join([name, *where.values()])
    if "year" not in array.dims:
        return [{"test": told, "unit": "", "choices": _by_choices(name, array, outcome, None)}]
    known = {int(year) for year in array.coords["year"].to_numpy()}
    return [
        {"test": f"{told} {year}", "unit": "", "choices": _by_choices(name, array.sel(year=year), outcome, None)}
        for year in years
        if year in known
    ]


def _row(label: str, values: np.ndarray[Any, Any], bounds: tuple[float, float] | None) -> dict[str, Any]:
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9], method="inverted_cdf")
    return {
        "label": label,
        "p10": float(low),
        "p50": float(middle),
        "p90": float(high),
        "holds": float(((values >= bounds[0]) & (values <= bounds[1])).mean()) if bounds else None,
        "futures": len(values),
    }


def _choice(by: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    medians = [row["p50"] for row in rows]
    return {"by": by, "moves": max(medians) - min(medians) if medians else 0.0, "values": list(rows)}


def _by_choices(
    name: str, values: xr.DataArray, outcome: Outcome, bounds: tuple[float, float] | None
) -> list[dict[str, Any]]:
    found = []
    for by, (quantity, dim) in CHOICES[given_by()[name]].items():
        used = outcome.values[quantity].sel(future=values.coords["future"])
        rows = []
        for label in used.coords[dim].to_numpy():
            here = used.sel({dim: label}).to_numpy() > 0
            if here.any():
                rows.append(_row(str(label), values.to_numpy()[here], bounds))
        found.append(_choice(by, rows))
    return found


def _counts(
    test: Test, outcome: Outcome, evidence: Evidence, touched: Mapping[str, Sequence[str]], claim: Claim
) -> dict[str, Any]:
    """Return the test on the figures of every office; the one that the claim is judged by comes first."""
    own = str(test.measure.where["item"])
    items = [str(item) for item in outcome.values[BASES].coords["item"].to_numpy()]
    rows = []
    for item in [own, *(item for item in items if item != own)]:
        other = replace(
            test, measure=_on(test.measure, item), against=None if test.against is None else _on(test.against, item)
        )
        measured = evaluate(other, outcome, evidence, touched, claim.name)
        bounds = measured.at_least, measured.at_most
        rows.append(_row(item + (" (chosen)" if item == own else ""), measured.values.to_numpy(), bounds))
    return _choice(COUNTED, rows)


def _on(measure: Measure, item: str) -> Measure:
    return replace(measure, where={**measure.where, "item": item}) if measure.quantity == BASES else measure
