"""Hourly shapes of the Serbia pack from the extracts in `energy/`, every defect mended and every mend written down.

    python snapshots/derive_power_series.py [--out DIR]

Writes Parquet files, one a quantity, rows in the order of the 8,760 hours from 00:00 UTC on 1 January, columns the
weather years (or borders), and `series.yaml` beside them. The same bytes every time.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import yaml

from fact_rows import HERE, borders

ENERGY = HERE / "energy"
EUPL = "dispaset-eupl"
PACK = HERE.parent / "src/morava/countries/serbia"
HOURS = 8760
WEATHER = ("2010", "2015", "2016")
RIVER_YEAR = {"2010": "2010", "2015": "2015", "2016": "2015"}
KOSOVO_2016 = 5.6e6
"""MWh that are subtracted from the load of 2016, after the sources page of the extract."""
JUMP = ("2010-07-16", 1000.0)
"""Day of the one jump in the load of 2010, and the MW by which an hour may differ from the one before it there."""
WIND_FULL_LOAD = 2500.0
"""Full-load hours to which the one wind year is brought: the fleet of 397 MW ran 2,450 to 2,720 in 2020 and 2021."""
WIND_SMOOTHING = 3
PRICE_YEARS = ("2019", "2023", "2024", "2025")
"""Years whose months give the seasonal shape of prices; 2020 to 2022 are left out as a pandemic and a gas crisis."""
DAILY_SWING = 0.35
"""Standard deviation of the price inside a month over its mean, assumed; hourly prices of the exchange are not open."""


def extract(name: str, eupl: bool = False) -> pd.DataFrame:
    """Return an extract, from the folder of copyleft data where it is one."""
    return pd.read_csv(ENERGY / EUPL / name if eupl else ENERGY / name)


def on_utc_year(values: pd.Series, year: int) -> np.ndarray:
    """Return hourly values indexed by UTC as one year of 8,760 hours, 29 February dropped, single gaps interpolated.

    What lies before the year closes its end: a wall clock one hour ahead moves the last hour out of the year.
    """
    grid = pd.date_range(f"{year}-01-01", f"{year}-12-31 23:00", freq="h", tz="UTC")
    early = values[values.index < grid[0]]
    full = values.groupby(level=0).mean().reindex(grid)
    full.iloc[len(grid) - len(early) :] = early.to_numpy()
    full = full.interpolate(limit=1, limit_direction="both")
    if full.isna().any():
        raise ValueError(f"{int(full.isna().sum())} hours of {year} are missing")
    leap = (full.index.month == 2) & (full.index.day == 29)
    return full[~leap].to_numpy()


def wall_clock(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose labels say UTC and are Belgrade's wall clock, indexed by UTC, its pad row dropped."""
    frame = frame.iloc[1:]
    stamp = pd.to_datetime(frame.iloc[:, 0]).dt.tz_localize(None)
    local = stamp.dt.tz_localize(
        "Europe/Belgrade", ambiguous=np.zeros(len(stamp), dtype=bool), nonexistent="shift_forward"
    )
    return frame.iloc[:, 1:].set_axis(pd.DatetimeIndex(local.dt.tz_convert("UTC")), axis=0)


def loads() -> dict[str, np.ndarray]:
    """Return the load of Serbia without Kosovo in each weather year, over its mean."""
    early = wall_clock(extract("load_2010.csv.gz", eupl=True))["RS"].copy()
    here = early.index.strftime("%Y-%m-%d") == JUMP[0]
    early[here & (early.diff().abs() > JUMP[1]).to_numpy()] = np.nan
    middle = wall_clock(extract("load_2015.csv.gz", eupl=True))
    late = extract("load_2016.csv.gz", eupl=True)
    late.index = pd.DatetimeIndex(pd.to_datetime(late["time_as_given"])).tz_localize("UTC")
    kosovo = on_utc_year(middle["XK"], 2015)
    found = {
        "2010": on_utc_year(early.interpolate(), 2010),
        "2015": on_utc_year(middle["RS"] - middle["XK"], 2015),
        "2016": on_utc_year(late["RS"], 2016) - kosovo * KOSOVO_2016 / kosovo.sum(),
    }
    return {year: values / values.mean() for year, values in found.items()}


def winds() -> dict[str, np.ndarray]:
    """Return the one wind year for every weather year: moved, smoothed, and at the fleet's full-load hours."""
    shape = np.roll(extract("etm_weather.csv.gz")["RS_wind"].to_numpy(), -1)
    shape = np.convolve(np.r_[shape[-1], shape, shape[0]], np.ones(WIND_SMOOTHING) / WIND_SMOOTHING, "valid")
    low, high = 0.0, 1e6
    while high - low > 1e-9 * high:  # capped at one, the factor that gives the full-load hours is found by halving
        middle = (low + high) / 2
        if np.minimum(shape * middle, 1).sum() < WIND_FULL_LOAD:
            low = middle
        else:
            high = middle
    return {year: np.minimum(shape * high, 1) for year in WEATHER}


def turned_round(column: str) -> np.ndarray:
    """Return a column of July 2010 to June 2011 as one year from January to December."""
    satellite = extract("firmeurope.csv.gz")
    stamp = pd.to_datetime(satellite["utc"])
    order = np.r_[satellite[stamp.dt.year == 2011].index, satellite[stamp.dt.year == 2010].index]
    return satellite[column].to_numpy()[order]


def open_load(zone: str) -> np.ndarray:
    """Return a load of the unnamed year over its mean, for use where the copyleft data are left out."""
    shape = np.roll(extract("genesysmod_load.csv.gz")[f"{zone}|load"].to_numpy(), -1)
    return shape / shape.mean()


def suns(eupl: bool = True) -> dict[str, np.ndarray]:
    """Return the availability of the sun: three sources, one a weather year, or the two that are not copyleft."""
    hours = pd.read_csv(ENERGY / "etm_full_load_hours.csv").set_index(["zone", "tech"])["full_load_hours"]
    unnamed = np.roll(extract("etm_weather.csv.gz")["RS_solar"].to_numpy(), -1) * hours["RS", "solar"]
    rotated = np.roll(turned_round("RS0 0 solar"), -1)
    if not eupl:
        return {year: np.clip(rotated if year == "2010" else unnamed, 0, 1) for year in WEATHER}
    late = extract("solar_2016.csv.gz", eupl=True)
    late.index = pd.DatetimeIndex(pd.to_datetime(late["time_as_given"])).tz_localize("UTC")
    found = {"2010": rotated, "2015": unnamed, "2016": on_utc_year(late["RS|PHOT"], 2016)}
    return {year: np.clip(values, 0, 1) for year, values in found.items()}


def _plants() -> pd.DataFrame:
    return extract("units_rs_2015.csv", eupl=True).set_index("Unit")


def rivers() -> dict[str, np.ndarray]:
    """Return the availability of run-of-river plants, weighed by capacity; 2016 borrows 2015."""
    capacity = _plants()["PowerCapacity"]
    found = {}
    for year in ("2010", "2015"):
        table = extract(f"river_{year}.csv.gz", eupl=True).iloc[1:]
        named = [name for name in table if name.removeprefix("RS|") in capacity.index]
        weight = np.array([capacity[name.removeprefix("RS|")] for name in named])
        found[year] = np.clip(table[named].to_numpy() @ weight / weight.sum(), 0, 1)
    return {year: found[RIVER_YEAR[year]] for year in WEATHER}


def inflows() -> dict[str, np.ndarray]:
    """Return the inflow into reservoirs over its mean, the pumped storage left out; 2016 borrows 2015."""
    capacity = _plants()["PowerCapacity"]
    found = {}
    for year in ("2010", "2015"):
        table = extract(f"inflow_{year}.csv.gz", eupl=True).iloc[1:].ffill()
        named = [name for name in table if name.removeprefix("RS|") in capacity.index and "RHE" not in name]
        flow = table[named].to_numpy() @ np.array([capacity[name.removeprefix("RS|")] for name in named])
        found[year] = flow / flow.mean()
    return {year: found[RIVER_YEAR[year]] for year in WEATHER}


def temperatures() -> dict[str, np.ndarray]:
    """Return the temperature of the unnamed year for every weather year."""
    return {year: np.roll(extract("etm_weather.csv.gz")["RS_temp_c"].to_numpy(), -1) for year in WEATHER}


def border_prices(eupl: bool = True) -> dict[str, np.ndarray]:
    """Return the price beyond each border over its mean: months from the exchange, hours from a load."""
    monthly = pd.read_csv(ENERGY / "ember_wholesale_price_monthly_region.csv")
    monthly["year"], monthly["month"] = monthly["Date"].str[:4], monthly["Date"].str[5:7].astype(int)
    late = extract("load_2016.csv.gz", eupl=True) if eupl else None
    if late is not None:
        late.index = pd.DatetimeIndex(pd.to_datetime(late["time_as_given"])).tz_localize("UTC")
    month = pd.date_range("2015-01-01", periods=HOURS, freq="h").month.to_numpy()
    found = {}
    for border, declared in borders().items():
        country = declared["price"]
        table = monthly[(monthly["Country"] == country) & monthly["year"].isin(PRICE_YEARS)]
        price = table.columns[3]
        season = (table[price] / table.groupby("year")[price].transform("mean")).groupby(table["month"]).mean()
        load = open_load(declared["load"]) if late is None else on_utc_year(late[declared["load"]], 2016)
        shape = np.zeros(HOURS)
        for number in range(1, 13):
            here = month == number
            course = (load[here] - load[here].mean()) / load[here].std()
            shape[here] = season[number] * np.maximum(1 + DAILY_SWING * course, 0)
        found[border] = shape / shape.mean()
    return found


MAKERS: Mapping[str, Callable[[], dict[str, np.ndarray]]] = {
    "load": loads,
    "wind": winds,
    "sun": suns,
    "river": rivers,
    "inflow": inflows,
    "temperature": temperatures,
    "border-price": border_prices,
    "load-open": lambda: dict.fromkeys(WEATHER, open_load("NONEU_Balkan")),
    "sun-open": lambda: suns(eupl=False),
    "river-open": lambda: dict.fromkeys(WEATHER, np.clip(turned_round("RS0 0 ror"), 0, 1)),
    "inflow-open": lambda: dict.fromkeys(WEATHER, turned_round("RS0 0 hydro") / turned_round("RS0 0 hydro").mean()),
    "border-price-open": lambda: border_prices(eupl=False),
}
"""How each series is made; those that end in `-open` stand in where the copyleft folder is left out."""


def write_series(out: Path) -> None:
    """Write every series and the list of them."""
    told: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "curation/power_series.yaml").read_text(encoding="utf-8"))
    listed = {}
    for name, make in MAKERS.items():
        one = told[name]
        place = f"{EUPL}/{name}.parquet" if one["eupl"] else f"{name}.parquet"
        target = out / place
        target.parent.mkdir(parents=True, exist_ok=True)
        table = pd.DataFrame({label: values.astype(np.float32) for label, values in make().items()})
        if len(table) != HOURS or table.isna().any().any():
            raise ValueError(f"{name} has holes")
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register("long_table", table)
            connection.execute(f"COPY (SELECT * FROM long_table) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        listed[name] = {
            "quantity": one["quantity"], "file": place, "columns": one["columns"], "sources": one["sources"],
            "status": "derived", "borrowed": one["borrowed"], "mends": one["mends"],
        }  # fmt: skip
        if "instead" in one:
            listed[name]["instead"] = one["instead"]
    head = "# Written by snapshots/derive_power_series.py. Hour 0 is 00:00 UTC on 1 January.\n"
    text = yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, width=118)
    (out / "series.yaml").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PACK / "series")
    write_series(parser.parse_args().out)
