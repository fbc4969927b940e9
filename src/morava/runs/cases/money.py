"""Cases S4 and E3: phasing of spending, and debt arithmetic."""

from __future__ import annotations

from collections.abc import Mapping

from morava.models.money.debt import debt_factor, next_debt_ratio, nominal_growth, stabilising_primary_balance
from morava.models.money.spending import norden_rayleigh
from morava.runs.cases.readings import Reading

Inputs = Mapping[str, float]


def spent_at_end(inputs: Inputs) -> Reading:
    """Return the percentage spent when the published curve reaches its duration."""
    return Reading(100 * float(norden_rayleigh(inputs["duration"], inputs["duration"])))


def _factor(inputs: Inputs) -> float:
    interest = inputs["interest"]
    return float(debt_factor(inputs["growth"], inputs["inflation"], interest, interest, 0.0, 0.0))


def debt_next(inputs: Inputs) -> Reading:
    """Return the debt ratio a year later, in percent."""
    return Reading(100 * float(next_debt_ratio(inputs["debt"], _factor(inputs), inputs["primary_balance"], 0.0)))


def stabilising_balance(inputs: Inputs) -> Reading:
    """Return the primary balance that keeps the debt ratio as it is, in percent."""
    return Reading(100 * float(stabilising_primary_balance(inputs["debt"], _factor(inputs))))


def growth_in_money(inputs: Inputs) -> Reading:
    """Return nominal growth in percent."""
    return Reading(100 * float(nominal_growth(inputs["growth"], inputs["inflation"])))
