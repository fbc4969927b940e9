"""The slip ledger: by how much announced dates move for every year that passes.

Every milestone ("MOSAIC: launch") is a series of statements: on this day, that date was named. The ledger is one
regression of the date named on the day of the statement, with an intercept for each series and one slope for all. If
dates move by r years a year, a thing promised for R years from now is done when the date stops running away, after
R / (1 - r); with r >= 1 it never is.

A row in which a milestone is reported as reached (date named = day of the statement) belongs in the ledger: the slope
from the first promise to it is exactly the r for which R / (1 - r) is the time that it took.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from morava.errors import MoravaError, Problem

FloatArray = NDArray[np.float64]

COVERAGE = 0.95
"""The interval at which the normal draw and the t interval of few series are made to agree."""


@dataclass(frozen=True)
class SlipRate:
    """The pooled slope and how well it is known.

    `robust_error` is the bias-reduced clustered standard error; `error` is it times t / z at 95 %, so that a normal
    number times `error` covers what a t interval with `degrees_of_freedom` covers. `effective_series` is
    1 / sum(w^2) of the weights of the series. `dropped` counts rows that say nothing about movement.
    """

    estimate: FloatArray
    error: FloatArray
    robust_error: FloatArray
    degrees_of_freedom: FloatArray
    effective_series: FloatArray
    series: int
    dropped: int


def pool_slips(said: FloatArray, date: FloatArray, series: Sequence[str]) -> SlipRate:
    """Return the slope of announced date on statement date, pooled over series that each have their own level.

    With x, y measured from the means of their series, S_g = sum x^2 and w_g = S_g / S: r = sum(xy) / S. Errors of one
    series go together in any way, so the variance is clustered by series, u_g = sum_g x (y - r x), with the
    bias-reduced form (CR2) V = sum u_g^2 / (1 - w_g) / S^2, which is unbiased for independent errors of equal variance
    even with few and unequal series, and degrees of freedom by Satterthwaite.

    Parameters
    ----------
    said
        [promise, ...], year. Day of the statement.
    date
        [promise, ...], year. Date that was named.
    series
        [promise]. What the statement spoke of.

    Raises
    ------
    MoravaError
        Where fewer than two series have statements on two days: no movement, or no way to see how it varies.

    Source
    ------
    Bell and McCaffrey (2002), Survey Methodology 28(2); Imbens and Kolesar (2016), Review of Economics and Statistics
    98(4); the own intercepts may be taken out first: Pustejovsky and Tipton (2018), JBES 36(4), theorem 2 (which has
    an erratum: a test takes the long way).

    Examples
    --------
    >>> said, date = np.array([2020.0, 2022.0, 2021.0, 2023.0]), np.array([2025.0, 2026.0, 2030.0, 2031.2])
    >>> found = pool_slips(said, date, ["a", "a", "b", "b"])
    >>> round(found.estimate.item(), 12), found.series, found.dropped
    (0.55, 2, 0)
    """
    said, date = np.broadcast_arrays(np.asarray(said, dtype=float), np.asarray(date, dtype=float))
    members: dict[str, list[int]] = {}
    for row, name in enumerate(series):
        members.setdefault(str(name), []).append(row)
    squares: list[FloatArray] = []
    products: list[FloatArray] = []
    dropped = 0
    for _, rows in sorted(members.items()):
        if len(rows) < 2 or (said[rows] == said[rows[0]]).all():
            dropped += len(rows)
            continue
        x, y = _from_mean(said[rows]), _from_mean(date[rows])
        squares.append(_add_up(x * x))
        products.append(_add_up(x * y))
    if len(squares) < 2:
        raise MoravaError(
            Problem(
                f"the slip ledger has {len(squares)} series with statements on two days",
                "slip_said, slip_date, slip_series",
                "write down two dated statements for each of at least two milestones; more make the rate surer",
            )
        )
    return _pool(np.array(squares), np.array(products), dropped)


def _pool(squares: FloatArray, products: FloatArray, dropped: int) -> SlipRate:
    total = _add_up(squares)
    estimate = _add_up(products) / total
    weight = squares / total
    score = products - estimate * squares
    robust = np.sqrt(_add_up(score**2 / (1 - weight))) / total
    concentration = _add_up(weight**2)
    leverage = weight**2 / (1 - weight)
    freedom = 1 / (concentration + _add_up(leverage) ** 2 - _add_up(leverage**2))
    widening = stdtrit(freedom, (1 + COVERAGE) / 2) / ndtri((1 + COVERAGE) / 2)
    return SlipRate(
        estimate=estimate,
        error=robust * widening,
        robust_error=robust,
        degrees_of_freedom=freedom,
        effective_series=1 / concentration,
        series=len(squares),
        dropped=dropped,
    )


def _from_mean(values: FloatArray) -> FloatArray:
    return values - _add_up(values) / len(values)


def _add_up(values: FloatArray) -> FloatArray:
    """Sum over the first axis one by one: numpy's order of summation would depend on how many futures stand beside."""
    total = np.zeros(values.shape[1:])
    for row in values:
        total = total + row
    return total
