"""How far a result on trade moves with what nobody knows: who counts, whose technology, which elasticities.

A number that rests on a synthetic table is never shown alone: beside it stands what it is under each choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from morava.models.chain import given_from_tables
from morava.plans.types import Claim, Measure, Test
from morava.runs.evidence import Evidence
from morava.runs.measure import Measured, evaluate
from morava.runs.types import Outcome

CHOICES = {
    "technology of": ("trade_donor_used", "donor"),
    "elasticities of": ("trade_elasticity_used", "elasticity_set"),
}
"""What is chosen once a future, and where the outcome says which."""
COUNTED = "as counted by"
BASES = "bilateral_balance"
"""The quantity that stands on several counts of the same trade."""


def spread_of(
    claim: Claim, outcome: Outcome, evidence: Evidence, touched: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Return, for every test of a claim that rests on tables of trade, what it gives under each choice.

    Returns
    -------
    list
        One entry a test: `test`, `unit`, and `choices`, each with `by`, `moves` (largest less smallest median) and
        `values`: label, median, 80 % range and the share of futures in which the test holds.
    """
    tables = given_from_tables()
    found: list[dict[str, Any]] = []
    for test in claim.tests:
        if test.measure.quantity not in tables:
            continue
        measured = evaluate(test, outcome, evidence, touched, claim.name)
        choices = [_counts(test, outcome, evidence, touched, claim)] if test.measure.quantity == BASES else []
        choices += [_by_choice(measured, outcome, by) for by in CHOICES]
        found.append({"test": test.name, "unit": measured.unit, "choices": choices})
    return found


def _row(label: str, measured: Measured, values: np.ndarray[Any, Any]) -> dict[str, Any]:
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9], method="inverted_cdf")
    holds = (values >= measured.at_least) & (values <= measured.at_most)
    return {
        "label": label,
        "p10": float(low),
        "p50": float(middle),
        "p90": float(high),
        "holds": float(holds.mean()),
        "futures": len(values),
    }


def _choice(by: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    medians = [row["p50"] for row in rows]
    return {"by": by, "moves": max(medians) - min(medians) if medians else 0.0, "values": list(rows)}


def _by_choice(measured: Measured, outcome: Outcome, by: str) -> dict[str, Any]:
    quantity, dim = CHOICES[by]
    used: xr.DataArray = outcome.values[quantity].sel(future=measured.values.coords["future"])
    values = measured.values.to_numpy()
    rows = []
    for label in used.coords[dim].to_numpy():
        here = used.sel({dim: label}).to_numpy() > 0
        if here.any():
            rows.append(_row(str(label), measured, values[here]))
    return _choice(by, rows)


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
        rows.append(_row(item + (" (chosen)" if item == own else ""), measured, measured.values.to_numpy()))
    return _choice(COUNTED, rows)


def _on(measure: Measure, item: str) -> Measure:
    return replace(measure, where={**measure.where, "item": item}) if measure.quantity == BASES else measure
