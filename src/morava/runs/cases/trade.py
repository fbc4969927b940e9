"""Case T1: NAFTA from 1993 to 2005 by Caliendo and Parro, 31 countries and 40 sectors.

Six things turn a right program into one that misses the printed table, or a wrong one into one that meets it:

1. The printed welfare is no change of real income. It is terms of trade plus volume of trade, to first order, from
   percent changes (a factor less one, not its logarithm) at the weights of the base. Both are given here, under names
   of their own: for Mexico they are 1.31 and 0.007 %, since it loses most of its duties.
2. A row of the tables of trade and duties belongs to an importer, a column to an exporter.
3. Input shares sum to one among inputs, so they are scaled by what value added leaves. Gross output is at least what
   is exported. Final demand below zero is set to zero and the rest scaled.
4. The table rests on the theta of the program of the study. For cars and other transport it is 8.22; the paper prints
   1.84 and 0.39.
5. Without deficits there are two steps: first the duties of 1993 with no deficits, from the data, and from there the
   duties of 2005. With the deficits of 1993 kept there are two steps too, since the data with final demand as in 3 are
   no equilibrium.
6. Only duties among the three members change, six pairs; all others stay as in 1993.

One input share is negative (what Basic metals buys of Other in Canada, -0.0006 of its output). It is set to zero here,
and value added takes the difference. That moves welfare by 0.00001 percentage points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem
from morava.models.trade.equilibrium import Equilibrium, Shock, flow_after, no_shock, solve, world_after
from morava.models.trade.welfare import Welfare, welfare
from morava.models.trade.world import World, calibrate
from morava.runs.cases.readings import Array, Reading

Inputs = Mapping[str, Any]
PERCENT = 100.0
THOUSAND = 1e3


@dataclass(frozen=True)
class Tables:
    """What was read: `flow` and duties [importer, exporter, sector], USD and 1, the rest as `calibrate` wants it."""

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    flow: Array
    before: Array
    after: Array
    technology: Array
    elasticity: Array


@dataclass(frozen=True)
class Answer:
    """The world before, what changes, the world after, and what the change is worth."""

    base: World
    shock: Shock
    found: Equilibrium
    worth: Welfare


@cache
def read_tables(folder: str) -> Tables:
    """Return the tables of a folder of data, gross output lifted to exports, input shares not below zero."""
    trade, inputs, output, elasticities = (
        _columns(folder, name) for name in ("trade", "inputs", "output", "elasticities")
    )
    countries, sectors = tuple(dict.fromkeys(output["country"])), tuple(elasticities["sector"])
    place = [_places(countries, trade["importer"]), _places(countries, trade["exporter"])]
    traded = (*place, _places(sectors, trade["sector"]))
    made = (_places(countries, output["country"]), _places(sectors, output["sector"]))
    used = (
        _places(countries, inputs["country"]),
        _places(sectors, inputs["input_sector"]),
        _places(sectors, inputs["using_sector"]),
    )
    size = (len(countries), len(countries), len(sectors))
    flow = _filled(size, traded, trade["trade_thousand_usd_1993"] * THOUSAND)
    value_added = _filled(size[1:], made, output["value_added_share"])
    shares = _filled((size[0], size[2], size[2]), used, inputs["share_of_inputs"])
    sold = flow.sum(axis=0)
    home = np.arange(len(countries))
    flow[home, home] = np.maximum(_filled(size[1:], made, output["gross_output_usd_1993"]), sold) - sold
    return Tables(
        countries=countries,
        sectors=sectors,
        flow=flow,
        before=_filled(size, traded, trade["duty_percent_1993"] / PERCENT),
        after=_filled(size, traded, trade["duty_percent_2005"] / PERCENT),
        technology=np.maximum(shares * (1 - value_added)[:, None, :], 0.0),
        elasticity=elasticities["theta"],
    )


def _columns(folder: str, name: str) -> dict[str, Any]:
    path = files("morava.runs").joinpath("cases", "data", folder, f"{name}.parquet")
    with duckdb.connect(config={"threads": 1}) as connection:
        return dict(connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchnumpy())


def _places(labels: Sequence[str], column: Sequence[str]) -> npt.NDArray[np.intp]:
    places = {label: place for place, label in enumerate(labels)}
    return np.array([places[label] for label in column], dtype=np.intp)


def _filled(size: tuple[int, ...], places: tuple[npt.NDArray[np.intp], ...], values: Array) -> Array:
    """Return an array with values at their places; services, which the tables of trade do not name, are zero."""
    array = np.zeros(size)
    array[places] = values
    return array


@cache
def answer(folder: str, members: tuple[str, ...], deficits: str) -> Answer:
    """Return what the duties of 2005 among the members do to 1993, with deficits `none` or `kept`."""
    tables = read_tables(folder)
    data = calibrate(
        tables.countries, tables.sectors, tables.flow[None], tables.technology[None], tables.before[None],
        tables.elasticity[None], folder, lift_final=True,
    )  # fmt: skip
    kept = {"none": np.zeros_like(data.deficit), "kept": data.deficit}[deficits]
    first = replace(no_shock(data), deficit=kept)
    base = world_after(data, first, _converged(solve(data, first)))
    inside = np.isin(tables.countries, members)
    among = inside[:, None] & inside & ~np.eye(len(inside), dtype=bool)
    shock = replace(no_shock(base), tariff=np.where(among, np.moveaxis(tables.after, 2, 0), base.tariff))
    found = _converged(solve(base, shock))
    return Answer(base, shock, found, welfare(base, shock, found))


def _converged(found: Equilibrium) -> Equilibrium:
    if not found.converged.all():
        raise MoravaError(Problem("the equilibrium was not found", "case T1", "compare the data with their source"))
    return found


def _answer(inputs: Inputs) -> Answer:
    return answer(inputs["data"], tuple(inputs["members"]), inputs["deficits"])


def _percent(given: Answer, values: Array, country: str) -> Reading:
    return Reading(float(values[0, given.base.regions.index(country)]) * PERCENT)


def first_order_welfare(inputs: Inputs, label: str) -> Reading:
    """Return what the paper calls welfare of a country, percent of income: terms of trade plus volume of trade."""
    given = _answer(inputs)
    return _percent(given, given.worth.terms_of_trade + given.worth.volume_of_trade, label)


def terms_of_trade(inputs: Inputs, label: str) -> Reading:
    """Return terms of trade of a country, percent of income."""
    given = _answer(inputs)
    return _percent(given, given.worth.terms_of_trade, label)


def volume_of_trade(inputs: Inputs, label: str) -> Reading:
    """Return volume of trade of a country, percent of income."""
    given = _answer(inputs)
    return _percent(given, given.worth.volume_of_trade, label)


def real_wage(inputs: Inputs, label: str) -> Reading:
    """Return by how much the real wage of a country changes, percent."""
    given = _answer(inputs)
    return _percent(given, given.worth.real_wage, label)


def real_income(inputs: Inputs, label: str) -> Reading:
    """Return by how much the real income of a country changes, percent: exact, and not printed in the paper."""
    given = _answer(inputs)
    return _percent(given, given.worth.real_income, label)


def imports_from_members(inputs: Inputs, label: str) -> Reading:
    """Return by how much the imports of a country from the other members change, percent, without duties."""
    given = _answer(inputs)
    importer = given.base.regions.index(label)
    others = [given.base.regions.index(name) for name in inputs["members"] if name != label]
    before, after = (
        flow[0, :, importer, others].sum() for flow in (given.base.flow, flow_after(given.found, given.shock))
    )
    return Reading(float(after / before - 1) * PERCENT)


def revenue_share(inputs: Inputs, label: str) -> Reading:
    """Return the duties of a country as a share of its income, percent: `MEX before` or `MEX after`."""
    given = _answer(inputs)
    country, when = label.split()
    revenue, income = {
        "before": (given.base.revenue, given.base.income),
        "after": (given.found.revenue, given.found.income),
    }[when]
    return _percent(given, revenue / income, country)
