"""How much longer an initiative takes: by its reference class, or by the slip ledger; given that it is not finished."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from morava.models.schedule.durations import TwoPieceLognormal, remaining_after

FloatArray = NDArray[np.float64]


def by_reference_class(
    delay: TwoPieceLognormal, planned: FloatArray, elapsed: FloatArray, z: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the remaining time by the outside view, and the standard normal number of the delay behind it.

    Total time from the first public promise = planned * factor of the class, given that it is longer than what has
    elapsed.

    Parameters
    ----------
    delay
        [initiative, future], 1. Delay factor of the class of each initiative.
    planned, elapsed
        [initiative, future], month. Time promised at first, and gone since.
    z
        [initiative, future], 1. Standard normal number of the delay before anything is known.

    Returns
    -------
    tuple
        Remaining time in months, and the standard normal number given that the initiative is not finished.
    """
    return remaining_after(delay.scaled(planned), elapsed, z)


def by_slip_ledger(
    delay: TwoPieceLognormal, promise: FloatArray, age: FloatArray, rate: FloatArray, z: FloatArray
) -> FloatArray:
    """Return the remaining time by the ledger of broken promises, in months; +inf where dates run away for ever.

    Time from the latest promise has the median R / (1 - r) and the relative spread of the class, and is longer than
    the age of the promise.

    Parameters
    ----------
    delay
        [initiative, future], 1. Delay factor of the class; only its spread is used, its bias being what the slip rate
        stands for.
    promise, age
        [initiative, future], month. Time that the latest promise gave, positive, and time gone since it was made.
    rate
        [future], 1. Years by which announced dates move a year.
    z
        [initiative, future], 1. Standard normal number of the delay.
    """
    never = np.broadcast_to(rate >= 1, np.broadcast_shapes(rate.shape, promise.shape, z.shape))
    gap = np.where(rate >= 1, 1.0, 1.0 - rate)
    left, _ = remaining_after(delay.with_median(promise / gap), age, z)
    return np.where(never, np.inf, left)
