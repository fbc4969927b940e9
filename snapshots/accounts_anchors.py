"""What Serbia's social accounting matrix of 2023 is held to: totals of the economy, and the world table by sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from accounts_donors import SECTORS, SERVICE_SECTORS
from derive_trade import trade_rows
from derive_world import HOME, held_to, settle
from fact_rows import read_table
from morava.exchange.trade_data.world import rounded
from world_duties import tariffs
from world_regions import GOODS, REGIONS, SERVICES, Array, at, goods_factor
from world_regions import SECTORS as WORLD_SECTORS
from world_serbia import YEAR, anchor, gdp, percent_of_gdp, trade
from world_technology import DONORS, technologies

LABOUR_YEAR, CONSUMPTION_YEAR, BUDGET_YEAR = "2019", "2024", 2022
REINVESTED = 0.5
"""Part of foreign-owned profit that stays in the country."""
CIA = "economy/macro/cia_factbook_serbia_text.csv"
FISCAL = "curation/fiscal.csv"


@dataclass(frozen=True)
class Anchor:
    """A total in million USD of 2023, how it is used, the word on it and where it comes from.

    `use` is `hard` (the balance must meet it), `derived` (it follows from hard ones and is held hard too)
    or `memo` (shown, not used).
    """

    value: float
    use: str
    word: str
    source: str
    note: str


@dataclass(frozen=True)
class FromWorld:
    """The world table in million USD of 2023, goods sectors and services as a whole [16].

    `purchases` [input, sector] under the donor's technology, `value_added` and `output` [sector], `exports`, `imports`,
    `duties`; `electricity` is exports and imports of it, inside services; `wanted` is value added of the broad sectors,
    and `industry` that of mining, manufacturing, utilities and construction together.
    """

    purchases: Array
    value_added: Array
    output: Array
    exports: Array
    imports: Array
    duties: Array
    electricity: tuple[float, float]
    wanted: Mapping[str, float]
    industry: float


def factbook(field: str) -> float:
    """Return the number at the head of a field of the Factbook: percent, or billion USD."""
    rows = read_table(CIA)
    text = next(row["text"] for row in rows if row["field"] == f"Economy / {field}")
    return float(text.replace("$", "").split()[0].rstrip("%"))


def revised_gdp(year: int) -> float:
    """Return GDP after the revision of 2024, million USD: the trade balance in dollars over its share of GDP."""
    rows = read_table("economy/macro/gapminder_sg_macro_21_countries_1990_2026.csv.gz")
    country, name, when, value = rows[0].keys()
    keys = ("srb", "trade_balance_us_not_inflation_adjusted", str(year))
    money = next(float(row[value]) for row in rows if (row[country], row[name], row[when]) == keys)
    return money / 1e6 / percent_of_gdp("trade_balance", year)


def labour_share() -> float:
    """Return the share of labour, the self-employed among it, in the last year of the Penn World Table."""
    rows = read_table("economy/macro/pwt1001_selected_1990_2019.csv")
    return next(float(row["labsh"]) for row in rows if (row["country"], row["year"]) == ("srb", LABOUR_YEAR))


def fact(path: str, name: str) -> float:
    """Return a number among curated facts."""
    return next(float(row["low"]) for row in read_table(path) if row["name"] == name)


def public_investment() -> float:
    """Return public investment, million USD of 2023: fact F068b, about 5 billion euro a year in 2021 to 2023."""
    rows = read_table("serbia-2030/facts.csv")
    euro = next(float(row["value_low"]) for row in rows if row["id"] == "F068b")
    rates = read_table("curation/exchange_rates.csv")
    return 1e3 * euro / next(float(row["eur_per_usd"]) for row in rates if row["year"] == str(YEAR))


def balance_of_budget() -> float:
    """Return the balance of general government in 2023, a fraction of GDP."""
    rows = read_table("economy/macro/serbia_government_debt_balance_2000_2029.csv")
    return next(float(row["gov_balance_pct_gdp"]) for row in rows if row["year"] == str(YEAR)) / 100


def interest() -> float:
    """Return interest on public debt, a fraction of GDP, as the minister named it for 2022."""
    rows = read_table(FISCAL)
    return next(float(row["interest_percent_gdp"]) for row in rows if row["year"] == str(BUDGET_YEAR)) / 100


def totals() -> dict[str, Anchor]:
    """Return the totals that hold for every donor."""
    product = gdp()
    exports, imports = (percent_of_gdp(flow, YEAR) * product for flow in ("exports", "imports"))
    before = revised_gdp(BUDGET_YEAR)
    foreign_debt = fact("curation/model_facts.csv", "debt-foreign") / 100
    remittances = factbook("Remittances / Remittances 2023") / 100 * product
    account = 1e3 * factbook("Current account balance / Current account balance 2023")
    outflow = exports - imports + remittances - account
    abroad = foreign_debt * interest() * product
    profits = outflow - abroad
    balance, built = balance_of_budget() * product, public_investment()
    invested = percent_of_gdp("foreign_direct_investment_net_inflows", YEAR) * product
    said = "CIA World Factbook of May 2026"
    return {
        "gdp": Anchor(product, "hard", "published", "WDI, gdp_194", "after the revision of 2024"),
        "exports": Anchor(exports, "hard", "published", "WDI through Gapminder", "55.07 percent of GDP, 2023"),
        "imports": Anchor(imports, "hard", "published", "WDI through Gapminder", "59.42 percent of GDP, 2023"),
        "investment": Anchor(percent_of_gdp("investments", YEAR) * product, "hard", "published",
                             "WDI through Gapminder", "gross capital formation, 24.62 percent of GDP, 2023"),
        "government consumption": Anchor(
            factbook("GDP - composition, by end use / government consumption") / 100 * product, "hard", "assumed", said,
            "17.8 percent of GDP is of 2024; taken for 2023"),
        "labour share": Anchor(labour_share(), "hard", "assumed", "Penn World Table 10.01",
                               "of 2019; of labour and capital income at basic prices, self-employed with labour"),
        "public revenue": Anchor(
            1e3 * factbook("Budget / revenues") / before * product, "hard", "assumed", said,
            f"26.077 of {before / 1e3:.3f} billion USD in 2022 (revised GDP); the share is taken for 2023"),
        "public balance": Anchor(balance, "hard", "assumed", "IMF WEO October 2024 through GMD",
                                 "-1.31 percent of GDP for 2023, a forecast; its GDP vintage is not said"),
        "public investment": Anchor(built, "hard", "assumed", "F068b, Fiscal Council through Beta Briefing",
                                    "about 5 billion euro a year, 2021 to 2023"),
        "public saving": Anchor(balance + built, "derived", "residual", "", "balance plus public investment"),
        "interest abroad": Anchor(abroad, "hard", "assumed", "SE Outlook 2023; public debt by currency, 2025",
                                  "1.6 percent of GDP (2022) times 77.1 percent of debt in foreign currency"),
        "remittances": Anchor(remittances, "hard", "published", said, "7.1 percent of GDP, 2023; vintage not said"),
        "current account": Anchor(account, "hard", "published", said, "-1.947 billion USD, 2023"),
        "foreign profits": Anchor(profits, "derived", "residual", "",
                                  "remittances and trade balance less current account and interest abroad"),
        "reinvested profits": Anchor(REINVESTED * profits, "hard", "assumed", "",
                                     "half of foreign profits: no figure in the extracts, neither end is likelier"),
        "direct investment": Anchor(invested, "hard", "published", "WDI through Gapminder",
                                    "net inflow, 6.07 percent of GDP, 2023; reinvested profits are part of it"),
        "foreign assets": Anchor(invested + account, "derived", "residual", "",
                                 "direct investment beyond the current account deficit: reserves, loans paid back"),
        "public debt": Anchor(0.01 * debt() * product, "memo", "assumed", "IMF WEO October 2024 through GMD",
                              "48.9 percent of GDP at the end of 2023, a forecast; no flow rests on it"),
    }  # fmt: skip


def debt() -> float:
    """Return public debt of 2023 in percent of GDP."""
    rows = read_table("economy/macro/serbia_government_debt_balance_2000_2029.csv")
    return next(float(row["gov_debt_pct_gdp"]) for row in rows if row["year"] == str(YEAR))


def duty_rates() -> Array:
    """Return the middle of Serbia's own duties by sector times the share of imports that pays, [region, sector]."""
    rows = read_table("curation/trade_facts.csv")
    ends = {(row["quantity"], row["where"]): float(row["low"] or 0) for row in rows
            if row["quantity"] in ("own_duty_least", "own_duty_most")}  # fmt: skip
    middle = [sum(ends[f"own_duty_{end}", f"sector={name}"] for end in ("least", "most")) / 2 for name in WORLD_SECTORS]
    paying = {row.where: float(row.low) for row in trade_rows() if row.quantity == "own_duty_share"}
    return np.outer([paying[f"region={region}"] for region in REGIONS], middle)


def from_world() -> dict[str, FromWorld]:
    """Return what the world table says of Serbia, by donor, at the level of USD of 2023."""
    factor = goods_factor()[0]
    duties, donated = rounded(tariffs()), technologies()
    settled, broad = settle(trade(), factor, donated[DONORS[0]], duties)
    flows = rounded(settled.values)
    output = flows[:, HOME].sum(axis=0) / factor
    imports = flows[HOME] / factor
    imports[HOME] = 0.0
    electricity = anchor("export", "World", "HS 2716"), anchor("import", "World", "HS 2716")
    found = {}
    for donor in DONORS:
        technology = rounded(held_to(flows, duties, donated[donor])[0])[HOME]
        found[donor] = FromWorld(
            technology * output, (1 - technology.sum(axis=0)) * output, output, output - flows[HOME, HOME] / factor,
            imports.sum(axis=0), (duty_rates() * imports).sum(axis=0), electricity,
            {name: float(value) / factor for name, value in broad.items()},
            percent_of_gdp("industry", int(CONSUMPTION_YEAR)) * gdp(),
        )  # fmt: skip
    return found


def utilities_and_construction(world: FromWorld) -> float:
    """Return value added of electricity and construction, which is industry less mining and manufacturing."""
    industry = world.industry - world.wanted["made"]
    return industry * float(world.value_added[at(SERVICES)]) / world.wanted["services"]


def spread(values: Array, shares: Array) -> Array:
    """Return values of the world table [16, ...] in the sectors of the matrix, services by shares."""
    services = values[len(GOODS)] * shares.reshape(-1, *([1] * (values.ndim - 1)))
    found = np.concatenate([values[: len(GOODS)], services])
    if len(found) != len(SECTORS) or len(services) != len(SERVICE_SECTORS):
        raise ValueError("sectors do not fit")
    return np.asarray(found)
