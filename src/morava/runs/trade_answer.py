"""Questions to the trade equilibrium: a file of changes, or those that the model declares, answered as spreads.

A question is put to every donor of technology with every set of elasticities, all else that is drawn standing at its
middle, and to drawn futures if some are asked for. No answer is one number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems
from morava.models.batches import Array
from morava.models.contract import as_model
from morava.models.inputs import Inputs
from morava.models.trade import neutral, trade
from morava.models.trade.equilibrium import Equilibrium, Shock, flow_after, no_shock, solve
from morava.models.trade.path import Solved, is_goods, solve_years, solved
from morava.models.trade.setting import Setting, read_setting
from morava.models.trade.welfare import welfare
from morava.models.trade.world import World
from morava.plans.types import Country, Futures, Strategy
from morava.quantities import check
from morava.runs.guard import run
from morava.runs.simulate import apply_at_dates
from morava.runs.trade_changes import KINDS, PAIR, Labels, Question, TradeChange
from morava.runs.trade_grid import central_inputs, labels_of, needed
from morava.runs.trade_rows import ALL_PARTNERS, DECLARED, TradeAnswer, Values, make_answer

KEPT_TO = 1e-9
"""How far goods, balances and duties may miss, as a part of a region's wages."""
CHUNK = 32
"""Drawn futures worked on at a time."""
HIGHEST_DUTY = KINDS["tariff"][2]


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
    years = _years(question, labels, year, int(Inputs(grid, "trade").item("trade_scenario_year", "scenarios")))
    task = _Task(lambda inputs: _worlds(inputs, question, years), lambda worlds: _put(worlds, labels, question))
    found = task.answer(task.prepare(grid))
    many = _draw(country, strategy, futures, seed, drawn, task)
    return make_answer(country, strategy, grid, found, many, question, seed)


def declared_trade(
    country: Country, strategy: Strategy, futures: Futures, seed: int, year: int | None = None, drawn: int = 0
) -> TradeAnswer:
    """Return what the model's own scenarios do to the country, of one year or of all; parameters as `answer_trade`.

    Raises
    ------
    MoravaError
        No scenario in the year, or no equilibrium.
    """
    grid = central_inputs(country, strategy, futures)
    task = _Task(lambda inputs: run(as_model(trade), inputs), lambda results: _declared(results, year))
    found = task.answer(task.prepare(grid))
    many = _draw(country, strategy, futures, seed, drawn, task)
    return make_answer(country, strategy, grid, found, many, None, seed)


@dataclass(frozen=True)
class _Task:
    """How futures are answered: `prepare` finds their worlds, and may find none; `answer` puts the question."""

    prepare: Callable[[Mapping[str, xr.DataArray]], Any]
    answer: Callable[[Any], Values]


def _draw(
    country: Country, strategy: Strategy, futures: Futures, seed: int, drawn: int, task: _Task
) -> tuple[Values, int]:
    """Return the answers of drawn futures, and how many of them have no world to put the question to."""
    parts: list[Values] = []
    lost = 0
    waiting = [list(range(first, min(first + CHUNK, drawn))) for first in range(0, drawn, CHUNK)]
    while waiting:
        numbers = waiting.pop(0)
        inputs = needed(apply_at_dates(country, strategy, futures, seed, numbers).known)
        try:
            worlds = task.prepare(inputs)
        except MoravaError:
            if len(numbers) > 1:
                waiting = [[number] for number in numbers] + waiting
                continue
            lost += 1
            if lost == drawn:
                raise
            continue
        parts.append(task.answer(worlds))
    if not parts:
        return {}, lost
    return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}, lost


def _years(question: Question, labels: Labels, year: int | None, otherwise: int) -> list[int]:
    """Return the years to solve."""
    if year is None:
        return question.years() or [otherwise]
    if not labels.first_year <= year <= labels.last_year:
        what, mend = f"{year} is no year of the model", f"give a year from {labels.first_year} to {labels.last_year}"
        raise MoravaError(Problem(what, "--year", mend))
    if question.changes and not any(change.value(year) is not None for change in question.changes):
        first = min(question.years())
        raise MoravaError(
            Problem(f"no change of {question.name} stands in {year}", "--year", f"the first is of {first}")
        )
    return [year]


@dataclass(frozen=True)
class _Worlds:
    """The worlds that a question is put to: by year, with the agreements then, and the factor on prices until then."""

    setting: Setting
    futures: int
    by_year: Mapping[int, tuple[World, Array]]


def _worlds(given: Mapping[str, xr.DataArray], question: Question, years: Sequence[int]) -> _Worlds:
    """Return the worlds of some futures under the closure of a question.

    Raises
    ------
    MoravaError
        Inputs that disagree with the glossary, or a world that is not found.
    """
    problems = Problems()
    for name, array in given.items():
        check(name, array, "input of trade", problems)
    problems.raise_if_any()
    inputs = Inputs({**given, **neutral(given, years)}, "trade")
    setting = read_setting(inputs)
    solved_years = solve_years(inputs, setting, years, scaled_deficits(setting.world, question.deficits))
    found = {year: (one.agreed.after, one.price) for year, one in solved_years.items()}
    return _Worlds(setting, len(inputs.futures), found)


def scaled_deficits(world: World, factors: Mapping[int, float]) -> Array:
    """Return deficits with those of some regions scaled; the others lend the difference as their wages are.

    Parameters
    ----------
    world
        With `future` first.
    factors
        By place of the region, 1. Where every region has one, all are the same.

    Returns
    -------
    array
        [future, region], in the unit of the flows.
    """
    deficit = np.array(np.broadcast_to(world.deficit, np.broadcast_shapes(world.deficit.shape, world.wages.shape)))
    named = sorted(factors)
    deficit[:, named] *= np.array([factors[place] for place in named])
    rest = [place for place in range(len(world.regions)) if place not in factors]
    if named and rest:
        gap = (world.deficit - deficit).sum(axis=1, keepdims=True)
        part = world.wages[:, rest] / world.wages[:, rest].sum(axis=1, keepdims=True)
        deficit[:, rest] = deficit[:, rest] + gap * part
    return deficit


def shock_of(base: World, changes: Sequence[TradeChange], year: int) -> Shock:
    """Return what stands of some changes in a year.

    Raises
    ------
    MoravaError
        Duties that would fall below zero or rise beyond the highest, deficits that do not sum to zero: all at once.
    """
    problems = Problems()
    shock = no_shock(base)
    tariff, cost = np.array(base.tariff), np.array(shock.cost)
    productivity, labour = np.array(shock.productivity), np.array(shock.labour)
    deficits: dict[int, float] = {}
    for change in changes:
        value = change.value(year)
        if value is None:
            continue
        # Cells of a pair are importer, exporter, sector; arrays of a world have the sector first.
        if KINDS[change.kind][0] == PAIR:
            importer, exporter, sector = (list(places) for places in zip(*change.cells, strict=True))
            here = (slice(None), sector, importer, exporter)
            if change.kind == "cost":
                cost[here] = value
                continue
            tariff[here] = value if change.kind == "tariff" else tariff[here] + value
            _check_duties(base, tariff[here], change, year, problems)
        elif change.kind == "productivity":
            region, sector = (list(places) for places in zip(*change.cells, strict=True))
            productivity[:, region, sector] = value
        elif change.kind == "labour":
            labour[:, [cell[0] for cell in change.cells]] = value
        else:
            deficits |= {cell[0]: value for cell in change.cells}
    if len(deficits) == len(base.regions) and len(set(deficits.values())) > 1:
        where = next(change.where for change in changes if change.kind == "deficit")
        problems.add("all regions have a factor on their deficit, and not the same", where, "leave one region out")
    problems.raise_if_any()
    return Shock(tariff, cost, productivity, labour, scaled_deficits(base, deficits))


def _check_duties(base: World, after: Array, change: TradeChange, year: int, problems: Problems) -> None:
    """Note duties after a change that are out of range, with the one that is furthest out."""
    for wrong, which in ((after < 0, np.argmin), (after > HIGHEST_DUTY, np.argmax)):
        if wrong.any():
            place = int(which(after)) % after.shape[1]
            importer, exporter, sector = change.cells[place]
            problems.add(
                f"the duty of {base.regions[importer]} on {base.sectors[sector]} from {base.regions[exporter]} "
                f"would be {float(after.flat[int(which(after))]):.4g} in {year}",
                change.where,
                f"a duty lies from 0 to {HIGHEST_DUTY:g}: change it by less, or leave this cell out",
            )


def _put(worlds: _Worlds, labels: Labels, question: Question) -> Values:
    """Return the answers to a question, [future] each; a future without an equilibrium has none."""
    values: Values = {}
    for year, (base, price) in worlds.by_year.items():
        shock = shock_of(base, question.changes, year)
        equilibrium = solve(base, shock)
        # What did not converge may hold anything; it is blotted out below.
        with np.errstate(all="ignore"):
            found = effects(worlds.setting, labels.blocs, solved(base, shock, equilibrium), price)
            missed = misses(base, shock, equilibrium)
        kept = equilibrium.converged
        for name, miss in missed.items():
            if (miss[kept] > KEPT_TO).any():
                what = f"the identity of {name} is missed by {miss[kept].max():.1e} in {year}"
                raise MoravaError(Problem(what, "model trade", "this is an error of the model: report it"))
        for (measure, region), one in {**found, **{(name, ""): miss for name, miss in missed.items()}}.items():
            whole = np.where(kept, one, np.nan)
            values["", year, measure, region] = np.array(np.broadcast_to(whole, (worlds.futures,)))
    return values


def effects(
    setting: Setting, blocs: Mapping[str, Sequence[str]], one: Solved, price: Array
) -> dict[tuple[str, str], Array]:
    """Return what a change does to the country, by measure and partner, [future] each.

    Parameters
    ----------
    setting
        Which region is the country, which sectors are goods.
    blocs
        Members of the blocs that are shown beside their members.
    one
        The change, solved.
    price
        [future], factor on the world's price of final use since the base year, before the change.

    Returns
    -------
    dict
        Changes are shares, balances are in the unit of the flows at the prices of the base year.
    """
    home, goods, regions = setting.home, is_goods(setting), setting.world.regions
    worth = welfare(one.before, one.shock, one.equilibrium)
    parts = {
        "real_income": worth.real_income,
        "welfare_first_order": worth.terms_of_trade + worth.volume_of_trade,
        "terms_of_trade": worth.terms_of_trade,
        "volume_of_trade": worth.volume_of_trade,
        "other_first_order": worth.technology + worth.endowment + worth.transfer,
        "real_wage": worth.real_wage,
        "duty_revenue": worth.revenue,
    }
    found = {(measure, ""): values[:, home] for measure, values in parts.items()}
    others = [place for place in range(len(regions)) if place != home]
    groups = {regions[place]: [place] for place in others}
    groups |= {bloc: [p for p in others if regions[p] in members] for bloc, members in blocs.items()}
    groups[ALL_PARTNERS] = others
    flows = {"before": one.before.flow / price[:, None, None, None]}
    flows["after"] = one.after.flow / (price * one.price)[:, None, None, None]
    for partner, places in groups.items():
        sides: dict[str, Array] = {}
        for when, flow in flows.items():
            traded = flow[:, goods]
            sides[f"export_{when}"] = traded[:, :, places, home].sum(axis=2).sum(axis=1)
            sides[f"import_{when}"] = traded[:, :, home][:, :, places].sum(axis=2).sum(axis=1)
        for side in ("export", "import"):
            before, after = sides[f"{side}_before"], sides[f"{side}_after"]
            ratio = after / np.where(before > 0, before, np.nan)
            found |= {(f"{side}_before", partner): before, (f"{side}_change", partner): ratio - 1}
        balance = {when: sides[f"export_{when}"] - sides[f"import_{when}"] for when in flows}
        found["balance_before", partner] = balance["before"]
        found["balance_change", partner] = balance["after"] - balance["before"]
    found |= {("real_income_abroad", regions[place]): worth.real_income[:, place] for place in others}
    return found


def misses(before: World, shock: Shock, equilibrium: Equilibrium) -> dict[str, Array]:
    """Return by how much an equilibrium misses what holds in every one, [future], as parts of a region's wages.

    Goods: what a region makes is sold. Balance: imports less exports are the deficit. Revenue: duties levied on
    deliveries are what users spend beyond wages and deficit.
    """
    flow = flow_after(equilibrium, shock)
    wages = before.wages * shock.labour * equilibrium.wage
    sold = np.swapaxes(flow.sum(axis=2), 1, 2)
    imports, exports = flow.sum(axis=3).sum(axis=1), flow.sum(axis=2).sum(axis=1)
    inputs = np.matmul(before.technology, equilibrium.output[..., None])[..., 0]
    spent = (equilibrium.spending - inputs).sum(axis=2)
    duties = (flow * shock.tariff).sum(axis=3).sum(axis=1)
    return {
        "goods": (np.abs(sold - equilibrium.output) / wages[..., None]).max(axis=(1, 2)),
        "balance": (np.abs(imports - exports - shock.deficit) / wages).max(axis=1),
        "revenue": (np.abs(spent - wages - shock.deficit - duties) / wages).max(axis=1),
        "labour": equilibrium.residual,
    }


def _declared(results: Mapping[str, xr.DataArray], year: int | None) -> Values:
    """Return the model's own scenarios, [future] each, of one year or of all.

    Raises
    ------
    MoravaError
        When none is of the year.
    """
    scenarios = [str(name) for name in results["trade_real_income_change"].coords["scenario"].to_numpy()]
    years = {name: int(number[1]) for name in scenarios if (number := re.search(r", (\d{4})", name))}
    kept = {name: one for name, one in years.items() if year in (None, one)}
    if not kept:
        mend = f"scenarios are of {', '.join(map(str, sorted(set(years.values()))))}"
        raise MoravaError(Problem(f"no declared scenario is of {year}", "--year", mend))
    values: Values = {}
    for quantity, measure in DECLARED.items():
        array = results[quantity].transpose("future", ...)
        for name, one in kept.items():
            picked = array.sel(scenario=name)
            if "region" not in array.dims:
                values[name, one, measure, ""] = picked.to_numpy()
                continue
            for region in array.coords["region"].to_numpy():
                values[name, one, measure, str(region)] = picked.sel(region=region).to_numpy()
    for name, one in kept.items():
        values[name, one, "labour", ""] = results["trade_residual"].to_numpy()
    return values
