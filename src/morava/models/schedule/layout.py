"""From labelled arrays to plain ones: dimensions in a fixed order, labels in a fixed order, futures last.

The future is the last dimension so that what one stage does in all futures is one contiguous row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from morava.errors import MoravaError, Problem, Problems

Labels = Mapping[str, Sequence[Any]]


def future_labels(arrays: Mapping[str, xr.DataArray]) -> list[Any] | None:
    """Return the labels of the futures that some of the arrays carry; None where none does.

    Raises
    ------
    MoravaError
        Where two arrays speak of different futures.
    """
    found: list[Any] | None = None
    first = ""
    problems = Problems()
    for name, array in arrays.items():
        if "future" not in array.dims:
            continue
        labels = array.indexes["future"].tolist()
        if found is None:
            found, first = labels, name
        elif labels != found:
            problems.add(f"{name} and {first} speak of different futures", "schedule", "draw both for the same futures")
    problems.raise_if_any()
    return found


def in_order(name: str, array: xr.DataArray, labels: Labels) -> xr.DataArray:
    """Return an array with its labels in the order given.

    Raises
    ------
    MoravaError
        Where the array has other dimensions or other labels.
    """
    if sorted(str(dim) for dim in array.dims if dim != "future") != sorted(labels):
        raise MoravaError(
            Problem(f"{name} has dimensions {array.dims}", "schedule", f"give {list(labels)}, future being free")
        )
    problems = Problems()
    picks: dict[str, NDArray[np.intp]] = {}
    for dim, wanted in labels.items():
        place = {label: position for position, label in enumerate(array.indexes[dim].tolist())}
        if set(place) != set(wanted) or array.sizes[dim] != len(wanted):
            odd = ", ".join(sorted(map(str, set(place) ^ set(wanted)))[:8]) or "one twice"
            problems.add(f"{name} has other labels on {dim}: {odd}", "schedule", "give the same labels to all arrays")
        elif list(place) != list(wanted):
            picks[dim] = np.array([place[label] for label in wanted], dtype=np.intp)
    problems.raise_if_any()
    return array.isel(picks) if picks else array


def values_of(array: xr.DataArray, dims: Sequence[str]) -> NDArray[Any]:
    """Return values shaped as `dims` and then [future], one future where the array carries none."""
    carried = ["future"] if "future" in array.dims else []
    values = array.transpose(*dims, *carried).to_numpy()
    return np.ascontiguousarray(values if carried else values[..., np.newaxis])


def plain(name: str, array: xr.DataArray, labels: Labels) -> NDArray[Any]:
    """Return the values of an array with dimensions and labels in order, then [future]."""
    return values_of(in_order(name, array, labels), list(labels))


def one_future(arrays: Mapping[str, xr.DataArray], position: int) -> dict[str, xr.DataArray]:
    """Return the arrays as they stand in one future."""
    return {
        name: array.isel(future=position, drop=True) if "future" in array.dims else array
        for name, array in arrays.items()
    }
