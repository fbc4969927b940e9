"""Columns, rows and costs added to the program that linopy holds, by the numbers of its columns.

Linopy's own arithmetic joins over labels, and what it does there is about to change; numbers of columns in plain arrays
mean the same in every version.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from morava.exchange.pypsa_library import load_pypsa

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Term = tuple[npt.ArrayLike, npt.ArrayLike]
"""Numbers of columns and their factors; they are spread over the rows that they stand in."""


class Rows:
    """What is added to a linopy model, [period, hour] in the order of its snapshots."""

    def __init__(self, model: Any, periods: int) -> None:
        self.model = model
        self.periods = periods
        self._linopy = load_pypsa("linopy")

    def hourly(self, variable: str, name: str) -> Numbers:
        """Return the numbers of a variable of a component, [period, hour]; -1 where it does not stand."""
        labels = self.model.variables[variable].labels.transpose("name", "snapshot")
        return np.asarray(labels.to_numpy()[_place(labels, name)], dtype=np.int64).reshape(self.periods, -1)

    def nominal(self, variable: str, name: str) -> int:
        """Return the number of the capacity of a component."""
        labels = self.model.variables[variable].labels
        return int(labels.to_numpy()[_place(labels, name)])

    def columns(self, name: str, shape: Sequence[int], cost: npt.ArrayLike = 0.0) -> Numbers:
        """Add columns from zero up; return their numbers in the given shape."""
        size = int(np.prod(shape))
        added = self.model.add_variables(lower=0, coords=[pd.RangeIndex(size, name=_row(name))], name=name)
        numbers = np.asarray(added.labels.to_numpy(), dtype=np.int64).reshape(shape)
        price = np.broadcast_to(np.asarray(cost, dtype=float), shape)
        if price.any():
            data = {"coeffs": (("_term",), price.ravel()), "vars": (("_term",), numbers.ravel())}
            self.model.objective = self.model.objective.expression + self._expression(data)
        return numbers

    def add(self, name: str, terms: Sequence[Term], sign: str, bound: npt.ArrayLike) -> None:
        """Add a row for each place of the terms spread over each other."""
        pairs = [np.broadcast_arrays(np.asarray(places), np.asarray(by, dtype=float)) for places, by in terms]
        shape = np.broadcast_shapes(np.shape(bound), *(places.shape for places, _ in pairs))
        places, factors = (
            np.stack([np.broadcast_to(pair[side], shape).ravel() for pair in pairs], axis=-1) for side in (0, 1)
        )
        self.add_sums(name, places, factors, sign, np.broadcast_to(np.asarray(bound, dtype=float), shape).ravel())

    def add_sums(self, name: str, places: Numbers, factors: Array, sign: str, bound: Array) -> None:
        """Add rows of many terms, [row, term]; those with an infinite bound, [row], are left out."""
        kept = np.isfinite(bound)
        if not kept.any():
            return
        over = (_row(name), "_term")
        self.model.add_constraints(
            self._expression({"coeffs": (over, factors[kept]), "vars": (over, places[kept])}),
            sign,
            xr.DataArray(bound[kept], dims=_row(name)),
            name=name,
        )

    def _expression(self, data: dict[str, Any]) -> Any:
        return self._linopy.LinearExpression(xr.Dataset(data), self.model)


def _row(name: str) -> str:
    return f"row of {name}"


def _place(labels: xr.DataArray, name: str) -> int:
    place = labels.get_index("name").get_loc(name)
    assert isinstance(place, int)
    return place
