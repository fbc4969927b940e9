"""What another model of the country says of it in a solved year: its productivity, its labour, its deficit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.batches import Array, total
from morava.models.inputs import Inputs
from morava.models.trade.setting import Setting
from morava.quantities import labelled

FACTORS = ("home_productivity_factor", "home_labour_factor", "home_deficit_factor")
NEUTRAL_OF = ("world_flow", "world_year", "home_region", "region_growth")
"""What neutral factors are made of."""


@dataclass(frozen=True)
class Home:
    """Factors of a year since the base year: `productivity` [future, sector], `labour` and `deficit` [future]."""

    productivity: Array
    labour: Array
    deficit: Array


def neutral(known: Mapping[str, xr.DataArray], years: Iterable[int]) -> dict[str, xr.DataArray]:
    """Return the factors of a country of which no other model speaks: labour grows as the region does, all else stays.

    Parameters
    ----------
    known
        `world_flow`, `world_year`, `home_region` and `region_growth` among others.
    years
        Those that the factors are given for.

    Returns
    -------
    dict
        `home_productivity_factor` [sector, year], `home_labour_factor` and `home_deficit_factor` [year], 1.
    """
    numbers = sorted(int(year) for year in years)
    inputs = Inputs({name: known[name] for name in NEUTRAL_OF}, "trade")
    labels: dict[str, list[object]] = {"sector": list(inputs.labels("world_flow", "sector")), "year": list(numbers)}
    regions, name = inputs.labels("region_growth", "region"), inputs.text("home_region")
    if name not in regions:
        raise MoravaError(Problem(f"region_growth has no region {name}", inputs.where, nearest(name, regions)))
    home = regions.index(name)
    rate = 1 + inputs.array("region_growth", "region")[:, home]
    labour = np.stack([rate ** (year - inputs.number("world_year")) for year in numbers], axis=1)
    varies = "future" in inputs.given("region_growth").dims
    futures: dict[str, list[object]] = {"future": list(inputs.futures)} if varies else {}
    of_years = {"year": labels["year"]}
    return {
        FACTORS[0]: labelled(FACTORS[0], np.ones((len(labels["sector"]), len(numbers))), labels),
        FACTORS[1]: labelled(FACTORS[1], labour if varies else labour[0], futures | of_years),
        FACTORS[2]: labelled(FACTORS[2], np.ones(len(numbers)), of_years),
    }


def home_in(inputs: Inputs, setting: Setting, year: int) -> Home:
    """Return what is said of the country in a year.

    Raises
    ------
    MoravaError
        Factors that lack the year: all at once.
    """
    problems = Problems()
    places: dict[str, int] = {}
    for name in FACTORS:
        known = inputs.labels(name, "year")
        if str(year) not in known:
            problems.add(f"{name} lacks year {year}", inputs.where, nearest(str(year), known))
        else:
            places[name] = known.index(str(year))
    problems.raise_if_any()
    by_sector = {"sector": setting.world.sectors, "year": inputs.labels(FACTORS[0], "year")}
    return Home(
        productivity=inputs.ordered(FACTORS[0], by_sector)[:, :, places[FACTORS[0]]],
        labour=inputs.array(FACTORS[1], "year")[:, places[FACTORS[1]]],
        deficit=inputs.array(FACTORS[2], "year")[:, places[FACTORS[2]]],
    )


def solved_years(inputs: Inputs, *more: str) -> list[int]:
    """Return the years to solve, in order, for which the country's factors, and more like them, are given.

    Raises
    ------
    MoravaError
        Years that are solved and not given, or given and not solved, or that are no whole numbers: all at once.
    """
    asked = sorted(inputs.array("trade_solve_year", "item")[0])
    years = [int(year) for year in asked]
    if years != asked or len(set(years)) != len(years):
        raise MoravaError(
            Problem(f"trade_solve_year is {', '.join(f'{y:g}' for y in asked)}", inputs.where, "give each year once")
        )
    problems = Problems()
    for name in (*FACTORS, *more):
        known = inputs.labels(name, "year")
        for year in sorted(set(map(str, years)) - set(known)):
            problems.add(f"{name} lacks year {year}, which is solved", inputs.where, nearest(year, known))
        for label in sorted(set(known) - set(map(str, years))):
            problems.add(f"{name} holds year {label}, which is not solved", inputs.where, "add it to trade_solve_year")
    problems.raise_if_any()
    return years


def deficit_with(setting: Setting, deficit: Array, factor: Array) -> Array:
    """Return deficits with that of the country scaled; the others lend or take back the rest as their incomes are.

    Parameters
    ----------
    deficit
        [future, region], in terms of the world's wages.
    factor
        [future], 1

    Returns
    -------
    Array
        [future, region]: sums over regions are as before, and a factor of one leaves every bit.
    """
    home, income = setting.home, setting.world.income
    more = deficit[:, home] * factor - deficit[:, home]
    part = np.where(np.arange(income.shape[1]) == home, 0.0, income)
    part = part / total(part, 1)[:, None]
    changed: Array = deficit - more[:, None] * part
    changed[:, home] = deficit[:, home] * factor
    return changed
