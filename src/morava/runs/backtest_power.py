"""Electricity by source as it would have been foreseen: the power program on the plants of the year before.

Given as they were are prices beyond the borders and of fuel, and only in years in which the pack holds them. Not given
is what was built or measured after the freeze: capacities are those of the base year, demand follows its own trend,
water and the availability of lignite are drawn from the years before. The program is solved at the middle of these
and once for each of them moved; futures are answered along these slopes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.models.contract import as_model
from morava.models.power import power
from morava.plans.types import Country, Futures
from morava.quantities import labelled
from morava.runs.backcast import (
    BY_SHAPE,
    CONSTANT,
    HOURS_A_YEAR,
    MW_IN_GW,
    Past,
    can_backcast,
    inputs_of_year,
    read_past,
)
from morava.runs.backtest_history import POWER_OUTPUT, SOURCES_OF_POWER, kept_of, series
from morava.runs.backtest_scores import Array, trend_of
from morava.runs.backtest_types import Forecast, Origin
from morava.runs.guard import run

WEEKS = 2
"""Chosen weeks of each solved year; eight give the yearly output of sources within 0.1 TWh of it."""
LIGNITE, HYDRO = "lignite", "hydro"
KEPT = (
    "power_efficiency", "power_own_use", "power_minimum_fitted", "hydro_output_expected", "power_load_shape",
    "history_power_capacity", "power_capacity",
)  # fmt: skip
"""What is measured or judged later and stands for the past; prices are outside conditions and are not among them."""
LEAST_SPREAD = 1e-9


@dataclass(frozen=True)
class Drivers:
    """What nobody knew of a year: demand (GWh), water and availability of lignite, at one point or [future]."""

    demand: Array
    water: Array
    available: Array

    def parts(self) -> tuple[Array, ...]:
        """Return the three in one order."""
        return self.demand, self.water, self.available


def power_forecast(country: Country, futures: Futures, origin: Origin, count: int) -> Forecast:
    """Return electricity by source, TWh, in the years of an origin for which the pack holds prices.

    Parameters
    ----------
    futures
        Its seed starts the draws; water, availability and demand come from the years before the base and not from its
        distributions, which speak of today.
    """
    if not can_backcast(country):
        return Forecast({}, (), (f"{country.name} does not hold the past of its power system",))
    past = read_past(country)
    priced = [year for year in origin.years if _has_prices(past, year)]
    rng = np.random.default_rng([futures.seed, origin.freeze])
    values: dict[str, dict[int, Array]] = {f"power from {one}": {} for one in SOURCES_OF_POWER}
    below = 0
    for year in priced:
        drawn = drivers(country, past, origin, year, rng, count)
        for source, found in answer_along_slopes(past, origin, year, drawn).items():
            below += int((found < 0).sum())
            values[f"power from {source}"][year] = found
    notes = [_note_years(origin, priced)]
    if below:
        notes.append(f"{below} values of the linear answers lie below zero and were kept as they are")
    kept = [kept_of(country, name, origin) for name in KEPT]
    return Forecast(values, tuple(one for one in kept if one is not None), tuple(notes))


def _note_years(origin: Origin, priced: Sequence[int]) -> str:
    lost = [str(year) for year in origin.years if year not in priced]
    said = f"; not in {', '.join(lost)}, of which the pack has no prices" if lost else ""
    years = f"{priced[0]} to {priced[-1]}" if priced else "no year"
    return (
        f"freeze {origin.freeze}: electricity by source in {years}{said}; plants are those of {origin.base}, since the "
        "pack does not say what was under construction then"
    )


def _has_prices(past: Past, year: int) -> bool:
    return all(year in past.inputs[name].coords["year"] for name in ("history_border_price", "history_fuel_price"))


def drivers(country: Country, past: Past, origin: Origin, year: int, rng: np.random.Generator, count: int) -> Drivers:
    """Return draws of what nobody knew, [future]: trend of demand, and normal water and availability as before."""
    demand = series(country, "history_power_demand")
    history = [demand[one] for one in sorted(demand) if one <= origin.base]
    trend = trend_of(history, year - origin.base, of_logs=True)
    water, available = (_measured(country, past, source, origin) for source in (HYDRO, LIGNITE))
    normal = rng.standard_normal((3, count))
    return Drivers(
        demand=np.exp(trend.mean + trend.deviation * normal[0]),
        water=water.mean() + water.std(ddof=1) * normal[1],
        available=available.mean() + available.std(ddof=1) * normal[2],
    )


def _own_use(past: Past, statistic: str, origin: Origin) -> float:
    """Return own use of what a statistic counts, by capacity in the first year from the base on of which it is held."""
    names = past.counted_as(statistic)
    weights = [past.capacity(one, _held(past, origin)) for one in names]
    own = past.inputs["power_own_use"].sel(technology=names).to_numpy()
    return float(np.average(own, weights=weights)) if sum(weights) > 0 else float(own.mean())


def _held(past: Past, origin: Origin) -> int:
    return max(origin.base, int(past.inputs["history_power_capacity"].coords["year"].min()))


def _measured(country: Country, past: Past, source: str, origin: Origin) -> Array:
    """Return water over its expected year, or net output of lignite over capacity, in the years that were known."""
    gross = series(country, POWER_OUTPUT, source)
    own = _own_use(past, source, origin)
    net = np.array([value * (1 - own) for year, value in gross.items() if year <= origin.base])
    if source == HYDRO:
        return np.asarray(net / float(past.inputs["hydro_output_expected"]))
    capacity = sum(past.capacity(one, _held(past, origin)) for one in past.counted_as(source))
    return np.asarray(net * MW_IN_GW / (capacity * HOURS_A_YEAR))


def answer_along_slopes(past: Past, origin: Origin, year: int, drawn: Drivers) -> dict[str, Array]:
    """Return electricity by source, TWh [future]: the middle, and what each driver adds along its secant."""
    middle = [float(part.mean()) for part in drawn.parts()]
    spread = [max(float(part.std()), LEAST_SPREAD * abs(at)) for part, at in zip(drawn.parts(), middle, strict=True)]
    centre = solve_year(past, origin, year, middle)
    answer = {source: np.full(len(drawn.demand), value) for source, value in centre.items()}
    for place, (part, at, step) in enumerate(zip(drawn.parts(), middle, spread, strict=True)):
        moved = solve_year(past, origin, year, [*middle[:place], at + step, *middle[place + 1 :]])
        for source, value in moved.items():
            answer[source] = answer[source] + (value - centre[source]) / step * (part - at)
    return answer


def solve_year(past: Past, origin: Origin, year: int, at: Sequence[float]) -> dict[str, float]:
    """Return electricity by source of one year, TWh, at demand (GWh, gross), water and availability of lignite."""
    inputs = inputs_at(past, origin, year, at)
    gross = run(as_model(power), inputs)["power_output_gross"].sel(year=year)
    return {
        source: float(gross.sel(technology=past.counted_as(source)).sum()) / MW_IN_GW for source in SOURCES_OF_POWER
    }


def inputs_at(past: Past, origin: Origin, year: int, at: Sequence[float]) -> Mapping[str, xr.DataArray]:
    """Return what the model `power` needs for a year: its prices, and all else of the base year or as drawn."""
    demand, water, available = at
    weather = str(past.inputs["power_load_shape"].coords["weather"].to_numpy()[0])
    inputs = inputs_of_year(past, year, CONSTANT, weather, WEEKS)
    plants = inputs["power_plant_availability"].copy()
    plants.loc[{"technology": past.counted_as(LIGNITE)}] = available
    return {
        **inputs,
        "power_capacity": _capacity(past, origin, year, weather),
        "power_demand_path": labelled(
            "power_demand_path", [demand * (1 - _not_delivered(past, origin))], {"year": [year]}
        ),
        "hydro_year_factor": labelled("hydro_year_factor", water),
        "power_plant_availability": plants,
        "weather_draw": labelled("weather_draw", 0.5 / past.inputs["power_load_shape"].sizes["weather"]),
    }


def _capacity(past: Past, origin: Origin, year: int, weather: str) -> xr.DataArray:
    """Return capacities of the base year, MW: what burns no fuel and stores nothing by what it made then."""
    found = {one: past.capacity(one, _held(past, origin)) for one in past.technologies}
    for one in past.technologies:
        kind = past.word("power_technology_kind", one)
        if kind in BY_SHAPE or kind == "biomass":
            usable = float(past.inputs["power_plant_availability"].sel(technology=one))
            if kind in BY_SHAPE:
                usable *= float(past.inputs[BY_SHAPE[kind]].sel(weather=weather).mean())
            statistic = past.word("power_statistic", one)
            net = _output(past, statistic, origin) * (1 - _own_use(past, statistic, origin))
            found[one] = net * MW_IN_GW / (usable * HOURS_A_YEAR)
    return labelled(
        "power_capacity", [[value] for value in found.values()], {"technology": list(found), "year": [year]}
    )


def _output(past: Past, statistic: str, origin: Origin) -> float:
    return float(past.inputs["history_power_output"].sel(technology=statistic, year=origin.base))


def _not_delivered(past: Past, origin: Origin) -> float:
    """Return own use of power stations and what nameless plants make, as a part of demand in the base year."""
    lost = 0.0
    for statistic in past.inputs["history_power_output"].coords["technology"].to_numpy().tolist():
        share = _own_use(past, statistic, origin) if past.counted_as(statistic) else 1.0
        lost += share * _output(past, statistic, origin)
    return lost / float(past.inputs["history_power_demand"].sel(year=origin.base))
