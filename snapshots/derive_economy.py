"""What the model of the economy needs beside the social accounts, worked out from the extracts.

People at work, capital, productivity, foreign investment, carbon dioxide outside power plants, and what electricity
cost. The accounts must have been written by `derive_accounts.py`. Judgements stand in `curation/economy_facts.csv`;
`docs/models/economy-data.md` tells each number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from accounts_anchors import debt, factbook, revised_gdp
from accounts_donors import SECTORS
from derive_macro import Series, deflators, read_gapminder
from derive_power import power_history
from derive_trade import trade_rows
from derive_world import FOLDER
from fact_rows import FactRow, read_table, single
from world_serbia import anchor, gdp

BASE, LAST = 2023, 2024
DECADE = 2014
"""First year of the decade whose growth is accounted for."""
FIRST_GROWTH = 2008
"""First year of growth that is looked at for good and bad years, as in the history of public debt."""
PENN_LAST, PENN_BASE, PENN_FIRST = 2019, 2017, 1995
"""Last year of the Penn World Table, the one whose prices it has, and the first for the growth of the frontier."""
FRONTIER = "deu"
CHILDREN = "0-14 years"
BROAD = {"agriculture": ("agriculture",), "services": ("computing", "trade and transport", "other services")}
"""Sectors of the broad ones of the labour statistics; all others are industry."""
HOURS, TERA, MEGA = 8760, 1000.0, 1e6
"""GWh in a TWh; tonnes in a million of them."""
CARBON = {"coal": 25.258, "oil": 9.871, "gas": 6.145}
"""Million tonnes of carbon dioxide of fuel in Serbia in 2023, from the file of `owid-co2`; cement (1.084) is none."""
POWER_YEARS = ("2023", "2024")
NEWER = "gas_chp_new"
BURNS = {"lignite": "lignite", "gas_chp": "gas", NEWER: "gas"}
"""Fuel of the technologies that burn any."""
MADE_OF = {"gas": (NEWER, "gas_chp"), "biofuel": ("biomass",)}
"""Technologies behind a name of the annual statistics, in the order in which they run."""
BIOMASS_CAPACITY = 70.0
"""MW of 2025, as in the facts on biomass."""
PENN = {"source": "penn-world-table-10-01", "known_on": "2021", "status": "derived"}
SERIES = {"source": "gapminder-systema-globalis", "known_on": "2025", "status": "derived"}


def economy_rows() -> list[FactRow]:
    """Return the facts that the model of the economy takes from extracts."""
    return [*_wages(), *_labour(), *_capital(), *_productivity(), *_foreign(), *_plants(), *_carbon(), *_power()]


@cache
def accounts() -> dict[str, pd.DataFrame]:
    """Return the social accounts [receiver, payer] by donor, million USD of 2023."""
    table = pd.read_parquet(FOLDER / "social_accounts.parquet")
    return {
        str(donor): part.pivot(index="receiver", columns="payer", values="value")
        for donor, part in table.groupby("donor", sort=True)
    }


def _of_serbia(indicator: str) -> Series:
    return read_gapminder()["srb", indicator]


def _penn(country: str, column: str) -> Series:
    return {
        int(row["year"]): float(row[column])
        for row in read_table("economy/macro/pwt1001_selected_1990_2019.csv")
        if row["country"] == country and row[column]
    }


def _growth(series: Mapping[int, float], first: int, last: int) -> float:
    return math.log(series[last] / series[first]) / (last - first)


def _said(name: str) -> float:
    return next(float(row["value_low"]) for row in read_table("serbia-2030/facts.csv") if row["id"] == name)


def _wages() -> list[FactRow]:
    source = next(row["name"] for row in read_table("curation/sources.csv") if "ekonomski plan za 2030" in row["title"])
    given = {"known_on": "2026-03-07", "source": source, "status": "reported"}
    return [
        single("wage-initial", "wage_initial", "", _said("F010"), "2025", unit="EUR_2025 / month",
               note="F010, the base of the promises for 2030; whether after tax was not said, taken so", **given),
        single("wage-year", "wage_year", "", 2025, "2025", note="that of F010", **given),
    ]  # fmt: skip


def _working() -> tuple[Series, Series]:
    """Return people at work and the labour force by year: rates of those from 15 on times people of that age."""
    children = factbook_share(CHILDREN)
    rate, idle = (_of_serbia(f"aged_15plus_{kind}_rate_percent") for kind in ("employment", "unemployment"))
    people = {
        year: total / _of_serbia("gdppercapita_us_inflation_adjusted")[year] * (1 - children)
        for year, total in _of_serbia("total_gdp_us_inflation_adjusted").items()
    }
    working = {year: people[year] * rate[year] / 100 for year in range(DECADE, LAST + 1)}
    return working, {year: number / (1 - idle[year] / 100) for year, number in working.items()}


def factbook_share(age: str) -> float:
    """Return the share of an age in the population, as the Factbook has it for 2024."""
    rows = read_table("economy/macro/cia_factbook_serbia_text.csv")
    text = next(row["text"] for row in rows if row["field"].endswith(f"Age structure / {age}"))
    return float(text.split("%")[0]) / 100


def _labour() -> list[FactRow]:
    working, force = _working()
    idle = _of_serbia("aged_15plus_unemployment_rate_percent")[BASE] / 100
    labour = np.mean([table.loc["labour", list(SECTORS)].to_numpy() for table in accounts().values()], axis=0)
    group = {sector: broad for broad, sectors in BROAD.items() for sector in sectors}
    shares = {
        "agriculture": _of_serbia("agriculture_workers_percent_of_employment")[BASE] / 100,
        "industry": _of_serbia("industry_workers_percent_of_employment")[BASE] / 100,
        "services": _of_serbia("service_workers_percent_of_employment")[BASE] / 100,
    }
    earned = dict(zip(SECTORS, labour.tolist(), strict=True))
    rows = [
        single("unemployment-initial", "unemployment_initial", "", idle, str(BASE),
               note="of people from 15 on (ILO); the Factbook has 8.3 percent", **SERIES),
        single("labour-force-growth", "labour_force_growth", "", -0.004, "2023..2040", unit="1 / year",
               source="serbia-business-eu-labour-force", known_on="2026-06-30", status="assumed",
               note=f"191,000 fewer by 2040 in a study on UN projections: ln(1 - 0.191 / {force[BASE] / MEGA:.3f}) / "
               f"17 = {math.log(1 - 191e3 / force[BASE]) / 17:.4f}; {DECADE} to {LAST} it grew by "
               f"{_growth(force, DECADE, LAST):.4f} a year, since more took part; an uncertainty sets it"),
    ]  # fmt: skip
    for sector in SECTORS:
        broad = group.get(sector, "industry")
        total = sum(value for other, value in earned.items() if group.get(other, "industry") == broad)
        people = working[BASE] * shares[broad] * earned[sector] / total
        rows.append(
            single(f"employment-initial-{_slug(sector)}", "employment_initial", f"sector={sector}", round(people),
                   str(BASE), unit="person",
                   note=f"{working[BASE] / MEGA:.3f} million at work (employment rate of people from 15 on times "
                   f"people of that age) times {shares[broad]:.4f} in {broad} (WDI), divided there as labour income "
                   "in the accounts, mean of donors: equal pay in a broad sector", **SERIES)
        )  # fmt: skip
    return rows


def _slug(sector: str) -> str:
    return sector.replace(" ", "-")


def _stock() -> tuple[Series, float]:
    """Return capital at the end of each year over the output of the price year, and what its price was put at.

    The Penn World Table has more investment in output than national accounts have; its stock is put at their prices.
    After its price year the stock loses what the table says and gains investment of national accounts.
    """
    invested = {year: share / 100 for year, share in _of_serbia("investments_percent_of_gdp").items()}
    capital, product, lost = (_penn("srb", column) for column in ("rnna", "rgdpna", "delta"))
    there = (capital[PENN_BASE] - capital[PENN_BASE - 1] * (1 - lost[PENN_BASE])) / product[PENN_BASE]
    price = invested[PENN_BASE] / there
    stock = {year: price * capital[year] / product[PENN_BASE] for year in range(DECADE - 1, PENN_BASE + 1)}
    for year in range(PENN_BASE + 1, LAST + 1):
        kept = stock[year - 1] * (1 - lost.get(year, lost[PENN_LAST]))
        stock[year] = kept + invested[year] * _output(year)
    return stock, price


def _output(year: int) -> float:
    """Return output of a year over that of the price year, both at constant prices."""
    real = _of_serbia("total_gdp_us_inflation_adjusted")
    return real[year] / real[PENN_BASE]


def _capital() -> list[FactRow]:
    stock, price = _stock()
    ratio = stock[BASE - 1] / _output(BASE)
    lost = _penn("srb", "delta")[PENN_LAST]
    penn = _penn("srb", "rnna")[PENN_BASE] / _penn("srb", "rgdpna")[PENN_BASE]
    return [
        single("capital-stock-initial", "capital_stock_initial", "", ratio * gdp(), str(BASE), unit="million USD_2023",
               **PENN | {"known_on": "2025"},
               note=f"{ratio:.3f} times GDP ({gdp():.0f}): {penn:.3f} in {PENN_BASE} (PWT, prices of 2017) times "
               f"{price:.3f}, since investment there is a larger part of output than in national accounts, then year "
               "by year less depreciation (PWT) and more investment (WDI), to the end of 2022, over output of 2023"),
        single("capital-depreciation", "capital_depreciation", "", lost, str(PENN_LAST), unit="1 / year", **PENN,
               note="average over all assets in the last year of the table"),
    ]  # fmt: skip


def _productivity() -> list[FactRow]:
    stock, working = _stock()[0], _working()[0]
    share = _penn("srb", "labsh")[PENN_LAST]
    real = _of_serbia("total_gdp_us_inflation_adjusted")
    output, people = _growth(real, DECADE, LAST), _growth(working, DECADE, LAST)
    capital = _growth(stock, DECADE - 1, LAST - 1)
    rest = output - (1 - share) * capital - share * people
    own = _growth(_penn("srb", "rtfpna"), DECADE, PENN_LAST)
    levels = [_penn(country, "ctfp")[PENN_LAST] for country in (FRONTIER, "srb")]
    gap = math.log(levels[0] / levels[1])
    frontier = _growth(_penn(FRONTIER, "rtfpna"), PENN_FIRST, PENN_LAST)
    rate = 0.02
    years = range(FIRST_GROWTH, LAST + 1)
    past = [year for year in years if year in real and year - 1 in real]
    spread = float(np.std([real[year] / real[year - 1] - 1 for year in past], ddof=1))
    return [
        single("productivity-gap", "productivity_gap", "", gap, str(PENN_LAST), **PENN,
               note=f"ln({levels[0]:.4f} / {levels[1]:.4f}), Germany over Serbia, last year of the table, taken for "
               f"{BASE}"),
        single("frontier-growth", "frontier_growth", "", frontier, f"{PENN_FIRST}..{PENN_LAST}",
               unit="1 / year", **PENN, note=f"productivity of Germany, {PENN_FIRST} to {PENN_LAST}"),
        single("catch-up-rate", "catch_up_rate", "", rate, f"{DECADE}..{LAST}", unit="1 / year",
               source="penn-world-table-10-01", known_on="2025", status="assumed",
               note=f"{rate} x {gap:.3f} + {frontier:.4f} = {rate * gap + frontier:.4f} a year, between {own:.4f} "
               f"(PWT, {DECADE} to {PENN_LAST}, schooling taken out) and {rest:.4f}: output {output:.4f} less "
               f"{1 - share:.3f} x capital {capital:.4f} less {share:.3f} x people at work {people:.4f}, {DECADE} to "
               f"{LAST}, schooling and infrastructure in it; an uncertainty sets it"),
        single("productivity-shock-size", "productivity_shock_size", "", share * spread, f"{past[0]}..{past[-1]}",
               source="gapminder-systema-globalis", known_on="2025", status="derived",
               note=f"standard deviation of yearly growth of output, {spread:.4f}, times the share of labour, "
               f"{share:.3f}: a lasting change of productivity moves output by one over it in the long run"),
    ]  # fmt: skip


def _foreign() -> list[FactRow]:
    first = _of_serbia("foreign_direct_investment_net_inflows_percent_of_gdp")[BASE] / 100
    product = next(float(row["low"]) for row in read_table("curation/model_facts.csv") if row["name"] == "gdp-2025")
    euro = next(float(row["eur_per_usd"]) for row in read_table("curation/exchange_rates.csv") if row["year"] == "2024")
    before = factbook("GDP (official exchange rate)") * euro
    low, high = _said("F130b") * 12 / 11 / product, _said("F120") / before
    growth = next(float(row.low) for row in trade_rows() if row.name == "growth-serbia")
    start = next(
        float(row["gov_debt_pct_gdp"])
        for row in read_table("economy/macro/serbia_government_debt_balance_2000_2029.csv")
        if row["year"] == str(BASE - 1)
    )
    dinars = [factbook(f"Exchange rates / Exchange rates {year}") for year in (BASE - 1, BASE)]
    again = start / 100 * revised_gdp(BASE - 1) * dinars[0] / (gdp() * dinars[1])
    return [
        single("foreign-investment-initial", "foreign_investment_initial", "", first, str(BASE), **SERIES,
               note=f"net inflow, WDI; {first * gdp():.0f} of {gdp():.0f} million USD, as in the accounts"),
        single("foreign-investment-rate", "foreign_investment_rate", "", (low + high) / 2, "2024..2025",
               source="bne-intellinews-2026-01-16-citing-nbs-serbia-net", known_on="2026-01-16", status="derived",
               note=f"middle of 2025, 3.0 billion in eleven months (F130b) x 12 / 11 over {product} = {low:.4f}, and "
               f"of the record of 2024, 5.1 billion (F120) over {before:.1f} = {high:.4f}; inflow, not net of what "
               "leaves; an uncertainty sets it"),
        single("debt-social-accounts", "debt_social_accounts", "", debt() / 100, str(BASE),
               source="global-macro-database-2025-06", known_on="2024-10", status="assumed",
               note=f"end of {BASE}, a forecast; at its beginning {again:.3f} of the output of {BASE} "
               f"({start / 100:.3f} of that of 2022), and more was borrowed in the year than the balance says, so "
               "that the end of the year leads to the smaller miss later"),
        single("power-demand-growth-assumed", "power_demand_growth_assumed", "", growth, "2014..2024", unit="1 / year",
               source="gapminder-systema-globalis", known_on="2025", status="assumed",
               note="growth of output carried forward (growth-serbia) is taken to stand behind the one percent a "
               "year of power_demand_path: electricity a unit of output then falls by some two percent a year"),
    ]  # fmt: skip


def _plants() -> list[FactRow]:
    """Return what part of their sector the two plants are that stand in the base year: their exports over its."""
    exported = {name: float(np.mean([t.loc[name, "foreign"] for t in accounts().values()])) for name in SECTORS}
    euro = next(float(row["eur_per_usd"]) for row in read_table("curation/exchange_rates.csv") if row["year"] == "2023")
    steel, copper = _said("F048") / euro, anchor("export", "World", "HS 740311")
    plants = (
        ("smederevo-steel", "steel", steel, "F048", "ansa-afp-beta-ministry-of-finance-2024-02-22", "2024-02-22"),
        ("bor-copper", "non-ferrous metals", copper, "copper cathodes", "serbia-trade-anchors-2023", "2024"),
    )
    return [
        single(f"sector-share-{name}", "initiative_sector_share", f"initiative={name}", sold / exported[sector],
               str(BASE), source=source, known_on=known, status="derived",
               note=f"exports {sold:.0f} ({fact}) over {exported[sector]:.0f} million USD of the sector; what it "
               "sells at home was not found")
        for name, sector, sold, fact, source, known in plants
    ]  # fmt: skip


@cache
def _parameters() -> dict[tuple[str, str, str], tuple[float, str]]:
    return {
        (row["quantity"], row["where"], row["period"]): (float(row["low"]), row["unit"])
        for row in read_table("curation/power_facts.csv")
        if row["low"]
    }


def _of(quantity: str, technology: str) -> float:
    return _parameters()[quantity, f"technology={technology}", ""][0]


def _in_2025(value: float, unit: str) -> float:
    level = {row.period: float(row.low) for row in deflators() if row.where == "currency=EUR"}
    return value * level["2025"] / level[unit.split()[0].removeprefix("EUR_")]


def _gross_output(year: str) -> dict[str, float]:
    """Return gross output by name of the annual statistics, GWh; oil, which the pack has no plants for, left out."""
    rows = [row for row in power_history() if (row.quantity, row.period) == ("history_power_output", year)]
    return {row.where.removeprefix("technology="): float(row.low) for row in rows if row.where != "technology=oil"}


def _net_output(year: str) -> dict[str, float]:
    """Return net output by technology of the pack, GWh: the newer gas plant runs when it can, the old ones the rest."""
    found = {}
    for name, gross in _gross_output(year).items():
        left = gross
        for technology in MADE_OF.get(name, (name,)):
            kept = 1 - _of("power_own_use", technology)
            found[technology] = min(left * kept, _most(technology, year))
            left -= found[technology] / kept
    return found


def _most(technology: str, year: str) -> float:
    """Return what the newer gas plant can make in a year, GWh; no bound for the others."""
    if technology != NEWER:
        return math.inf
    capacity = _parameters()["history_power_capacity", f"technology={technology}", year][0]
    return capacity * HOURS / TERA * _of("power_plant_availability", technology)


def _carbon() -> list[FactRow]:
    made = _net_output(str(BASE))
    plants = sum(
        made[name] / TERA / _of("power_efficiency", name) * _parameters()["fuel_emission", f"fuel={fuel}", ""][0]
        for name, fuel in BURNS.items()
    )
    rest = sum(CARBON.values()) - plants
    users = [*(sector for sector in SECTORS if sector not in ("energy", "electricity")), "household"]
    shares = np.mean(
        [table.loc["energy", users].to_numpy() / table.loc["energy", users].sum() for table in accounts().values()],
        axis=0,
    )
    known = dict(zip(users, shares.tolist(), strict=True))
    why = {
        "energy": "none: what it buys of itself is crude oil and coal to be sold on; what refineries and mines burn is "
        "among the others",
        "electricity": "none: coal and gas of power plants are not counted here; what heat plants burn is among "
        "the others",
    }
    return [
        single(f"emission-initial-{_slug(user)}", "emission_initial", f"sector={user}",
               round(known.get(user, 0.0) * rest * MEGA), str(BASE), unit="tonne_CO2 / year", source="owid-co2",
               known_on="2024-11", status="derived" if user in known else "assumed",
               note=why.get(user, f"coal, oil and gas {sum(CARBON.values()):.3f} less power plants {plants:.3f} = "
                            f"{rest:.3f} million tonnes, times {known.get(user, 0):.4f}, its part of purchases of "
                            "energy in the accounts, mean of donors; plants by output, own use, efficiency and "
                            "emission of the pack"))
        for user in (*SECTORS, "household")
    ]  # fmt: skip


def _power() -> list[FactRow]:
    costs = {year: _power_cost(year) for year in POWER_YEARS}
    value = sum(money / load for money, load, _ in costs.values()) / len(costs)
    parts = "; ".join(f"{year}: {text}" for year, (_, _, text) in costs.items())
    return [
        single("power-cost-initial", "power_cost_initial", "", value, "2023..2024", unit="EUR_2025 / MWh",
               source="owid-energy", known_on="2025", status="derived",
               note=f"mean of two years, of much and of usual water. {parts}. Million EUR of 2025; own parameters of "
               "the power model, measured output; no annuities, since plants that stand have none in it (only those "
               "that the program adds have); oil (70 to 130 GWh) left out"),
        single("power-supply-initial", "power_supply_initial", "",
               TERA * sum(load for _, load, _ in costs.values()) / len(costs), "2023..2024", unit="GWh",
               source="owid-energy", known_on="2025", status="derived",
               note="load of the two years of power_cost_initial"),
    ]  # fmt: skip


def _capacities(year: str) -> dict[str, float]:
    """Return capacities by technology, MW; of wind, sun and biomass those of 2025 times output over that of 2025."""
    of_2025 = {"wind": _said("F142"), "solar": _said("F143a"), "biofuel": BIOMASS_CAPACITY}
    now, then = _gross_output(year), _gross_output("2025")
    grown = {MADE_OF.get(name, (name,))[0]: size * now[name] / then[name] for name, size in of_2025.items()}
    known = {name: _parameters()["history_power_capacity", f"technology={name}", year][0] for name in BURNS}
    return known | grown | {"hydro": _said("F144a"), "pumped_storage": _said("F144b")}


def _power_cost(year: str) -> tuple[float, float, str]:
    """Return what a year's electricity cost, million EUR of 2025, the load, TWh, and the sum in words."""
    made, gross = _net_output(year), _gross_output(year)
    fuel = {name: _in_2025(*_parameters()["history_fuel_price", f"fuel={name}", year]) for name in BURNS.values()}
    running = 0.0
    for name, output in made.items():
        burnt = fuel[BURNS[name]] / _of("power_efficiency", name) if name in BURNS else 0.0
        running += output / TERA * (_of("power_variable_cost", name) + burnt)
    fixed = sum(size * _of("power_fixed_cost", name) / TERA for name, size in _capacities(year).items())
    rows = [row for row in power_history() if row.period == year]
    prices = [_in_2025(float(row.low), row.unit) for row in rows if row.quantity == "history_border_price"]
    price = sum(prices) / len(prices)
    bought, asked = (
        next(float(row.low) for row in rows if row.quantity == name) / TERA
        for name in ("history_power_net_import", "history_power_demand")
    )
    load = asked - (sum(gross.values()) - sum(made.values())) / TERA
    cost = running + fixed + bought * price
    text = (f"running {running:.0f} + fixed {fixed:.0f} + net imports {bought:.2f} TWh x {price:.1f} = {cost:.0f} "
            f"over {load:.2f} TWh = {cost / load:.1f}")  # fmt: skip
    return cost, load, text
