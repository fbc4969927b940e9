"""What the annual series and the exchange say of Serbia's power system, as facts: what models are held against."""

from __future__ import annotations

from fact_rows import FactRow, read_table, single

FIRST, LAST = 2008, 2025
TECHNOLOGIES = {
    "lignite": "coal_electricity", "gas": "gas_electricity", "hydro": "hydro_electricity", "wind": "wind_electricity",
    "solar": "solar_electricity", "biofuel": "biofuel_electricity", "oil": "oil_electricity",
}  # fmt: skip
BORDERS = {"BG": "Bulgaria", "HR": "Croatia", "HU": "Hungary", "RO": "Romania"}
"""Borders whose prices the exchange prints from 2017 on."""
PRICE_YEARS = range(2017, 2026)
TERA, GRAMS = 1000.0, 1000.0
"""GWh in a TWh; grams of a kWh in a tonne of a MWh."""
KNOWN = {"known_on": "2026-06-30", "source": "owid-energy", "status": "reported"}
GROSS = "gross: own use of power stations and losses are inside"


def power_history() -> list[FactRow]:
    """Return output by technology, demand, net imports, emission intensity and prices beyond borders, by year."""
    rows: list[FactRow] = []
    for record in read_table("energy/owid_energy_serbia_2008_2025.csv"):
        year = record["year"]
        if not FIRST <= int(year) <= LAST:
            continue
        for technology, column in TECHNOLOGIES.items():
            value = float(record[column] or 0.0)
            note = GROSS if record[column] else "no figure before wind was built: none"
            rows.append(
                single(
                    f"output-{technology}-{year}", "history_power_output", f"technology={technology}", value * TERA,
                    year, unit="GWh", note=note, **KNOWN,
                )
            )  # fmt: skip
        rows.append(single(f"hydro-{year}", "hydro_year_output", "", float(record["hydro_electricity"]) * TERA, year,
                           unit="GWh", **KNOWN))  # fmt: skip
        rows.append(single(f"demand-{year}", "history_power_demand", "", float(record["electricity_demand"]) * TERA,
                           year, unit="GWh", note=GROSS, **KNOWN))  # fmt: skip
        rows.append(single(f"net-import-{year}", "history_power_net_import", "",
                           float(record["net_elec_imports"]) * TERA, year, unit="GWh", **KNOWN))  # fmt: skip
        rows.append(single(f"intensity-{year}", "history_power_emission_intensity", "",
                           float(record["carbon_intensity_elec"]) / GRAMS, year, unit="tonne_CO2 / MWh",
                           note="of the whole life of plants, as its publisher counts", **KNOWN))  # fmt: skip
    return rows + _prices()


def _prices() -> list[FactRow]:
    monthly = read_table("energy/ember_wholesale_price_monthly_region.csv")
    price = next(name for name in monthly[0] if name.startswith("Price"))
    rows = []
    for border, country in BORDERS.items():
        for year in PRICE_YEARS:
            months = [float(r[price]) for r in monthly if r["Country"] == country and r["Date"].startswith(str(year))]
            note = "mean of months" if len(months) == 12 else f"mean of the {len(months)} months that are printed"
            rows.append(
                single(
                    f"price-{border}-{year}", "history_border_price", f"border={border}", sum(months) / len(months),
                    str(year), unit=f"EUR_{year} / MWh", note=note, known_on="2026-06-30", source="ember-prices",
                    status="derived",
                )
            )  # fmt: skip
    return rows
