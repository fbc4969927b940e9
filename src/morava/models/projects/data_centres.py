"""Data centres: from installed to powered to used capacity, and what they draw hour by hour."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
HOURS_A_DAY = 24
HALF = 0.5
POINTS = 24
"""Points of a year's fill over which the mean is taken."""


def delayed(capacity: Array, lag: Array) -> Array:
    """Return what of a path has stood for some years: as it was then, and never more than it is now.

    Straight between the ends of years, level before the first.

    Parameters
    ----------
    capacity : [..., year], at the ends of consecutive years
    lag : [...], years

    Examples
    --------
    >>> delayed(np.array([0.0, 100.0, 100.0]), np.array(0.5)).tolist()
    [0.0, 50.0, 100.0]
    >>> delayed(np.array([100.0, 100.0, 20.0]), np.array(1.0)).tolist()
    [100.0, 100.0, 20.0]
    """
    years = capacity.shape[-1]
    place = np.clip(np.arange(years) - np.asarray(lag)[..., None], 0, years - 1)
    place = np.broadcast_to(place, capacity.shape)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, years - 1)
    share = place - low
    then = np.take_along_axis(capacity, low, -1) * (1 - share) + np.take_along_axis(capacity, high, -1) * share
    return np.asarray(np.minimum(then, capacity))


def filled(powered: Array, time: Array) -> Array:
    """Return how much of what has power is filled with computers: each part fills evenly over some years.

    Examples
    --------
    >>> filled(np.array([100.0, 100.0]), np.array(2.0)).tolist()
    [100.0, 100.0]
    """
    total = np.zeros(np.broadcast_shapes(powered.shape, (*np.shape(time), powered.shape[-1])))
    for point in range(POINTS):
        total = total + delayed(powered, np.asarray(time) * (point + HALF) / POINTS)
    return total / POINTS


def day_shape(swing: float, peak_hour: float) -> Array:
    """Return the course of inference over a day, mean one: [24].

    Examples
    --------
    >>> round(float(day_shape(0.3, 19.0)[19]), 2)
    1.3
    """
    hours = np.arange(HOURS_A_DAY)
    return np.asarray(1 + swing * np.cos(2 * np.pi * (hours - peak_hour) / HOURS_A_DAY))


def site_draw(temperature: Array, fixed: float, load: float, slope: float, threshold: float, use: Array) -> Array:
    """Return what a site draws in each hour over the power of its computers: use times the power usage effectiveness.

    Part of the overhead is there at any use (fixed, a share of what is installed), so that a site which computes
    nothing still draws it; part grows with the use, part of that with every degree above a threshold.
    """
    return np.asarray(use * (1 + load + slope * np.maximum(temperature - threshold, 0)) + fixed)
