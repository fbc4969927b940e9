"""What a run says of the economy, never a number alone: who adjusts, what another closure gives, how well foreseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from morava.models.chain import given_by
from morava.models.contract import as_model
from morava.models.economy import economy
from morava.plans.cells import cell_of
from morava.plans.foreseen import foreseen
from morava.plans.types import Country, Fact, Measure
from morava.quantities import find
from morava.quantities.units import in_money, price
from morava.runs.answers import Answers
from morava.runs.effects import WHO

ECONOMY = "economy"
LEVELS = (0.1, 0.5, 0.9)
HEADLINES = (
    "gdp", "gdp_growth", "employment", "unemployment_rate", "labour_productivity", "wage_real", "wage_in_money",
    "investment_total", "investment_foreign_share", "public_balance", "debt_ratio",
)  # fmt: skip
"""What is shown of the economy, in this order."""
YEARS = (2030, 2035)
"""Years of the promises, shown beside the first of the plan and the last of the models."""
BESIDE = {
    "gdp": "gdp_by_closure", "gdp_by_closure": "gdp_by_closure", "gdp_growth": "gdp_by_closure",
    "wage_real": "wage_by_closure", "wage_in_money": "wage_by_closure", "wage_by_closure": "wage_by_closure",
}  # fmt: skip
"""What is known under every closure, by the quantity that is asked for."""
PROMISED = "average_wage"
OF_ITS_YEAR = "wage_in_money"
PASSES = ("coupling_passes", "coupling_residual", "economy_residual", "economy_walras")


def foreseen_of(country: Country, measures: Iterable[Measure]) -> list[dict[str, Any]]:
    """Return how well the quantities of some measures were foreseen in the past, each score once.

    Parameters
    ----------
    measures
        What is looked at; where a technology is named, scores of another one are left out.

    Returns
    -------
    list
        `quantity` (the first asked for that it speaks of), `title`, `verdict`, `skill` (above zero where it beats the
        trend, None where the trend is exact), `coverage` of the 80 percent interval, `effective_n`, `says`.
    """
    found: dict[str, dict[str, Any]] = {}
    for measure in measures:
        named = measure.where.get("technology", ())
        technologies = (named,) if isinstance(named, str) else named
        for one in foreseen(country, measure.quantity):
            if one.technology and technologies and one.technology not in technologies:
                continue
            found.setdefault(
                one.name,
                {
                    "quantity": measure.quantity, "title": one.title, "verdict": one.verdict, "skill": one.skill,
                    "coverage": one.coverage, "effective_n": one.effective_n, "says": one.says,
                },
            )  # fmt: skip
    return list(found.values())


def who_adjusts(answers: Answers, asked: Mapping[str, Iterable[int]]) -> dict[str, Any] | None:
    """Return who adjusts behind results of the economy, and what output and wages are under each closure.

    Parameters
    ----------
    asked
        Quantities, each with the years that are looked at; none means the years of the promises.

    Returns
    -------
    dict or None
        `main`, `says`, `others` by name with words, and `rows`: `quantity`, `closure`, `year`, `unit`, quantiles. None
        where nothing that is asked for is given by the economy, or the run has none.
    """
    mine = {name: list(years) for name, years in asked.items() if given_by().get(name) == ECONOMY}
    inputs, values = answers.lowered.inputs, answers.outcome.values
    if not any(name in values for name in mine) or "closure_main" not in inputs:
        return None
    main = str(inputs["closure_main"].item())
    words = {str(label): WHO[str(told)] for label, told in _pairs(inputs["closure_budget"])}
    wanted: dict[str, set[int]] = {}
    for name, years in mine.items():
        if name in BESIDE:
            wanted.setdefault(BESIDE[name], set()).update(years or years_shown(answers))
    rows = [
        {
            "quantity": name, "closure": str(closure), "year": year, "unit": _unit(answers, name),
            **quantiles(values[name].sel(closure=closure, year=year)),
        }
        for name, years in sorted(wanted.items())
        for year in sorted(years & {int(one) for one in values[name].coords["year"].to_numpy()})
        for closure in sorted(values[name].coords["closure"].to_numpy(), key=lambda one: (str(one) != main, str(one)))
    ]  # fmt: skip
    return {
        "main": main,
        "says": words[main],
        "others": {name: says for name, says in words.items() if name != main},
        "rows": rows,
    }


def _pairs(array: xr.DataArray) -> list[tuple[Any, Any]]:
    dim = array.dims[0]
    return list(zip(array.coords[dim].to_numpy(), array.to_numpy(), strict=True))


def quantiles(values: xr.DataArray) -> dict[str, float]:
    """Return what 10, 50 and 90 percent of futures stay at or below."""
    found = np.quantile(values.to_numpy(), LEVELS, method="inverted_cdf")
    return {f"p{round(level * 100)}": float(value) for level, value in zip(LEVELS, found, strict=True)}


def years_shown(answers: Answers) -> list[int]:
    """Return the years in which results of the economy are shown: first of the plan, promises, last of the models."""
    first, last = answers.plan.country.first_year, answers.plan.country.last_year
    return sorted({year for year in (first, *YEARS, last) if first <= year <= last})


def _unit(answers: Answers, name: str) -> str:
    """Return the unit of a quantity as shown; money of the year itself names no price year."""
    base = answers.plan.country.price_base
    return in_money(find(name).unit, _currency(base) if name == OF_ITS_YEAR else base)


def _currency(money: str) -> str:
    return money.split("_", maxsplit=1)[0]


def economy_rows(answers: Answers) -> list[dict[str, Any]]:
    """Return what a run says of the economy, row by row; none where it has no economy.

    Returns
    -------
    list
        `part`, and by it: `closure` (who adjusts), `result` (a quantity in a year; of output and wages with `closures`,
        the median under each), `promise` (a wage that was promised, with the `share` of futures that reach it),
        `coupling` (passes and residuals) and `foreseen`. Each has `quantity`, `title`, `year`, `unit`, `p10`, `p50`,
        `p90`, `share`, `closures` and `says`; what has no sense is None.
    """
    values = answers.outcome.values
    closure = who_adjusts(answers, dict.fromkeys(HEADLINES, ()))
    if closure is None:
        return []
    rows = [_row("closure", "closure_main", closure["main"], says=closure["says"])]
    rows += [_row("closure", "closure_budget", name, says=says) for name, says in closure["others"].items()]
    for name in HEADLINES:
        if name in values:
            rows += [_result(answers, name, year, closure) for year in years_shown(answers) if _has(values[name], year)]
    for fact in _promises(answers.plan.country):
        rows += _reached(answers, fact)
    rows += [
        _row("coupling", name, find(name).title_en, None, _unit(answers, name), **quantiles(values[name]))
        for name in PASSES
        if name in values
    ]
    scores = foreseen_of(answers.plan.country, [Measure(name, {}, None, {}) for name in as_model(economy).gives])
    scores += foreseen_of(answers.plan.country, [Measure("debt_ratio", {}, None, {})])
    rows += [_row("foreseen", one["quantity"], one["title"], says=one["says"]) for one in scores]
    return rows


def _row(
    part: str, quantity: str = "", title: str = "", year: int | None = None, unit: str = "", **more: Any
) -> dict[str, Any]:
    empty = {"p10": None, "p50": None, "p90": None, "share": None, "closures": None, "says": ""}
    return {"part": part, "quantity": quantity, "title": title, "year": year, "unit": unit, **empty, **more}


def _has(array: xr.DataArray, year: int) -> bool:
    return year in {int(one) for one in array.coords["year"].to_numpy()}


def _result(answers: Answers, name: str, year: int, closure: Mapping[str, Any]) -> dict[str, Any]:
    beside: dict[str, float] | None = None
    if name == "gdp":
        same = [row for row in closure["rows"] if (row["quantity"], row["year"]) == (BESIDE[name], year)]
        beside = {row["closure"]: row["p50"] for row in same}
    if name == "wage_real":
        beside = _wages(answers, year, closure)
    found = quantiles(answers.outcome.values[name].sel(year=year))
    return _row("result", name, find(name).title_en, year, _unit(answers, name), closures=beside, **found)


def _wages(answers: Answers, year: int, closure: Mapping[str, Any]) -> dict[str, float]:
    """Return the median real wage under each closure, money instead of what it is over that of the base year."""
    values = answers.outcome.values
    real, ratio = values["wage_real"].sel(year=year), values["wage_by_closure"].sel(year=year)
    base = real / ratio.sel(closure=closure["main"], drop=True)
    return {
        str(name): quantiles(base * ratio.sel(closure=name, drop=True))["p50"]
        for name in (closure["main"], *closure["others"])
    }


def _promises(country: Country) -> list[Fact]:
    facts = [one for one in country.facts.values() if one.quantity == PROMISED and one.status == "planned"]
    return sorted(facts, key=lambda fact: (dict(cell_of(fact))["year"], fact.low or 0.0, fact.name))


def _reached(answers: Answers, fact: Fact) -> list[dict[str, Any]]:
    """Return in which share of futures wages reach one that was promised, in both readings of its money."""
    country, values = answers.plan.country, answers.outcome.values
    year, named = int(dict(cell_of(fact))["year"]), price(fact.unit)
    if fact.low is None or named is None or not _has(values["wage_real"], year):
        return []
    readings: Sequence[tuple[str, str, float]] = [
        ("wage_real", f"what {fact.low:,.0f} {'_'.join(map(str, named))} buy", _in_base(answers, fact))
    ]
    if named[0] == _currency(country.price_base):
        readings = [*readings, (OF_ITS_YEAR, f"{fact.low:,.0f} {named[0]} of the day", fact.low)]
    return [
        _row(
            "promise", name, fact.name, year, _unit(answers, name), says=f"{words} ({fact.name})",
            share=float((values[name].sel(year=year) >= bound).mean()), **quantiles(values[name].sel(year=year)),
        )
        for name, words, bound in readings
    ]  # fmt: skip


def _in_base(answers: Answers, fact: Fact) -> float:
    return answers.lowered.evidence.convert(float(fact.low or 0.0), fact.unit, find(PROMISED).unit)
