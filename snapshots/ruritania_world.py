"""Tables of trade of fictional Ruritania: four countries, four sectors, every number invented.

    python snapshots/ruritania_world.py [--out DIR]

Writes the Parquet files of the folder `trade`; the list beside them is by hand. The same bytes every time.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

PACK = Path(__file__).parents[1] / "src/morava/countries/ruritania"
REGIONS = ("Ruritania", "Northmark", "Southmark", "Eastmark")
SECTORS = ("grain", "copper", "clocks", "services")
OUTPUT = {
    "Ruritania": (4500.0, 3500.0, 4000.0, 30000.0),
    "Northmark": (20000.0, 9000.0, 45000.0, 300000.0),
    "Southmark": (30000.0, 12000.0, 25000.0, 150000.0),
    "Eastmark": (45000.0, 30000.0, 100000.0, 450000.0),
}
"""Million crowns of 2020 that each sector makes."""
ABROAD = (0.2, 0.7, 0.5, 0.06)
"""Part of each sector's output that is sold abroad."""
INPUTS = {
    "guild books": (
        (0.20, 0.00, 0.02, 0.02), (0.00, 0.20, 0.20, 0.01), (0.05, 0.10, 0.15, 0.04), (0.20, 0.25, 0.20, 0.25),
    ),
    "Northmark's ledgers": (
        (0.15, 0.00, 0.01, 0.01), (0.00, 0.15, 0.25, 0.01), (0.10, 0.10, 0.20, 0.06), (0.25, 0.25, 0.20, 0.30),
    ),
}  # fmt: skip
"""Purchases of each input (rows) by each sector (columns) for a unit of output, by whose books stand in."""
MOST_USED = 0.9
"""Part of what a country buys of a good that may go into production; the rest is for final use."""
ELASTICITIES = {"one almanac": (4.0, 5.0, 3.0, 4.0), "another almanac": (6.0, 8.0, 5.0, 4.0)}
FAVOURED = {
    "Northmark": (0.12, 0.02, 0.08, 0.0),
    "Southmark": (0.06, 0.0, 0.04, 0.0),
    "Eastmark": (0.10, 0.03, 0.10, 0.0),
}
FREE = (("Southmark", "Eastmark"), ("Southmark", "Ruritania"))
"""Pairs that levy no duty on each other in 2020."""


def flows() -> np.ndarray:
    """Return deliveries [importer, exporter, sector]: what is sold abroad goes to others by their size."""
    output = np.array([OUTPUT[region] for region in REGIONS])
    sold = output * np.array(ABROAD)
    flow = np.zeros((len(REGIONS), len(REGIONS), len(SECTORS)))
    for exporter in range(len(REGIONS)):
        others = [region for region in range(len(REGIONS)) if region != exporter]
        weights = output[others].sum(axis=1) ** 0.5
        for importer, weight in zip(others, weights / weights.sum(), strict=True):
            flow[importer, exporter] = sold[exporter] * weight
        flow[exporter, exporter] = output[exporter] - sold[exporter]
    return flow


def tariffs() -> np.ndarray:
    """Return duties [importer, exporter, sector]; Ruritania's own are ranges among the facts."""
    tariff = np.zeros((len(REGIONS), len(REGIONS), len(SECTORS)))
    for importer, name in enumerate(REGIONS):
        for exporter, other in enumerate(REGIONS):
            if importer != exporter and name in FAVOURED and (name, other) not in FREE and (other, name) not in FREE:
                tariff[importer, exporter] = FAVOURED[name]
    return tariff


def technologies() -> np.ndarray:
    """Return purchases of inputs [donor, region, input, sector], held to what each country buys at all."""
    books = np.repeat(np.array(list(INPUTS.values()))[:, None], len(REGIONS), axis=1)
    bought, made = flows().sum(axis=1), flows().sum(axis=0)
    used = np.einsum("drij,rj->dri", books, made)
    return books * np.minimum(1.0, MOST_USED * bought / used)[..., None]


def table(values: np.ndarray, **labels: Sequence[str]) -> pd.DataFrame:
    """Return values in long form, a column a dimension."""
    index = pd.MultiIndex.from_product(list(labels.values()), names=list(labels))
    return pd.DataFrame({"value": np.round(values.ravel(), 6)}, index=index).reset_index()


def tables() -> dict[str, pd.DataFrame]:
    """Return every table by the name of its file."""
    pair = {"importer": REGIONS, "exporter": REGIONS, "sector": SECTORS}
    return {
        "flow": table(flows(), **pair),
        "technology": table(technologies(), donor=list(INPUTS), region=REGIONS, input=SECTORS, sector=SECTORS),
        "tariff": table(tariffs(), **pair),
        "most_favoured": table(np.array(list(FAVOURED.values())), importer=list(FAVOURED), sector=SECTORS),
        "elasticity": table(np.array(list(ELASTICITIES.values())), elasticity_set=list(ELASTICITIES), sector=SECTORS),
    }


def build(out: Path) -> None:
    """Write the tables into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, frame in tables().items():
            connection.register("frame", frame)
            connection.execute(f"COPY frame TO '{out / name}.parquet' (FORMAT parquet, COMPRESSION zstd)")
            connection.unregister("frame")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Write the tables of trade of Ruritania.")
    parser.add_argument("--out", type=Path, default=PACK / "trade", help="folder to write into (default: the pack)")
    build(parser.parse_args(arguments).out)


if __name__ == "__main__":
    main()
