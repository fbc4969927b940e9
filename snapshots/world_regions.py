"""Regions and sectors of the trade world, and the bilateral table that they are aggregated from."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from derive_partners import MEMBERS
from fact_rows import read_table

Array = npt.NDArray[np.float64]

SERBIA, ITALY, CHINA, REST = "Serbia", "Italy", "China", "rest of the world"
REGIONS = (
    SERBIA, "Germany", ITALY, "Hungary", "EU neighbours", "other EU", CHINA, "Russia", "Turkey", "United States",
    "United Kingdom", REST,
)  # fmt: skip
SECTORS = (
    "agriculture", "energy", "ores", "food", "textiles", "wood and paper", "chemicals", "rubber and minerals", "steel",
    "non-ferrous metals", "machinery", "electronics", "electrical", "vehicles", "other goods", "services",
)  # fmt: skip
SERVICES = "services"
GOODS = SECTORS[:-1]
CLASSES = {
    "A01": "agriculture", "A02": "agriculture", "A03": "agriculture", "B05": "energy", "B06": "energy", "B07": "ores",
    "B08": "ores", "B09": "ores", "C10T12": "food", "C13T15": "textiles", "C16": "wood and paper",
    "C17_18": "wood and paper", "C19": "energy", "C20": "chemicals", "C21": "chemicals", "C22": "rubber and minerals",
    "C23": "rubber and minerals", "C24A": "steel", "C24B": "non-ferrous metals", "C25": "machinery",
    "C26": "electronics", "C27": "electrical", "C28": "machinery", "C29": "vehicles", "C301": "vehicles",
    "C302T309": "vehicles", "C31T33": "other goods", "Services": "services",
}  # fmt: skip
"""Sector of every class of the table, in the order of the classes."""
NAMED = {
    "SRB": SERBIA, "DEU": "Germany", "ITA": ITALY, "HUN": "Hungary", "ROU": "EU neighbours", "BGR": "EU neighbours",
    "HRV": "EU neighbours", "SVN": "EU neighbours", "CHN": CHINA, "RUS": "Russia", "TUR": "Turkey",
    "USA": "United States", "GBR": "United Kingdom",
}  # fmt: skip
UNNAMED = "ROW"
"""Code under which the table keeps all countries that it does not name, Serbia among them."""
NEIGHBOURS = ("HUN", "ROU", "BGR", "HRV")
"""Countries whose trade and sales stand in for Serbia's where nothing is published."""


def region_of(country: str) -> str:
    """Return the region of a country by its ISO code.

    Hong Kong stays in the rest of the world: the table gives it 7 billion dollars of goods exports, BACI 117.
    """
    return NAMED.get(country, "other EU" if country in MEMBERS else REST)


@cache
def bilateral() -> tuple[Array, tuple[str, ...]]:
    """Return the flows of 2022 [class, importer, exporter], million USD, and the countries in their order."""
    rows = read_table("economy/io/icio2022_bilateral_28sector_musd.csv.gz")
    countries = tuple(key for key in rows[0] if key not in ("sector", "importer"))
    place = {country: number for number, country in enumerate(countries)}
    classes = {name: number for number, name in enumerate(CLASSES)}
    found = np.zeros((len(CLASSES), len(countries), len(countries)))
    for row in rows:
        found[classes[row["sector"]], place[row["importer"]]] = [float(row[country]) for country in countries]
    return found, countries


def class_matrix() -> Array:
    """Return [sector, class], one where the class belongs to the sector."""
    return np.array([[float(sector == own) for own in CLASSES.values()] for sector in SECTORS])


def region_matrix(countries: tuple[str, ...]) -> Array:
    """Return [region, country], one where the country belongs to the region."""
    return np.array([[float(region == region_of(country)) for country in countries] for region in REGIONS])


def by_region_and_sector(flows: Array, countries: tuple[str, ...]) -> Array:
    """Return flows [class, importer, exporter] of countries as [importer, exporter, sector] of regions."""
    members = region_matrix(countries)
    return np.asarray(np.einsum("ni,cij,mj,sc->nms", members, flows, members, class_matrix(), optimize=True))


def goods_factor() -> tuple[float, int]:
    """Return goods trade of the table (2022) over that of BACI (2023) on the pairs that both have, and their number."""
    flows, countries = bilateral()
    place = {country: number for number, country in enumerate(countries)}
    goods = flows[:-1].sum(axis=0)
    ours = theirs = 0.0
    pairs = 0
    for row in read_table("economy/trade/baci2023_bilateral_goods_194x194.csv.gz"):
        importer, exporter = place.get(row["importer"]), place.get(row["exporter"])
        if importer is not None and exporter is not None and importer != exporter:
            ours += goods[importer, exporter]
            theirs += float(row["value_kusd_2023"]) / 1e3
            pairs += 1
    return ours / theirs, pairs


def at(sector: str) -> int:
    """Return the place of a sector."""
    return SECTORS.index(sector)
