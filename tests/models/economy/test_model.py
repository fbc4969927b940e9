"""The model `economy` on the inputs of Ruritania, with a world that buys and asks what it did."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.contract import as_model
from morava.models.economy import economy, economy_links
from morava.models.economy.answers import public_money
from morava.models.economy.country import of_base, read_country
from morava.models.economy.initiatives import foreign_programme, read_programme
from morava.models.economy.model import GIVES, LINKS
from morava.models.economy.years import conditions, read_years
from morava.models.inputs import Inputs
from morava.models.money.spending_model import spending
from morava.models.projects import projects
from morava.quantities import find, labelled
from morava.runs.guard import run
from morava.runs.simulate import apply_at_dates, references

NUMBERS = [0, 1, 2]
MAIN, OTHER = "investment adjusts", "taxes adjust"
FIRST = 2020


@pytest.fixture(scope="session")
def given(ruritania, crown, nobody):
    """Return the inputs of three futures, with neutral links."""
    known = dict(apply_at_dates(ruritania, crown, nobody, 7, NUMBERS).known)
    for model in (projects, spending):
        known |= run(as_model(model), known)
    known |= references(known)
    known["foreign_programme_reference"] = foreign_programme(known)
    years = [int(year) for year in known["trade_solve_year"].to_numpy()]
    sectors = known["trade_elasticity"].coords["sector"].to_numpy().tolist()
    for name in ("export_demand_factor", "import_price_factor", "import_duty_factor"):
        known[name] = labelled(name, np.ones((len(sectors), len(years))), {"sector": sectors, "year": years})
    known["power_cost_factor"] = labelled("power_cost_factor", np.ones(1), {"year": [FIRST]})
    return {name: known[name] for name in economy.needs}


@pytest.fixture(scope="session")
def found(given):
    return run(as_model(economy), given)


def some(arrays, numbers):
    return {n: array.sel(future=numbers) if "future" in array.dims else array for n, array in arrays.items()}


def plain(name, value):
    """Return an input that is one number or one word."""
    return {name: labelled(name, value, {})}


def changed(given, name, value, **where):
    """Return the inputs with some cells of one of them set to a value."""
    array = given[name].copy(deep=True)
    array.loc[where] = value
    return {**given, name: array}


def gdp(given, closure=MAIN):
    return run(as_model(economy), given)["gdp_by_closure"].sel(closure=closure).to_numpy()


def read(given):
    return read_country(Inputs(given, "economy"))


def test_the_base_year_is_the_accounts(given, found):
    country = read(given)
    accounts, first = (
        country.accounts,
        {name: array.isel(year=0) for name, array in found.items() if "year" in array.dims},
    )
    np.testing.assert_allclose(first["gdp"], accounts.product, rtol=1e-9)
    np.testing.assert_allclose(first["gdp_by_closure"], np.stack([accounts.product] * 2, axis=1), rtol=1e-9)
    np.testing.assert_allclose(first["sector_export"], accounts.exports, rtol=1e-8, atol=1e-6)
    np.testing.assert_allclose(first["sector_import"], accounts.imports, rtol=1e-8)
    np.testing.assert_allclose(first["sector_value_added"], accounts.labour + accounts.capital, rtol=1e-8)
    np.testing.assert_allclose(first["foreign_profit"], accounts.profit_abroad, rtol=1e-8)
    np.testing.assert_allclose(first["current_account"], -accounts.foreign_saving / accounts.product, rtol=1e-8)
    balance = accounts.exports.sum(axis=1) - accounts.imports.sum(axis=1)
    np.testing.assert_allclose(first["economy_trade_balance"], balance, rtol=1e-8)
    jobs = first["sector_employment"].to_numpy()
    np.testing.assert_allclose(jobs, np.tile(given["employment_initial"].sel(sector=list(country.sectors)), (3, 1)))
    np.testing.assert_allclose(first["unemployment_rate"], 0.07, rtol=1e-8)
    np.testing.assert_allclose(found["wage_real"].sel(year=2025), 2100, rtol=1e-12)
    np.testing.assert_allclose(found["wage_in_money"].sel(year=2025), 2100, rtol=1e-12)
    for name in ("sector_price", "labour_productivity", "real_exchange_rate", "electricity_use_factor"):
        np.testing.assert_allclose(first[name], 1, rtol=1e-9)


def test_every_year_and_closure_clears(found):
    assert float(found["economy_residual"].max()) < 1e-9
    assert float(found["economy_walras"].max()) < 1e-9
    assert found["gdp_by_closure"].coords["closure"].to_numpy().tolist() == [MAIN, OTHER]
    np.testing.assert_array_equal(found["gdp_by_closure"].sel(closure=MAIN), found["gdp"])


def test_parts_agree_with_the_whole(found):
    np.testing.assert_allclose(found["sector_employment"].sum("sector"), found["employment"], rtol=1e-12)
    growth = found["gdp"].to_numpy()[:, 1:] / found["gdp"].to_numpy()[:, :-1] - 1
    np.testing.assert_allclose(found["gdp_growth"], growth, rtol=1e-12, atol=1e-14)
    assert found["gdp_growth"].coords["year"].to_numpy().tolist() == list(range(2021, 2041))
    each = found["gdp"] / found["employment"]
    np.testing.assert_allclose(found["labour_productivity"], each / each.sel(year=FIRST), rtol=1e-12)


def still(given, growth=0.02):
    """Return inputs by which all that is decided grows with the people, and stocks are as they must be."""
    country, usual = read(given), 0.03
    product, accounts = country.accounts.product, country.accounts
    public = usual * product
    private = country.base.investment - public
    wear, wear_of_works, efficiency = 0.05, 0.04, 0.7
    capital, works = private / (growth + wear), efficiency * public / (growth + wear_of_works)
    owned = accounts.profit_abroad / accounts.capital.sum(axis=1)
    deficit = public - accounts.government_saving
    invested = owned * private / product
    by_future = {
        "capital_stock_initial": capital + works,
        "infrastructure_share": works / (capital + works),
        "foreign_investment_initial": invested,
        "foreign_investment_rate": invested,
        "debt_social_accounts": deficit / growth / product,
    }
    whole = given["export_demand_factor"].coords["year"].to_numpy()
    calm = {name: given[name] * 0 for name in (
        "programme_works", "public_programme_reference", "foreign_programme_reference",
        "initiative_cost", "guarantee_called",
    )}  # fmt: skip
    one = {
        "public_investment_baseline": usual, "capital_depreciation": wear, "infrastructure_depreciation": wear_of_works,
        "public_investment_efficiency": efficiency, "labour_force_growth": growth, "productivity_gap": 0.0,
        "frontier_growth": 0.0, "productivity_shock_size": 0.0, "raw_material_expansion": 1.0, "foreign_inflation": 0.0,
    }  # fmt: skip
    return {
        **given,
        **calm,
        **{name: labelled(name, values, {"future": NUMBERS}) for name, values in by_future.items()},
        **{name: labelled(name, value, {}) for name, value in one.items()},
        "foreign_ownership": given["foreign_ownership"] * 0 + 1,
        "export_demand_factor": given["export_demand_factor"] * (1 + growth) ** (whole - FIRST),
    }


def test_all_grows_at_one_rate_where_all_that_is_decided_does(given):
    growth = 0.02
    answer = economy(**still(given, growth))
    size = (1 + growth) ** np.arange(21)
    for name in (
        "gdp", "gdp_by_closure", "sector_output", "sector_export", "sector_import", "sector_employment", "employment",
        "investment_total", "investment_foreign", "investment_public", "foreign_profit", "infrastructure_stock",
        "public_revenue", "household_real_consumption", "economy_trade_balance",
    ):  # fmt: skip
        values = answer[name].to_numpy()
        whole = np.abs(values[..., 0]).max()
        np.testing.assert_allclose(values / size, values[..., :1] + 0 * values, rtol=0, atol=1e-7 * whole, err_msg=name)
    for name in (
        "unemployment_rate", "public_balance", "sector_price", "current_account", "wage_real", "real_exchange_rate",
        "labour_productivity", "investment_foreign_share", "primary_balance_before_programme", "wage_by_closure",
    ):  # fmt: skip
        values = answer[name].to_numpy()
        np.testing.assert_allclose(values, values[..., :1] + 0 * values, rtol=1e-7, err_msg=name)
    np.testing.assert_allclose(answer["home_cost_target"], 1, rtol=1e-7)
    np.testing.assert_allclose(answer["home_deficit_real"] - (1 + growth) ** np.array([1, 10, 15]), 0, atol=1e-7)


MONEY = (
    "social_accounts", "capital_stock_initial", "wage_initial", "initiative_cost", "programme_works",
    "public_programme_reference", "foreign_programme_reference", "guarantee_called", "power_cost_initial",
)  # fmt: skip


def test_a_money_of_a_tenth_of_the_worth_changes_no_share(given, found):
    answer = economy(**{name: array * 10 if name in MONEY else array for name, array in given.items()})
    for name, array in answer.items():
        if name not in ("economy_residual", "economy_walras"):
            factor = 10 if "money" in find(name).unit else 1
            np.testing.assert_allclose(array, found[name] * factor, rtol=1e-6, atol=1e-9 * factor, err_msg=name)


def test_who_works_and_who_looks_for_work_are_the_labour_force(given, found):
    years = found["employment"].coords["year"]
    force = (
        float(given["employment_initial"].sum()) / (1 - 0.07) * (1 + given["labour_force_growth"]) ** (years - FIRST)
    )
    np.testing.assert_allclose(found["employment"] / (1 - found["unemployment_rate"]), force, rtol=1e-8)
    at_work = found["employment"] / found["employment"].sel(year=FIRST)
    world_years = found["home_labour_factor"].coords["year"]
    np.testing.assert_allclose(found["home_labour_factor"], at_work.sel(year=world_years), rtol=1e-12)


def test_what_is_said_is_what_is_needed_and_given():
    assert economy.gives == GIVES == tuple(dict.fromkeys(GIVES))
    assert economy_links.needs == economy.needs
    assert set(LINKS) <= set(GIVES)
    told = {}
    lines = economy.__doc__.split("Parameters\n")[1].split("Returns\n")[0].splitlines()
    for names, kind in pairwise(lines):
        if re.fullmatch(r"    [a-z_]+(, [a-z_]+)*", names):
            dims, unit = re.fullmatch(r"        \[(.*)\], (.+)", kind).groups()
            told |= dict.fromkeys(names.strip().split(", "), (dims, unit))
    assert told == {name: (", ".join(find(name).dims), find(name).unit or "text") for name in economy.needs}


def test_within_the_coupling_the_economy_answers_the_same(given, found):
    for name, array in run(economy_links, given).items():
        np.testing.assert_array_equal(array, found[name], err_msg=name)


def test_a_future_does_not_depend_on_its_neighbours(given, found):
    for number in NUMBERS:
        alone = economy(**some(given, [number]))
        for name, array in alone.items():
            np.testing.assert_array_equal(array, found[name].sel(future=[number]), err_msg=name)
    turned = economy(**some(given, NUMBERS[::-1]))
    for name, array in turned.items():
        np.testing.assert_array_equal(array.sel(future=NUMBERS), found[name], err_msg=name)


def test_a_future_without_others_has_no_dimension_of_them(given, found):
    single = {n: array.sel(future=1, drop=True) if "future" in array.dims else array for n, array in given.items()}
    for name, array in economy(**single).items():
        assert array.dims == find(name).dims
        np.testing.assert_array_equal(array, found[name].sel(future=1), err_msg=name)


def finished(given, **when):
    array = given["initiative_finish"].copy(deep=True)
    for name, year in when.items():
        array.loc[{"initiative": name}] = year
    return {**given, "initiative_finish": array}


@pytest.mark.parametrize("closure", [MAIN, OTHER])
def test_a_delay_costs_output_until_it_is_made_good(given, closure):
    soon, late = (gdp(finished(given, railway=year), closure) for year in (2029.4, 2034.9))
    np.testing.assert_array_equal(soon[:, :10], late[:, :10])  # to 2029, the year in which the first is finished
    assert (soon[:, 10:15] > late[:, 10:15]).all()  # 2030 to 2034


@pytest.mark.parametrize("name", ["sun", "hall", "railway"])
def test_what_is_given_up_was_spent_and_is_no_capital(given, name):
    built, given_up = (run(as_model(economy), finished(given, **{name: year})) for year in (2030.5, np.inf))
    np.testing.assert_array_equal(built["investment_public"], given_up["investment_public"])
    np.testing.assert_array_equal(built["investment_foreign"], given_up["investment_foreign"])
    years = slice(2031, 2040)
    assert (built["gdp"].sel(year=years) > given_up["gdp"].sel(year=years)).all()
    stock = {"railway": "infrastructure_stock"}.get(name, "sector_output")
    sector = {"sun": "electricity", "hall": "computing"}.get(name)
    parts = [one[stock].sel(year=years, **({"sector": sector} if sector else {})) for one in (built, given_up)]
    assert (parts[0] > parts[1]).all()


def test_a_plant_that_closes_takes_its_sector_along(given, found):
    answer = economy(**closing(given, sun=0.4))
    before, after = slice(FIRST, 2025), slice(2026, 2040)
    for name in ("gdp", "sector_output", "sector_price"):
        np.testing.assert_array_equal(answer[name].sel(year=before), found[name].sel(year=before))
    made, price = (
        one.sel(sector="electricity", year=after) for one in (answer["sector_output"], answer["sector_price"])
    )
    assert (made < found["sector_output"].sel(sector="electricity", year=after)).all()
    assert (price > found["sector_price"].sel(sector="electricity", year=after)).all()
    assert (answer["gdp"].sel(year=after) < found["gdp"].sel(year=after)).all()


def test_a_plant_that_does_not_close_is_part_of_its_sector(given, found):
    answer = economy(**changed(given, "initiative_sector_share", 0.4, initiative="sun"))
    np.testing.assert_array_equal(answer["gdp"], found["gdp"])


def test_dearer_electricity_costs_output(given, found):
    factor = labelled("power_cost_factor", np.array([1.0, 1.5]), {"year": [2025, 2030]})
    answer = economy(**{**given, "power_cost_factor": factor})
    np.testing.assert_array_equal(answer["gdp"].sel(year=slice(FIRST, 2025)), found["gdp"].sel(year=slice(FIRST, 2025)))
    later = slice(2026, 2040)
    assert (answer["gdp"].sel(year=later) < found["gdp"].sel(year=later)).all()
    dear = (answer["sector_price"] / found["sector_price"]).sel(sector="electricity", year=later)
    assert (dear > 1).all()
    assert (answer["electricity_use_factor"].sel(year=later) < found["electricity_use_factor"].sel(year=later)).all()


def test_where_taxes_adjust_the_public_balance_stays_near_its_part_of_output(given, found):
    other = economy(**{**given, **plain("closure_main", OTHER)})
    np.testing.assert_array_equal(other["gdp"], found["gdp_by_closure"].sel(closure=OTHER))
    drift, loose = (abs(one["public_balance"] - one["public_balance"].sel(year=FIRST)).max() for one in (other, found))
    # Beside what the programme takes the balance is aimed at as a part of expected output.
    assert drift < 0.01
    assert drift < loose / 2


def test_foreign_investment_earns_profits_that_leave(given, found):
    more = economy(**{**given, "foreign_investment_rate": given["foreign_investment_rate"] + 0.02})
    later = slice(2022, 2040)
    assert (more["foreign_profit"].sel(year=later) > found["foreign_profit"].sel(year=later)).all()
    assert (more["investment_foreign"].sel(year=later) > found["investment_foreign"].sel(year=later)).all()
    np.testing.assert_array_equal(more["gdp"].sel(year=FIRST), found["gdp"].sel(year=FIRST))


def test_what_foreign_owners_do_not_spend_is_not_spent_otherwise(given, found):
    owned = given["lender_share"].sel(lender="Southmark Investors")
    name = str(owned.idxmax("initiative").values)
    answer = economy(**changed(given, "programme_works", 0, initiative=name))
    kept = found["investment_foreign"] - answer["investment_foreign"]
    spent = given["programme_works"].sel(initiative=name) * float(owned.max())
    assert float(spent.max()) > 1
    np.testing.assert_allclose(kept.sel(year=spent.coords["year"]), spent, rtol=1e-9, atol=1e-9)


def test_what_the_world_asks_and_takes_reaches_the_country(given, found):
    for name, factor, seen, grows in (
        ("export_demand_factor", 1.3, "sector_price", True),
        ("export_demand_factor", 1.3, "sector_export", True),
        ("import_price_factor", 1.3, "sector_import", False),
        ("import_duty_factor", 0, "sector_import", True),
    ):
        moved = economy(**changed(given, name, factor, sector="clocks"))
        ratio = (moved[seen] / found[seen]).sel(sector="clocks", year=slice(2022, 2030))
        assert ((ratio > 1) == grows).all(), name


def text(given, name, word, **where):
    array = given[name].astype(object).copy(deep=True)
    array.loc[where] = word
    return {**given, name: array}


def less(given, name, **where):
    return {**given, name: given[name].drop_sel(where)}


def over_futures(given, name):
    return {**given, name: given[name].expand_dims(future=NUMBERS)}


WRONG = {
    "sun builds capital of irn": lambda g: text(g, "initiative_capital_sector", "irn", initiative="sun"),
    "no sector is named for sun": lambda g: less(g, "initiative_capital_sector", initiative=["sun"]),
    "taxs closes no budget": lambda g: text(g, "closure_budget", "taxs", closure=OTHER),
    "the main closure taxes adjusts is none": lambda g: g | plain("closure_main", "taxes adjusts"),
    "account labour has no role": lambda g: less(g, "account_role", receiver=["labour"]),
    "role sektor of account grain is unknown": lambda g: text(g, "account_role", "sektor", receiver="grain"),
    "account copper receives": lambda g: changed(g, "social_accounts", 1, receiver="copper", payer="grain"),
    "no sector of the world table is named for grain": lambda g: less(g, "sector_world", sector=["grain"]),
    "grain belongs to corn, which is no sector of the world": lambda g: text(g, "sector_world", "corn", sector="grain"),
    "computer is no sector of the accounts": lambda g: g | plain("computing_sector", "computer"),
    "energy light is no sector": lambda g: text(g, "energy_good", "light", item="electricity"),
    "sun closes and belongs to no sector": lambda g: text(
        closing(g, sun=0.4), "initiative_capital_sector", "none", initiative="sun"
    ),
    "plants of one sector are more than all of it": lambda g: text(
        closing(g, sun=0.6, hall=0.6), "initiative_capital_sector", "electricity", initiative="hall"
    ),
    "all capital of a sector is closed": lambda g: closing(g, sun=1.0),
    "employment_initial lacks sector grain": lambda g: less(g, "employment_initial", sector=["grain"]),
    "initiative_finish lacks initiative sun": lambda g: less(g, "initiative_finish", initiative=["sun"]),
    "lender_public lacks lender Green Bank": lambda g: less(g, "lender_public", lender=["Green Bank"]),
    "import_price_factor lacks sector grain": lambda g: less(g, "import_price_factor", sector=["grain"]),
    "import_duty_factor lacks year 2030": lambda g: less(g, "import_duty_factor", year=[2030]),
    "foreign owners earn more than the capital": lambda g: g | {
        "foreign_ownership": g["foreign_ownership"] * (g["foreign_ownership"].coords["sector"] == "computing")
    },
    "interest is paid abroad and nothing is owed there": lambda g: g | plain("debt_foreign_share", 0.0),
    "the wage of 1999 lies outside 2020 to 2040": lambda g: g | plain("wage_year", 1999.0),
    "the programme is of 2026 to 2040, the accounts are of 2027": lambda g: g | plain("world_year", 2027.0),
    "trade is answered for 2021, outside 2022 to 2040": lambda g: g | plain("world_year", 2022.0),
    "a factor is given for 2019, before the accounts": lambda g: g | {
        "power_cost_factor": labelled("power_cost_factor", np.ones(1), {"year": [2019]})
    },
    "times what its sector makes": lambda g: g | plain("power_cost_initial", 9000.0),
    "closure_main varies between futures": lambda g: over_futures(g, "closure_main"),
    "wage_curve_elasticity varies between futures": lambda g: over_futures(g, "wage_curve_elasticity"),
    "inputs hold different futures": lambda g: g | {"catch_up_rate": g["catch_up_rate"].isel(future=[0])},
}  # fmt: skip


def closing(given, **share):
    for name, part in share.items():
        given = changed(given, "initiative_closed", 1, initiative=name)
        given = changed(given, "initiative_sector_share", part, initiative=name)
    return given


@pytest.mark.parametrize("told", list(WRONG))
def test_what_is_wrong_is_told(given, told):
    with pytest.raises(MoravaError, match=re.escape(told)):
        economy(**WRONG[told](given))


def test_futures_without_an_equilibrium_are_told_with_their_year(given):
    lost = changed(given, "import_price_factor", 1e5, year=2030)
    with pytest.raises(MoravaError, match=r"of 3 futures find no equilibrium where investment adjusts: year \d+ after"):
        economy(**lost)


def test_plants_that_close_in_some_futures_only_leave_the_others(given, found):
    share = given["initiative_sector_share"].expand_dims(future=NUMBERS).copy(deep=True)
    share.loc[{"initiative": "sun", "future": 1}] = 0.4
    answer = economy(**changed({**given, "initiative_sector_share": share}, "initiative_closed", 1, initiative="sun"))
    same = (answer["gdp"] == found["gdp"]).all("year").to_numpy().tolist()
    assert same == [True, False, True]


def test_what_is_planned_beyond_a_usual_year_is_set_apart_from_the_primary_balance(given):
    """By hand: 8 are planned, a usual year is 5 of 100; nine units were bought, two of them abroad."""
    inputs = Inputs({**given, **plain("public_investment_baseline", 0.05)}, "economy")
    country = replace(read(given), count=1)
    one = np.ones((1, 1))
    equilibrium = SimpleNamespace(
        direct_tax=20 * one, production_tax=5 * one, import_duty=one, commodity_tax=14 * one, consumer_price=one,
        product=200 * one, real_product=100 * one, project_value=7.5 * one, exchange_rate=1.2 * one,
    )  # fmt: skip
    path = SimpleNamespace(equilibrium=equilibrium, balance=-6 * one, interest=2 * one)
    bought = SimpleNamespace(public_import=np.full((1, 1, 2), 0.5), infrastructure_import=one)
    invested = SimpleNamespace(programme=bought, public=9 * one, planned=8 * one)
    found = public_money(inputs, country, path, invested)
    price = (7.5 + 1.2 * 2) / 9
    np.testing.assert_allclose(found["primary_balance_before_programme"], (-6 + 2 + 3 * price) / 200, rtol=1e-14)
    none = public_money(inputs, country, path, SimpleNamespace(**{**vars(invested), "planned": 4 * one}))
    np.testing.assert_allclose(none["primary_balance_before_programme"], -4 / 200, rtol=1e-14)
    assert found["public_revenue"].tolist() == [[40.0]]


def test_other_flows_over_the_border_follow_all_foreign_investment(given):
    """What an initiative takes of the room of other foreign investment moves no reserves."""
    inputs = Inputs(given, "economy")
    country = read(given)
    years = read_years(inputs, country)
    invested = read_programme(inputs, country, years)
    taken = conditions(inputs, country, years, invested.public[:, 0], invested.foreign)
    first = country.base.foreign_saving - invested.foreign[:, 0]
    for place, one in enumerate(taken):
        expected = first / invested.foreign[:, 0] * invested.foreign[:, place]
        np.testing.assert_allclose(one.foreign_saving, expected, rtol=1e-12)


def test_mines_and_electricity_move_all_of_what_a_unit_costs(given):
    inputs = Inputs({**given, "power_cost_factor": given["power_cost_factor"] * 1.5}, "economy")
    country = read(given)
    productivity = read_years(inputs, country).productivity[:, -1]
    plainly = read_years(Inputs({**given, **plain("raw_material_expansion", 1.0)}, "economy"), country)
    moved = productivity / plainly.productivity[:, -1]
    bundle = country.economy.bundle_share
    cost = 1 - bundle + bundle / moved
    raw = inputs.ordered("raw_material_share", {"sector": country.world_sectors})[0][list(country.world)]
    expansion = of_base(inputs, "raw_material_expansion", country.count)[:, None]
    mined = (1 + raw * (expansion - 1)) ** (-1 / country.elasticity)
    others = [place for place in range(len(country.sectors)) if place != country.electricity]
    np.testing.assert_allclose(cost[:, others], mined[:, others], rtol=1e-12)
    counted = (
        of_base(inputs, "power_cost_initial", country.count)
        * of_base(inputs, "power_supply_initial", country.count)
        / 1e3
        / country.economy.output[:, country.electricity]
    )
    np.testing.assert_allclose(cost[:, country.electricity], 1 + 0.5 * counted, rtol=1e-12)
