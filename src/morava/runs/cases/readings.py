"""What a case computes, and the draws that some of them need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.plans.draws import draw
from morava.plans.types import Distribution, Futures, Uncertainty

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """A number, and its standard error where it comes from draws."""

    value: float
    error: float | None = None


def mean_of(values: Array) -> Reading:
    """Return a mean with its standard error."""
    return Reading(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))))


def variance_of(values: Array) -> Reading:
    """Return a variance with its standard error, whatever the distribution."""
    variance = float(values.var(ddof=1))
    fourth = float(np.mean((values - values.mean()) ** 4))
    return Reading(variance, float(np.sqrt((fourth - variance**2) / len(values))))


def deviation_of(values: Array) -> Reading:
    """Return a standard deviation with its standard error."""
    variance = variance_of(values)
    deviation = float(np.sqrt(variance.value))
    return Reading(deviation, float(variance.error or 0.0) / (2 * deviation))


def share_of(holds: npt.NDArray[np.bool_]) -> Reading:
    """Return in which share of futures something holds, with its standard error."""
    share = float(holds.mean())
    return Reading(share, float(np.sqrt(share * (1 - share) / len(holds))))


def draw_streams(names: Sequence[str], futures: int, seed: int) -> Array:
    """Return a stream of uniform numbers a name, [name, future], from the draws that runs use."""
    uniform = Uncertainty(
        name="case",
        title="",
        column=None,
        each=("item",),
        distribution=Distribution("uniform", {"low": 0.0, "high": 1.0}, (), ()),
        conflict="",
        quantity="",
        verb="",
        unit="1",
        where={},
        status="assumed",
        source="",
        because="",
    )
    file = Futures("cases", seed, {"case": uniform}, {})
    found = draw(file, seed, np.arange(futures), {"item": list(names)}, {})["case"]
    return np.ascontiguousarray(found.to_numpy().T)
