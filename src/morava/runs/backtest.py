"""The back-test: a pack frozen in the past, forecasts from there, and what came, scored against a naive trend."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from morava.errors import MoravaError, Problem
from morava.plans.read import read_country, read_futures
from morava.plans.types import Country
from morava.runs.backtest_economy import economy_forecast
from morava.runs.backtest_history import NEEDED, QUANTITIES, can_backtest, known, observed, origins
from morava.runs.backtest_power import power_forecast
from morava.runs.backtest_scores import Array, crps_of_ensemble, effective_number, persistence, skill, trend_of
from morava.runs.backtest_types import (
    BETTER,
    SAME,
    WORSE,
    Backtest,
    Forecast,
    Forecaster,
    Kept,
    Origin,
    Row,
    Score,
    Scored,
)
from morava.runs.intervals import wilson

FUTURES = 200
FORECASTERS: tuple[Forecaster, ...] = (economy_forecast, power_forecast)
TAILS = (0.1, 0.5, 0.9)
NORMAL_95 = 1.959963984540054


def backtest(name: str, count: int = FUTURES, forecasters: Sequence[Forecaster] = FORECASTERS) -> Backtest:
    """Return the back-test of a country by the name of its pack.

    Parameters
    ----------
    count
        Futures of each origin, two or more.
    forecasters
        What makes the forecasts.

    Raises
    ------
    MoravaError
        When the pack does not hold what was observed.
    """
    country = read_country(name)
    if not can_backtest(country):
        raise MoravaError(
            Problem(f"{name} does not hold what was observed in past years", f"facts of {name}",
                    f"give {', '.join(NEEDED)}")
        )  # fmt: skip
    futures = read_futures(country)
    found: dict[Origin, list[Forecast]] = {
        origin: [forecaster(country, futures, origin, count) for forecaster in forecasters] for origin in origins()
    }
    return score(country, found, count)


def score(country: Country, forecasts: Mapping[Origin, Sequence[Forecast]], count: int) -> Backtest:
    """Return forecasts held against what was observed and against the naive trend."""
    came = observed(country)
    rows = [
        row
        for quantity in QUANTITIES
        for origin, parts in forecasts.items()
        for part in parts
        if quantity.name in part.values
        for row in rows_of(quantity, origin, part.values[quantity.name], came[quantity.name])
    ]
    if not rows:
        raise MoravaError(
            Problem("nothing was forecast", f"back-test of {country.name}", "give the pack what the models need")
        )
    errors = scaled_errors(rows)
    effective = effective_number(errors)
    whole = max(1, math.floor(effective))  # part of an observation is none
    share = sum(row.inside for row in rows) / len(rows)
    told = [part for parts in forecasts.values() for part in parts]
    return Backtest(
        country=country.name,
        futures=count,
        coverage=share,
        interval=wilson(share * whole, whole, NORMAL_95),
        effective_n=effective,
        persistence=persistence(errors),
        rows=tuple(rows),
        scores=tuple(score_of(one, own) for one in QUANTITIES if (own := [r for r in rows if r.quantity == one.name])),
        kept=merged([kept for part in told for kept in part.kept]),
        notes=tuple(dict.fromkeys(note for part in told for note in part.notes)),
    )


def rows_of(quantity: Scored, origin: Origin, foreseen: Mapping[int, Array], came: Mapping[int, float]) -> list[Row]:
    """Return the rows of a quantity from one origin, in the years of which something was observed."""
    history = known(came, origin)
    level = 100 / history[-1] if quantity.is_index else 1.0
    rows = []
    for year, sample in sorted(foreseen.items()):
        if year not in came:
            continue
        was = came[year] * level
        low, middle, high = (float(np.quantile(sample, share)) for share in TAILS)
        naive = trend_of([value * level for value in history], year - origin.base, quantity.of_logs)
        rows.append(
            Row(
                quantity=quantity.name,
                unit=quantity.unit,
                freeze=origin.freeze,
                year=year,
                base=history[-1] * level,
                observed=was,
                p10=low,
                p50=middle,
                p90=high,
                naive=naive.middle,
                error=middle - was,
                naive_error=naive.middle - was,
                crps=crps_of_ensemble(sample, was),
                naive_crps=naive.crps(was),
                inside=low <= was <= high,
            )
        )
    return rows


def scaled_errors(rows: Sequence[Row]) -> dict[tuple[str, int], dict[int, float]]:
    """Return errors by path and year, each over the root of its horizon, so that their spread is about the same."""
    found: dict[tuple[str, int], dict[int, float]] = {}
    for row in rows:
        found.setdefault((row.quantity, row.freeze), {})[row.year] = row.error / math.sqrt(row.year - row.freeze + 1)
    return found


def score_of(quantity: Scored, rows: Sequence[Row]) -> Score:
    """Return the score of a quantity over all its rows."""
    gained = skill([row.crps for row in rows], [row.naive_crps for row in rows])
    mean = {
        name: math.fsum(abs(getattr(row, name)) for row in rows) / len(rows)
        for name in ("error", "naive_error", "crps", "naive_crps")
    }
    return Score(
        quantity=quantity.name,
        title=quantity.title,
        unit=quantity.unit,
        rows=len(rows),
        effective_n=effective_number(scaled_errors(rows)),
        error=mean["error"],
        naive_error=mean["naive_error"],
        no_change_error=math.fsum(abs(row.base - row.observed) for row in rows) / len(rows),
        crps=math.fsum(row.crps for row in rows) / len(rows),
        naive_crps=mean["naive_crps"],
        skill=gained,
        coverage=sum(row.inside for row in rows) / len(rows),
        verdict=SAME if not gained else BETTER if gained > 0 else WORSE,
        foresees=quantity.foresees,
        technology=quantity.technology,
    )


def merged(kept: Sequence[Kept]) -> tuple[Kept, ...]:
    """Return what was kept of later, once a quantity, by name: the most facts and the latest day of any origin."""
    found: dict[str, Kept] = {}
    for one in kept:
        before = found.get(one.quantity, one)
        found[one.quantity] = Kept(
            one.quantity,
            max(one.facts, before.facts),
            max(one.known_on, before.known_on),
            before.hindsight or one.hindsight,
        )
    return tuple(found[name] for name in sorted(found))
