"""Quantities as Parquet tables in long form: dimensions as columns, sorted; one file a quantity and chunk.

Tables of one quantity are read together, some chunks at a time: opening thousands of small files one by one took most
of the time in which a run is read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import xarray as xr

from morava.quantities import find

FILES_AT_ONCE = 16
"""Labels are words while they are read, and take many times the room of the values."""


def write_values(values: Mapping[str, xr.DataArray], folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write each quantity into a file of its own; equal values give equal bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in sorted(values.items()):
        table = _table(array)
        dims = [column for column in table.columns if column != "value"]
        select = ", ".join(
            f'"{dim}"::VARCHAR AS "{dim}"' if table[dim].dtype == "category" else f'"{dim}"' for dim in dims
        )
        connection.register("long_table", table)
        target = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(
            f"COPY (SELECT {select}, value FROM long_table) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
        connection.unregister("long_table")


def _table(array: xr.DataArray) -> pd.DataFrame:
    dims = [str(dim) for dim in array.dims]
    array = array.sortby(dims)
    labels = [array.coords[dim].to_numpy() for dim in dims]
    places = np.indices(array.shape, dtype=np.int32)
    columns: dict[str, object] = {}
    for dim, label, place in zip(dims, labels, places, strict=True):
        if label.dtype.kind in "iu":
            columns[dim] = label.astype(np.int32)[place.ravel()]
        else:
            columns[dim] = pd.Categorical.from_codes(place.ravel(), categories=pd.Index([str(name) for name in label]))
    columns["value"] = array.to_numpy().ravel()
    return pd.DataFrame(columns)


def read_values(
    folders: Mapping[Path, Mapping[str, Sequence[str]]], connection: duckdb.DuckDBPyConnection
) -> dict[str, xr.DataArray]:
    """Return every quantity over the futures of all folders that hold it, in the order of the folders.

    Parameters
    ----------
    folders
        Of each folder, the dimensions of the quantities that it holds, `future` first.

    Raises
    ------
    ValueError
        When tables are not whole, or those of different folders do not fit together.
    """
    names = dict.fromkeys(name for dims in folders.values() for name in dims)
    return {
        name: _read_quantity(name, {folder: dims[name] for folder, dims in folders.items() if name in dims}, connection)
        for name in names
    }


def _read_quantity(
    name: str, orders: Mapping[Path, Sequence[str]], connection: duckdb.DuckDBPyConnection
) -> xr.DataArray:
    order = next(iter(orders.values()))
    if order[0] != "future" or any(other != order for other in orders.values()):
        raise ValueError(f"{name} has dimensions {' and '.join(str(list(own)) for own in orders.values())}")
    files = [str(folder / f"{name}.parquet") for folder in orders]
    parts, data = [], []
    for first in range(0, len(files), FILES_AT_ONCE):
        some = files[first : first + FILES_AT_ONCE]
        query = connection.execute("SELECT * FROM read_parquet(?, file_row_number = true)", [some])
        table = {column: np.asarray(values) for column, values in query.fetchnumpy().items()}
        starts = np.flatnonzero(table["file_row_number"] == 0).tolist()
        if len(starts) != len(some):
            raise ValueError(f"a table of {name} has no rows")
        parts += [
            _coords(name, {dim: table[dim][begin:end] for dim in order})
            for begin, end in pairwise([*starts, len(table["value"])])
        ]
        data.append(table["value"].astype(float, copy=False))
    for dim in order[1:]:
        if any(not np.array_equal(part[dim], parts[0][dim]) for part in parts):
            raise ValueError(f"{name} has other labels of {dim} in one chunk than in another")
    coords = parts[0] | {"future": np.concatenate([part["future"] for part in parts])}
    values = np.concatenate(data).reshape([len(coords[dim]) for dim in order])
    return xr.DataArray(values, coords=coords, dims=list(order), name=name, attrs={"unit": find(name).unit})


def _coords(name: str, columns: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the labels of the dimensions of a sorted table, outermost first."""
    rows = block = len(next(iter(columns.values())))
    coords = {}
    for dim, column in columns.items():
        coords[dim], block = _labels(column, block)
    if math.prod(len(labels) for labels in coords.values()) != rows:
        raise ValueError(f"a table of {name} is not whole")
    return coords


def _labels(column: np.ndarray, block: int) -> tuple[np.ndarray, int]:
    """Return the labels of a dimension, and how many rows each of them fills in a sorted table.

    Only the first block of rows is looked at: the dimensions before hold one label there. Whole numbers stay whole.
    """
    first = column[:block]
    starts = np.concatenate([[0], np.flatnonzero(first[1:] != first[:-1]) + 1])
    labels = first[starts]
    return labels.astype(np.int64) if labels.dtype.kind in "iu" else labels.astype(object), block // len(starts)
