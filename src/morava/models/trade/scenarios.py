"""What-ifs put to the world of one year: partners leave, charges begin, plants move, levers are pulled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from morava.models.batches import Array
from morava.models.inputs import Inputs
from morava.models.trade.equilibrium import Shock, no_shock
from morava.models.trade.path import Solved, Year, growth, is_goods, mines, solve_years, step
from morava.models.trade.response import guide
from morava.models.trade.setting import Setting
from morava.models.trade.staging import duties_before, duties_inside, partners_of
from morava.models.trade.world import World

GONE = 1e6
"""Factor on trade costs with a partner that leaves: what is left of the trade is below one in a billion."""


def agreements(years: dict[int, Year]) -> dict[str, Solved]:
    """Return what the agreements do in every solved year, each against the same year without them."""
    return {f"agreements, {year}": one.agreed for year, one in years.items()}


def what_ifs(inputs: Inputs, setting: Setting, years: dict[int, Year]) -> dict[str, Solved]:
    """Return every other scenario, each against the year with agreements that it is put to."""
    year = int(inputs.item("trade_scenario_year", "scenarios"))
    joining = int(inputs.item("trade_scenario_year", "accession"))
    found = _closures(inputs, setting, year)
    found |= _accession(inputs, setting, years[joining], joining)
    base = years[year].agreed.after
    jacobian = guide(base)
    shocks = {
        **dict(_withdrawals(setting, base)),
        **dict(_charges(inputs, setting, base)),
        **dict(_gateway(inputs, setting, base)),
        **dict(_levers(inputs, setting, base)),
        **dict(_undone(inputs, setting, base, year)),
    }
    for name, shock in shocks.items():
        found[f"{name}, {year}"] = step(base, shock, name, jacobian, years[year].price)
    return found


def _closures(inputs: Inputs, setting: Setting, year: int) -> dict[str, Solved]:
    """Return the agreements again with all trade balanced, and with deficits at a declared part of what they were."""
    part = inputs.item("lever_size", "deficits, exogenous")
    found: dict[str, Solved] = {}
    for title, kept in (("trade balanced", 0.0), ("deficits set", part)):
        (one,) = solve_years(inputs, setting, [year], setting.world.deficit * kept).values()
        found[f"agreements, {year}, {title}"] = one.agreed
    return found


def _accession(inputs: Inputs, setting: Setting, year: Year, number: int) -> dict[str, Solved]:
    """Return the end of the agreements of the plan, alone and with the country in the bloc."""
    base = year.agreed.after
    partners = partners_of(inputs, setting)
    ended = replace(no_shock(base), tariff=duties_before(setting, base.tariff, partners))
    joined = replace(no_shock(base), tariff=duties_inside(setting, base.tariff))
    jacobian = guide(base)
    return {
        f"agreements end, {number}": step(base, ended, "end of agreements", jacobian, year.price),
        f"accession, {number}": step(base, joined, "accession", jacobian, year.price),
    }


def _withdrawals(setting: Setting, base: World) -> Iterator[tuple[str, Shock]]:
    """Yield the end of all trade with each region and with each bloc of several, all partners alike."""
    regions = base.regions
    blocs = {bloc: [r for r, one in enumerate(setting.blocs) if one == bloc] for bloc in dict.fromkeys(setting.blocs)}
    groups = {regions[region]: [region] for region in range(len(regions)) if region != setting.home}
    groups |= {bloc: members for bloc, members in blocs.items() if len(members) > 1}
    for name, members in groups.items():
        cost = np.ones_like(no_shock(base).cost)
        cost[:, :, setting.home, members] = GONE
        cost[:, :, members, setting.home] = GONE
        yield f"withdrawal of {name}", replace(no_shock(base), cost=cost)


def _outside(setting: Setting) -> list[int]:
    return [region for region in range(len(setting.blocs)) if setting.blocs[region] != setting.bloc]


def _charges(inputs: Inputs, setting: Setting, base: World) -> Iterator[tuple[str, Shock]]:
    """Yield the bloc's carbon charge, and its duty beyond quotas averaged over deliveries, both on all outside it."""
    sectors = {"sector": base.sectors}
    carbon = inputs.ordered("carbon_border_charge", sectors)
    beyond = inputs.ordered("quota_charge", sectors) * inputs.array("quota_beyond")[:, None]
    for name, charge in (("carbon charge", carbon), ("quota", beyond)):
        count = max(len(charge), len(base.tariff))
        tariff = np.array(np.broadcast_to(base.tariff, (count, *base.tariff.shape[1:])))
        for importer in setting.inside:
            for exporter in _outside(setting):
                tariff[:, :, importer, exporter] += charge
        yield f"{name} of the {setting.bloc}", replace(no_shock(base), tariff=tariff)


def _gateway(inputs: Inputs, setting: Setting, base: World) -> Iterator[tuple[str, Shock]]:
    """Yield plants that move to the country for its market access, with and without origin in the bloc's eyes."""
    chosen = inputs.ordered("gateway_sector", {"sector": base.sectors})
    expansion = 1 + chosen * (inputs.array("gateway_expansion")[:, None] - 1)
    productivity = _home_only(setting, base, expansion ** (1 / base.elasticity))
    moved = replace(no_shock(base), productivity=productivity)
    yield "gateway with origin", moved
    tariff = np.array(base.tariff)
    full = np.where(chosen[0] > 0, setting.favoured[setting.inside[0]], 0.0)
    for importer in setting.inside:
        tariff[:, :, importer, setting.home] = np.maximum(tariff[:, :, importer, setting.home], full)
    yield "gateway without origin", replace(moved, tariff=tariff)


def _home_only(setting: Setting, base: World, values: Array) -> Array:
    """Return factors [future, region, sector] that are one outside the country."""
    factors = np.ones((len(values), len(base.regions), len(base.sectors)))
    factors[:, setting.home] = values
    return factors


def _levers(inputs: Inputs, setting: Setting, base: World) -> Iterator[tuple[str, Shock]]:
    """Yield levers on the deficits with the partners of the plan's agreements, and what no agreement would mean."""
    raw = inputs.ordered("raw_material_share", {"sector": base.sectors})[0]
    goods = is_goods(setting)
    partners = partners_of(inputs, setting)
    cheaper = inputs.item("lever_size", "cheaper exports")
    better = inputs.item("lever_size", "better industry")
    cost = np.ones_like(no_shock(base).cost)
    for partner in partners:
        cost[:, :, partner, setting.home] = np.where(goods & (raw == 0), 1 - cheaper, 1.0)
    yield "other exports cheaper", replace(no_shock(base), cost=cost)
    lifted = np.where(goods & (raw == 0), 1 + better, 1.0)[None]
    yield "industry more productive", replace(no_shock(base), productivity=_home_only(setting, base, lifted))
    yield "agreements never made", replace(no_shock(base), tariff=duties_before(setting, base.tariff, partners))


def _undone(inputs: Inputs, setting: Setting, base: World, year: int) -> Iterator[tuple[str, Shock]]:
    """Yield the year with the drift of shares undone, and with the expansion of mines undone."""
    grown = growth(inputs, setting, year)
    yield "drift stops", replace(no_shock(base), cost=1 / grown.cost)
    dug = _home_only(setting, base, 1 / mines(inputs, setting, year))
    yield "mines as they are", replace(no_shock(base), productivity=dug)
