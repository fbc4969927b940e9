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
    """Return a path as it was some years earlier, straight between the ends of years, level before the first.

    Parameters
    ----------
    capacity : [..., year], at the ends of consecutive years
    lag : [...], years

    Examples
    --------
    >>> delayed(np.array([0.0, 100.0, 100.0]), np.array(0.5)).tolist()
    [0.0, 50.0, 100.0]
    """
    years = capacity.shape[-1]
    place = np.clip(np.arange(years) - np.asarray(lag)[..., None], 0, years - 1)
    place = np.broadcast_to(place, capacity.shape)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, years - 1)
    share = place - low
    return np.asarray(
        np.take_along_axis(capacity, low, -1) * (1 - share) + np.take_along_axis(capacity, high, -1) * share
    )


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


def overhead(temperature: Array, fixed: float, load: float, slope: float, threshold: float, use: Array) -> Array:
    """Return the power usage effectiveness in each hour: energy of the site over that of its computers.

    Part of the overhead is there at any load (fixed, a share of what is installed), part grows with the load, part with
    every degree above a threshold: 1 + load + slope * max(0, T - threshold) + fixed / use.
    """
    return np.asarray(1 + load + slope * np.maximum(temperature - threshold, 0) + fixed / use)
