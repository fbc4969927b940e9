"""What is watched while levers move: headline numbers by year, and in which share of futures claims hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.errors import MoravaError
from morava.plans.types import Claim, Country, Strategy
from morava.quantities import find
from morava.quantities.units import in_money
from morava.runs.apply import changed_by
from morava.runs.emulator import QUANTILES
from morava.runs.evidence import Evidence
from morava.runs.judge import passes_of
from morava.runs.measure import evaluate
from morava.runs.types import Outcome

BY_YEAR = (
    "gdp", "gdp_growth", "household_real_consumption", "employment", "unemployment_rate", "wage_in_money",
    "labour_productivity", "debt_ratio", "public_balance", "current_account", "economy_trade_balance",
    "investment_total", "investment_public", "investment_foreign", "foreign_profit", "adequacy_margin_n1",
    "data_centre_energy", "data_centre_energy_share", "public_programme_spending",
    "guarantee_called",
)  # fmt: skip
SUMMED = {"sector_emission": "sector", "programme_spending": "initiative"}
"""What is summed over a dimension."""
BY_LABEL = {"region_balance": "region", "lender_commitment": "lender"}
"""What is watched label by label, in every year."""
MOST_LABELS = 6
"""Labels of such a quantity that are kept: those that are largest, or move most."""
AT_ONCE = {"envelope_balance": ("envelope",), "partner_share": ("domain", "partner")}
"""What has no year: it stands at the last year."""
OF_POWER = (
    "power_price_mean", "power_cost_per_energy", "power_emission", "power_renewable_share", "power_net_import",
    "power_system_cost",
)  # fmt: skip
"""What the power program gives, in the years in which it is solved."""


@dataclass(frozen=True)
class Watched:
    """One number by year: over futures [future, year], in the unit of the glossary with the money of the pack."""

    name: str
    quantity: str
    where: Mapping[str, str]
    unit: str
    years: tuple[int, ...]
    values: np.ndarray

    def levels(self) -> np.ndarray:
        """Return P10, P50 and P90 over futures, [year, level]."""
        found: np.ndarray = np.quantile(self.values, QUANTILES, axis=0, method="inverted_cdf").T
        return found


def watched(values: Mapping[str, xr.DataArray], country: Country, of_power: bool = False) -> list[Watched]:
    """Return what is watched of the results of some futures; what a country does not have is left out.

    Parameters
    ----------
    values
        Results by quantity, over `future`.
    country
        Whose years and money.
    of_power
        Whether what the power program gives is watched too.
    """
    found = [
        _watch(name, quantity, where, array, country)
        for name, quantity, where, array in _arrays(values, OF_POWER if of_power else ())
    ]
    return [one for one in found if one.years and np.isfinite(one.values).all()]


def _arrays(
    values: Mapping[str, xr.DataArray], more: tuple[str, ...]
) -> Iterator[tuple[str, str, dict[str, str], xr.DataArray]]:
    for quantity in (*BY_YEAR, *more):
        if quantity in values:
            yield quantity, quantity, {}, values[quantity]
    for quantity, dim in SUMMED.items():
        if quantity in values:
            yield quantity, quantity, {dim: "sum"}, values[quantity].sum(dim)
    for quantity, dim in BY_LABEL.items():
        for label in values[quantity].coords[dim].to_numpy() if quantity in values else ():
            yield f"{quantity}/{label}", quantity, {dim: str(label)}, values[quantity].sel({dim: label}, drop=True)
    for quantity, dims in AT_ONCE.items():
        if quantity in values:
            whole = values[quantity].stack(cell=dims)
            for place, cell in enumerate(whole.coords["cell"].to_numpy()):
                labels = [str(part) for part in cell] if isinstance(cell, tuple) else [str(cell)]
                one = whole.isel(cell=place).drop_vars(["cell", *dims], errors="ignore")
                yield "/".join((quantity, *labels)), quantity, dict(zip(dims, labels, strict=True)), one


def _watch(name: str, quantity: str, where: Mapping[str, str], array: xr.DataArray, country: Country) -> Watched:
    unit = in_money(find(quantity).unit, country.price_base)
    if "year" not in array.dims:
        return Watched(name, quantity, where, unit, (country.last_year,), array.to_numpy()[:, None])
    years = [int(year) for year in array.coords["year"].to_numpy()]
    # What lies before the plan moves with no lever.
    kept = [place for place, year in enumerate(years) if country.first_year <= year <= country.last_year]
    values = array.transpose("future", "year").to_numpy()[:, kept]
    return Watched(name, quantity, where, unit, tuple(years[place] for place in kept), values)


def shares(strategy: Strategy, outcome: Outcome, evidence: Evidence) -> dict[tuple[str, str], float]:
    """Return in which share of futures claims hold: each test that a model answers, and each claim by its weakest.

    A claim as a whole stands under no name of a test. What the past decides, and opinions, are none of them.
    """
    touched = changed_by(strategy)
    found: dict[tuple[str, str], float] = {}
    for name, claim in sorted(strategy.claims.items()):
        told = _tests(claim, outcome, evidence, touched)
        if told and claim.tense != "past" and claim.evidence != "value judgement":
            found[name, ""] = min(told.values())
            found |= {(name, test): share for test, share in told.items()} if len(told) > 1 else {}
    return found


def _tests(claim: Claim, outcome: Outcome, evidence: Evidence, touched: Mapping[str, list[str]]) -> dict[str, float]:
    told: dict[str, float] = {}
    for test in claim.tests:
        try:
            measured = evaluate(test, outcome, evidence, touched, claim.name)
        except MoravaError:
            continue  # what power alone answers is not answered here
        if "future" in measured.values.dims and measured.basis != "evidence":
            told[test.name] = float(passes_of(measured).mean())
    return told
