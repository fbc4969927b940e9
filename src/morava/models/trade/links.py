"""The model `trade_links`: what the world asks of the country and offers it, for a model of its economy.

The same world, growth and agreements as in `trade`, with no scenario: one equilibrium a year. `docs/models/trade.md`
says what the two models pass to each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.models.batches import Array, total
from morava.models.contract import model
from morava.models.inputs import Inputs
from morava.models.trade.home import solved_years
from morava.models.trade.path import Solved, solve_ends
from morava.models.trade.setting import Setting, read_setting
from morava.quantities import labelled

GIVES = (
    "export_demand_factor", "import_price_factor", "import_duty_factor", "world_price_factor", "home_cost_gap",
    "home_productivity_next",
)  # fmt: skip


@model(gives=GIVES)
def trade_links(
    world_flow: xr.DataArray,
    world_technology: xr.DataArray,
    world_tariff: xr.DataArray,
    most_favoured_tariff: xr.DataArray,
    trade_elasticity: xr.DataArray,
    trade_donor_draw: xr.DataArray,
    trade_elasticity_draw: xr.DataArray,
    home_region: xr.DataArray,
    region_bloc: xr.DataArray,
    accession_bloc: xr.DataArray,
    world_year: xr.DataArray,
    trade_solve_year: xr.DataArray,
    region_growth: xr.DataArray,
    own_duty_least: xr.DataArray,
    own_duty_most: xr.DataArray,
    own_duty_draw: xr.DataArray,
    own_duty_share: xr.DataArray,
    agreement_start: xr.DataArray,
    agreement_phase_length: xr.DataArray,
    agreement_freed_at_once: xr.DataArray,
    agreement_excluded: xr.DataArray,
    agreement_phase_draw: xr.DataArray,
    import_drift: xr.DataArray,
    import_drift_draw: xr.DataArray,
    raw_material_share: xr.DataArray,
    raw_material_expansion: xr.DataArray,
    raw_material_full_by: xr.DataArray,
    home_productivity_factor: xr.DataArray,
    home_labour_factor: xr.DataArray,
    home_deficit_factor: xr.DataArray,
    home_cost_target: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return demand for exports, prices and duties of imports, and how home costs differ from those of the economy.

    Parameters
    ----------
    world_flow
        [importer, exporter, sector], million money
    world_technology
        [donor, region, input, sector], 1
    world_tariff
        [importer, exporter, sector], 1
    most_favoured_tariff
        [importer, sector], 1
    trade_elasticity
        [elasticity_set, sector], 1
    trade_donor_draw, trade_elasticity_draw
        [], 1
    home_region
        [], text
    region_bloc
        [region], text
    accession_bloc
        [], text
    world_year
        [], 1
    trade_solve_year
        [item], 1
    region_growth
        [region], 1 / year
    own_duty_least, own_duty_most, own_duty_draw
        [sector], 1
    own_duty_share
        [region], 1
    agreement_start
        [region], year
    agreement_phase_length
        [item], year
    agreement_freed_at_once, agreement_excluded, agreement_phase_draw
        [sector], 1
    import_drift
        [region], 1 / year
    import_drift_draw
        [], 1
    raw_material_share
        [sector], 1
    raw_material_expansion, raw_material_full_by
        [], 1
    home_productivity_factor
        [sector, year], 1
    home_labour_factor, home_deficit_factor
        [year], 1
    home_cost_target
        [sector, year], 1

    Returns
    -------
    dict
        `export_demand_factor`, `import_price_factor`, `import_duty_factor` and `home_productivity_next` [sector, year],
        `world_price_factor` and `home_cost_gap` [year], all 1.

    Raises
    ------
    MoravaError
        Labels that do not agree, a table that is no equilibrium, futures that find none.

    Identity
    --------
    Exports of the base year times the demand factor times the cost factor to the minus theta are the exports of the
    year at the world's prices.
    """
    inputs = Inputs(dict(locals()), "trade_links")  # first of all: what is local now is what was given
    years = solved_years(inputs, "home_cost_target")
    setting = read_setting(inputs)
    labels: dict[str, list[object]] = {"sector": list(setting.world.sectors), "year": list(years)}
    productivity, target = (inputs.ordered(name, labels) for name in ("home_productivity_factor", "home_cost_target"))
    given: dict[str, list[Array]] = {name: [] for name in GIVES}
    for place, (_, solved) in enumerate(solve_ends(inputs, setting, years)):
        found = border(setting, solved)
        gap, moved = match(setting, solved, np.log(found.cost), np.log(target[:, :, place]))
        given["export_demand_factor"].append(found.demand)
        given["import_price_factor"].append(found.price)
        given["import_duty_factor"].append(found.duty)
        given["world_price_factor"].append(solved.price)
        given["home_cost_gap"].append(gap)
        given["home_productivity_next"].append(_normal(setting, productivity[:, :, place], moved))
    return {name: _give(inputs, name, np.stack(values, axis=-1), labels) for name, values in given.items()}


@dataclass(frozen=True)
class Border:
    """What the country meets at its border in a year, over the base year, [future, sector].

    `cost` is what its own goods cost and `price` what foreign goods cost before duty, both over the price of the
    world's final use; `demand` what the world buys at unchanged cost; `duty` the mean duty on imports.
    """

    cost: Array
    demand: Array
    price: Array
    duty: Array


def border(setting: Setting, solved: Solved) -> Border:
    """Return what a change means at the border of the country.

    Parameters
    ----------
    setting
        Which region is the country.
    solved
        A change from the base year.
    """
    home, theta, price = setting.home, solved.before.elasticity, solved.price[:, None]
    abroad = np.arange(len(solved.before.regions)) != home
    before, after = solved.before.flow, solved.after.flow
    cost = solved.equilibrium.cost[:, home] / price
    sold, sells = (total(flow[:, :, abroad, home], 2) for flow in (before, after))
    grown = _ratio(sells / price, sold)
    bought, buys = (flow[:, :, home, abroad] for flow in (before, after))
    # Sources without sales in the base year have none after; what is bought nowhere abroad stays as dear as it was.
    weight = _ratio(bought, total(bought, 2)[..., None], 0.0)
    dearer = np.swapaxes(solved.equilibrium.cost, 1, 2)[:, :, abroad] * solved.shock.cost[:, :, home, abroad]
    index = total(weight * dearer ** -theta[:, :, None], 2)
    index = np.where(index > 0, index, 1.0) ** (-1 / theta)
    known = np.broadcast_to(total(bought, 2) > 0, index.shape)
    duties = [
        _ratio(total(flow * tariff[:, :, home, abroad], 2), total(flow, 2), 0.0)
        for flow, tariff in ((bought, solved.before.tariff), (buys, solved.shock.tariff))
    ]
    return Border(
        cost=cost,
        demand=np.where(sold > 0, grown * cost**theta, 1.0),
        price=np.where(known, index / price, 1.0),
        duty=_ratio(duties[1], duties[0]),
    )


def match(setting: Setting, solved: Solved, cost: Array, target: Array) -> tuple[Array, Array]:
    """Return how far home costs lie from a target, and how far productivity would have to move to meet it but for that.

    Parameters
    ----------
    setting, solved
        The year.
    cost, target
        [future, sector], logs of factors since the base year

    Returns
    -------
    tuple of Array
        [future]: the mean over exports of the base year of log cost less log target. [future, sector]: the move of log
        productivity that takes what else is between them away at unchanged wages, with what sectors of the country buy
        of each other.
    """
    home = setting.home
    gap = cost - target
    mean = _mean(setting, gap)
    rest = gap - mean[:, None]
    at_home = rest * solved.equilibrium.share[:, :, home, home]
    bought = np.swapaxes(solved.before.technology[:, home], 1, 2)
    return mean, rest - np.matmul(bought, at_home[..., None])[..., 0]


def _normal(setting: Setting, productivity: Array, moved: Array) -> Array:
    """Return productivity after a move of its log, whose mean over exports is zero: wages take up the rest."""
    logs = np.log(productivity) + moved
    normal: Array = np.exp(logs - _mean(setting, logs)[:, None])
    return normal


def _mean(setting: Setting, values: Array) -> Array:
    """Return the mean over sectors [future, sector], by exports of the base year."""
    abroad = np.arange(len(setting.world.regions)) != setting.home
    sold = total(setting.world.flow[:, :, abroad, setting.home], 2)
    return total(values * sold, 1) / total(sold, 1)


def _ratio(values: Array, over: Array, otherwise: float = 1.0) -> Array:
    """Return values over others; where these are zero, something else."""
    found: Array = np.where(over > 0, values / np.where(over > 0, over, 1.0), otherwise)
    return found


def _give(inputs: Inputs, name: str, values: Array, labels: Mapping[str, list[object]]) -> xr.DataArray:
    """Return values [future, ..., year] under a name of the glossary, with `future` first where the inputs vary."""
    lists = dict(labels) if values.ndim > 2 else {"year": labels["year"]}
    if not inputs.varies:
        return labelled(name, values[0], lists)
    whole = np.broadcast_to(values, (len(inputs.futures), *values.shape[1:]))
    return labelled(name, np.ascontiguousarray(whole), {"future": list(inputs.futures), **lists})
