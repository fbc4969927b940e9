"""The model `economy`: the country's general equilibrium year after year, with its initiatives, in every future.

A recursive-dynamic general equilibrium of the family of Hosoe, Gasawa and Hashimoto on a social accounting matrix, run
under several closures that name who adjusts. Equations, closures and limits: `docs/models/economy.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.models.batches import Array
from morava.models.contract import as_model, model
from morava.models.economy import answers
from morava.models.economy.country import Country, read_country
from morava.models.economy.initiatives import Invested, read_programme
from morava.models.economy.recursive import Path, solve_path
from morava.models.economy.years import Years, conditions, of_world, read_years
from morava.models.inputs import Inputs
from morava.quantities import find, labelled

GIVES = (
    "gdp", "gdp_growth", "gdp_by_closure", "wage_by_closure", "sector_output", "sector_value_added",
    "sector_employment", "sector_price", "sector_export", "sector_import", "sector_emission", "employment",
    "unemployment_rate", "wage_real", "wage_in_money", "labour_productivity", "household_real_consumption",
    "real_exchange_rate", "investment_total", "investment_foreign", "investment_foreign_share", "investment_public",
    "foreign_profit", "economy_trade_balance", "current_account", "infrastructure_stock", "public_revenue",
    "public_balance", "primary_balance_before_programme", "electricity_use_factor", "home_cost_target",
    "home_labour_factor", "home_deficit_real", "economy_donor_used", "economy_residual", "economy_walras",
)  # fmt: skip
LINKS = ("home_cost_target", "home_labour_factor", "home_deficit_real", "electricity_use_factor")
AT_WORLD_YEARS = ("home_cost_target", "home_labour_factor", "home_deficit_real")


@model(gives=GIVES)
def economy(
    social_accounts: xr.DataArray,
    account_role: xr.DataArray,
    sector_world: xr.DataArray,
    energy_good: xr.DataArray,
    computing_sector: xr.DataArray,
    world_year: xr.DataArray,
    economy_donor_draw: xr.DataArray,
    trade_elasticity: xr.DataArray,
    trade_elasticity_draw: xr.DataArray,
    value_added_elasticity: xr.DataArray,
    energy_elasticity: xr.DataArray,
    subsistence_share: xr.DataArray,
    wage_curve_elasticity: xr.DataArray,
    unemployment_initial: xr.DataArray,
    labour_force_growth: xr.DataArray,
    employment_initial: xr.DataArray,
    wage_initial: xr.DataArray,
    wage_year: xr.DataArray,
    foreign_inflation: xr.DataArray,
    capital_stock_initial: xr.DataArray,
    capital_depreciation: xr.DataArray,
    infrastructure_share: xr.DataArray,
    infrastructure_depreciation: xr.DataArray,
    infrastructure_elasticity: xr.DataArray,
    public_investment_efficiency: xr.DataArray,
    public_investment_baseline: xr.DataArray,
    public_programme_reference: xr.DataArray,
    foreign_programme_reference: xr.DataArray,
    investment_return_elasticity: xr.DataArray,
    foreign_ownership: xr.DataArray,
    foreign_investment_rate: xr.DataArray,
    foreign_investment_initial: xr.DataArray,
    productivity_gap: xr.DataArray,
    frontier_growth: xr.DataArray,
    catch_up_rate: xr.DataArray,
    spillover_elasticity: xr.DataArray,
    productivity_shock: xr.DataArray,
    productivity_shock_size: xr.DataArray,
    debt_social_accounts: xr.DataArray,
    debt_foreign_share: xr.DataArray,
    public_interest_home: xr.DataArray,
    emission_initial: xr.DataArray,
    raw_material_share: xr.DataArray,
    raw_material_expansion: xr.DataArray,
    raw_material_full_by: xr.DataArray,
    initiative_cost: xr.DataArray,
    initiative_finish: xr.DataArray,
    programme_works: xr.DataArray,
    initiative_capital_sector: xr.DataArray,
    initiative_import_share: xr.DataArray,
    initiative_sector_share: xr.DataArray,
    initiative_closed: xr.DataArray,
    lender_share: xr.DataArray,
    lender_public: xr.DataArray,
    lender_foreign: xr.DataArray,
    guarantee_called: xr.DataArray,
    closure_budget: xr.DataArray,
    closure_main: xr.DataArray,
    export_demand_factor: xr.DataArray,
    import_price_factor: xr.DataArray,
    import_duty_factor: xr.DataArray,
    power_cost_factor: xr.DataArray,
    power_cost_initial: xr.DataArray,
    power_supply_initial: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return the economy of every year from that of the accounts to the last of the programme.

    Parameters
    ----------
    social_accounts
        [donor, receiver, payer], million money
    account_role
        [receiver], text
    sector_world
        [sector], text
    energy_good
        [item], text
    computing_sector
        [], text
    world_year, economy_donor_draw
        [], 1
    trade_elasticity
        [elasticity_set, sector], 1
    trade_elasticity_draw, value_added_elasticity, energy_elasticity, subsistence_share
        [], 1
    wage_curve_elasticity, unemployment_initial
        [], 1
    labour_force_growth
        [], 1 / year
    employment_initial
        [sector], person
    wage_initial
        [], money / month
    wage_year
        [], 1
    foreign_inflation
        [], 1 / year
    capital_stock_initial
        [], million money
    capital_depreciation
        [], 1 / year
    infrastructure_share
        [], 1
    infrastructure_depreciation
        [], 1 / year
    infrastructure_elasticity, public_investment_efficiency, public_investment_baseline
        [], 1
    public_programme_reference, foreign_programme_reference
        [year], million money / year
    investment_return_elasticity
        [], 1
    foreign_ownership
        [sector], 1
    foreign_investment_rate, foreign_investment_initial, productivity_gap
        [], 1
    frontier_growth, catch_up_rate
        [], 1 / year
    spillover_elasticity
        [], 1
    productivity_shock
        [year], 1
    productivity_shock_size, debt_social_accounts, debt_foreign_share
        [], 1
    public_interest_home
        [], 1 / year
    emission_initial
        [sector], tonne_CO2 / year
    raw_material_share
        [sector], 1
    raw_material_expansion, raw_material_full_by
        [], 1
    initiative_cost
        [initiative], million money
    initiative_finish
        [initiative], year
    programme_works
        [initiative, year], million money / year
    initiative_capital_sector
        [initiative], text
    initiative_import_share, initiative_sector_share, initiative_closed
        [initiative], 1
    lender_share
        [initiative, lender], 1
    lender_public, lender_foreign
        [lender], 1
    guarantee_called
        [year], million money / year
    closure_budget
        [closure], text
    closure_main
        [], text
    export_demand_factor, import_price_factor, import_duty_factor
        [sector, year], 1
    power_cost_factor
        [year], 1
    power_cost_initial
        [], money / MWh
    power_supply_initial
        [], GWh

    Returns
    -------
    dict
        Every name of `GIVES`: output, jobs, wages, investment, prices, trade, emissions and public money by year, under
        the main closure; output and wages under each; what the trade model takes; the largest errors.

    Raises
    ------
    MoravaError
        Labels that do not agree, accounts that do not balance, futures that find no equilibrium, each with its reason.

    Identity
    --------
    The base year is the social accounts; the market that is left out clears in every year and closure (Walras's law).

    Source
    ------
    Hosoe, Gasawa and Hashimoto (2010), Textbook of Computable General Equilibrium Modelling, chapters 5 to 10.
    """
    inputs = Inputs(dict(locals()), "economy")  # first of all: what is local now is what was given
    country = read_country(inputs)
    years = read_years(inputs, country)
    invested = read_programme(inputs, country, years)
    paths = solve_closures(inputs, country, years, invested)
    return give(inputs, country, years, invested, paths)


def _links(**given: xr.DataArray) -> dict[str, xr.DataArray]:
    """Return what other models take of the economy, under the main closure alone."""
    inputs = Inputs(given, "economy_links")
    country = read_country(inputs)
    years = read_years(inputs, country)
    invested = read_programme(inputs, country, years)
    paths = solve_closures(inputs, country, years, invested, [country.main])
    return give(inputs, country, years, invested, paths, LINKS)


_links.__name__ = "economy_links"
_links.__dict__.update(needs=as_model(economy).needs, gives=LINKS)
economy_links = as_model(_links)
"""The model `economy` as it answers within the coupling."""


def solve_closures(
    inputs: Inputs, country: Country, years: Years, invested: Invested, closures: Sequence[str] = ()
) -> dict[str, Path]:
    """Return the path under some closures, under every one where none is named, the main one first.

    Raises
    ------
    MoravaError
        When some future finds no equilibrium in some year: that is an answer, and the run keeps it as such.
    """
    given = conditions(inputs, country, years, invested.public[:, 0], invested.foreign)
    paths: dict[str, Path] = {}
    for name in closures or country.closures:
        closure = country.closures[name]
        path = solve_path(
            country.economy, given, country.dynamics, invested.programme, closure, years.trend, follows=True
        )
        lost = [reason for reason in path.reason if reason]
        if lost:
            raise MoravaError(
                Problem(
                    f"{len(lost)} of {len(path.reason)} futures find no equilibrium where {name}: {lost[0]}",
                    "model economy",
                    "a year of the programme, a price or a growth may be beyond what the economy can carry",
                )
            )
        paths[name] = path
    return paths


def give(
    inputs: Inputs,
    country: Country,
    years: Years,
    invested: Invested,
    paths: Mapping[str, Path],
    asked: Collection[str] = GIVES,
) -> dict[str, xr.DataArray]:
    """Return the answers that are asked, with their labels."""
    path = paths[country.main]
    abroad = of_world(inputs, "import_price_factor", country, years, goes_on=True)
    money = answers.investment_and_abroad(country, path, invested, abroad)
    found = {
        **answers.output_and_jobs(inputs, country, years, path),
        **money,
        **answers.public_money(inputs, country, path, invested),
        **answers.energy(inputs, country, path),
        **answers.links(country, years, path, money),
        "gdp_by_closure": np.stack([one.equilibrium.real_product for one in paths.values()], axis=1),
        "wage_by_closure": np.stack(
            [answers.take_home(one.equilibrium) / one.equilibrium.consumer_price for one in paths.values()], axis=1
        ),
        "economy_donor_used": country.donor_used,
        "economy_residual": _largest([one.equilibrium.residual for one in paths.values()]),
        "economy_walras": _largest([np.abs(one.equilibrium.walras) for one in paths.values()]),
    }
    return {
        name: _labelled(inputs, country, years, paths, name, values) for name, values in found.items() if name in asked
    }


def _largest(errors: Sequence[Array]) -> Array:
    largest: Array = np.max(np.stack(errors), axis=(0, 2))
    return largest


def _labelled(
    inputs: Inputs, country: Country, years: Years, paths: Mapping[str, Path], name: str, values: Array
) -> xr.DataArray:
    """Return values [future, *dims] under a name of the glossary, without `future` where nothing varies over it."""
    at = {"sector_emission": [*country.sectors, "household"], "home_cost_target": list(country.world_sectors)}
    known: dict[str, list[object]] = {
        "year": list(years.world_years if name in AT_WORLD_YEARS else years.numbers[name == "gdp_growth" :]),
        "sector": list(at.get(name, country.sectors)),
        "closure": list(paths),
        "donor": list(inputs.labels("social_accounts", "donor")),
    }
    labels = {dim: known[dim] for dim in find(name).dims}
    if not inputs.varies:
        return labelled(name, values[0], labels)
    whole = np.broadcast_to(values, (len(inputs.futures), *values.shape[1:]))
    return labelled(name, np.ascontiguousarray(whole), {"future": list(inputs.futures), **labels})
