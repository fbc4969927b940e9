"""Imports and exports of 2023 by partner on one basis, CEPII BACI, the European Union as a bloc."""

from __future__ import annotations

from fact_rows import FactRow, read_table, single

MEMBERS = frozenset(
    ("AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC", "HUN", "IRL", "ITA", "LVA",
     "LTU", "LUX", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "ESP", "SWE")
)  # fmt: skip
NAMES = {
    "CHN": "China", "RUS": "Russia", "TUR": "Turkey", "USA": "United States", "GBR": "United Kingdom",
    "BIH": "Bosnia and Herzegovina", "MNE": "Montenegro", "MKD": "North Macedonia", "ALB": "Albania",
    "CHE": "Switzerland", "UKR": "Ukraine", "KOR": "South Korea", "IRQ": "Iraq", "NOR": "Norway",
}  # fmt: skip
"""Partners of at least one percent; another one that passes it must be named here."""
LEAST_SHARE = 0.01
"""Partners below one percent are left to the rest."""


def trade_partners() -> list[FactRow]:
    """Return flows and totals, in billion dollars, of partners of at least one percent."""
    rows: list[FactRow] = []
    for flow, column in (("import", "imports_kusd"), ("export", "exports_kusd")):
        amounts: dict[str, float] = {}
        for row in read_table("economy/trade/serbia_by_partner_baci2023.csv"):
            partner = "European Union" if row["partner"] in MEMBERS else row["partner"]
            amounts[partner] = amounts.get(partner, 0.0) + float(row[column] or 0) / 1e6
        whole = sum(amounts.values())
        domain = f"{flow} 2023"
        basis = {"known_on": "2025-01", "source": "cepii-baci-2023", "status": "derived"}
        for code, amount in sorted(amounts.items(), key=lambda item: -item[1]):
            if amount < LEAST_SHARE * whole:
                continue
            name = code if code == "European Union" else NAMES[code]
            note = "billion USD, goods, FOB, BACI" + (
                "; sum of the 27 member states" if name == "European Union" else ""
            )
            slug = name.lower().replace(" ", "-")
            where = f"domain={domain};partner={name}"
            rows.append(single(f"{flow}-2023-{slug}", "partner_flow", where, amount, "2023", note=note, **basis))
        note = "billion USD, goods, FOB, BACI; without Kosovo and Taiwan"
        total = single(f"{flow}-2023-total", "partner_total", f"domain={domain}", whole, "2023", note=note, **basis)
        rows.append(total)
    return rows
