"""How much longer an initiative takes: by its reference class, or by the slip ledger; given that it is not finished."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from morava.models.schedule.durations import TwoPieceLognormal, remaining_after, split_at

FloatArray = NDArray[np.float64]


def by_reference_class(
    delay: TwoPieceLognormal,
    planned: FloatArray,
    elapsed: FloatArray,
    promise: FloatArray,
    age: FloatArray,
    z: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return the remaining time by the outside view, and the standard normal number of the delay behind it.

    Total time from the first public promise = planned * factor of the class, given that it is longer than what has
    elapsed, and that the latest promise stands: the chance that it is kept is the class's own chance that a promise is
    kept of which this much has passed, P(factor <= 1 | factor > age / promise). If it is broken, the total time is the
    class's given that it is longer still. Where the latest promise is the first this changes nothing; where it has
    passed or gave no time, only what has elapsed is known.

    Parameters
    ----------
    delay
        [initiative, future], 1. Delay factor of the class of each initiative.
    planned, elapsed
        [initiative, future], month. Time promised at first, and gone since.
    promise, age
        [initiative, future], month. Time that the latest promise gave, and gone since it was made.
    z
        [initiative, future], 1. Standard normal number of the delay before anything is known.

    Returns
    -------
    tuple
        Remaining time in months, and the standard normal number given what is known.
    """
    time = delay.scaled(planned)
    z0 = time.normal(elapsed)
    stands = age < promise
    due = elapsed + np.maximum(promise - age, 0.0)
    kept_so_far = np.divide(age, promise, out=np.ones(stands.shape), where=stands)
    log_broken = log_ndtr(-delay.normal(np.ones(1))) - log_ndtr(-delay.normal(kept_so_far))
    rank = split_at(z, z0, time.normal(due), log_broken)
    # Differences of two nearly equal times may round below nothing; the whole is longer than what is passed.
    return np.maximum(time.quantile(rank) - elapsed, 0.0), rank


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
