"""Hourly shapes of fictional Ruritania, all invented: sums of a few sines, and nothing measured anywhere.

    python snapshots/ruritania_series.py [--out DIR]

Writes Parquet files, one a quantity, rows in the order of the 8,760 hours from 00:00 UTC on 1 January, columns the two
weather years (or borders), and `series.yaml` beside them. The same bytes every time.

The kingdom's weather is simple: winter peaks in the middle of January, sun at noon, rivers with the snow of April, wind
in waves of some days that fall in winter harder than in summer. The harsh year is colder, drier and less steady.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import yaml

PACK = Path(__file__).parents[1] / "src/morava/countries/ruritania"
SOURCE = "royal-observatory"
HOURS = 8760
DIGITS = 3
"""Digits kept of a shape: files stay small, and the last bit of a machine's sine does not move them."""


@dataclass(frozen=True)
class Weather:
    """What tells two weather years apart.

    Parameters
    ----------
    swing : 1: how strong the seasons are, against the usual
    water : 1: how much of its water a river has in the dry months, against the usual
    gusts : 1: how strong the waves of wind and cloud are, against the usual
    late : hours by which these waves come later
    """

    swing: float
    water: float
    gusts: float
    late: int


WEATHER: Mapping[str, Weather] = {
    "mild": Weather(swing=0.9, water=1.1, gusts=0.8, late=0),
    "harsh": Weather(swing=1.2, water=0.8, gusts=1.2, late=40),
}
HOUR = np.arange(HOURS)


def wave(length: float, top: float) -> np.ndarray:
    """Return a wave between -1 and 1, so many hours long, with a top at an hour, [8760]."""
    return np.cos(2 * np.pi * (HOUR - top) / length)


def yearly(day: int) -> np.ndarray:
    """Return the wave of a year with its top on a day, [8760]."""
    return wave(HOURS, day * 24)


WINTER, SNOW_MELT = yearly(15), yearly(105)


def load(year: Weather) -> np.ndarray:
    """Return the load: winter, the evening, and a little less at the end of the week."""
    return 1 + 0.18 * year.swing * WINTER + 0.14 * wave(24, 18) + 0.05 * wave(12, 8) + 0.04 * wave(168, 60)


def wind(year: Weather) -> np.ndarray:
    """Return the availability of wind: waves of 37, 101 and 463 hours that know nothing of each other."""
    gusts = 0.16 * wave(37, year.late) + 0.14 * wave(101, year.late) + 0.08 * wave(463, year.late)
    return np.clip(0.3 + 0.07 * WINTER + year.gusts * gusts, 0, 1)


def sun(year: Weather) -> np.ndarray:
    """Return the availability of the sun: high in summer, gone at night, dimmed by clouds."""
    height = (0.62 - 0.2 * WINTER) * wave(24, 11) + 0.08 - 0.16 * WINTER
    clouds = 0.8 + 0.2 * year.gusts * wave(53, year.late)
    return np.clip(height * clouds, 0, 1)


def river(year: Weather) -> np.ndarray:
    """Return the availability of run-of-river plants: the melt, and rain every month."""
    return np.clip(0.4 * year.water + 0.25 * SNOW_MELT + 0.05 * wave(730, year.late), 0.02, 1)


def inflow(year: Weather) -> np.ndarray:
    """Return the inflow into the reservoir, later and stronger than that of rivers."""
    return np.maximum(1 + 0.7 * yearly(120) / year.water + 0.15 * wave(313, year.late), 0)


def temperature(year: Weather) -> np.ndarray:
    """Return the temperature of the air in Strelsau, degrees Celsius."""
    return 10 - 11 * year.swing * WINTER + 4 * wave(24, 14) + 3 * year.gusts * wave(211, year.late)


def northmark() -> np.ndarray:
    """Return the price in Northmark, which heats with power."""
    return 1 + 0.2 * WINTER + 0.15 * wave(24, 18) + 0.12 * wave(12, 8)


def southmark() -> np.ndarray:
    """Return the price in Southmark, which cools with power, and has sun at noon."""
    return 1 - 0.08 * WINTER + 0.1 * wave(24, 20) - 0.18 * wave(24, 12) + 0.06 * wave(168, 60)


def over_weather(make: Callable[[Weather], np.ndarray], mean_one: bool = False) -> dict[str, np.ndarray]:
    """Return a series of each weather year; as a shape with the mean one where it is such."""
    found = {label: make(year) for label, year in WEATHER.items()}
    return {label: values / values.mean() if mean_one else values for label, values in found.items()}


SERIES: Mapping[str, tuple[str, str, Mapping[str, np.ndarray]]] = {
    "load": ("power_load_shape", "weather", over_weather(load, mean_one=True)),
    "wind": ("wind_availability", "weather", over_weather(wind)),
    "sun": ("solar_availability", "weather", over_weather(sun)),
    "river": ("river_availability", "weather", over_weather(river)),
    "inflow": ("inflow_shape", "weather", over_weather(inflow, mean_one=True)),
    "temperature": ("air_temperature", "weather", over_weather(temperature)),
    "border-price": (
        "border_price_shape",
        "border",
        {name: make() / make().mean() for name, make in (("Northmark", northmark), ("Southmark", southmark))},
    ),
}


def write_series(out: Path) -> None:
    """Write every series and the list of them."""
    out.mkdir(parents=True, exist_ok=True)
    listed = {}
    for name, (quantity, columns, series) in SERIES.items():
        table = pd.DataFrame({label: values.round(DIGITS).astype(np.float32) for label, values in series.items()})
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register("series", table)
            connection.execute(
                f"COPY (SELECT * FROM series) TO '{out / name}.parquet' (FORMAT parquet, COMPRESSION zstd)"
            )
        listed[name] = {
            "quantity": quantity, "file": f"{name}.parquet", "columns": columns, "sources": [SOURCE],
            "status": "assumed", "borrowed": "", "mends": [],
        }  # fmt: skip
    head = "# Written by snapshots/ruritania_series.py. Hour 0 is 00:00 UTC on 1 January.\n"
    (out / "series.yaml").write_text(head + yaml.safe_dump(listed, sort_keys=False, width=118), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PACK / "series")
    write_series(parser.parse_args().out)
