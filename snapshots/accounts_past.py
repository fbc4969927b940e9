"""What Serbia's accounts of a past year are held to: totals of that year, and a neighbour's pattern known by then."""

from __future__ import annotations

import numpy as np

from accounts_anchors import REINVESTED, Anchor, FromWorld, fact, from_world, revised_gdp
from accounts_donors import CROATIA, Donor
from fact_rows import read_table
from morava.exchange.trade_data.fitting import held
from world_regions import GOODS, SERVICES, Array, at
from world_serbia import CLOSE, domestic_sales, percent_of_gdp
from world_technology import croatia, halves, in_sectors, product_sector, square

MADE_SECTIONS, INDUSTRY_SECTIONS = ("B", "C"), tuple("BCDEF")
MOST_PASSES = 200


def past_totals(year: int) -> dict[str, Anchor]:
    """Return the totals of a past year, million USD of that year; shares are taken as they are in each vintage."""
    product = revised_gdp(year)
    value = {"gdp": product}
    said = {"gdp": ("published", "WDI through Gapminder", "trade balance in dollars over its share of GDP")}
    for name, indicator in (
        ("exports", "exports"), ("imports", "imports"), ("investment", "investments"),
        ("direct investment", "foreign_direct_investment_net_inflows"),
    ):  # fmt: skip
        value[name] = percent_of_gdp(indicator, year) * product
        said[name] = ("published", "WDI through Gapminder", f"{indicator}, {year}")
    for row in read_table("curation/past_totals.csv"):
        if row["year"] == str(year):
            value[row["total"]] = float(row["percent_of_gdp"]) / 100 * product
            said[row["total"]] = (row["word"], row["source"], row["note"])
    value["labour share"] = of_penn(year)
    said["labour share"] = ("assumed", "Penn World Table 10.01", f"{year}, as held now")
    value["public balance"], owed = (share * product for share in of_budget(year))
    said["public balance"] = ("published", "IMF WEO October 2024 through GMD", f"{year}")
    foreign_debt = fact("curation/model_facts.csv", "debt-foreign") / 100
    value["interest abroad"] = foreign_debt * owed
    said["interest abroad"] = ("assumed", "fiscal.csv", "share of debt in foreign currency is that of 2025")
    outflow = value["exports"] - value["imports"] + value["remittances"] - value["current account"]
    value["foreign profits"] = outflow - value["interest abroad"]
    value["reinvested profits"] = REINVESTED * value["foreign profits"]
    said["reinvested profits"] = ("assumed", "", "half of foreign profits, as in 2023")
    value["public saving"] = value["public balance"] + value["public investment"]
    value["foreign assets"] = value["direct investment"] + value["current account"]
    for name in ("foreign profits", "public saving", "foreign assets"):
        said[name] = ("residual", "", "follows")
    return {name: Anchor(value[name], "hard", *said[name]) for name in value}


def of_penn(year: int) -> float:
    """Return the share of labour of a year, the self-employed among it."""
    rows = read_table("economy/macro/pwt1001_selected_1990_2019.csv")
    return next(float(row["labsh"]) for row in rows if (row["country"], row["year"]) == ("srb", str(year)))


def of_budget(year: int) -> tuple[float, float]:
    """Return the balance of general government and interest on its debt, fractions of GDP."""
    rows = read_table("economy/macro/serbia_government_debt_balance_2000_2029.csv")
    balance = next(float(row["gov_balance_pct_gdp"]) for row in rows if row["year"] == str(year))
    rows = read_table("curation/fiscal.csv")
    return balance / 100, next(float(row["interest_percent_gdp"]) for row in rows if row["year"] == str(year)) / 100


def goods_share(year: int) -> float:
    """Return goods in all trade of a year; exports and imports are taken to have the same."""
    whole = percent_of_gdp("exports", year) + percent_of_gdp("imports", year)
    return percent_of_gdp("merchandise_trade", year) / whole


def made_share() -> float:
    """Return mining and manufacturing in the value added of industry, Croatia 2010."""
    products, _, rows = square("croatia_siot_2010_total_thkuna.csv", "row")
    first = np.array([product[0] for product in products])
    made, industry = (rows["B1G"][np.isin(first, part)].sum() for part in (MADE_SECTIONS, INDUSTRY_SECTIONS))
    return float(made / industry)


def traded(pattern: Array, whole: float, goods: float) -> Array:
    """Return exports or imports [16] of a whole: goods and services by their share, goods as in the pattern."""
    own = pattern[: len(GOODS)]
    return np.append(goods * whole * own / own.sum(), (1 - goods) * whole)


def past_world(year: int, donor: Donor, product: float) -> FromWorld:
    """Return trade, output and value added by sector in a past year, million USD of it, all in the donor's pattern.

    Duties are the mean rates of the accounts of 2023. Inputs are at most 95 percent of what is bought, as in the world
    table.
    """
    goods = goods_share(year)
    exports = traded(donor.exports, percent_of_gdp("exports", year) * product, goods)
    imports = traded(donor.imports, percent_of_gdp("imports", year) * product, goods)
    share = {name: percent_of_gdp(name, year) * product for name in ("agriculture", "industry", "services")}
    made = share["industry"] * made_share()
    broad = {"agriculture": share["agriculture"], "made": made, "services": sum(share.values()) - made}
    broad["services"] -= share["agriculture"]
    technology = in_sectors(croatia()[0], product_sector, halves("HRV"))
    all_made = donor.purchases.sum(axis=0) + donor.input_tax + donor.labour + donor.capital + donor.production_tax
    at_home = np.maximum(all_made - donor.exports, 0.0)[: len(GOODS)]
    later = from_world()[CROATIA]
    rate = later.duties / later.imports
    fed, home = technology, np.zeros(len(exports))
    for _ in range(MOST_PASSES):
        before = home
        home = domestic_sales(exports, 1 - fed.sum(axis=0), broad, at_home / at_home.sum())
        output, bought = home + exports, home + imports * (1 + rate)
        fed = held(technology[None], output[None], bought[None])[0]
        if np.allclose(before, home, rtol=CLOSE, atol=0):
            break
    else:
        raise ValueError(f"output of {year} does not settle")
    services = [donor_flow[len(GOODS) :] for donor_flow in (donor.exports, donor.imports)]
    power = tuple(
        float(flow[at(SERVICES)] * own[0] / own.sum()) for flow, own in zip((exports, imports), services, strict=True)
    )
    return FromWorld(
        fed * output, (1 - fed.sum(axis=0)) * output, output, exports, imports, rate * imports, (power[0], power[1]),
        broad, share["industry"],
    )  # fmt: skip


def known_later(year: int) -> list[str]:
    """Return the totals of a past year that rest on figures of later years."""
    rows = read_table("curation/past_totals.csv")
    return [row["total"] for row in rows if (row["year"], row["known_later"]) == (str(year), "yes")]
