"""Futures side by side: arrays with `future` first, of length one where a thing is the same in all of them.

What stands here keeps the bits of a future independent of how many others there are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Record = TypeVar("Record", bound=Any)
"""A frozen dataclass that holds arrays, and perhaps words."""


def total(values: Array, axis: int) -> Array:
    """Return the sum over an axis, along memory, so that its bits depend on no other axis: not on how many futures."""
    summed: Array = np.ascontiguousarray(np.moveaxis(values, axis, -1)).sum(axis=-1)
    return summed


def arrays_of(record: object) -> dict[str, Any]:
    """Return the arrays of a record by name."""
    return {name: value for name, value in vars(record).items() if isinstance(value, np.ndarray)}


def spread(array: Array, futures: npt.NDArray[np.intp]) -> Array:
    """Return an array with one entry for each of some futures."""
    if len(array) == 1:
        return np.ascontiguousarray(np.broadcast_to(array, (len(futures), *array.shape[1:])))
    return np.ascontiguousarray(array[futures])


def spread_all(record: Record, futures: npt.NDArray[np.intp]) -> Record:
    """Return a record with one entry of every array for each of some futures."""
    spread_out: Record = replace(record, **{name: spread(value, futures) for name, value in arrays_of(record).items()})
    return spread_out
