"""Hourly series of a pack: shapes too long for a table of facts, each a Parquet file with its record beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.file_types import Series
from morava.plans.listed_files import Entry, Kind, check_file, read_entries
from morava.plans.pack import shown
from morava.plans.places import Places
from morava.plans.types import Country
from morava.quantities import check, find, glossary, labelled

FOLDER, LIST_FILE = "series", "series.yaml"
HOURS_A_YEAR = 8760
KIND = Kind(
    word="series",
    folder=FOLDER,
    list_file=LIST_FILE,
    keys=("quantity", "file", "columns", "sources", "status", "borrowed", "mends", "instead"),
    needed=("quantity", "file"),
)
MEAN_ONE = ("power_load_shape", "inflow_shape", "border_price_shape")
"""Shapes that only say how a known total is spread: their mean is one."""
ROUNDING = 1e-4
"""How far a mean of 8,760 numbers of single precision may lie from one."""


def read_series(folder: Path, sources: Mapping[str, object], places: Places, problems: Problems) -> dict[str, Series]:
    """Return the series of a pack by name; none where it has no folder of them.

    A series whose sub-folder is not there (data under another licence, left out) gives way to the one that `instead`
    names.

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
    found: dict[str, Series] = {}
    named: set[str] = set()
    for entry in read_entries(KIND, folder, sources, places, problems):
        named.add(entry.name)
        one = _read_one(folder / FOLDER, entry, problems)
        if one is not None:
            found[entry.name] = one
    return _replace_absent(found, named, places, problems)


def _replace_absent(
    found: Mapping[str, Series], named: Set[str], places: Places, problems: Problems
) -> dict[str, Series]:
    """Return the series whose files are there; note those that nothing stands in for."""
    absent = {name for name, one in found.items() if not one.sha256}
    for name, one in sorted(found.items()):
        where = places.where(FOLDER, name)
        if one.instead and one.instead not in named:
            problems.add(
                f"instead of {name} stands {one.instead!r}, which is no series",
                where,
                nearest(one.instead, named - {name}),
            )
        other = found.get(one.instead)
        if other is not None and (other.name == name or (other.quantity, other.columns) != (one.quantity, one.columns)):
            problems.add(
                f"instead of {name} stands {other.name}, which does not give {one.quantity} in its place", where,
                "name another series of the same quantity",
            )  # fmt: skip
        if name in absent and (other is None or other.name in absent):
            problems.add(f"the file of series {name} is not there", where, "put it back, or name another")
    return {name: one for name, one in found.items() if name not in absent}


def _read_one(folder: Path, entry: Entry, problems: Problems) -> Series | None:
    quantity, file, columns, instead = (entry.word(key) for key in ("quantity", "file", "columns", "instead"))
    before = len(problems)
    if quantity:
        _check_quantity(entry.name, quantity, columns, entry.where, problems)
    target = folder / file
    dropped = len(Path(file).parts) > 1 and not target.parent.exists() and bool(instead)
    if file:
        check_file(KIND, folder, file, entry.where, problems, may_be_absent=dropped)
    if len(problems) > before or not entry.complete:
        return None
    return Series(
        name=entry.name,
        quantity=quantity,
        file=file,
        columns=columns,
        sources=entry.sources,
        status=entry.status,
        borrowed=entry.word("borrowed"),
        mends=entry.mends,
        instead=instead,
        sha256="" if dropped else hashlib.sha256(target.read_bytes()).hexdigest(),
    )


def _check_quantity(name: str, quantity: str, columns: str, where: str, problems: Problems) -> None:
    if quantity not in glossary() or "hour" not in find(quantity).dims:
        hourly = [known for known, one in glossary().items() if "hour" in one.dims]
        problems.add(f"{quantity} is no hourly quantity", where, nearest(quantity, hourly))
        return
    wanted = [dim for dim in find(quantity).dims if dim != "hour"]
    if ([columns] if columns else []) != wanted:
        problems.add(f"columns of {name} are {columns!r}", where, f"the glossary says {wanted}")


def load_series(country: Country, quantity: str) -> xr.DataArray:
    """Return a series [column, hour] in the unit of the glossary.

    Raises
    ------
    MoravaError
        When the pack holds no such series, two of them, or one with gaps or values out of range: all at once.
    """
    named = [one for one in country.series.values() if one.quantity == quantity]
    instead = {one.instead for one in named}
    chosen = [one for one in named if one.name not in instead]
    if len(chosen) != 1:
        where = shown(Path(country.folder), Path(country.folder) / FOLDER / LIST_FILE)
        raise MoravaError(Problem(f"{len(chosen)} series give {quantity}", where, "give exactly one"))
    return _load(chosen[0], Path(country.folder) / FOLDER / chosen[0].file)


def _shown_file(one: Series, path: Path) -> str:
    return shown(path.parents[len(Path(one.file).parts)], path)


def column_labels(country: Country, one: Series) -> list[str]:
    """Return the labels of the columns of a series, whatever stands below them.

    Raises
    ------
    MoravaError
        When its file cannot be read.
    """
    return list(_fetch(one, Path(country.folder) / FOLDER / one.file, "LIMIT 0"))


def _fetch(one: Series, path: Path, part: str = "") -> dict[str, Any]:
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            return dict(connection.execute(f"SELECT * FROM read_parquet(?) {part}", [str(path)]).fetchnumpy())
    except duckdb.Error as error:
        where = _shown_file(one, path)
        raise MoravaError(Problem(f"series {one.name} cannot be read ({error})", where, "write it anew")) from error


@cache
def _load(one: Series, path: Path) -> xr.DataArray:  # the record holds the hash: a changed file is read anew
    problems = Problems()
    where = _shown_file(one, path)
    table = _fetch(one, path)
    labels = list(table)
    try:
        values = np.array([np.ma.filled(np.ma.asarray(table[label], dtype=float), np.nan) for label in labels])
    except (TypeError, ValueError) as error:
        raise MoravaError(Problem(f"series {one.name} holds what is no number", where, "write numbers only")) from error
    if not one.columns and len(labels) != 1:
        problems.add(f"series {one.name} has {len(labels)} columns", where, "it is one row of hours: keep one column")
    if values.shape[1] != HOURS_A_YEAR:
        problems.add(
            f"series {one.name} has {values.shape[1]} hours", where, f"a year has {HOURS_A_YEAR}, 29 February left out"
        )
        problems.raise_if_any()
    for label, row in zip(labels, values, strict=True):
        gaps = np.flatnonzero(np.isnan(row))
        if gaps.size:
            problems.add(
                f"series {one.name}, {label}, has {gaps.size} gaps, the first at hour {gaps[0]}", where, "fill them"
            )
        elif one.quantity in MEAN_ONE and abs(row.mean() - 1) > ROUNDING:
            problems.add(
                f"series {one.name}, {label}, has the mean {row.mean():.6g}",
                where,
                "divide it by its mean: it is a shape",
            )
    hours = np.arange(HOURS_A_YEAR).tolist()
    whole = ~np.isnan(values).any(axis=1)
    if one.columns:
        array = labelled(one.quantity, values, {one.columns: labels, "hour": hours})
        check(one.quantity, array[whole], where, problems)
    else:
        array = labelled(one.quantity, values[0], {"hour": hours})
        if whole[0]:
            check(one.quantity, array, where, problems)
    problems.raise_if_any()
    return array
