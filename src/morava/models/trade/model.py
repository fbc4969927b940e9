"""The model `trade`: the country in a world of regions and sectors, with its agreements and without.

A multi-sector Ricardian general equilibrium with input-output links (Caliendo and Parro 2015) in exact hat algebra,
run in every future on its own technology, elasticities, duties and growth. Equations, closures and limits:
`docs/models/trade.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.batches import Array, total
from morava.models.contract import model
from morava.models.inputs import Inputs
from morava.models.trade.home import solved_years
from morava.models.trade.origin import regional_content
from morava.models.trade.path import Solved, Year, is_goods, solve_years
from morava.models.trade.scenarios import agreements, what_ifs
from morava.models.trade.setting import Setting, read_setting
from morava.models.trade.staging import partners_of
from morava.models.trade.value_added import value_added_by_origin, world_table
from morava.models.trade.welfare import welfare
from morava.quantities import labelled

GIVES = (
    "region_export", "region_import", "region_balance", "region_export_without_raw_material",
    "region_sector_export", "region_sector_import", "bilateral_balance",
    "trade_real_income_change", "trade_welfare_change", "trade_terms_of_trade_change", "trade_volume_change",
    "trade_wage_change", "trade_revenue_change", "trade_export_change", "trade_import_change", "trade_balance_change",
    "export_value_added", "origin_content", "origin_margin", "trade_donor_used", "trade_elasticity_used",
    "trade_bloc_export_change", "trade_residual",
)  # fmt: skip
TO_BLOC, ALL_GOODS = "trade_bloc_export_change", "all goods"


@model(gives=GIVES)
def trade(
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
    trade_scenario_year: xr.DataArray,
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
    carbon_border_charge: xr.DataArray,
    quota_charge: xr.DataArray,
    quota_beyond: xr.DataArray,
    origin_threshold: xr.DataArray,
    gateway_sector: xr.DataArray,
    gateway_expansion: xr.DataArray,
    lever_size: xr.DataArray,
    bilateral_export: xr.DataArray,
    bilateral_import: xr.DataArray,
    home_productivity_factor: xr.DataArray,
    home_labour_factor: xr.DataArray,
    home_deficit_factor: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return the trade of the country in the solved years, and what agreements and what-ifs do to it.

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
    trade_scenario_year
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
    carbon_border_charge
        [sector], 1
    quota_charge
        [sector], 1
    quota_beyond
        [], 1
    origin_threshold
        [item], 1
    gateway_sector
        [sector], 1
    gateway_expansion
        [], 1
    lever_size
        [item], 1
    bilateral_export, bilateral_import
        [item, region], million money
    home_productivity_factor
        [sector, year], 1
    home_labour_factor, home_deficit_factor
        [year], 1

    Returns
    -------
    dict
        Exports, imports and balances by region, sector and year; changes by scenario; value added in exports by origin;
        regional value content; which technology and elasticities each future uses; the largest error.

    Raises
    ------
    MoravaError
        Labels that do not agree, a table that is no equilibrium, futures that find none.

    Identity
    --------
    Exports less imports over all regions and sectors is minus the deficit; value added in exports sums to one.

    Source
    ------
    Caliendo and Parro (2015), Review of Economic Studies 82(1).
    """
    inputs = Inputs(dict(locals()), "trade")  # first of all: what is local now is what was given
    setting = read_setting(inputs)
    solved = solve_years(inputs, setting, solved_years(inputs))
    scenarios = agreements(solved) | what_ifs(inputs, setting, solved)
    give = _Giver(inputs, setting)
    return (
        _levels(give, solved)
        | _bases(give, solved)
        | _changes(give, scenarios)
        | _origins(give, solved[min(solved)])
        | {
            "trade_donor_used": give("trade_donor_used", setting.donor_used, donor=_labels(world_technology, "donor")),
            "trade_elasticity_used": give(
                "trade_elasticity_used", setting.elasticity_used,
                elasticity_set=_labels(trade_elasticity, "elasticity_set"),
            ),
            "trade_residual": give("trade_residual", _largest_error([*scenarios.values(), *_grown(solved)])),
        }
    )  # fmt: skip


class _Giver:
    """Makes labelled arrays of results, with `future` first where the inputs vary."""

    def __init__(self, inputs: Inputs, setting: Setting) -> None:
        self.inputs, self.setting = inputs, setting
        self.others = [r for r in range(len(setting.world.regions)) if r != setting.home]
        self.names = [setting.world.regions[r] for r in self.others]

    def __call__(self, name: str, values: Array, **labels: Sequence[object]) -> xr.DataArray:
        """Return values [future, *labels] under a name of the glossary."""
        lists = {dim: list(label) for dim, label in labels.items()}
        if not self.inputs.varies:
            return labelled(name, values[0], lists)
        whole = np.broadcast_to(values, (len(self.inputs.futures), *values.shape[1:]))
        return labelled(name, np.ascontiguousarray(whole), {"future": list(self.inputs.futures), **lists})


def _labels(array: xr.DataArray, dim: str) -> list[str]:
    return [str(label) for label in array.coords[dim].to_numpy()]


def _trade_of(give: _Giver, solved: Solved, after: bool) -> tuple[Array, Array]:
    """Return exports and imports of the country, [future, region, sector], in the world's wages."""
    flow = (solved.after if after else solved.before).flow
    home, others = give.setting.home, give.others
    exports, imports = flow[:, :, others, home], flow[:, :, home, :][:, :, others]
    return np.swapaxes(exports, 1, 2), np.swapaxes(imports, 1, 2)


def _levels(give: _Giver, solved: Mapping[int, Year]) -> dict[str, xr.DataArray]:
    """Return exports, imports and balances by region, sector and year, at the world's prices of the base year."""
    goods = is_goods(give.setting)
    years = list(solved)
    sold: list[Array] = []
    bought: list[Array] = []
    for one in solved.values():
        exports, imports = _trade_of(give, one.agreed, after=True)
        sold.append(exports / one.price[:, None, None])
        bought.append(imports / one.price[:, None, None])
    exports, imports = np.stack(sold, axis=-1), np.stack(bought, axis=-1)
    raw = give.inputs.ordered("raw_material_share", {"sector": give.setting.world.sectors})[:, None, :, None]
    by_region: dict[str, Sequence[object]] = {"region": give.names, "year": years}
    by_sector: dict[str, Sequence[object]] = {**by_region, "sector": give.setting.world.sectors}
    out, into = total(exports[:, :, goods], 2), total(imports[:, :, goods], 2)
    return {
        "region_export": give("region_export", out, **by_region),
        "region_import": give("region_import", into, **by_region),
        "region_balance": give("region_balance", out - into, **by_region),
        "region_export_without_raw_material": give(
            "region_export_without_raw_material", total((exports * (1 - raw))[:, :, goods], 2), **by_region
        ),
        "region_sector_export": give("region_sector_export", np.swapaxes(exports, 2, 3), **by_sector),
        "region_sector_import": give("region_sector_import", np.swapaxes(imports, 2, 3), **by_sector),
    }


def _bases(give: _Giver, solved: Mapping[int, Year]) -> dict[str, xr.DataArray]:
    """Return the balance of goods as each office would count it: its figures of the base year, carried by the model."""
    goods = is_goods(give.setting)
    items, regions = (_labels(give.inputs.given("bilateral_export"), dim) for dim in ("item", "region"))
    counted = {"item": items, "region": regions}
    base = {side: give.inputs.ordered(f"bilateral_{side}", counted) for side in ("export", "import")}
    places = [give.names.index(region) for region in regions]
    flow = give.setting.world.flow[:, is_goods(give.setting)]
    for region in regions:
        place = give.setting.world.regions.index(region)
        if not (flow[:, :, [place, give.setting.home], [give.setting.home, place]].sum(axis=1) > 0).all():
            raise MoravaError(
                Problem(
                    f"trade with {region} is counted, and the world table has none",
                    give.inputs.where,
                    "mend one of the two",
                )
            )
    balances: list[Array] = []
    for one in solved.values():
        before = _trade_of(give, one.grown, after=False)
        after = _trade_of(give, one.agreed, after=True)
        factor = [
            total(now[:, places][:, :, goods], 2) / total(then[:, places][:, :, goods], 2) / one.price[:, None]
            for then, now in zip(before, after, strict=True)
        ]
        balances.append(base["export"] * factor[0][:, None, :] - base["import"] * factor[1][:, None, :])
    values = np.stack(balances, axis=-1)
    return {"bilateral_balance": give("bilateral_balance", values, **counted, year=list(solved))}


def _changes(give: _Giver, scenarios: Mapping[str, Solved]) -> dict[str, xr.DataArray]:
    """Return what every scenario changes, each against the same year without it."""
    home, goods = give.setting.home, is_goods(give.setting)
    found: dict[str, list[Array]] = {}
    for one in scenarios.values():
        worth = welfare(one.before, one.shock, one.equilibrium)
        parts = {
            "trade_real_income_change": worth.real_income,
            "trade_welfare_change": worth.terms_of_trade + worth.volume_of_trade,
            "trade_terms_of_trade_change": worth.terms_of_trade,
            "trade_volume_change": worth.volume_of_trade,
            "trade_wage_change": worth.real_wage,
            "trade_revenue_change": worth.revenue,
        }
        for name, values in parts.items():
            found.setdefault(name, []).append(values[:, home])
        prices = one.since[:, None, None], (one.since * one.price)[:, None, None]
        before, after = (
            [side / price for side in _trade_of(give, one, after)]
            for after, price in zip((False, True), prices, strict=True)
        )
        sold, bought = (
            (total(b[:, :, goods], 2), total(a[:, :, goods], 2)) for b, a in zip(before, after, strict=True)
        )
        found.setdefault("trade_export_change", []).append(_change(*sold))
        found.setdefault("trade_import_change", []).append(_change(*bought))
        found.setdefault("trade_balance_change", []).append((sold[1] - bought[1]) - (sold[0] - bought[0]))
        found.setdefault(TO_BLOC, []).append(_change(*(_to_bloc(give, side[0]) for side in (before, after))))
    count = max(len(values) for values in found["trade_export_change"])
    given: dict[str, xr.DataArray] = {}
    for name, columns in found.items():
        whole = np.stack([np.broadcast_to(one, (count, *one.shape[1:])) for one in columns], axis=-1)
        dims: dict[str, Sequence[object]] = {"region": give.names} if whole.ndim > 2 else {}
        dims = {"sector": [*give.setting.world.sectors, ALL_GOODS]} if name == TO_BLOC else dims
        given[name] = give(name, whole, **dims, scenario=list(scenarios))
    return given


def _change(before: Array, after: Array) -> Array:
    """Return the relative change; what is not traded is not traded after, and does not change."""
    changed: Array = np.where(before > 0, after / np.where(before > 0, before, 1.0) - 1, 0.0)
    return changed


def _to_bloc(give: _Giver, exports: Array) -> Array:
    """Return exports [future, region, sector] to the bloc as [future, sector and all goods]."""
    members = [give.others.index(int(region)) for region in give.setting.inside]
    sold = total(exports[:, members], 1)
    goods = total(sold[:, is_goods(give.setting)], 1)
    return np.concatenate([sold, goods[:, None]], axis=1)


def _origins(give: _Giver, year: Year) -> dict[str, xr.DataArray]:
    """Return whose value added is in the exports of the base year, and how much of each sector is of origin."""
    setting, world = give.setting, year.grown.before
    used = np.argmax(setting.donor_used, axis=1)
    by_donor = {int(donor): _value_added(give, int(donor)) for donor in np.unique(used)}
    shares = np.stack([by_donor[int(donor)] for donor in used])
    counted = {f"with {world.regions[one]}": [one] for one in partners_of(give.inputs, setting)}
    counted[f"with {setting.bloc}"] = [int(one) for one in setting.inside]
    known = _labels(give.inputs.given("origin_threshold"), "item")
    problems = Problems()
    for item in sorted(set(known) - {f"with {region}" for region in (*world.regions, setting.bloc)}):
        problems.add(f"origin_threshold has the item {item}", give.inputs.where, nearest(item, counted))
    problems.raise_if_any()
    items = [item for item in known if item in counted]
    content = np.stack([regional_content(world, setting.home, counted[item]) for item in items], axis=1)
    asked = np.array([[give.inputs.item("origin_threshold", item) for item in items]])
    dims = {"item": items, "sector": world.sectors}
    return {
        "export_value_added": give(
            "export_value_added", shares, origin=list(world.regions), region=[*give.names, setting.bloc]
        ),
        "origin_content": give("origin_content", content, **dims),
        "origin_margin": give("origin_margin", content - asked[:, :, None], **dims),
    }


def _value_added(give: _Giver, donor: int) -> Array:
    """Return the share of every origin in the country's exports, [origin, region and bloc], with a donor's technology.

    Own duties stand in the middle of their ranges here, so that the answer depends on the donor alone.
    """
    setting, inputs = give.setting, give.inputs
    regions, sectors = list(setting.world.regions), list(setting.world.sectors)
    flow, tariff = (
        inputs.ordered(name, {"importer": regions, "exporter": regions, "sector": sectors})[0]
        for name in ("world_flow", "world_tariff")
    )
    donors = _labels(inputs.given("world_technology"), "donor")
    technology = inputs.ordered(
        "world_technology", {"donor": donors, "region": regions, "input": sectors, "sector": sectors}
    )[0, donor]
    ends = [inputs.ordered(f"own_duty_{end}", {"sector": sectors})[0] for end in ("least", "most")]
    paying = inputs.ordered("own_duty_share", {"region": regions})[0]
    paying[setting.home] = 0.0
    tariff[setting.home] = paying[:, None] * (ends[0] + ends[1]) / 2
    exports = value_added_by_origin(world_table(flow, technology, tariff))
    by_region = (exports.factors + exports.duties)[:, setting.home].sum(axis=2)
    whole = np.concatenate([by_region[:, give.others], by_region[:, setting.inside].sum(axis=1, keepdims=True)], axis=1)
    shares: Array = whole / whole.sum(axis=0)
    return shares


def _grown(solved: Mapping[int, Year]) -> list[Solved]:
    return [one.grown for one in solved.values()]


def _largest_error(solved: Sequence[Solved]) -> Array:
    """Return the largest relative error of labour demand over the equilibria of a future, [future]."""
    errors = [one.equilibrium.residual for one in solved]
    count = max(len(one) for one in errors)
    largest: Array = np.max([np.broadcast_to(one, (count,)) for one in errors], axis=0)
    return largest
