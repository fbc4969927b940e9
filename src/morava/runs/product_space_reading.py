"""Read what a country in the product space needs: the tables of its pack, and a user's file of exports.

The file is CSV with the columns `product,exports_usd`: a heading of four digits or a subheading of six (Harmonized
System 1992, written with leading zeros), and US dollars of one year, gross. Subheadings are added up to headings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from morava.errors import MoravaError, Problem, Problems
from morava.models.trade.complexity import Array
from morava.models.trade.published_products import ProductTables
from morava.plans.csv_file import Row, read_csv, read_number
from morava.plans.pack import find_folder, shown
from morava.plans.yaml_file import read_yaml

TABLES = "trade/complexity"
"""Folder of a pack that holds the tables."""
SAID = "tables.yaml"
KEYS = ("year", "country", "source", "licence", "nearest_listed", "not_products", "other_editions")
COLUMNS = ("product", "exports_usd")
HEADING = 4
"""Digits of a heading, the level of the tables."""
LARGE = 1e9
"""US dollars of exports from which a territory counts as large: an index of a few products says little."""

_CODE = re.compile(r"[0-9]{4}([0-9]{2})?")


@dataclass(frozen=True)
class Edition:
    """Where another edition puts the country."""

    edition: str
    source: str
    rank: int
    of: int
    eci: float


@dataclass(frozen=True)
class Standing:
    """Where the tables put the country: its index and its rank among all territories, and among the large ones."""

    country: str
    eci: float
    rank: int
    of: int
    rank_of_large: int
    large: int
    diversity: int


@dataclass(frozen=True)
class Reference:
    """The tables of a pack: products in order of their codes, what was published of them, and where countries stand."""

    year: int
    source: str
    licence: str
    products: tuple[str, ...]
    sections: tuple[str, ...]
    tables: ProductTables
    not_products: tuple[str, ...]
    standing: Standing
    other_editions: tuple[Edition, ...]


@dataclass(frozen=True)
class Exports:
    """A file of exports: US dollars by product of the tables, what no heading names, and how many are not listed."""

    file: str
    by_product: Array
    unspecified: float
    not_listed: int


def read_reference(country: str | Path = "serbia") -> Reference:
    """Return the tables of a pack.

    Raises
    ------
    MoravaError
        When the pack has none, or they do not fit together.
    """
    pack = find_folder(country)
    folder = pack / TABLES
    if not (folder / SAID).is_file():
        raise MoravaError(
            Problem("the pack has no tables of products", f"{pack.name}/{TABLES}", "use a pack that has, e.g. serbia")
        )
    where = shown(pack, folder / SAID)
    said: Any = read_yaml(folder / SAID, where).data
    lacking = [key for key in KEYS if not isinstance(said, dict) or key not in said]
    if lacking:
        raise MoravaError(
            [Problem(f"{SAID} has no {key}", where, f"its keys are {', '.join(KEYS)}") for key in lacking]
        )
    products, pairs, countries = (_columns(pack, name) for name in ("products", "pairs", "countries"))
    codes = products["product"]
    place = {code: number for number, code in enumerate(codes)}
    near = np.asarray(pairs["proximity"], dtype=float)
    both = list(zip(pairs["first"], pairs["second"], strict=True))
    strangers = sorted({code for pair in both for code in pair if code not in place})
    if strangers:
        raise MoravaError(
            Problem(f"pairs name the unknown product {strangers[0]}", where, "list it among the products")
        )
    if said["country"] not in countries["country"]:
        raise MoravaError(
            Problem(f"{said['country']} has no index", where, "name a territory that stands among the countries")
        )
    return Reference(
        year=said["year"],
        source=said["source"],
        licence=said["licence"],
        products=tuple(codes),
        sections=tuple(products["section"]),
        tables=ProductTables(
            world=np.asarray(products["world_exports_usd"], dtype=float),
            pci=np.asarray(products["pci"], dtype=float),
            pairs=np.array([(place[first], place[second]) for first, second in both], dtype=np.int64).reshape(-1, 2),
            near=near,
            unpublished_at_most=float(near.min()) if said["nearest_listed"] else 1.0,
        ),
        not_products=tuple(said["not_products"]),
        standing=_standing(said["country"], countries),
        other_editions=tuple(Edition(**one) for one in said["other_editions"]),
    )


def _columns(pack: Path, name: str) -> dict[str, list[Any]]:
    """Return the columns of a table."""
    path = pack / TABLES / f"{name}.parquet"
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            table = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchnumpy()
    except duckdb.Error:
        raise MoravaError(
            Problem(f"the table {name} cannot be read", shown(pack, path), "install the pack anew")
        ) from None
    return {str(column): values.tolist() for column, values in table.items()}


def _standing(country: str, table: Mapping[str, Sequence[Any]]) -> Standing:
    """Return where a country stands in the table of countries."""
    place = list(table["country"]).index(country)
    eci, large = np.asarray(table["eci"], dtype=float), np.asarray(table["exports_usd"], dtype=float) >= LARGE
    above = eci > eci[place]
    return Standing(
        country=country,
        eci=float(eci[place]),
        rank=int(above.sum()) + 1,
        of=len(eci),
        rank_of_large=int((above & large).sum()) + 1,
        large=int(large.sum()),
        diversity=int(table["diversity"][place]),
    )


def read_exports(path: Path, reference: Reference) -> Exports:
    """Return the exports of a user's file, by product of the tables.

    Raises
    ------
    MoravaError
        Everything that is wrong with it, with lines: bad codes, codes that stand twice or whole and in parts,
        unknown products, numbers that are none or negative, exports above the world's, a file without exports.
    """
    problems = Problems()
    rows = read_csv(path, path.name, COLUMNS, problems)
    if not rows and not len(problems):
        problems.add("the file has a header and no row", f"{path.name}:1", "write one row a product")
    by_heading: dict[str, float] = {}
    seen: dict[str, str] = {}
    levels: dict[str, tuple[int, str]] = {}
    for row in rows:
        code, value = _code(row, reference, seen, levels, problems), _value(row, problems)
        if code and value is not None:
            by_heading[code[:HEADING]] = by_heading.get(code[:HEADING], 0.0) + value
    unspecified = sum(by_heading.pop(code, 0.0) for code in reference.not_products)
    if rows and not len(problems) and not any(by_heading.values()):
        problems.add("no product has exports above zero", path.name, "give the exports of at least one product")
    values = np.array([by_heading.get(code, 0.0) for code in reference.products])
    for number in np.flatnonzero(values > reference.tables.world).tolist():
        code = reference.products[number]
        problems.add(
            f"exports of {code}, {values[number]:,.0f} USD, exceed the world's {reference.tables.world[number]:,.0f}",
            levels[code][1],
            f"give single US dollars of {reference.year}",
        )
    problems.raise_if_any()
    return Exports(path.name, values, unspecified, len(reference.products) - len(by_heading))


def _code(
    row: Row, reference: Reference, seen: dict[str, str], levels: dict[str, tuple[int, str]], problems: Problems
) -> str:
    """Return the code of a row; none, and what is wrong with it noted."""
    code = row.cells["product"]
    heading = code[:HEADING]
    before = len(problems)
    if not _CODE.fullmatch(code):
        problems.add(f"{code!r} is no product", row.where, "give four or six digits, with leading zeros, e.g. 0703")
    elif code in seen:
        problems.add(f"product {code} stands twice", row.where, f"keep one row of it; the other is {seen[code]}")
    elif heading not in (*reference.products, *reference.not_products):
        problems.add(
            f"product {code} is in no table",
            row.where,
            "bring it to HS 1992, or leave it out, and its exports are in no share",
        )
    elif heading in levels and levels[heading][0] != len(code):
        problems.add(
            f"heading {heading} stands whole and in parts", row.where, f"keep one of both; see {levels[heading][1]}"
        )
    seen.setdefault(code, row.where)
    if len(problems) > before:
        return ""
    levels.setdefault(heading, (len(code), row.where))
    return code


def _value(row: Row, problems: Problems) -> float | None:
    """Return the exports of a row; None, and what is wrong with them noted."""
    try:
        value = read_number(row.cells["exports_usd"])
    except MoravaError as error:
        problems.extend(Problem(f"exports_usd: {one.what}", row.where, one.mend) for one in error.problems)
        return None
    if value < 0:
        problems.add(f"exports_usd is {value:g}", row.where, "give gross exports, from zero up")
        return None
    return value
