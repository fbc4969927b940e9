"""Hourly series of a pack: shapes too long for a table of facts, each a Parquet file with its record beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.types import STATUSES, Country, Mend, Series
from morava.plans.yaml_file import read_yaml
from morava.quantities import check, find, glossary, labelled

FOLDER, LIST_FILE = "series", "series.yaml"
HOURS_A_YEAR = 8760
KEYS = ("quantity", "file", "columns", "sources", "status", "borrowed", "mends", "instead")
MEAN_ONE = ("power_load_shape", "inflow_shape", "border_price_shape")
"""Shapes that only say how a known total is spread: their mean is one."""
ROUNDING = 1e-4
"""How far a mean of 8,760 numbers of single precision may lie from one."""


def read_series(folder: Path, sources: Mapping[str, object], problems: Problems) -> dict[str, Series]:
    """Return the series of a pack by name; none where it has no folder of them.

    A series whose sub-folder is not there (data under another licence, left out) gives way to the one that `instead`
    names.

    Parameters
    ----------
    folder
        Folder of the pack.
    sources
        Sources of the pack, by name.
    """
    listing = folder / FOLDER / LIST_FILE
    if not listing.is_file():
        if (folder / FOLDER).exists():
            problems.add(f"{FOLDER} holds no {LIST_FILE}", str(listing), "list every series, or take the folder away")
        return {}
    found: dict[str, Series] = {}
    entries: Any = {}
    with problems.collecting():
        entries = read_yaml(listing, f"{FOLDER}/{LIST_FILE}").data or {}
    for name, entry in entries.items():
        where = f"{FOLDER}/{LIST_FILE}, {name}"
        if not isinstance(entry, dict) or set(entry) - set(KEYS) or not {"quantity", "file"} <= set(entry):
            problems.add(f"series {name} is not written as a series", where, f"keys are {', '.join(KEYS)}")
            continue
        one = _read_one(folder / FOLDER, str(name), entry, sources, where, problems)
        if one is not None:
            found[str(name)] = one
    absent = {name for name, one in found.items() if not one.sha256}
    for name in sorted(absent):
        other = found[name].instead
        if other not in found or other in absent:
            problems.add(
                f"the file of series {name} is not there",
                f"{FOLDER}/{found[name].file}",
                "put it back, or name another",
            )
    return {name: one for name, one in found.items() if name not in absent}


def _read_one(
    folder: Path, name: str, entry: Mapping[str, Any], sources: Mapping[str, object], where: str, problems: Problems
) -> Series | None:
    quantity, file, columns = (str(entry.get(key) or "") for key in ("quantity", "file", "columns"))
    if quantity not in glossary() or "hour" not in find(quantity).dims:
        hourly = [known for known, one in glossary().items() if "hour" in one.dims]
        problems.add(f"{quantity} is no hourly quantity", where, nearest(quantity, hourly))
        return None
    wanted = [dim for dim in find(quantity).dims if dim != "hour"]
    if ([columns] if columns else []) != wanted:
        problems.add(f"columns of {name} are {columns!r}", where, f"the glossary says {wanted}")
        return None
    path = Path(file)
    if path.is_absolute() or ".." in path.parts or path.suffix != ".parquet":
        problems.add(f"{file} is no file of the pack", where, "name a .parquet file inside the folder of series")
        return None
    for source in entry.get("sources") or []:
        if str(source) not in sources:
            problems.add(f"there is no source {source!r}", where, nearest(str(source), list(sources)))
    status = str(entry.get("status") or "")
    if status not in STATUSES:
        problems.add(f"status {status!r} is unknown", where, f"use one of {', '.join(STATUSES)}")
    target = folder / path
    dropped = len(path.parts) > 1 and not target.parent.exists() and bool(entry.get("instead"))
    if not target.is_file() and not dropped:
        problems.add(f"there is no file {file}", where, "put it there, or take the series away")
        return None
    return Series(
        name=name,
        quantity=quantity,
        file=file,
        columns=columns,
        sources=tuple(str(source) for source in entry.get("sources") or []),
        status=status,
        borrowed=str(entry.get("borrowed") or ""),
        mends=tuple(Mend(str(mend["what"]), str(mend["why"])) for mend in entry.get("mends") or []),
        instead=str(entry.get("instead") or ""),
        sha256="" if dropped else hashlib.sha256(target.read_bytes()).hexdigest(),
    )


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
        raise MoravaError(Problem(f"{len(chosen)} series give {quantity}", f"{FOLDER}/{LIST_FILE}", "give exactly one"))
    return _load(chosen[0], Path(country.folder) / FOLDER / chosen[0].file)


@cache
def _load(one: Series, path: Path) -> xr.DataArray:  # the record holds the hash: a changed file is read anew
    problems = Problems()
    where = f"{FOLDER}/{one.file}"
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            table = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchnumpy()
    except duckdb.Error as error:
        raise MoravaError(Problem(f"series {one.name} cannot be read ({error})", where, "write it anew")) from error
    labels = list(table)
    values = np.array([np.ma.filled(np.ma.asarray(table[label], dtype=float), np.nan) for label in labels])
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
    hours = np.arange(HOURS_A_YEAR)
    if one.columns:
        array = labelled(one.quantity, values, {one.columns: labels, "hour": hours})
    else:
        array = labelled(one.quantity, values[0], {"hour": hours})
    if not np.isnan(values).any():
        check(one.quantity, array, where, problems)
    problems.raise_if_any()
    return array
