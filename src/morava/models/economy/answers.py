"""What the paths of an economy say in quantities of the glossary."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from morava.errors import MoravaError, Problem
from morava.models.batches import Array, total
from morava.models.economy.country import WHERE, Country, of_base
from morava.models.economy.equilibrium import Equilibrium
from morava.models.economy.initiatives import Invested
from morava.models.economy.recursive import Path
from morava.models.economy.years import Years
from morava.models.inputs import Inputs


def output_and_jobs(inputs: Inputs, country: Country, years: Years, path: Path) -> dict[str, Array]:
    """Return output, prices, jobs and wages by year, [future, year] or [future, sector, year]."""
    found, base = path.equilibrium, country.economy
    level = found.consumer_price
    people = inputs.ordered("employment_initial", {"sector": country.sectors})[:, None, :]
    jobs = found.labour / base.labour[:, None, :] * people
    # The accounts count labour by what it earns. Heads follow it, so that who works and who looks for work are one
    # labour force, whatever a sector pays.
    whole = total(people, 2) * _since(total(found.labour, 2))
    jobs = jobs * (whole / total(jobs, 2))[:, :, None]
    earned = found.labour * found.wage[:, :, None] + found.rent * found.capital
    growth = np.ones_like(found.real_product)
    growth[:, 1:] = found.real_product[:, 1:] / found.real_product[:, :-1]
    return {
        "gdp": found.real_product,
        "gdp_growth": growth[:, 1:] - 1,
        "sector_output": np.swapaxes(found.output, 1, 2),
        "sector_value_added": np.swapaxes(earned / level[:, :, None], 1, 2),
        "sector_employment": np.swapaxes(jobs, 1, 2),
        "sector_price": np.swapaxes(found.home_price / level[:, :, None], 1, 2),
        "employment": whole,
        "unemployment_rate": found.unemployment,
        "labour_productivity": _since(found.real_product / whole),
        "household_real_consumption": total(found.household * base.tax_before[:, None, :], 2),
        "real_exchange_rate": found.exchange_rate / level,
        **_wages(inputs, country, years, found),
    }


def _since(values: Array) -> Array:
    """Return values [future, year] over those of the first year."""
    ratio: Array = values / values[:, :1]
    return ratio


def take_home(found: Equilibrium) -> Array:
    """Return the wage after direct tax over that of the base, [future, year]."""
    return _since(found.wage * (1 - found.direct_tax / (found.wages + found.profits)))


def _wages(inputs: Inputs, country: Country, years: Years, found: Equilibrium) -> dict[str, Array]:
    year = int(inputs.number("wage_year"))
    if year not in years.numbers:
        raise MoravaError(
            Problem(
                f"the wage of {year} lies outside {years.numbers[0]} to {years.numbers[-1]}", WHERE, "mend wage_year"
            )
        )
    place = years.numbers.index(year)
    paid = of_base(inputs, "wage_initial", country.count)[:, None]
    wage = take_home(found)
    real, abroad = wage / found.consumer_price, wage / found.exchange_rate
    dearer = (1 + of_base(inputs, "foreign_inflation", country.count)[:, None]) ** (np.array(years.numbers) - year)
    return {
        "wage_real": paid * real / real[:, place : place + 1],
        "wage_in_money": paid * abroad / abroad[:, place : place + 1] * dearer,
    }


def investment_and_abroad(country: Country, path: Path, invested: Invested, abroad: Array) -> dict[str, Array]:
    """Return investment by owner, trade and what is owed abroad, [future, year] or [future, sector, year].

    Parameters
    ----------
    abroad
        [future, year, sector], price of imports abroad over the base.
    """
    found, base, programme = path.equilibrium, country.economy, invested.programme
    exchange = found.exchange_rate
    bought = total(programme.foreign_import + programme.public_import, 2) + programme.infrastructure_import
    goods = total((found.investment + found.public_project) * base.tax_before[:, None, :], 2)
    home = goods * base.investment_tax_before[:, None]
    worth = found.investment_value + found.project_value + bought * exchange
    traded = total(found.exports * found.export_price, 2) / exchange - total(found.imports * abroad, 2) - bought
    return {
        "investment_total": home + bought,
        "investment_foreign": invested.foreign,
        "investment_foreign_share": path.foreign_spent * exchange / worth,
        "investment_public": invested.public,
        "foreign_profit": found.profits_abroad / exchange,
        "sector_export": np.swapaxes(found.exports, 1, 2),
        "sector_import": np.swapaxes(found.imports, 1, 2),
        "economy_trade_balance": traded,
        "current_account": -found.foreign_saving * exchange / found.product,
        "infrastructure_stock": path.infrastructure[:, :-1],
    }


def public_money(inputs: Inputs, country: Country, path: Path, invested: Invested) -> dict[str, Array]:
    """Return public revenue and balances, [future, year]; what is invested beyond a usual year is set apart."""
    found, programme = path.equilibrium, invested.programme
    taxes = found.direct_tax + found.production_tax + found.import_duty + found.commodity_tax
    usual = of_base(inputs, "public_investment_baseline", country.count)[:, None] * found.real_product
    bought = total(programme.public_import, 2) + programme.infrastructure_import
    paid = found.project_value + found.exchange_rate * bought
    price = np.divide(paid, invested.public, out=np.ones_like(paid), where=invested.public > 0)
    beyond = np.maximum(invested.planned - usual, 0.0) * price
    return {
        "public_revenue": taxes / found.consumer_price,
        "public_balance": path.balance / found.product,
        "primary_balance_before_programme": (path.balance + path.interest + beyond) / found.product,
    }


def energy(inputs: Inputs, country: Country, path: Path) -> dict[str, Array]:
    """Return emissions of fuel by who burns it, and the use of electricity without what data centres add."""
    found, base = path.equilibrium, country.economy
    burners = [*country.sectors, "household"]
    emitted = inputs.ordered("emission_initial", {"sector": burners})
    factor = np.ones((country.count, found.output.shape[1], len(burners)))
    if country.fuel >= 0:
        bought, before = found.intermediate[:, :, country.fuel], base.inputs[:, None, country.fuel]
        factor[:, :, :-1] = np.divide(
            bought, before, out=np.ones_like(bought), where=np.broadcast_to(before > 0, bought.shape)
        )
        at_home = base.household[:, None, country.fuel]
        factor[:, :, -1] = found.household[:, :, country.fuel] / np.where(at_home > 0, at_home, 1.0)
    answer = {"sector_emission": np.swapaxes(emitted[:, None, :] * factor, 1, 2)}
    if country.electricity < 0:
        return answer | {"electricity_use_factor": np.ones((country.count, found.output.shape[1]))}
    others = [place for place in range(len(country.sectors)) if place != country.computing]
    here = country.electricity
    used = (
        total(found.intermediate[:, :, here][:, :, others], 2)
        + found.household[:, :, here]
        + found.government[:, :, here]
    )
    return answer | {"electricity_use_factor": _since(used)}


def links(country: Country, years: Years, path: Path, money: Mapping[str, Array]) -> dict[str, Array]:
    """Return what the trade model takes, in its years: costs at home, labour and the deficit."""
    found, base = path.equilibrium, country.economy
    places = [years.numbers.index(year) for year in years.world_years]
    cost = (found.export_price / found.exchange_rate[:, :, None])[:, places]
    weight = np.where(base.exports > 0, base.exports, 1e-12 * base.output)
    target = np.ones((country.count, len(country.world_sectors), len(places)))
    world = np.array(country.world)
    for sector in sorted(set(country.world)):
        here = world == sector
        part = weight[:, here] / total(weight[:, here], 1)[:, None]
        target[:, sector] = total(cost[:, :, here] * part[:, None, :], 2)
    balance = money["economy_trade_balance"]
    if not (np.abs(balance[:, 0]) > 1e-6 * base.size).all():
        raise MoravaError(
            Problem("trade is balanced in the base year", WHERE, "the trade model grows the deficit of the base year")
        )
    return {
        "home_cost_target": target,
        "home_labour_factor": _since(total(found.labour, 2))[:, places],
        "home_deficit_real": (balance / balance[:, :1])[:, places],
    }
