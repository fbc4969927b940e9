"""Growth of the regions of the world table, who pays Serbia's duties, and how China's share of imports drifted."""

from __future__ import annotations

import math

from fact_rows import FactRow, read_table, single
from world_regions import REGIONS, REST, region_of
from world_serbia import FREE

MACRO = "economy/macro/gapminder_sg_macro_21_countries_1990_2026.csv.gz"
FIRST, LAST = 2014, 2024
COUNTRIES = {
    "Serbia": ("srb",), "Germany": ("deu",), "Italy": ("ita",), "Hungary": ("hun",),
    "EU neighbours": ("bgr", "hrv", "rou", "svn"), "other EU": ("aut", "cze", "grc", "pol", "svk"),
    "Russia": ("rus",), "Turkey": ("tur",), "United States": ("usa",),
}  # fmt: skip
"""Countries of the extract whose past growth is carried forward for a region; the others are judged by hand in
`curation/trade_facts.csv`."""
PAYING = {"China": 1.0, "United States": 1.0}
DRIFT = ("F119b2", "F113b")
"""Facts on imports from China, of the first and of the last year of the drift."""


def trade_rows() -> list[FactRow]:
    """Return the facts that the trade model takes from extracts."""
    return [*_growth(), *_paying(), *_drift(), *_peers()]


def _slug(region: str) -> str:
    return region.lower().replace(" ", "-")


def _macro(indicator: str) -> dict[tuple[str, int], float]:
    return {
        (row["geo"], int(row["year"])): float(row["value"])
        for row in read_table(MACRO)
        if row["indicator"] == indicator
    }


def _growth() -> list[FactRow]:
    product = _macro("total_gdp_us_inflation_adjusted")
    rows: list[FactRow] = []
    for region, countries in COUNTRIES.items():
        where, period = f"region={region}", f"{FIRST}..{LAST}"
        ends = [sum(product[country, year] for country in countries) for year in (FIRST, LAST)]
        rate = math.log(ends[1] / ends[0]) / (LAST - FIRST)
        note = f"mean growth {FIRST} to {LAST} at constant prices, carried forward; {', '.join(countries)}"
        rows.append(
            single(f"growth-{_slug(region)}", "region_growth", where, math.expm1(rate), period, unit="1 / year",
                   known_on="2025", source="gapminder-systema-globalis", status="derived", note=note)
        )  # fmt: skip
    return rows


def _paying() -> list[FactRow]:
    outside = {
        row["partner"]: float(row["imports_kusd"] or 0)
        for row in read_table("economy/trade/serbia_by_partner_baci2023.csv")
        if region_of(row["partner"]) == REST
    }
    paying = 1 - sum(outside.get(code, 0.0) for code in FREE) / sum(outside.values())
    rows: list[FactRow] = []
    for region in REGIONS:
        value, status, source = PAYING.get(region, 0.0), "assumed", "analyst"
        note = "no agreement before 2024" if value else "imports come under an agreement; farm goods left aside"
        if region == REGIONS[-1]:
            value, status, source = paying, "derived", "cepii-baci-2023"
            note = "imports of 2023 from beyond CEFTA, EFTA and the Eurasian union"
        if region == REGIONS[0]:
            note = "the country itself"
        rows.append(
            single(f"own-duty-share-{_slug(region)}", "own_duty_share", f"region={region}", value, "2023",
                   known_on="2025-01", source=source, status=status, note=note)
        )  # fmt: skip
    return rows


def _drift() -> list[FactRow]:
    gdp = {
        int(row["Year"]): float(row["Value"])
        for row in read_table("economy/macro/gdp_current_usd_1990_2023.csv")
        if row["Country Code"] == "SRB"
    }
    share = _macro("imports_percent_of_gdp")
    said = {row["id"]: row for row in read_table("serbia-2030/facts.csv")}
    first, last = (int(said[fact]["year_from"]) for fact in DRIFT)
    bought = [float(said[fact]["value_low"]) for fact in DRIFT]
    whole = [gdp[year] * share["srb", year] / 100 for year in (first, last)]
    drift = math.log(bought[1] / bought[0] / (whole[1] / whole[0])) / (last - first)
    rows: list[FactRow] = []
    for region in REGIONS:
        known = region == "China"
        rows.append(
            single(f"drift-{_slug(region)}", "import_drift", f"region={region}", drift if known else 0.0,
                   f"{first}..{last}", unit="1 / year", known_on="2025",
                   source="china-observers-choice-2025-has-the-china-free" if known else "analyst",
                   status="derived" if known else "assumed",
                   note=f"growth of imports from China ({', '.join(DRIFT)}) beyond that of all imports "
                   "(WDI, with services)"
                   if known else "the pack has no series by partner before 2023 but for China")
        )  # fmt: skip
    return rows


PEERS = (0.5, 2.0)
"""Income per head of a country that counts as similar, as a part of Serbia's."""
PEER_YEAR = 2023
ISO = {
    "alb": "ALB", "aut": "AUT", "bgr": "BGR", "bih": "BIH", "cze": "CZE", "deu": "DEU", "grc": "GRC", "hrv": "HRV",
    "hun": "HUN", "ita": "ITA", "mkd": "MKD", "mne": "MNE", "pol": "POL", "rou": "ROU", "rus": "RUS", "svk": "SVK",
    "svn": "SVN", "tur": "TUR", "usa": "USA",
}  # fmt: skip
"""Countries of the extract, less China and Serbia."""


def _peers() -> list[FactRow]:
    """Return how many countries of similar income buy at least twice from China what they sell there."""
    income = _macro("gdppercapita_us_inflation_adjusted")
    own = income["srb", PEER_YEAR]
    peers = [one for one in ISO if PEERS[0] * own <= income[one, PEER_YEAR] <= PEERS[1] * own]
    trade: dict[tuple[str, str], float] = {}
    for row in read_table("economy/trade/baci2023_bilateral_goods_194x194.csv.gz"):
        if "CHN" in (row["exporter"], row["importer"]):
            trade[row["exporter"], row["importer"]] = float(row["value_kusd_2023"])
    wide = [one for one in peers if trade["CHN", ISO[one]] >= 2 * trade.get((ISO[one], "CHN"), 0.0)]
    items = {
        "countries of similar income whose trade with China was read": peers,
        "countries of similar income that buy twice from China what they sell there": wide,
    }
    return [
        single(f"peers-{number}", "item_count", f"item={item}", float(len(names)), str(PEER_YEAR), unit="item",
               known_on="2025-01", source="cepii-baci-2023", status="derived",
               note=f"goods, FOB, BACI; income per head of {PEER_YEAR} from half to twice that of Serbia (WDI): "
               + ", ".join(names))
        for number, (item, names) in enumerate(items.items())
    ]  # fmt: skip
