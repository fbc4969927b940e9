"""What the annual series and the exchange say of Serbia's power system, as facts: what models are held against.

The availability of lignite and the heat that binds the old gas plants are fitted here, on years before the test of the
back-cast, in closed form: lignite is far the cheapest, so that its output is its availability times its capacity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fact_rows import FactRow, borders, read_table, single

FIRST, LAST = 2008, 2025
TECHNOLOGIES = {
    "lignite": "coal_electricity", "gas": "gas_electricity", "hydro": "hydro_electricity", "wind": "wind_electricity",
    "solar": "solar_electricity", "biofuel": "biofuel_electricity", "oil": "oil_electricity",
}  # fmt: skip
PRICE_YEARS = range(2017, 2026)
TERA, GRAMS = 1000.0, 1000.0
"""GWh in a TWh; grams of a kWh in a tonne of a MWh."""
KNOWN = {"known_on": "2026-06-30", "source": "owid-energy", "status": "reported"}
FITTED = range(2016, 2022)
"""Years on which the availability of lignite is fitted; those after are the test."""
HEAT_FITTED = range(2016, 2021)
"""The same for the heat of the old gas plants; from 2021 a new plant is on trial."""
APPLIED = range(2016, 2025)
HOURS = 8760
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
    return rows + _prices() + _borders() + _fitted()


def _prices() -> list[FactRow]:
    monthly = read_table("energy/ember_wholesale_price_monthly_region.csv")
    price = next(name for name in monthly[0] if name.startswith("Price"))
    rows = []
    for border, declared in borders().items():
        country = declared["price"]
        for year in PRICE_YEARS:
            months = [float(r[price]) for r in monthly if r["Country"] == country and r["Date"].startswith(str(year))]
            note = "mean of months" if len(months) == 12 else f"mean of the {len(months)} months that are printed"
            rows.append(
                single(
                    f"price-{border}-{year}", "history_border_price", f"border={border}", sum(months) / len(months),
                    str(year), unit=f"EUR_{year} / MWh", note=f"{note}; price of {country}", known_on="2026-06-30",
                    source="ember-prices", status="derived",
                )
            )  # fmt: skip
    return rows


def _borders() -> list[FactRow]:
    words = {"low": "", "high": "", "unit": "", "period": "", "vintage": "", "locator": ""}
    return [
        FactRow(
            name=f"border-neighbour-{border}", quantity="border_neighbour", where=f"border={border}",
            text=declared["neighbour"], known_on="2026-06-30", source="analyst", status="derived",
            note=f"capacity of 2015: {declared['capacity_2015']}, of 2030: {declared['capacity_2030']}; price of "
            f"{declared['price']}; hours inside a month: load of {declared['load']}", **words,
        )
        for border, declared in borders().items()
    ]  # fmt: skip


def _by_hand() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in read_table("curation/power_facts.csv")}


def _utilisation(
    technology: str, column: str, years: Sequence[int], rows: Mapping[str, Mapping[str, str]]
) -> np.ndarray:
    """Return net output over what the capacity could give in every hour, [year], 1."""
    own = float(rows[f"power-own-use-{technology}"]["low"])
    gross = {int(r["year"]): float(r[column]) for r in read_table("energy/owid_energy_serbia_2008_2025.csv")}
    name = technology.replace("_", "-")
    capacity = np.array([float(rows[f"past-capacity-{name}-{year}"]["low"]) for year in years])
    return np.array([gross[year] for year in years]) * (1 - own) * TERA * TERA / (capacity * HOURS)


def _fitted() -> list[FactRow]:
    rows = _by_hand()
    years = np.array(FITTED, dtype=float)
    seen = _utilisation("lignite", "coal_electricity", FITTED, rows)
    slope, level = np.polyfit(years - years.mean(), seen, 1)
    told = (
        f"line through net output over capacity of {FITTED[0]} to {FITTED[-1]}: {level:.4f} in the middle, "
        f"{slope:+.4f} a year; a constant would be the mean"
    )
    words = {"known_on": "2026-06-30", "source": "owid-energy", "status": "derived"}
    found = [
        single(f"lignite-availability-{year}", "power_availability_fitted", "technology=lignite",
               float(level + slope * (year - years.mean())), str(year), note=told, **words)
        for year in APPLIED
    ]  # fmt: skip
    found += [
        single(f"lignite-availability-constant-{year}", "power_availability_constant", "technology=lignite",
               float(level), str(year), note="mean of the same years, shown beside the line", **words)
        for year in APPLIED
    ]  # fmt: skip
    now = float(level + slope * (LAST - years.mean()))
    found.append(
        single("power-availability-lignite", "power_plant_availability", "technology=lignite", now, "",
               note=f"the line at {LAST}; it is held there, and an uncertainty moves it", **words)
    )  # fmt: skip
    warm, cold = (float(rows[name]["low"]) for name in ("power-heat-from", "power-heat-full"))
    temperature = np.array([float(row["RS_temp_c"]) for row in read_table("energy/etm_weather.csv.gz")])
    heat = float(np.clip((warm - temperature) / (warm - cold), 0, 1).mean())
    bound = float(_utilisation("gas_chp", "gas_electricity", HEAT_FITTED, rows).mean()) / heat
    found.append(
        single("power-minimum-gas_chp", "power_minimum_output", "technology=gas_chp", bound, "",
               note=f"share of capacity that the cold takes for heat; mean net output of {HEAT_FITTED[0]} to "
               f"{HEAT_FITTED[-1]} over capacity times the mean demand for heat ({heat:.3f})", **words)
    )  # fmt: skip
    return found
