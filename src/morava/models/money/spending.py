"""When money is spent: the Norden-Rayleigh curve between the start of spending and the finish."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

NORDEN_RAYLEIGH_SHAPE = 3.5
"""The `a t_f^2` of E(t) = 1 - exp(-a t^2) in the Norden-Rayleigh model of project spending: part of the curve."""


def norden_rayleigh(time: npt.ArrayLike, duration: npt.ArrayLike) -> Array:
    """Return the share spent by a time on the published curve, which reaches 96.98 percent at its duration.

    Parameters
    ----------
    time
        Any shape, years since the start.
    duration
        Same shape, years; positive.

    Examples
    --------
    >>> round(100 * float(norden_rayleigh(4.0, 4.0)), 2)
    96.98
    """
    progress = np.asarray(time, float) / np.asarray(duration, float)
    share: Array = -np.expm1(-NORDEN_RAYLEIGH_SHAPE * np.square(progress))
    return share


def share_spent(moment: npt.ArrayLike, start: npt.ArrayLike, finish: npt.ArrayLike) -> Array:
    """Return the share of the money spent by a moment: the curve scaled to one at the finish.

    Nothing flows before the start. Where the finish does not come after the start everything is paid at the start.

    Parameters
    ----------
    moment, start, finish
        Shapes that broadcast, decimal years; the finish is not infinite.

    Examples
    --------
    >>> share_spent([2026.0, 2028.0, 2030.0, 2031.0], 2026.0, 2030.0).round(4).tolist()
    [0.0, 0.6013, 1.0, 1.0]
    """
    moment, start, finish = (np.asarray(item, float) for item in (moment, start, finish))
    span = finish - start
    lasts = span > 0
    progress = (moment - start) / np.where(lasts, span, 1.0)
    inside = np.minimum(np.maximum(progress, 0.0), 1.0)
    curve = norden_rayleigh(inside, 1.0) / norden_rayleigh(1.0, 1.0)
    return np.where(lasts, np.where(progress >= 1, 1.0, curve), np.where(moment > start, 1.0, 0.0))


def share_kept(endless: Array, as_of: Array, start: Array, promised: Array) -> Array:
    """Return the share of the cost that is ever spent: all of it, or what was gone before a cancelled one ends.

    A cancelled initiative spends nothing from the day on which the future begins. If its money began to flow
    before that day, what the curve of its latest promise had spent by then is lost.

    Parameters
    ----------
    endless
        [initiative], 1 where the finish is infinite, else 0.
    as_of
        [], decimal year.
    start, promised
        [initiative], decimal years.

    Examples
    --------
    >>> year = np.array([2026.0, 2027.0])
    >>> share_kept(np.array([1.0, 1.0]), np.array(2026.5), year, np.array([2028.0, 2030.0])).round(4).tolist()
    [0.2026, 0.0]
    """
    return np.where(endless > 0, share_spent(as_of, start, promised), 1.0)


def sum_in_order(parts: Array, axis: int) -> Array:
    """Return a sum added up label by label, so that its bits do not depend on how many futures lie beside it.

    `numpy.sum` chooses its order of additions by the shape and layout of the whole array.

    Examples
    --------
    >>> sum_in_order(np.array([[1.0, 2.0], [3.0, 4.0]]), axis=1).tolist()
    [3.0, 7.0]
    """
    turned = np.moveaxis(parts, axis, 0)
    total = np.zeros(turned.shape[1:])
    for part in turned:
        total = total + part
    return total


def sum_by_weight(spending: Array, weights: Array) -> Array:
    """Return money by lender (or envelope) and year from money by initiative and year.

    Parameters
    ----------
    spending
        [future, initiative, year], million money / year.
    weights
        [future, initiative, lender], 1. Either may have one row for all futures.

    Returns
    -------
    Array
        [future, lender, year], million money / year.
    """
    futures = np.broadcast_shapes(spending.shape[:1], weights.shape[:1])
    found = np.zeros((*futures, weights.shape[2], spending.shape[2]))
    for initiative in range(weights.shape[1]):
        # A weight of zero in every future adds zero, which changes no bit: left out for speed.
        for lender in np.flatnonzero((weights[:, initiative] != 0).any(axis=0)):
            found[:, lender] += spending[:, initiative] * weights[:, initiative, lender, np.newaxis]
    return found
