"""Serbia's trade, output and domestic sales, built from totals, neighbours' patterns and published amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fact_rows import read_table
from morava.models.trade.input_output import Balanced, balance_by_ras
from world_regions import (
    CHINA,
    CLASSES,
    GOODS,
    NEIGHBOURS,
    REGIONS,
    REST,
    SECTORS,
    SERVICES,
    Array,
    at,
    bilateral,
    class_matrix,
    region_matrix,
    region_of,
)  # fmt: skip

Flags = npt.NDArray[np.bool_]

PARTNERS = REGIONS[1:]
YEAR = 2023
BROAD_YEAR = 2024
"""Year of the shares of agriculture, industry and services in GDP."""
LEAST_DOMESTIC = 0.10
"""Share of output that is sold at home at least, in every sector."""
BORDERS = ("HUN", "ROU", "BGR", "HRV", "BIH", "MNE", "MKD", "ALB")
"""Countries over whose borders electricity flows; none of Kosovo's trade is in the source."""
SECTIONS: Mapping[int, tuple[str, ...]] = {
    1: ("A01", "A03", "C10T12"), 2: ("A01", "A02", "C10T12"), 3: ("C10T12",), 4: ("C10T12",), 5: ("B06", "B07"),
    6: ("C20", "C21"), 7: ("C22",), 8: ("C13T15",), 9: ("C16",), 10: ("C17_18",), 11: ("C13T15",), 12: ("C13T15",),
    13: ("C23",), 14: ("C24B",), 15: ("C24A", "C24B", "C25"), 16: ("C26", "C27", "C28"),
    17: ("C29", "C301", "C302T309"), 18: ("C26", "C31T33"), 19: ("C25",), 20: ("C31T33",), 21: ("C31T33",),
}  # fmt: skip
"""Classes that the goods of a section of the Harmonised System come from."""
EXACT = {"ores": ("HS 2603",), "energy": ("HS 2710",)}
"""Sectors whose exports are the named goods: section 5 is these two and electricity, and is not split otherwise."""
BOUNDS = {
    "non-ferrous metals": ("HS 740311",), "electrical": ("HS 8544", "HS 8503", "HS 850110"),
    "rubber and minerals": ("HS 401110",), "chemicals": ("HS 3402", "HS 3004"),
}  # fmt: skip
"""Sectors that export at least the named goods."""
TO_CHINA = {"ores": "HS 2603", "non-ferrous metals": "HS 7403", "wood and paper": "HS 4407"}
FREE = ("BIH", "MNE", "MKD", "ALB", "MDA", "CHE", "NOR", "ISL", "BLR", "KAZ", "ARM", "KGZ")
"""Partners in the rest of the world that Serbia sells to free of duty: CEFTA, EFTA, Eurasian Economic Union."""
CLOSE = 1e-12


@dataclass(frozen=True)
class Trade:
    """Serbia's trade of 2023 in million USD of 2023, [partner, sector], and how its two goods tables were balanced."""

    exports: Array
    imports: Array
    gdp: float
    export_margins: Array
    import_margins: Array
    anchored: Flags
    balanced: tuple[Balanced, Balanced]


def anchor(flow: str, partner: str, item: str) -> float:
    """Return a published amount of 2023, million USD."""
    found = [
        float(row["value"])
        for row in read_table("economy/trade/serbia_trade_anchors.csv")
        if (row["year"], row["period"], row["flow"], row["partner"]) == (str(YEAR), "full year", flow, partner)
        and row["unit"] == "USD million"
        and (row["item"] == item or f"({item})" in row["item"])
    ]
    if len(found) != 1:
        raise ValueError(f"{len(found)} published amounts for {flow} {partner} {item}")
    return found[0]


def gdp() -> float:
    """Return the gross domestic product of 2023, million USD, after the revision of 2024."""
    rows = read_table("economy/trade/gdp_194_countries_wdi_latest.csv")
    return next(float(row["gdp_usd_latest_wdi"]) for row in rows if row["iso3"] == "SRB") / 1e6


def percent_of_gdp(indicator: str, year: int) -> float:
    """Return an indicator of Serbia, as a fraction of GDP."""
    rows = read_table("economy/macro/gapminder_sg_macro_21_countries_1990_2026.csv.gz")
    keys = ("srb", f"{indicator}_percent_of_gdp", str(year))
    country, name, when, value = rows[0].keys()
    return next(float(row[value]) for row in rows if (row[country], row[name], row[when]) == keys) / 100


def partner_totals() -> tuple[Array, Array, Array, Array]:
    """Return exports and imports of goods by partner region, and how electricity is spread over them, [partner]."""
    goods, over_borders = np.zeros((2, len(PARTNERS))), np.zeros((2, len(PARTNERS)))
    for row in read_table("economy/trade/serbia_by_partner_baci2023.csv"):
        if row["partner"] == "SRB":
            continue
        partner = PARTNERS.index(region_of(row["partner"]))
        amounts = [float(row[column] or 0) / 1e3 for column in ("exports_kusd", "imports_kusd")]
        goods[:, partner] += amounts
        if row["partner"] in BORDERS:
            over_borders[:, partner] += amounts
    share = over_borders / over_borders.sum(axis=1, keepdims=True)
    return goods[0], goods[1], share[0], share[1]


def free_share() -> float:
    """Return the part of Serbia's goods exports to the rest of the world that free trade agreements cover."""
    rows = read_table("economy/trade/serbia_by_partner_baci2023.csv")
    rest = {r["partner"]: float(r["exports_kusd"] or 0) for r in rows if region_of(r["partner"]) == REST}
    return sum(rest[country] for country in FREE) / sum(rest.values())


def neighbours_pattern(flow: str) -> Array:
    """Return the neighbours' mean trade pattern [partner, class]: what one of them sells to, or buys from, a region.

    Money of each neighbour is divided by its whole goods trade with the partner; services by its trade in services with
    all partners. A neighbour is never its own partner.
    """
    flows, countries = bilateral()
    members = region_matrix(countries)[1:]
    goods, services, counts = (
        np.zeros((len(PARTNERS), len(CLASSES) - 1)),
        np.zeros(len(PARTNERS)),
        np.zeros(len(PARTNERS)),
    )
    for country in NEIGHBOURS:
        own = countries.index(country)
        others = members.copy()
        others[:, own] = 0
        table = others @ (flows[:, :, own] if flow == "export" else flows[:, own, :]).T
        has = others.any(axis=1)
        goods[has] += table[has, :-1] / table[has, :-1].sum(axis=1, keepdims=True)
        services[has] += table[has, -1] / table[has, -1].sum()
        counts += has
    services /= counts
    return np.column_stack([goods / counts[:, None], services / services.sum()])


def to_sectors(by_class: Array) -> Array:
    """Return [partner, class] of goods as [partner, sector] of goods."""
    return np.asarray(by_class @ class_matrix()[:-1, :-1].T)


def export_margins(pattern: Array, totals: Array, whole: float) -> Array:
    """Return exports by goods sector: sections of the Harmonised System split by the pattern, and published amounts."""
    by_class = dict(zip(CLASSES, totals @ pattern, strict=False))
    rows = read_table("economy/trade/oec_exports_by_hs_section_serbia.csv")
    sent = {int(row["hs_section"]): float(row["exports_usd_multi_year"]) for row in rows}
    found = dict.fromkeys(GOODS, 0.0)
    for section, classes in SECTIONS.items():
        size = sum(by_class[name] for name in classes)
        for name in classes:
            found[CLASSES[name]] += sent[section] * by_class[name] / size
    pinned = {sector: sum(anchor("export", "World", item) for item in items) for sector, items in EXACT.items()}
    least = {sector: sum(anchor("export", "World", item) for item in items) for sector, items in BOUNDS.items()}
    while True:
        free = [sector for sector in GOODS if sector not in pinned]
        scale = (whole - sum(pinned.values())) / sum(found[sector] for sector in free)
        low = [sector for sector in free if found[sector] * scale < least.get(sector, 0.0)]
        if not low:
            return np.array([pinned.get(sector, found[sector] * scale) for sector in GOODS])
        pinned |= {sector: least[sector] for sector in low}


def balance_exports(pattern: Array, totals: Array, margins: Array) -> tuple[Array, Flags, Balanced]:
    """Return exports [partner, goods sector], which cells are published, and the balance of the others."""
    china = PARTNERS.index(CHINA)
    fixed = np.zeros((len(PARTNERS), len(GOODS)))
    scale = totals[china] / anchor("export", CHINA, "goods")
    for sector, item in TO_CHINA.items():
        fixed[china, at(sector)] = scale * anchor("export", CHINA, item)
    prior = np.where(fixed > 0, 0.0, to_sectors(pattern) * totals[:, None])
    done = balance_by_ras(prior, totals - fixed.sum(axis=1), margins - fixed.sum(axis=0), tolerance=CLOSE)
    return done.table + fixed, fixed > 0, done


def balance_imports(pattern: Array, totals: Array) -> tuple[Array, Array, Balanced]:
    """Return imports [partner, goods sector], their margins and the balance; crude oil and gas as published."""
    by_class = totals @ pattern
    margins = class_matrix()[:-1, :-1] @ by_class
    crude = list(CLASSES).index("B06")
    energy = margins[at("energy")] - by_class[crude]
    energy += anchor("import", "World", "HS 2709") + anchor("import", "World", "HS 2711")
    margins *= (totals.sum() - energy) / (margins.sum() - margins[at("energy")])
    margins[at("energy")] = energy
    done = balance_by_ras(to_sectors(pattern) * totals[:, None], totals, margins, tolerance=CLOSE)
    return done.table, margins, done


def trade() -> Trade:
    """Return Serbia's trade of 2023; electricity stands in services."""
    sold, bought, sold_power, bought_power = partner_totals()
    product = gdp()
    power = [anchor(flow, "World", "HS 2716") for flow in ("export", "import")]
    sold, bought = sold - power[0] * sold_power, bought - power[1] * bought_power
    out, into = neighbours_pattern("export"), neighbours_pattern("import")
    margins = export_margins(out[:, :-1], sold, float(sold.sum()))
    exports, published, export_balance = balance_exports(out[:, :-1], sold, margins)
    imports, import_margins, import_balance = balance_imports(into[:, :-1], bought)
    services = []
    for flow, goods, spread, pattern, electricity in (
        ("exports", sold, sold_power, out, power[0]), ("imports", bought, bought_power, into, power[1])
    ):  # fmt: skip
        rest = percent_of_gdp(flow, YEAR) * product - goods.sum() - electricity
        services.append(electricity * spread + rest * pattern[:, -1])
    return Trade(
        np.column_stack([exports, services[0]]), np.column_stack([imports, services[1]]), product, margins,
        import_margins, published, (export_balance, import_balance),
    )  # fmt: skip


def home_pattern() -> Array:
    """Return the neighbours' mean shares of goods sectors in what they make and sell at home, [goods sector]."""
    flows, countries = bilateral()
    home = np.array([flows[:-1, own, own] for own in map(countries.index, NEIGHBOURS)]) @ class_matrix()[:-1, :-1].T
    return np.asarray((home / home.sum(axis=1, keepdims=True)).mean(axis=0))


def broad_value_added(made_share: float) -> dict[str, float]:
    """Return value added of agriculture, of mining and manufacturing, and of the rest, as fractions of GDP."""
    share = {name: percent_of_gdp(name, BROAD_YEAR) for name in ("agriculture", "industry", "services")}
    made = share["industry"] * made_share
    return {
        "agriculture": share["agriculture"],
        "made": made,
        "services": sum(share.values()) - share["agriculture"] - made,
    }


def domestic_sales(
    exports: Array, value_added_share: Array, broad: Mapping[str, float], at_home: Array | None = None
) -> Array:
    """Return domestic sales [sector] that give the value added of the broad sectors.

    Agriculture and services: value added over its share in output, less exports. Mining and manufacturing: exports of
    each sector, and domestic sales in the neighbours' pattern (`at_home` [goods sector], where it is given) times one
    factor, at least a tenth of output.
    """
    found = np.zeros(len(SECTORS))
    for sector in ("agriculture", SERVICES):
        found[at(sector)] = broad[sector] / value_added_share[at(sector)] - exports[at(sector)]
    made = slice(1, len(GOODS))
    pattern = (home_pattern() if at_home is None else at_home)[made]
    least = exports[made] * LEAST_DOMESTIC / (1 - LEAST_DOMESTIC)
    low, high = 0.0, broad["made"] / float(value_added_share[made] @ pattern)
    for _ in range(200):
        middle = (low + high) / 2
        gives = value_added_share[made] @ (exports[made] + np.maximum(middle * pattern, least))
        low, high = (middle, high) if gives < broad["made"] else (low, middle)
    found[made] = np.maximum(low * pattern, least)
    if low == 0.0 or (found < LEAST_DOMESTIC * (found + exports) * (1 - CLOSE)).any():
        raise ValueError("exports leave no room for domestic sales in the value added of the broad sectors")
    return found
