"""The years of a path: what grows by itself, what the world buys and asks, and what electricity costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from morava.errors import MoravaError, Problem, Problems
from morava.models.batches import Array, total
from morava.models.economy.calibrate import Conditions
from morava.models.economy.country import WHERE, Country, of_base
from morava.models.economy.dynamics import grown, without_interest
from morava.models.inputs import Inputs

MILLION, MWH_IN_GWH = 1e6, 1e3


@dataclass(frozen=True)
class Years:
    """The years of a path and what is expected of them.

    `numbers` are the years, the first being that of the accounts; `trend` [future, year] is the factor on output since
    then that productivity and people alone would bring, `people` that on the labour force; `productivity` [future,
    year, sector] is that of all sectors, what mines add and what electricity costs included. `world_years` are those
    for which the trade model answers.
    """

    numbers: tuple[int, ...]
    world_years: tuple[int, ...]
    trend: Array
    people: Array
    productivity: Array


def read_years(inputs: Inputs, country: Country) -> Years:
    """Return the years from that of the accounts to the last of the programme.

    Raises
    ------
    MoravaError
        When the programme begins before the accounts, or the trade model is answered for a year beyond the path.
    """
    first = int(inputs.number("world_year"))
    numbers, world_years = _numbers(inputs, first)
    gap = np.zeros((country.count, len(numbers)))
    gap[:, 0] = of_base(inputs, "productivity_gap", country.count)
    ahead, pace = (of_base(inputs, name, country.count) for name in ("frontier_growth", "catch_up_rate"))
    gained = np.zeros_like(gap)
    for year in range(1, len(numbers)):
        step = pace * gap[:, year - 1]
        gained[:, year] = gained[:, year - 1] + np.log1p(ahead) + step
        gap[:, year] = gap[:, year - 1] - step
    since = np.arange(len(numbers), dtype=np.float64)
    people = (1 + of_base(inputs, "labour_force_growth", country.count)[:, None]) ** since
    earned = total(country.accounts.labour, 1)
    part = earned / (earned + total(country.accounts.capital, 1))
    surprise = _surprise(inputs, numbers, country.count)
    return Years(
        numbers=numbers,
        world_years=world_years,
        trend=np.exp(gained / part[:, None]) * people,
        people=people,
        productivity=np.exp(gained + surprise)[:, :, None] * _by_sector(inputs, country, numbers),
    )


def _numbers(inputs: Inputs, first: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the years of the path, from that of the accounts, and those for which the trade model answers."""
    grid = [int(year) for year in inputs.labels("programme_works", "year")]
    problems = Problems()
    if not first <= grid[0] or not first < grid[-1]:
        problems.add(f"the programme is of {grid[0]} to {grid[-1]}, the accounts are of {first}", WHERE, "mend one")
    world_years = tuple(int(year) for year in inputs.labels("export_demand_factor", "year"))
    for year in world_years:
        if not first <= year <= grid[-1]:
            problems.add(f"trade is answered for {year}, outside {first} to {grid[-1]}", WHERE, "mend trade_solve_year")
    problems.raise_if_any()
    return tuple(range(first, grid[-1] + 1)), world_years


def _surprise(inputs: Inputs, numbers: tuple[int, ...], count: int) -> Array:
    """Return the log of what good and bad years leave of productivity, [future, year]: they add up, and none is undone.

    Years before the plan's own have no surprises: they are as expected, since nobody drew them.
    """
    drawn = [int(year) for year in inputs.labels("productivity_shock", "year")]
    size = of_base(inputs, "productivity_shock_size", count)[:, None]
    shock = np.zeros((count, len(numbers)))
    values = inputs.array("productivity_shock", "year")
    for place, year in enumerate(numbers):
        if year in drawn:
            shock[:, place] = values[:, drawn.index(year)]
    left: Array = np.cumsum(shock, axis=1) * size
    return left


def _by_sector(inputs: Inputs, country: Country, numbers: tuple[int, ...]) -> Array:
    """Return what sectors gain beside all: mines as in the trade model, electricity by what the power program asks."""
    factor = np.ones((country.count, len(numbers), len(country.sectors)))
    raw = inputs.ordered("raw_material_share", {"sector": country.world_sectors})[0][list(country.world)]
    expansion = of_base(inputs, "raw_material_expansion", country.count)
    length = inputs.number("raw_material_full_by") - numbers[0]
    for place, year in enumerate(numbers):
        part = min(1.0, max(0.0, (year - numbers[0]) / length)) if length > 0 else 1.0
        grown_by = 1 + raw * (expansion[:, None] ** part - 1)
        factor[:, place] *= _on_all_cost(grown_by ** (-1 / country.elasticity), country.economy.bundle_share)
    if country.electricity >= 0:
        years = tuple(int(year) for year in inputs.labels("power_cost_factor", "year"))
        dearer = _between(inputs.array("power_cost_factor", "year"), years, numbers, country.count) - 1
        bundle = country.economy.bundle_share[:, country.electricity, None]
        factor[:, :, country.electricity] *= _on_all_cost(1 + _counted(inputs, country)[:, None] * dearer, bundle)
    return factor


def _on_all_cost(cost: Array, bundle: Array) -> Array:
    """Return the productivity of labour, capital and energy at which all cost moves by a factor at unchanged prices.

    Parameters
    ----------
    cost
        Factor on the cost of a unit.
    bundle
        Part of cost that is labour, capital and energy in the base year.

    Raises
    ------
    MoravaError
        When cost would fall by more than these are.
    """
    left = cost - 1 + bundle
    if not (left > 0).all():
        raise MoravaError(
            Problem(
                "a sector would make its goods without labour, capital and energy",
                f"{WHERE}, raw_material_expansion or power_cost_factor",
                "let costs fall by less",
            )
        )
    productivity: Array = bundle / left
    return productivity


def _counted(inputs: Inputs, country: Country) -> Array:
    """Return the part of what electricity costs its users that the power program counts, [future].

    The rest is the grid, supply, heat, water and the capital of plants that stand.

    Raises
    ------
    MoravaError
        When the program counts more than all.
    """
    money = of_base(inputs, "power_cost_initial", country.count) * of_base(
        inputs, "power_supply_initial", country.count
    )
    part: Array = money / MILLION * MWH_IN_GWH / country.economy.output[:, country.electricity]
    if not (part <= 1).all():
        raise MoravaError(
            Problem(
                f"electricity of the base year cost {part.max():.2f} times what its sector makes",
                f"{WHERE}, power_cost_initial",
                "mend the cost, or the accounts",
            )
        )
    return part


def _between(values: Array, years: tuple[int, ...], numbers: tuple[int, ...], count: int, logs: bool = True) -> Array:
    """Return factors [future, year] that are one in the first year, along straight lines, or those of their logs.

    After the last year that is known they stay: nobody knows that what went on goes on.
    """
    line = np.broadcast_to(values, (count, values.shape[1]))
    line = np.log(line) if logs else line
    if years[0] < numbers[0]:
        raise MoravaError(
            Problem(f"a factor is given for {years[0]}, before the accounts", WHERE, "let models answer later years")
        )
    known = list(years)
    if known[0] != numbers[0]:
        known, line = [numbers[0], *known], np.concatenate([np.full((count, 1), 0.0 if logs else 1.0), line], axis=1)
    found = np.array([np.interp(numbers, known, row) for row in line])
    factors: Array = np.exp(found) if logs else found
    return factors


def of_world(inputs: Inputs, name: str, country: Country, years: Years, goes_on: bool) -> Array:
    """Return a factor of the trade model by year and sector of the economy, [future, year, sector].

    Parameters
    ----------
    goes_on
        Whether it goes on after the last solved year as between the last two, as growth abroad does; else it stays,
        as duties do, which may be freed altogether and so have no logs.
    """
    labels = [str(year) for year in years.world_years]
    values = inputs.ordered(name, {"sector": country.world_sectors, "year": labels})[:, list(country.world)]
    found = np.stack(
        [
            _between(values[:, place], years.world_years, years.numbers, country.count, logs=goes_on)
            for place in range(len(country.world))
        ],
        axis=-1,
    )
    if goes_on and len(years.world_years) > 1 and years.numbers[-1] > years.world_years[-1]:
        last, before = years.world_years[-1], years.world_years[-2]
        rate = np.log(values[:, :, -1] / values[:, :, -2]) / (last - before)
        for place, year in enumerate(years.numbers):
            if year > last:
                found[:, place] *= np.exp(rate * (year - last))
    return np.ascontiguousarray(found)


def conditions(inputs: Inputs, country: Country, years: Years, usual: Array, invested: Array) -> list[Conditions]:
    """Return what is given for every year before its stocks and its programme.

    What flows over the border beside foreign investment, into reserves and repaid loans, stays the part of foreign
    investment that it was; where nobody invested it grows with output.

    Parameters
    ----------
    usual
        [future], public investment of the base year, million money: it is part of the investment of the accounts.
    invested
        [future, year], all foreign investment: in the base year part of the foreign saving of the accounts.
    """
    plain = without_interest(country.base, country.dynamics)
    plain = replace(
        plain,
        foreign_saving=plain.foreign_saving - invested[:, 0],
        government_balance=plain.government_balance - usual,
        investment=plain.investment - usual,
    )
    demand = of_world(inputs, "export_demand_factor", country, years, goes_on=True)
    price = of_world(inputs, "import_price_factor", country, years, goes_on=True)
    duty = of_world(inputs, "import_duty_factor", country, years, goes_on=False)
    one = np.ones((1, len(country.sectors)))
    first = np.where(invested[:, 0] > 0, invested[:, 0], 1.0)
    found = []
    for place in range(len(years.numbers)):
        given = grown(plain, years.trend[:, place])
        found.append(
            replace(
                given,
                foreign_saving=np.where(
                    invested[:, 0] > 0, plain.foreign_saving / first * invested[:, place], given.foreign_saving
                ),
                export_demand=demand[:, place] * one,
                import_price=price[:, place] * one,
                import_duty=plain.import_duty * duty[:, place],
                labour=years.people[:, place],
                population=years.people[:, place],
                productivity=years.productivity[:, place],
                reference_wage=years.trend[:, place] / years.people[:, place],
            )
        )
    return found
