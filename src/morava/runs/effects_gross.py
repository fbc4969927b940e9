"""What initiatives hold of the country's work at fixed prices and without limits: input-output, for comparison."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import xarray as xr

from morava.models.batches import Array
from morava.models.contract import as_model
from morava.models.economy import economy
from morava.models.economy.country import EVERYWHERE, NOWHERE, Country, of_base, read_country
from morava.models.inputs import Inputs
from morava.models.trade.input_output import factor_content, leontief_inverse, technical_coefficients
from morava.runs.effects_inputs import Known, public_parts

GROSS = ("built_value_added", "built_jobs", "made_output", "made_value_added", "made_jobs")
OF_BUYING = ("lender_share", "lender_public", "initiative_import_share")


def gross(known: Known, chosen: Collection[str]) -> dict[str, Array]:
    """Return what the building of initiatives holds, and a year of what their plants make.

    Building: all spending of the years of the plan that is not bought straight abroad, on the goods of investment, as
    far as these are made at home. Making: the output that the capital of a plant makes where it makes as much as other
    capital of its sector did in the base year, with all that its suppliers add; no plant is its own supplier twice.
    Works that serve all sectors make nothing themselves. Interest during construction buys no goods and is in
    neither.

    Returns
    -------
    dict
        `GROSS` [future]: million money over the years, years of work of a person; million money and jobs a year.

    Source
    ------
    Miller and Blair 2009, Input-Output Analysis, chapters 2 and 6 (multipliers of final demand and of output).
    """
    inputs = Inputs({name: known[name] for name in as_model(economy).needs}, "economy")
    country = read_country(inputs)
    spent, capital = _spent_at_home(known, chosen, country.count), _capital(inputs, country, chosen)
    base = country.economy
    people = np.broadcast_to(inputs.ordered("employment_initial", {"sector": country.sectors}), base.sold.shape)
    found = np.zeros((country.count, len(GROSS)))
    for future in range(country.count):
        sold = base.sold[future]
        coefficients = technical_coefficients(base.inputs[future] * base.home_share[future][:, None], sold)
        earned = base.labour[future] + base.capital[future]
        held = factor_content(np.stack([earned, people[future]]) / sold, coefficients)
        bought = base.investment_goods[future] * base.home_share[future]
        made = capital[future] / country.dynamics.stock[future] * sold
        call = made / np.diag(leontief_inverse(coefficients))
        built, running = (held * bought).sum(axis=1) * spent[future], (held * call).sum(axis=1)
        found[future] = [*built, made.sum(), *running]
    return {name: found[:, place] for place, name in enumerate(GROSS)}


def _spent_at_home(known: Known, chosen: Collection[str], count: int) -> Array:
    """Return what is spent at home over the years, [future]."""
    inputs, spent, public = public_parts(known)
    names = inputs.labels("programme_works", "initiative")
    mine = [place for place, name in enumerate(names) if name in chosen]
    state = Inputs({name: known[name] for name in OF_BUYING}, "effects")
    borne = _state_share(state, names)
    money = spent * (1 - borne)[:, :, None] + public
    abroad = state.ordered("initiative_import_share", {"initiative": names}, more=True)
    home = money * (1 - abroad)[:, :, None]
    found = np.zeros(count)
    for place in mine:
        found += home[:, place].sum(axis=-1)
    return found


def _state_share(inputs: Inputs, names: tuple[str, ...]) -> Array:
    lenders = inputs.labels("lender_share", "lender")
    share = inputs.ordered("lender_share", {"initiative": names, "lender": lenders}, more=True)
    state = inputs.ordered("lender_public", {"lender": lenders}, more=True)
    borne: Array = (share * state[:, None, :]).sum(axis=-1)
    return borne


def _capital(inputs: Inputs, country: Country, chosen: Collection[str]) -> Array:
    """Return the capital of plants that stand or are to be built, [future, sector]."""
    found = np.zeros((country.count, len(country.sectors)))
    words = _words(inputs.given("initiative_capital_sector"))
    stock = np.broadcast_to(country.dynamics.stock, found.shape)
    standing = inputs.labels("initiative_closed", "initiative")
    share = inputs.ordered("initiative_sector_share", {"initiative": standing}, more=True)
    costed = inputs.labels("initiative_cost", "initiative")
    worth = inputs.ordered("initiative_cost", {"initiative": costed})
    lost = 1 - of_base(inputs, "public_investment_efficiency", country.count)[:, None]
    built = worth * (1 - _state_share(inputs, costed) * lost)
    one = np.ones_like(stock)
    for names, size, unit in ((standing, share, stock), (costed, built, one)):
        for place, name in enumerate(names):
            word = words.get(name, NOWHERE)
            if name in chosen and word not in (NOWHERE, EVERYWHERE):
                sector = country.sectors.index(word)
                found[:, sector] += size[:, place] * unit[:, sector]
    return found


def _words(array: xr.DataArray) -> dict[str, str]:
    return {str(name): str(array.sel(initiative=name).item()) for name in array.coords["initiative"].to_numpy()}
