"""When the state must pay what it guaranteed."""

from __future__ import annotations

import numpy as np

from morava.models.money.spending import Array, sum_in_order


def guarantee_is_called(draw: Array, probability: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return where a guarantee is called: where its uniform draw lies below the probability.

    Examples
    --------
    >>> guarantee_is_called(np.array([0.05, 0.1, 0.5]), np.array(0.1)).tolist()
    [True, False, False]
    """
    return draw < probability


def guarantees_by_year(exposure: Array, draw: Array, probability: Array, finish: Array, years: Array) -> Array:
    """Return the debt of others that the state takes over, in the calendar year of the finish.

    Parameters
    ----------
    exposure
        [future, initiative], million money: what was borrowed under the guarantee.
    draw
        [future, initiative], 1.
    probability
        [future, 1], 1.
    finish
        [future, initiative], decimal years; infinite where cancelled: nothing falls due.
    years
        [year], calendar years of the grid.

    Returns
    -------
    Array
        [future, year], million money / year.

    Examples
    --------
    >>> one = np.ones((1, 1))
    >>> guarantees_by_year(90 * one, 0.05 * one, 0.1 * one, 2027.4 * one, np.array([2026.0, 2027.0])).tolist()
    [[0.0, 90.0]]
    """
    due = np.floor(finish)[..., np.newaxis] == years
    called = guarantee_is_called(draw, probability)[..., np.newaxis] & due
    return sum_in_order(np.where(called, exposure[..., np.newaxis], 0.0), axis=1)
