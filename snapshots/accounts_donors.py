"""National tables of 65 products brought to the 20 sectors of the matrix, in the money of the country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fact_rows import read_table
from world_regions import GOODS, Array
from world_technology import Halves, croatia, halves, hungary, inputs_of, parts_of, product_sector, square

SERVICE_SECTORS = ("electricity", "construction", "computing", "trade and transport", "other services")
SECTORS = (*GOODS, *SERVICE_SECTORS)
SECTIONS = {
    "D": "electricity", "E": "electricity", "F": "construction", "J": "computing", "G": "trade and transport",
    "H": "trade and transport", "I": "trade and transport",
}  # fmt: skip
"""Sector of the services of a section of the classification of products; all that is not named is other services."""
PRODUCT_COUNT = 65
USERS = ("household", "government", "investment")
HUNGARY, CROATIA = "hungary-2020", "croatia-2010"
HUNGARIAN, CROATIAN = "hungary_iot_2020_total.csv", "croatia_siot_2010_total_thkuna.csv"
CROATIAN_IMPORTS = "croatia_siot_2010_imports_thkuna.csv"
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    HUNGARY: {"household": ("P3_S14", "P3_S15"), "government": ("P3_S13",), "investment": ("P5",)},
    CROATIA: {"household": ("P3_S14", "P3_S15"), "government": ("P3_S13",), "investment": ("P5",)},
}
"""Columns of final use; what serves households without profit stands with households."""


@dataclass(frozen=True)
class Donor:
    """A national table in 20 sectors, any money.

    `purchases` [input, sector] and `final` [sector, user] are total flows at basic prices; `labour`, `capital`,
    `production_tax` and `input_tax` [sector]; `final_tax` [user]; `exports` and `imports` [sector] of services alone
    stand for trade; `cut` is what was negative and was put to zero, by name, as a share of GDP.
    """

    purchases: Array
    labour: Array
    capital: Array
    production_tax: Array
    input_tax: Array
    final: Array
    final_tax: Array
    exports: Array
    imports: Array
    cut: Mapping[str, float]


def sector_of(code: str) -> str:
    """Return the sector of a product of the tables, before mining and metals are divided."""
    found = product_sector(code)
    return found if found != "services" else SECTIONS.get(code[0], SERVICE_SECTORS[-1])


def place(sector: str) -> int:
    """Return the place of a sector."""
    return SECTORS.index(sector)


def by_sector(products: tuple[str, ...], values: Array, first: Mapping[str, float]) -> Array:
    """Return values [product, ...] added up over the products of a sector, mining and metals divided by `first`."""
    found = np.zeros((len(SECTORS), *values.shape[1:]))
    for row, product in enumerate(products):
        for sector, weight in parts_of(sector_of(product), first):
            found[place(sector)] += weight * values[row]
    return found


def flows_by_sector(products: tuple[str, ...], flows: Array, divided: Halves) -> Array:
    """Return purchases [input, sector] from [product, product]."""
    found = np.zeros((len(SECTORS), len(SECTORS)))
    for column, user in enumerate(products):
        for sector, weight in parts_of(sector_of(user), divided.made):
            for row, product in enumerate(products):
                for part, share in inputs_of(sector_of(product), sector_of(user), user, sector, divided.bought):
                    found[place(part), place(sector)] += weight * share * flows[row, column]
    return found


def column(name: str, key: str, columns: tuple[str, ...]) -> dict[str, float]:
    """Return the sum of columns of a national table by row."""
    return {row[key]: sum(float(row[one] or 0) for one in columns) for row in read_table(f"economy/io/{name}")}


def of_products(found: Mapping[str, float]) -> Array:
    """Return the rows of the 65 products, which all the tables have first and in one order."""
    return np.array(list(found.values())[:PRODUCT_COUNT])


def not_negative(values: Mapping[str, Array], product: float) -> tuple[dict[str, Array], dict[str, float]]:
    """Return values with negative ones put to zero, and what that adds, as a share of GDP."""
    kept = {name: np.maximum(value, 0.0) for name, value in values.items()}
    cut = {name: float((kept[name] - value).sum() / product) for name, value in values.items()}
    return kept, {name: share for name, share in cut.items() if share > 0}


def mixed_share() -> Array:
    """Return mixed income of the self-employed in operating surplus, Hungary 2020, [product]."""
    rows = square(HUNGARIAN, "prod_na")[2]
    surplus = rows["B2A3G"]
    return np.where(surplus > 0, rows["B3G"] / np.where(surplus > 0, surplus, 1), 0.0)


def hungarian_final(user: str) -> tuple[Array, Array]:
    """Return final use and the imports in it [product]; imports are spread over products as in Croatia."""
    columns = COLUMNS[HUNGARY][user]
    domestic = column(HUNGARIAN, "prod_na", columns)
    there = of_products(column(CROATIAN_IMPORTS, "row", COLUMNS[CROATIA][user]))
    if there.sum() <= 0:
        there = of_products(column(CROATIAN_IMPORTS, "row", ("P3", "P5")))
    bought = domestic["IMP"] * there / there.sum()
    return of_products(domestic) + bought, bought


def hungarian() -> Donor:
    """Return Hungary 2020."""
    table, divided = hungary(), halves("HUN")
    products = table.industries
    rows = square(HUNGARIAN, "prod_na")[2]
    uses = {user: hungarian_final(user) for user in USERS}
    raw = {f"final use of {user}": final for user, (final, _) in uses.items()}
    raw |= {"production tax": rows["D29X39"], "tax on inputs": rows["D21X31"]}
    taxes = {user: column(HUNGARIAN, "prod_na", COLUMNS[HUNGARY][user])["D21X31"] for user in USERS}
    gdp = float(rows["B1G"].sum() + rows["D21X31"].sum() + sum(taxes.values()))
    kept, cut = not_negative(raw, gdp)
    domestic = square(HUNGARIAN, "prod_na")[1]
    imported = (table.purchases - np.where(rows["P1"] > 0, domestic, 0.0)).sum(axis=1)
    imported += sum(bought for _, bought in uses.values())
    exports = of_products(column(HUNGARIAN, "prod_na", ("P6",)))
    return Donor(
        purchases=flows_by_sector(products, table.purchases, divided),
        labour=by_sector(products, rows["D1"] + rows["B3G"], divided.made),
        capital=by_sector(products, rows["B2A3G"] - rows["B3G"], divided.made),
        production_tax=by_sector(products, kept["production tax"], divided.made),
        input_tax=by_sector(products, kept["tax on inputs"], divided.made),
        final=by_sector(products, np.column_stack([kept[f"final use of {user}"] for user in USERS]), divided.bought),
        final_tax=np.maximum([taxes[user] for user in USERS], 0.0),
        exports=by_sector(products, exports, divided.made),
        imports=by_sector(products, imported, divided.bought),
        cut=cut,
    )


def croatian() -> Donor:
    """Return Croatia 2010; mixed income in operating surplus is that of Hungary, product by product."""
    table, divided = croatia()[0], halves("HRV")
    products = table.industries
    rows = square(CROATIAN, "row")[2]
    finals = {user: of_products(column(CROATIAN, "row", COLUMNS[CROATIA][user])) for user in USERS}
    taxes = {user: column(CROATIAN, "row", COLUMNS[CROATIA][user])["D21_M_D31"] for user in USERS}
    gdp = float(rows["B1G"].sum() + rows["D21_M_D31"].sum() + sum(taxes.values()))
    raw = {f"final use of {user}": final for user, final in finals.items()}
    raw |= {"production tax": rows["D29_M_D39"], "tax on inputs": rows["D21_M_D31"]}
    raw |= {f"tax of {user}": np.array([tax]) for user, tax in taxes.items()}
    kept, cut = not_negative(raw, gdp)
    mixed = mixed_share() * rows["B2G_B3G"]
    sent = of_products(column(CROATIAN, "row", ("P6",)))
    again = of_products(column(CROATIAN_IMPORTS, "row", ("P6",)))
    return Donor(
        purchases=flows_by_sector(products, table.purchases, divided),
        labour=by_sector(products, rows["D1"] + mixed, divided.made),
        capital=by_sector(products, rows["B2G_B3G"] - mixed, divided.made),
        production_tax=by_sector(products, kept["production tax"], divided.made),
        input_tax=by_sector(products, kept["tax on inputs"], divided.made),
        final=by_sector(products, np.column_stack([kept[f"final use of {user}"] for user in USERS]), divided.bought),
        final_tax=np.concatenate([kept[f"tax of {user}"] for user in USERS]),
        exports=by_sector(products, np.maximum(sent - again, 0.0), divided.made),
        imports=by_sector(products, rows["P7"], divided.bought),
        cut=cut,
    )
