"""A region of several power zones from the extracts in `energy/`: fleets, water, wind, sun, loads, lines, prices.

    python snapshots/derive_region.py [--out DIR]

Writes small tables and Parquet files, those of copyleft sources in a folder of their own, and `region.yaml` with every
mend, assumption and gap. What was judged by hand stands in `curation/region_western_balkans.yaml`. The same bytes every
time.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import yaml

from derive_power_series import DAILY_SWING, ENERGY, EUPL, HOURS, extract, on_utc_year, wall_clock
from fact_rows import HERE
from morava.models.power.calendar import scale_to_mean

REGION = HERE.parent / "src/morava/regions/western-balkans"
CURATION = HERE / "curation/region_western_balkans.yaml"
YEAR = 2015
INSIDE = ("RS", "BA", "ME", "MK", "AL", "XK", "HR")
"""Zones whose plants, loads and water stand in one source and one year."""
COUNTRIES = {"Bulgaria": "BG", "Romania": "RO", "North Macedonia": "MK"}
EIA = {
    "RS": "Serbia", "BA": "Bosnia and Herzegovina", "ME": "Montenegro", "MK": "North Macedonia", "AL": "Albania",
    "XK": "Kosovo", "HR": "Croatia", "BG": "Bulgaria", "RO": "Romania",
}  # fmt: skip
TECHNOLOGY = {
    "LIG": "lignite", "HRD": "coal", "GAS": "gas_chp", "OIL": "oil", "NUC": "nuclear", "BIO": "biomass", "WST": "waste",
    "WIN": "wind", "SUN": "solar", "HROR": "hydro", "HDAM": "reservoir", "HPHS": "pumped_storage",
}  # fmt: skip
OTHER = {
    "Hard Coal": "coal", "Lignite": "lignite", "Nuclear": "nuclear", "Wind": "wind", "Solid Biomass": "biomass",
    "Run-Of-River": "hydro", "Reservoir": "reservoir", "Pumped Storage": "pumped_storage",
}  # fmt: skip
BEYOND = {"HU": "Hungary", "SI": "Slovenia", "GR": "Greece"}
FLEET = (
    "zone", "technology", "capacity_mw", "efficiency", "minimum", "start_cost_eur_mw", "storage_mwh", "charge_mw",
    "charge_efficiency", "units", "source",
)  # fmt: skip


def judged() -> dict[str, Any]:
    """Return what was decided by hand."""
    found: dict[str, Any] = yaml.safe_load(CURATION.read_text(encoding="utf-8"))
    return found


def units(hand: dict[str, Any]) -> pd.DataFrame:
    """Return the plants of the seven zones, mended, each with its technology."""
    table = extract("region_units_2015.csv", eupl=True).set_index("Unit")
    for unit, mends in hand["units"].items():
        for column, value in mends.items():
            table.loc[unit, column] = value
    table["technology"] = table["Fuel"].where(table["Fuel"] != "WAT", table["Technology"]).map(TECHNOLOGY)
    table.loc[hand["not_bound_to_heat"], "technology"] = "gas"
    table.loc[hand["reservoirs_with_a_small_pump"], ["technology", "STOMaxChargingPower"]] = "reservoir", np.nan
    return table


def fleet_inside(table: pd.DataFrame) -> pd.DataFrame:
    """Return the fleets of the seven zones: capacities added up, shares weighed by capacity."""
    rows = []
    for (zone, technology), plants in table.groupby(["Zone", "technology"], sort=False):
        weight = plants["PowerCapacity"] / plants["PowerCapacity"].sum()
        stores = technology in ("reservoir", "pumped_storage")
        pumps = technology == "pumped_storage"
        rows.append(
            {
                "zone": zone, "technology": technology, "capacity_mw": plants["PowerCapacity"].sum(),
                "efficiency": plants["Efficiency"] @ weight if technology not in ("hydro", "wind", "solar") else 1.0,
                "minimum": plants["PartLoadMin"] @ weight,
                "start_cost_eur_mw": plants["StartUpCost"].sum() / plants["PowerCapacity"].sum(),
                "storage_mwh": plants["STOCapacity"].sum() if stores else 0.0,
                "charge_mw": plants["STOMaxChargingPower"].sum() if pumps else 0.0,
                "charge_efficiency": plants["STOChargingEfficiency"] @ weight if pumps else 1.0,
                "units": len(plants), "source": "dispaset-balkans",
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=FLEET)


def fleet_outside(hand: dict[str, Any]) -> pd.DataFrame:
    """Return the fleets of Bulgaria and Romania, and what the other source lacks of North Macedonia."""
    table = extract("powerplantmatching_region.csv")
    stands = (table["DateIn"].fillna(0) <= YEAR) & (table["DateOut"].fillna(9999) > YEAR)
    table = table[stands & ~table["Name"].isin(hand["dropped"])].copy()
    table.loc[table["Name"].isin(hand["halved"]), "Capacity"] /= 2
    gas = table["Set"].map({"CHP": "gas_chp"}).fillna("gas")
    table["technology"] = table["Fueltype"].where(table["Fueltype"] != "Hydro", table["Technology"]).map(OTHER)
    table["technology"] = table["technology"].where(table["Fueltype"] != "Natural Gas", gas)
    table["zone"] = table["Country"].map(COUNTRIES)
    table = table[(table["zone"] != "MK") | table["Name"].str.contains("Skopje Chp|Bogdanci")]
    table = table[(table["zone"] == "MK") | (table["technology"] != "wind")]
    rows = []
    for (zone, technology), plants in table.groupby(["zone", "technology"]):
        known = hand["other"].get(technology, {})
        row = {
            "zone": zone, "technology": technology, "capacity_mw": plants["Capacity"].sum(),
            "efficiency": known.get("efficiency", 1.0), "minimum": known.get("minimum", 0.0), "start_cost_eur_mw": 0.0,
            "storage_mwh": 0.0, "charge_mw": 0.0, "charge_efficiency": 1.0, "units": len(plants),
            "source": "powerplantmatching",
        }  # fmt: skip
        if technology == "reservoir":
            row |= {"storage_mwh": hand["storage_mwh"][zone]}
        if technology == "pumped_storage":
            chaira = hand["chaira"]
            row |= {"charge_mw": chaira["charge_mw"], "charge_efficiency": chaira["charge_efficiency"],
                    "storage_mwh": row["capacity_mw"] * chaira["storage_hours"]}  # fmt: skip
        rows.append(row)
    blank = dict.fromkeys(FLEET, 0.0) | {"efficiency": 1.0, "charge_efficiency": 1.0, "source": "openempire"}
    later = extract("openempire_initial_region.csv").set_index(["node", "GeneratorTechnology"])["value"]
    for country, zone in COUNTRIES.items():
        for technology, name in (("wind", "Windonshore"), ("solar", "Solar")):
            if zone in hand["openempire"]:
                capacity = later[country, name] * hand["openempire"][zone]
                rows.append(blank | {"zone": zone, "technology": technology, "capacity_mw": capacity})
    return pd.DataFrame(rows, columns=FLEET)


def on_weekdays(values: np.ndarray) -> np.ndarray:
    """Return 8,760 hours of 2015 from the 8,784 of 2016, with the days of the week of 2015; 1 January stands twice."""
    return np.r_[values[:24], values[: HOURS - 24]]


def late(name: str) -> dict[str, np.ndarray]:
    """Return the columns of an extract of 2016 on the weekdays of 2015, holes of one hour filled."""
    table = extract(name, eupl=True).set_index("time_as_given").interpolate(limit=1, limit_direction="both")
    if len(table) != HOURS + 24 or table.isna().any().any():
        raise ValueError(f"{name} has holes")
    return {column: on_weekdays(table[column].to_numpy(dtype=float)) for column in table}


def loads() -> dict[str, np.ndarray]:
    """Return the load of every zone, MW."""
    table = wall_clock(extract("region_load_2015.csv.gz", eupl=True))
    found = {zone: on_utc_year(table[zone], YEAR) for zone in INSIDE}
    found["RS"] = found["RS"] - found["XK"]
    other = late("load_2016.csv.gz")
    return found | {zone: other[zone] for zone in ("BG", "RO")}


def winds_and_suns() -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the availability of wind and of sun in the zones that have them."""
    other = late("region_availability_2016.csv.gz")
    here = extract("region_river_2015.csv.gz", eupl=True)["HR|WTON"].to_numpy()
    stamp = extract("region_load_2015.csv.gz", eupl=True)["utc"]
    croatia = on_utc_year(wall_clock(pd.DataFrame({"utc": stamp, "wind": here}))["wind"], YEAR)
    wind = {"HR": croatia} | {zone: other[f"{zone}|WTON"] for zone in ("MK", "BG", "RO")}
    return wind, {zone: np.clip(other[f"{zone}|PHOT"], 0, 1) for zone in ("HR", "BG", "RO")}


def rivers(table: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the availability of river plants before it is scaled."""
    plants = extract("river_2015.csv.gz", eupl=True).iloc[1:]
    named = [name for name in plants if name.removeprefix("RS|") in table.index]
    weight = table.loc[[name.removeprefix("RS|") for name in named], "PowerCapacity"].to_numpy()
    zones = extract("region_river_2015.csv.gz", eupl=True).iloc[1:]
    djerdap = table.loc[["HE Derdap 1", "HE Derdap 2"], "PowerCapacity"].to_numpy()
    return (
        {"RS": plants[named].to_numpy() @ weight / weight.sum()}
        | {zone: zones[f"{zone}|HROR"].to_numpy() for zone in ("BA", "ME", "MK", "XK", "HR")}
        | {"AL": zones["ME|HROR"].to_numpy(), "BG": late("region_availability_2016.csv.gz")["BG|HROR"]}
        | {"RO": plants[["RS|HE Derdap 1", "RS|HE Derdap 2"]].to_numpy() @ djerdap / djerdap.sum()}
    )


def inflows(table: pd.DataFrame, hand: dict[str, Any]) -> dict[str, np.ndarray]:
    """Return the inflow into the reservoirs of each zone before it is scaled, MW."""
    plants = extract("region_inflow_2015.csv.gz", eupl=True).join(extract("inflow_2015.csv.gz", eupl=True))
    plants = plants.iloc[1:].ffill()
    dams = table[table["technology"] == "reservoir"]
    found = {}
    for zone, own in dams.groupby("Zone", sort=False):
        named = [unit for unit in own.index if f"{zone}|{unit}" in plants]
        if set(own.index) - set(named) != set(hand["without_inflow"]) & set(own.index):
            raise ValueError(f"{zone} has reservoirs without inflow: {sorted(set(own.index) - set(named))}")
        flow = plants[[f"{zone}|{unit}" for unit in named]].to_numpy() @ own.loc[named, "PowerCapacity"].to_numpy()
        found[str(zone)] = flow * own["PowerCapacity"].sum() / own.loc[named, "PowerCapacity"].sum()
    other = extract("firmeurope_inflow_region.csv.gz")
    start = int((pd.to_datetime(other["utc"]).dt.year == 2010).sum())
    return found | {zone: np.roll(other[f"{zone}0 0 hydro"].to_numpy(), -start) for zone in ("BG", "RO")}


def water(table: pd.DataFrame, fleet: pd.DataFrame, hand: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """Return river, inflow and, by zone, the year of statistics that both were scaled to with the factor."""
    statistics = pd.read_csv(ENERGY / "eia_hydro_annual_generation_twh.csv", na_values="--").set_index("Unnamed: 1")
    known = fleet.set_index(["zone", "technology"])
    river, inflow, told = rivers(table), inflows(table, hand), {}
    for zone, country in EIA.items():
        target = float(statistics.loc[country, str(YEAR)])
        run = known.loc[(zone, "hydro"), "capacity_mw"]
        held = inflow[zone].mean() * known.loc[(zone, "reservoir"), "efficiency"]
        factor = target * 1e6 / ((run * river[zone].mean() + held) * HOURS)
        river[zone] = scale_to_mean(np.clip(river[zone], 0, None), factor * river[zone].mean())
        inflow[zone] = factor * inflow[zone]
        told[zone] = {"year_twh": round(target, 4), "factor": round(float(factor), 4)}
    return river, inflow, told


def prices() -> dict[str, np.ndarray]:
    """Return the price beyond each border of the region, EUR/MWh: months of the exchange, hours after a load."""
    monthly = extract("ember_wholesale_price_monthly_region.csv")
    other = late("load_2016.csv.gz")
    slovenia = on_utc_year(wall_clock(extract("region_load_2015.csv.gz", eupl=True))["SI"], YEAR)
    shapes = {"HU": other["HU"], "SI": slovenia, "GR": other["BG"]}
    month = pd.date_range(f"{YEAR}-01-01", periods=HOURS, freq="h").month.to_numpy()
    found = {}
    for zone, country in BEYOND.items():
        own = monthly[(monthly["Country"] == country) & monthly["Date"].str.startswith(str(YEAR))]
        found[zone] = np.zeros(HOURS)
        for date, price in zip(own["Date"], own.iloc[:, 3], strict=True):
            here = month == int(date[5:7])
            load = shapes[zone][here]
            course = np.maximum(1 + DAILY_SWING * (load - load.mean()) / load.std(), 0)
            found[zone][here] = price * course / course.mean()
    return found


def lines(zones: tuple[str, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what may flow between zones, and over borders of the region, MW."""
    table = extract("region_borders_2015.csv", eupl=True)
    table = table[table["kind"] == "ntc"]
    most = {tuple(name.replace("EL", "GR").split(" -> ")): mw for name, mw in zip(table["border"], table["mean_mw"],
            strict=True)}  # fmt: skip
    links, borders = [], []
    for (origin, target), mw in sorted(most.items()):
        back = most[target, origin]
        if mw + back <= 0:
            continue
        if origin in zones and target in zones and zones.index(origin) < zones.index(target):
            links.append((origin, target, mw, back, "dispaset-balkans"))
        if origin in zones and target in BEYOND:
            borders.append((origin, target, back, mw, "dispaset-balkans"))
    return (
        pd.DataFrame(links, columns=("from_zone", "to_zone", "forward_mw", "backward_mw", "source")),
        pd.DataFrame(borders, columns=("zone", "neighbour", "import_mw", "export_mw", "source")),
    )


def write_parquet(path: Path, columns: dict[str, np.ndarray], digits: int) -> None:
    """Write hourly columns, rounded to what they are worth."""
    table = pd.DataFrame({label: np.round(values, digits).astype(np.float32) for label, values in columns.items()})
    if len(table) != HOURS or table.isna().any().any():
        raise ValueError(f"{path.name} has holes")
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("long_table", table)
        connection.execute(f"COPY (SELECT * FROM long_table) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def write_region(out: Path) -> None:
    """Write all of the region."""
    said = judged()
    hand = said.pop("judged")
    zones = tuple(said["zones"])
    table = units(hand)
    inside, outside = fleet_inside(table), fleet_outside(hand)
    links, borders = lines(zones)
    river, inflow, told = water(table, pd.concat([inside, outside]), hand)
    wind, solar = winds_and_suns()
    held = out / EUPL
    held.mkdir(parents=True, exist_ok=True)
    for path, frame in (
        (held / "fleet.csv", inside), (out / "fleet.csv", outside), (held / "links.csv", links),
        (out / "links.csv", pd.DataFrame(hand["links"]).assign(source="assumed")), (held / "borders.csv", borders),
        (out / "borders.csv", pd.DataFrame(hand["borders"]).assign(source="assumed")),
    ):  # fmt: skip
        frame.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")
    temperature = {"RS": np.roll(extract("etm_weather.csv.gz")["RS_temp_c"].to_numpy(), -1)}
    for path, columns, digits in (
        (held / "load.parquet", loads(), 1), (held / "wind.parquet", wind, 4), (held / "solar.parquet", solar, 4),
        (held / "river.parquet", {zone: river[zone] for zone in zones}, 4),
        (held / "inflow.parquet", {zone: inflow[zone] for zone in zones}, 1),
        (held / "border-price.parquet", prices(), 2), (out / "temperature.parquet", temperature, 1),
    ):  # fmt: skip
        write_parquet(path, columns, digits)
    said["hydro"] = told
    head = "# Written by snapshots/derive_region.py. Hour 0 is 00:00 UTC on 1 January.\n"
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=118)
    (out / "region.yaml").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=REGION)
    write_region(parser.parse_args().out)
