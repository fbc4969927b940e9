"""Reference tables of products for the pack: world exports, complexity, proximities, and places of countries.

    python snapshots/derive_complexity.py [--out DIR]

Writes three Parquet files from the extracts in `economy/complexity/`. The same bytes every time. What is said of the
tables in words (source, terms, other editions) stands by hand in `tables.yaml` beside them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb
import pandas as pd

from fact_rows import HERE, read_table

EXTRACTS = "economy/complexity"
PACK = HERE.parent / "src/morava/countries/serbia"
YEAR = "2023"
NOT_PRODUCTS = ("9999", "XXXX")
"""Rows of the extract for what no heading names: goods not specified, and a line without section or chapter."""
DIGITS = 9
"""Digits of an index and a proximity that are kept; proximities are ratios of numbers below a thousand."""


def products() -> pd.DataFrame:
    """Return one row a heading of four digits, by code.

    Raises
    ------
    ValueError
        A code twice, another year, or an empty cell.
    """
    rows = read_table(f"{EXTRACTS}/product_complexity_hs4_2023.csv")
    named = [row for row in rows if row["product_code"] not in NOT_PRODUCTS]
    table = pd.DataFrame(
        {
            "product": [row["product_code"] for row in named],
            "section": [row["product_section"] for row in named],
            "world_exports_usd": [int(row["world_export_value"]) for row in named],
            "ubiquity": [int(row["ubiquity"]) for row in named],
            "pci": [round(float(row["pci"]), DIGITS) for row in named],
        }
    )
    if {row["year"] for row in rows} != {YEAR} or table["product"].duplicated().any() or (table == "").any().any():
        raise ValueError(f"products: one row a code of {YEAR}, no cell empty")
    return table.sort_values("product", ignore_index=True)


def pairs(known: set[str]) -> pd.DataFrame:
    """Return one row a pair of products that both stand among the products, by codes.

    Raises
    ------
    ValueError
        A pair twice, a product with itself, or a product that nobody knows.
    """
    rows = read_table(f"{EXTRACTS}/product_space_proximity_top50000.csv.gz")
    named = [sorted((row["from"], row["to"])) for row in rows]
    table = pd.DataFrame(named, columns=["first", "second"])
    table["proximity"] = [round(float(row["proximity"]), DIGITS) for row in rows]
    strangers = (set(table["first"]) | set(table["second"])) - known - set(NOT_PRODUCTS)
    if strangers or table.duplicated(["first", "second"]).any() or (table["first"] == table["second"]).any():
        raise ValueError("pairs: two products that are known, each pair once")
    kept = table[table["first"].isin(known) & table["second"].isin(known)]
    return kept.sort_values(["first", "second"], ignore_index=True)


def countries() -> pd.DataFrame:
    """Return one row a territory that has an index, by code.

    Raises
    ------
    ValueError
        A code twice or another year.
    """
    rows = [row for row in read_table(f"{EXTRACTS}/eci_all_countries_2023.csv") if row["eci"]]
    table = pd.DataFrame(
        {
            "country": [row["country_code"] for row in rows],
            "exports_usd": [int(row["export_value"]) for row in rows],
            "diversity": [int(row["diversity"]) for row in rows],
            "eci": [round(float(row["eci"]), DIGITS) for row in rows],
        }
    )
    if {row["year"] for row in rows} != {YEAR} or table["country"].duplicated().any():
        raise ValueError(f"countries: one row a code of {YEAR}")
    return table.sort_values("country", ignore_index=True)


def write_tables(out: Path) -> None:
    """Write the three tables."""
    out.mkdir(parents=True, exist_ok=True)
    listed = products()
    tables = {"products": listed, "pairs": pairs(set(listed["product"])), "countries": countries()}
    for name, table in tables.items():
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register("long_table", table)
            target = out / f"{name}.parquet"
            connection.execute(f"COPY (SELECT * FROM long_table) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PACK / "trade/complexity")
    write_tables(parser.parse_args().out)
