"""Questions to the trade equilibrium: a file of changes, or those that the model declares, answered as spreads.

A question is put to every donor of technology with every set of elasticities, all else that is drawn standing at its
middle, and to drawn futures if some are asked for. No answer is one number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems
from morava.models.contract import as_model
from morava.models.trade import trade
from morava.models.trade.equilibrium import Equilibrium, Shock, flow_after, no_shock, solve
from morava.models.trade.path import Solved, growth, is_goods, solved, step
from morava.models.trade.response import guide
from morava.models.trade.setting import Inputs, Setting, read_setting
from morava.models.trade.staging import duties_in
from morava.models.trade.welfare import welfare
from morava.models.trade.world import Array, World
from morava.plans.distributions import quantile
from morava.plans.types import Country, Distribution, Futures, Strategy
from morava.quantities import check, labelled
from morava.runs.guard import run
from morava.runs.simulate import apply_at_dates
from morava.runs.trade_changes import KINDS, PAIR, Labels, Question, TradeChange
from morava.runs.trade_rows import ALL_PARTNERS, DECLARED, Key, TradeAnswer, make_rows

KEPT_TO = 1e-9
"""How far goods, balances and duties may miss, as a part of a region's income."""
CHUNK = 32
"""Drawn futures worked on at a time."""
HIGHEST_DUTY = KINDS["tariff"][2]

Values = dict[Key, Array]
Solver = Callable[[Mapping[str, xr.DataArray], bool], Values]


def central_inputs(country: Country, strategy: Strategy, futures: Futures) -> dict[str, xr.DataArray]:
    """Return the inputs of the model with every draw at its middle, over all donors with all sets of elasticities.

    The middle of a conflict is the side at which half of the weights is reached. `future` numbers the combinations,
    donors first.

    Raises
    ------
    MoravaError
        When the pack has no tables of trade, or something that is missing.
    """
    if not country.tables:
        what, mend = f"the pack {country.name} has no tables of trade", "a world needs them: use a pack that has, serbia"
        raise MoravaError(Problem(what, f"pack {country.name}", mend))
    half = np.array([0.5])
    uncertainties, conflicts = dict(futures.uncertainties), dict(country.conflicts)
    for name, one in futures.uncertainties.items():
        if not one.conflict:
            middle = float(quantile(one.distribution, half)[0])
            uncertainties[name] = replace(one, distribution=Distribution("empirical", {}, (middle,), ()))
        elif one.conflict in conflicts and conflicts[one.conflict].weights:
            weights = conflicts[one.conflict].weights
            chosen = int(quantile(one.distribution, half, weights)[0])
            only = tuple(float(side == chosen) for side in range(len(weights)))
            conflicts[one.conflict] = replace(conflicts[one.conflict], weights=only)
    middle_of = replace(country, conflicts=conflicts), replace(futures, uncertainties=uncertainties)
    known = _needed(apply_at_dates(middle_of[0], strategy, middle_of[1], futures.seed, [0]).known)
    given = {name: one.isel(future=0, drop=True) if "future" in one.dims else one for name, one in known.items()}
    for name, one in given.items():
        one.attrs.update(known[name].attrs)
    donors, sets = (given["world_technology"].sizes["donor"], given["trade_elasticity"].sizes["elasticity_set"])
    pairs = np.array(list(product(range(donors), range(sets))))
    for name, column, many in (("trade_donor_draw", 0, donors), ("trade_elasticity_draw", 1, sets)):
        given[name] = labelled(name, (pairs[:, column] + 0.5) / many, {"future": list(range(len(pairs)))})
    return given


def _needed(known: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    return {name: known[name] for name in as_model(trade).needs}


def labels_of(inputs: Mapping[str, xr.DataArray]) -> Labels:
    """Return the words that questions to a world may use."""
    read = Inputs(inputs)
    setting = read_setting(read)
    world, goods = setting.world, is_goods(setting)
    groups = {bloc: tuple(np.array(world.regions)[np.array(setting.blocs) == bloc]) for bloc in setting.blocs}
    return Labels(
        home=world.regions[setting.home],
        regions=world.regions,
        sectors=world.sectors,
        goods=tuple(sector for sector, one in zip(world.sectors, goods, strict=True) if one),
        blocs={bloc: tuple(map(str, members)) for bloc, members in groups.items() if len(members) > 1},
        first_year=int(read.number("world_year")),
        last_year=int(read.array("trade_solve_year", "item").max()),
    )


def answer_trade(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    seed: int,
    question: Question,
    year: int | None = None,
    drawn: int = 0,
) -> TradeAnswer:
    """Return what changes do to the country, each year against the same year without them.

    Parameters
    ----------
    country, strategy, futures
        What was read.
    seed
        Seed of the drawn futures.
    question
        The changes, as `read_question` gives them.
    year
        The only year to solve; else every year that the file names, or the year of the model's own scenarios.
    drawn
        How many drawn futures to solve beside the grid.

    Raises
    ------
    MoravaError
        A year in which no change stands, duties beyond their range, an identity that is broken, or no equilibrium at
        all.
    """
    grid = central_inputs(country, strategy, futures)
    labels = labels_of(grid)
    years = _years(question, labels, year, int(Inputs(grid).item("trade_scenario_year", "scenarios")))
    checks: dict[str, float] = {}

    def solver(inputs: Mapping[str, xr.DataArray], alone: bool) -> Values:
        return _put(Inputs(inputs), labels, question, years, checks, alone)

    found = solver(grid, False)
    many = _draw(country, strategy, futures, seed, drawn, solver) if drawn else {}
    return make_rows(country, strategy, grid, found, many, seed, drawn, checks, question)


def declared_trade(
    country: Country, strategy: Strategy, futures: Futures, seed: int, year: int | None = None, drawn: int = 0
) -> TradeAnswer:
    """Return what the model's own scenarios do to the country, of one year or of all.

    Raises
    ------
    MoravaError
        No scenario in the year, or no equilibrium.
    """
    grid = central_inputs(country, strategy, futures)

    def solver(inputs: Mapping[str, xr.DataArray], alone: bool) -> Values:  # noqa: ARG001
        return _declared(run(as_model(trade), inputs), year)

    found = solver(grid, False)
    many = _draw(country, strategy, futures, seed, drawn, solver) if drawn else {}
    return make_rows(country, strategy, grid, found, many, seed, drawn, {}, None)
