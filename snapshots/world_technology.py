"""What a unit of output buys of each input, by donor and region, from three tables with lists of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from derive_partners import MEMBERS
from fact_rows import read_table
from world_regions import (
    CLASSES,
    REGIONS,
    REST,
    SECTORS,
    SERBIA,
    SERVICES,
    Array,
    at,
    bilateral,
    region_matrix,
)  # fmt: skip

DONORS = ("hungary-2020", "croatia-2010", "hungary-1993")
DONATED = (SERBIA, "EU neighbours")
"""Regions that use the technology of the donor."""
MINING, METALS = "mining", "metals"
"""Industries of the sources that belong to two sectors each."""
PARTS = {MINING: ("energy", "ores"), METALS: ("steel", "non-ferrous metals")}
HELD = {MINING: (("B05", "B06"), ("B07", "B08", "B09")), METALS: (("C24A",), ("C24B",))}
"""Classes of the bilateral table by which such an industry is divided."""
PRODUCTS = {
    "A01": "agriculture", "A02": "agriculture", "A03": "agriculture", "B": MINING, "C10-12": "food",
    "C13-15": "textiles", "C16": "wood and paper", "C17": "wood and paper", "C18": "wood and paper", "C19": "energy",
    "C20": "chemicals", "C21": "chemicals", "C22": "rubber and minerals", "C23": "rubber and minerals", "C24": METALS,
    "C25": "machinery", "C26": "electronics", "C27": "electrical", "C28": "machinery", "C29": "vehicles",
    "C30": "vehicles", "C31_32": "other goods", "C33": "other goods",
}  # fmt: skip
"""Sector of the goods of the tables of Hungary and Croatia; all that is not named is a service."""
INDUSTRIES = {
    "Agriculture": "agriculture", "Mining": MINING, "Food": "food", "Textile": "textiles", "Wood": "wood and paper",
    "Paper": "wood and paper", "Petroleum": "energy", "Chemicals": "chemicals", "Plastic": "rubber and minerals",
    "Minerals": "rubber and minerals", "Basic metals": METALS, "Metal products": "machinery",
    "Machinery n.e.c.": "machinery", "Office": "electronics", "Electrical": "electrical",
    "Communication": "electronics", "Medical": "electronics", "Auto": "vehicles", "Other transport": "vehicles",
    "Other": "other goods",
}  # fmt: skip
BUYS = {
    **dict.fromkeys(("C19", "C20", "C21", "D", "D35", "Petroleum", "Chemicals", "Electricity"), "energy"),
    **dict.fromkeys(("C23", "C24", "F", "Minerals", "Basic metals", "Construction"), "ores"),
}  # fmt: skip
"""What an industry buys of mining: fuels, or ores and stone. All others buy both as their region does."""
OWN = {
    "Germany": "DEU", "Italy": "ITA", "Hungary": "HUN", "China": "CHN", "Turkey": "TUR", "United States": "USA",
    "United Kingdom": "GBR", "Russia": "ROW", REST: "ROW",
}  # fmt: skip
"""Country of Caliendo and Parro (2015) whose technology a region has."""
ELSEWHERE = ("DEU", "ITA", "HUN")
"""Members of the European Union among their countries that are regions of their own."""


@dataclass(frozen=True)
class Table:
    """Purchases [industry, industry] by users in columns, and output, in any money."""

    industries: tuple[str, ...]
    purchases: Array
    output: Array


@dataclass(frozen=True)
class Halves:
    """First part of each industry that is divided: in what a country makes, and in what it buys."""

    made: Mapping[str, float]
    bought: Mapping[str, float]


def halves(*places: str) -> Halves:
    """Return how countries or regions divide mining and metals in 2022."""
    flows, countries = bilateral()
    inside = np.isin(countries, places)
    for place in set(places) & set(REGIONS):
        inside |= region_matrix(countries)[REGIONS.index(place)] > 0
    made, bought = flows[:, :, inside].sum(axis=(1, 2)), flows[:, inside].sum(axis=(1, 2))
    names = list(CLASSES)
    shares = []
    for money in (made, bought):
        sums = {k: [sum(money[names.index(n)] for n in part) for part in parts] for k, parts in HELD.items()}
        shares.append({kind: first / (first + second) for kind, (first, second) in sums.items()})
    return Halves(*shares)


def in_sectors(table: Table, sector_of: Callable[[str], str], divided: Halves) -> Array:
    """Return purchases a unit of output [input, sector].

    A divided industry buys in both parts what it buys in one; of its own goods each part buys its own kind.
    """
    buys, output = np.zeros((len(SECTORS), len(SECTORS))), np.zeros(len(SECTORS))
    for column, user in enumerate(table.industries):
        for sector, weight in parts_of(sector_of(user), divided.made):
            output[at(sector)] += weight * table.output[column]
            for row, product in enumerate(table.industries):
                for part, share in inputs_of(sector_of(product), sector_of(user), user, sector, divided.bought):
                    buys[at(part), at(sector)] += weight * share * table.purchases[row, column]
    return np.asarray(buys / output)


def parts_of(kind: str, first: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the sectors of an industry and their shares."""
    if kind not in PARTS:
        return ((kind, 1.0),)
    return (PARTS[kind][0], first[kind]), (PARTS[kind][1], 1 - first[kind])


def inputs_of(
    kind: str, user_kind: str, user: str, sector: str, bought: Mapping[str, float]
) -> tuple[tuple[str, float], ...]:
    """Return the sectors that a purchase of a product comes from and their shares."""
    if kind == user_kind and kind in PARTS:
        return ((sector, 1.0),)
    if kind == MINING and user in BUYS:
        return ((BUYS[user], 1.0),)
    return parts_of(kind, bought)


def product_sector(code: str) -> str:
    """Return the sector of a product of the tables of Hungary and Croatia."""
    return PRODUCTS.get(code, SERVICES)


def industry_sector(name: str) -> str:
    """Return the sector of an industry of Caliendo and Parro (2015)."""
    return INDUSTRIES.get(name, SERVICES)


def plain(code: str) -> str:
    """Return the code of a product as Hungary writes it, without its prefix."""
    return {"C10-C12": "C10-12", "C13-C15": "C13-15", "C31_C32": "C31_32"}.get(code, code.removeprefix("CPA_"))


def square(name: str, key: str) -> tuple[tuple[str, ...], Array, dict[str, Array]]:
    """Return the 65 products of a national table, their flows [product, product], and every other row of them."""
    rows = read_table(f"economy/io/{name}")
    columns = [column for column in rows[0] if column != key][:65]
    values = {row[key]: np.array([float(row[column] or "nan") for column in columns]) for row in rows}
    flows = np.array(list(values.values())[:65])
    return tuple(plain(column) for column in columns), flows, values


def croatia() -> tuple[Table, Array]:
    """Return the table of Croatia 2010, total flows, and the imported flows in it."""
    products, total, rows = square("croatia_siot_2010_total_thkuna.csv", "row")
    imported = square("croatia_siot_2010_imports_thkuna.csv", "row")[1]
    return Table(products, total, rows["P1"]), imported


def hungary() -> Table:
    """Return the table of Hungary 2020: domestic flows, and its row of imported inputs over products as in Croatia.

    The flows of the source are domestic ones, whatever its name says: their sum, IMP, D21X31 and B1G make P1.
    """
    products, domestic, rows = square("hungary_iot_2020_total.csv", "prod_na")
    if not np.allclose(domestic.sum(axis=0) + rows["IMP"] + rows["D21X31"] + rows["B1G"], rows["P1"], atol=3):
        raise ValueError("the rows of the Hungarian table do not add up to output")
    pattern = croatia()[1]
    sums = pattern.sum(axis=0)
    shares = np.where(sums > 1, pattern / np.where(sums > 1, sums, 1), (pattern.sum(axis=1) / pattern.sum())[:, None])
    made = rows["P1"] > 0
    purchases = np.where(made, domestic + shares * rows["IMP"], 0.0)
    return Table(products, purchases, np.where(made, rows["P1"], 0.0))


def caliendo_parro(countries: tuple[str, ...]) -> Table:
    """Return the table of countries of Caliendo and Parro (2015), added up."""
    size: dict[tuple[str, str], float] = {}
    inside: dict[tuple[str, str], float] = {}
    for row in read_table("economy/cp2015/cp2015_va_share_gross_output.csv"):
        key = row["country"], row["sector"]
        size[key] = float(row["gross_output_usd_1993"])
        inside[key] = size[key] * (1 - float(row["va_share"]))
    names = tuple(dict.fromkeys(sector for _, sector in size))
    place = {name: number for number, name in enumerate(names)}
    purchases = np.zeros((len(names), len(names)))
    for row in read_table("economy/cp2015/cp2015_io_shares.csv.gz"):
        if row["country"] in countries:
            money = float(row["io_share"]) * inside[row["country"], row["using_sector"]]
            purchases[place[row["input_sector"]], place[row["using_sector"]]] += money
    output = np.array([sum(size[country, name] for country in countries) for name in names])
    return Table(names, purchases, output)


def other_members() -> tuple[str, ...]:
    """Return the countries of Caliendo and Parro (2015) in the other EU."""
    rows = read_table("economy/cp2015/cp2015_va_share_gross_output.csv")
    return tuple(sorted({row["country"] for row in rows} & MEMBERS - set(ELSEWHERE)))


def technologies() -> dict[str, Array]:
    """Return by donor the purchases a unit of output [region, input, sector], before they are held to the flows."""
    national = {
        "hungary-2020": in_sectors(hungary(), product_sector, halves("HUN")),
        "croatia-2010": in_sectors(croatia()[0], product_sector, halves("HRV")),
        "hungary-1993": in_sectors(caliendo_parro(("HUN",)), industry_sector, halves("HUN")),
    }
    own = {
        region: in_sectors(caliendo_parro((country,)), industry_sector, halves(region))
        for region, country in OWN.items()
    }
    own["other EU"] = in_sectors(caliendo_parro(other_members()), industry_sector, halves("other EU"))
    found = {}
    for donor in DONORS:
        by_region = own | dict.fromkeys(DONATED, national[donor])
        if donor != "hungary-1993":
            by_region["Hungary"] = national["hungary-2020"]
        found[donor] = np.stack([by_region[region] for region in REGIONS])
    return found


def manufacturing_in_industry() -> float:
    """Return mining and manufacturing in the value added of industry, mean share of Hungary 2020 and Croatia 2010."""
    shares = []
    for name, key in (("hungary_iot_2020_total.csv", "prod_na"), ("croatia_siot_2010_total_thkuna.csv", "row")):
        products, _, rows = square(name, key)
        first = np.array([product[0] for product in products])
        shares.append(rows["B1G"][np.isin(first, ("B", "C"))].sum() / rows["B1G"][np.isin(first, tuple("BCDEF"))].sum())
    return float(np.mean(shares))
