"""Labelled arrays that agree with the glossary.

Alignment is exact everywhere: xarray drops labels that two arrays do not share without a word unless it is told not
to, so that importing this module sets `arithmetic_join="exact"` for the process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from morava.errors import Problems
from morava.quantities.glossary import find

xr.set_options(arithmetic_join="exact", keep_attrs=False)  # type: ignore[no-untyped-call]


def labelled(name: str, values: Any, coords: Mapping[str, Sequence[Any]] | None = None) -> xr.DataArray:
    """Return values as the array of a quantity, its dimensions in the order of `coords`, its unit from the glossary.

    Parameters
    ----------
    name
        A name of the glossary.
    values
        Numbers (or words, for a quantity of kind `text`), shaped as `coords` says.
    coords
        Labels of each dimension, in order.

    Examples
    --------
    >>> labelled("debt_ratio", [0.5, 0.49], {"year": [2025, 2026]}).sel(year=2026).item()
    0.49
    """
    coords = dict(coords or {})
    quantity = find(name)
    kind = object if quantity.kind == "text" else float
    data = np.asarray(values, dtype=kind)
    return xr.DataArray(data, coords=coords, dims=list(coords), name=name, attrs={"unit": quantity.unit})


def check(name: str, array: xr.DataArray, where: str, problems: Problems) -> None:
    """Note everything in which an array disagrees with its quantity: dimensions, labels, NaN, range, unit.

    Infinity is allowed for kind `date` only, where it says "never"; NaN is a hole and is refused everywhere.
    """
    quantity = find(name)
    dims = [str(dim) for dim in array.dims if dim != "future"]
    if sorted(dims) != sorted(quantity.dims):
        problems.add(
            f"{name} has dimensions {dims}", where, f"the glossary says {list(quantity.dims)}, future being free"
        )
        return
    for dim in array.dims:
        if dim not in array.coords:
            problems.add(f"{name} has no labels on {dim}", where, "give coordinates to every dimension")
        elif array.indexes[dim].has_duplicates:
            problems.add(f"{name} has the same label twice on {dim}", where, "labels of a dimension are unique")
    unit = array.attrs.get("unit")
    if unit is not None and unit != quantity.unit:
        problems.add(f"{name} is marked {unit!r}", where, f"the glossary says {quantity.unit!r}: convert before")
    if quantity.kind == "text" or array.size == 0:
        return
    values = array.to_numpy()
    if np.isnan(values).any():
        place = _first_cell(array, np.isnan(values))
        problems.add(f"{name} has a hole (NaN) at {place}", where, "give the missing value, or leave the label out")
    if quantity.kind != "date" and np.isinf(values).any():
        problems.add(f"{name} is infinite at {_first_cell(array, np.isinf(values))}", where, "only a date may be never")
    for bad, text in (
        (values < (-np.inf if quantity.at_least is None else quantity.at_least), f"below {quantity.at_least}"),
        (
            (values > (np.inf if quantity.at_most is None else quantity.at_most)) & ~np.isinf(values),
            f"above {quantity.at_most}",
        ),
    ):
        if bad.any():
            place = _first_cell(array, bad)
            worst = values[bad][0]
            problems.add(
                f"{name} is {text} at {place}: {worst:.6g} {quantity.unit}",
                where,
                "mend the input, or the plausible range in the glossary if it is too narrow",
            )


def _first_cell(array: xr.DataArray, bad: np.ndarray[Any, Any]) -> str:
    place = np.argwhere(bad)[0]
    return str(
        {
            str(dim): array.coords[dim].to_numpy()[index].item()
            if hasattr(array.coords[dim].to_numpy()[index], "item")
            else array.coords[dim].to_numpy()[index]
            for dim, index in zip(array.dims, place, strict=True)
        }
    )
