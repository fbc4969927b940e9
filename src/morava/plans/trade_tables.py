"""Tables of trade of a pack, too long for facts: flows, technologies, duties; each a Parquet file with its record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.file_types import Table
from morava.plans.listed_files import Entry, Kind, check_file, read_entries
from morava.plans.pack import shown
from morava.plans.places import Places
from morava.plans.types import Country
from morava.quantities import check, find, glossary, labelled
from morava.quantities.dates import interval
from morava.quantities.units import factor

FOLDER, LIST_FILE = "trade", "trade.yaml"
KIND = Kind(
    word="table",
    folder=FOLDER,
    list_file=LIST_FILE,
    keys=("quantity", "file", "unit", "sources", "status", "known_on", "synthetic", "mends"),
    needed=("quantity", "file", "unit"),
)
REGIONS = ("importer", "exporter", "region")
"""Dimensions that only a table of trade has; each holds the regions of the world in the order of the flows."""


def read_tables(folder: Path, sources: Mapping[str, object], places: Places, problems: Problems) -> dict[str, Table]:
    """Return the tables of trade of a pack by name; none where it has no folder of them.

    Several tables may give one quantity where each names another day on which it was known; one of them may name none.

    Parameters
    ----------
    folder
        Folder of the pack.
    sources
        Sources of the pack, by name.
    places
        Takes the place of every key of the list.
    problems
        Takes what is found.
    """
    found: dict[str, Table] = {}
    given: dict[tuple[str, float | None], str] = {}
    for entry in read_entries(KIND, folder, sources, places, problems):
        one = _read_one(folder / FOLDER, entry, problems)
        if one is None:
            continue
        other = given.setdefault((one.quantity, interval(one.known_on)[1] if one.known_on else None), one.name)
        if other != one.name:
            mend = "keep one of the two, or let known_on of each name another day"
            problems.add(f"{other} and {one.name} both give {one.quantity}", entry.where, mend)
        found[one.name] = one
    return found


def _read_one(folder: Path, entry: Entry, problems: Problems) -> Table | None:
    quantity, file = entry.word("quantity"), entry.word("file")
    before = len(problems)
    tabular = [known for known, one in glossary().items() if _is_tabular(one.dims)]
    if quantity and quantity not in tabular:
        problems.add(f"{quantity} is no quantity of a table of trade", entry.where, nearest(quantity, tabular))
    if file:
        check_file(KIND, folder, file, entry.where, problems)
    known_on = entry.word("known_on")
    if known_on:
        with problems.collecting():
            _day(known_on, entry)
    if len(problems) > before or not entry.complete:
        return None
    return Table(
        name=entry.name,
        quantity=quantity,
        file=file,
        unit=entry.word("unit"),
        sources=entry.sources,
        status=entry.status,
        synthetic=" ".join(entry.word("synthetic").split()),
        mends=entry.mends,
        known_on=known_on,
        sha256=hashlib.sha256((folder / file).read_bytes()).hexdigest(),
    )


def _day(known_on: str, entry: Entry) -> None:
    try:
        interval(known_on)
    except MoravaError as error:
        problem = Problem(
            f"known_on {known_on!r} of {entry.name} is no date", entry.where, "write 2015-06-30, in quotes"
        )
        raise MoravaError(problem) from error


def _is_tabular(dims: Iterable[str]) -> bool:
    return bool({"importer", "donor", "elasticity_set"} & set(dims))


def needs_tables(names: Iterable[str]) -> bool:
    """Return whether some of the quantities stand in tables of trade only.

    Examples
    --------
    >>> needs_tables(["world_flow"]), needs_tables(["power_capacity"])
    (True, False)
    """
    return any(_is_tabular(find(name).dims) for name in names)


def load_table(country: Country, quantity: str) -> xr.DataArray:
    """Return a table as an array, in the unit of its file, which stands in `attrs`; labels in the order of the file.

    Where several tables give the quantity, the one without a day counts; without such a one, that known last.

    Raises
    ------
    MoravaError
        When the pack holds no such table, or one with holes, cells given twice or values out of range: all at once.
    """
    held = [one for one in country.tables.values() if one.quantity == quantity]
    if held:
        one = max(held, key=lambda table: interval(table.known_on)[1] if table.known_on else inf)
        return _load(one, Path(country.folder) / FOLDER / one.file)
    where = shown(Path(country.folder), Path(country.folder) / FOLDER / LIST_FILE)
    raise MoravaError(Problem(f"no table gives {quantity}", where, f"add one: {find(quantity).description}"))


@cache
def _load(one: Table, path: Path) -> xr.DataArray:  # the record holds the hash: a changed file is read anew
    where = f"{FOLDER}/{one.file}"
    dims = find(one.quantity).dims
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            columns = dict(connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchnumpy())
    except duckdb.Error as error:
        raise MoravaError(Problem(f"table {one.name} cannot be read ({error})", where, "write it anew")) from error
    problems = Problems()
    for name in (*dims, "value"):
        if name not in columns:
            problems.add(f"table {one.name} has no column {name}", where, f"columns are {', '.join(dims)} and value")
    problems.raise_if_any()
    labels = {dim: list(dict.fromkeys(str(label) for label in columns[dim])) for dim in dims}
    places = tuple(_places(columns[dim], labels[dim]) for dim in dims)
    try:
        given: np.ndarray[Any, Any] = np.ma.filled(np.ma.asarray(columns["value"], dtype=float), np.nan)
    except (TypeError, ValueError) as error:
        raise MoravaError(Problem(f"table {one.name} holds what is no number", where, "write numbers only")) from error
    values = np.full([len(labels[dim]) for dim in dims], np.nan)
    seen = np.zeros(values.shape, dtype=int)
    np.add.at(seen, places, 1)
    values[places] = given
    for place in np.argwhere(seen != 1)[:1]:
        cell = {dim: labels[dim][index] for dim, index in zip(dims, place, strict=True)}
        many = int((seen != 1).sum())
        problems.add(f"table {one.name} gives {many} cells not once, the first {cell}", where, "one row a cell")
    for name in ("importer", "exporter"):
        if name in dims and labels[name] != labels["importer"]:
            problems.add(f"importers and exporters of {one.name} differ", where, "name the same regions in one order")
    if not len(problems):
        array = labelled(one.quantity, values, labels)
        unit = find(one.quantity).unit
        if "money" in unit:  # only the prices of the country can turn it into its money
            array.attrs["unit"] = one.unit
        else:
            array = array * factor(one.unit, unit)
            array.attrs["unit"], array.name = unit, one.quantity
            check(one.quantity, array, where, problems)
    problems.raise_if_any()
    return array


def confidence_in(country: Country, one: Table, region: str = "") -> dict[str, float]:
    """Return which part of the value of a table each word of its column `confidence` stands for; nothing without one.

    Parameters
    ----------
    region
        Count only what this region buys or sells abroad.
    """
    path = Path(country.folder) / FOLDER / one.file
    with duckdb.connect(config={"threads": 1}) as connection:
        columns = [
            row[0] for row in connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        ]
        if "confidence" not in columns or not {"importer", "exporter"} <= set(columns):
            return {}
        rows = connection.execute(
            "SELECT confidence, sum(value) FROM read_parquet(?) "
            "WHERE ? = '' OR (importer <> exporter AND ? IN (importer, exporter)) GROUP BY ALL ORDER BY 1",
            [str(path), region, region],
        ).fetchall()
    whole = sum(value for _, value in rows)
    return {str(word): float(value / whole) for word, value in rows} if whole > 0 else {}


def _places(column: Any, labels: list[str]) -> np.ndarray[Any, np.dtype[np.intp]]:
    index = {label: place for place, label in enumerate(labels)}
    return np.array([index[str(label)] for label in column], dtype=np.intp)
