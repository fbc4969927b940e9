"""Public debt over GDP: the identity, what keeps it still, and history drawn in blocks of years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from morava.models.money.spending import Array, sum_in_order

Numbers = float | Array
Indices = npt.NDArray[np.int64]


def nominal_growth(growth: Numbers, inflation: Numbers) -> Numbers:
    """Return the growth of GDP in money: the product, not the sum, of growth and inflation.

    Examples
    --------
    >>> round(100 * nominal_growth(0.03, 0.03), 4)
    6.09
    """
    return (1 + growth) * (1 + inflation) - 1


def debt_factor(
    growth: Numbers,
    inflation: Numbers,
    interest_home: Numbers,
    interest_foreign: Numbers,
    depreciation: Numbers,
    foreign_share: Numbers,
) -> Numbers:
    """Return by what interest, the exchange rate and growth multiply the debt ratio within a year.

    `[(1-a)(1+i_d) + a(1+i_f)(1+e)] / [(1+g)(1+pi)]`
    """
    home = (1 - foreign_share) * (1 + interest_home)
    foreign = foreign_share * (1 + interest_foreign) * (1 + depreciation)
    return (home + foreign) / (1 + nominal_growth(growth, inflation))


def next_debt_ratio(debt: Numbers, factor: Numbers, primary_balance: Numbers, stock_flow: Numbers) -> Numbers:
    """Return the debt ratio a year later: `d' = d * factor - pb + sfa`.

    Parameters
    ----------
    debt
        Debt over GDP at the end of the year before.
    factor
        From `debt_factor`.
    primary_balance
        Share of GDP; positive is a surplus and lowers debt.
    stock_flow
        Share of GDP; positive raises debt.

    Examples
    --------
    >>> factor = debt_factor(0.03, 0.03, 0.05, 0.05, 0.0, 0.0)
    >>> round(100 * next_debt_ratio(0.5, factor, 0.0, 0.0), 4)
    49.4863
    """
    return debt * factor - primary_balance + stock_flow


def stabilising_primary_balance(debt: Numbers, factor: Numbers) -> Numbers:
    """Return the primary balance that leaves the debt ratio as it is, without stock-flow adjustment.

    Examples
    --------
    >>> round(100 * stabilising_primary_balance(0.5, debt_factor(0.03, 0.03, 0.05, 0.05, 0.0, 0.0)), 4)
    -0.5137
    """
    return debt * (factor - 1)


def stock_flow_adjustment(debt: Numbers, debt_before: Numbers, factor: Numbers, primary_balance: Numbers) -> Numbers:
    """Return what the identity leaves over in a past year: how `history_stock_flow` is derived.

    Examples
    --------
    >>> round(stock_flow_adjustment(0.52, 0.5, 1.0, -0.01), 4)
    0.01
    """
    return debt - debt_before * factor + primary_balance


def draw_history(draws: Array, length: Array, count: int) -> Indices:
    """Return which past year comes again in each year: moving blocks of consecutive years.

    A block begins in the first year and every `length` years after; the draw of that year says which of the
    `count - length + 1` possible blocks it is, all alike in chance. The draws of the years between are not used.

    Parameters
    ----------
    draws
        [future, year], uniform from 0 to 1.
    length
        [future], whole years, from 1 to `count`.
    count
        Number of past years.

    Returns
    -------
    Indices
        [future, year], from 0 to `count - 1`.

    Examples
    --------
    >>> draw_history(np.array([[0.0, 0.9, 0.99, 0.1]]), np.array([2.0]), 5).tolist()
    [[0, 1, 3, 4]]
    """
    years = length.astype(np.int64)[:, np.newaxis]
    place = np.arange(draws.shape[1])[np.newaxis]
    begin = place // years * years
    rows = max(draws.shape[0], begin.shape[0])
    chosen = np.take_along_axis(
        np.broadcast_to(draws, (rows, draws.shape[1])), np.broadcast_to(begin, (rows, draws.shape[1])), axis=1
    )
    blocks = count - years + 1
    # A draw of exactly one belongs to the last block.
    first = np.minimum(np.floor(chosen * blocks).astype(np.int64), blocks - 1)
    drawn: Indices = first + place - begin
    return drawn


def recall_history(history: Array, years: Indices) -> Array:
    """Return the values of past years in the order drawn.

    Parameters
    ----------
    history
        [future, period], any unit; one row stands for all futures.
    years
        [future, year], from `draw_history`.

    Returns
    -------
    Array
        [future, year], the unit of the history.
    """
    rows = max(history.shape[0], years.shape[0])
    return np.take_along_axis(
        np.broadcast_to(history, (rows, history.shape[1])), np.broadcast_to(years, (rows, years.shape[1])), axis=1
    )


def mean_of_history(history: Array) -> Array:
    """Return the mean of past years, added up year by year: the same bits whoever asks.

    Parameters
    ----------
    history
        [future, period], any unit.

    Returns
    -------
    Array
        [future], the unit of the history.

    Examples
    --------
    >>> mean_of_history(np.array([[0.01, 0.03]])).tolist()
    [0.02]
    """
    mean: Array = sum_in_order(history, axis=-1) / history.shape[-1]
    return mean


def shift_history(drawn: Array, mean: Array, trend: Array, swing: Array) -> Array:
    """Return drawn history moved to another mean: its ups and downs around a trend of the years to come.

    Parameters
    ----------
    drawn
        [future, year], any unit: from `recall_history`.
    mean
        [future], the same: from `mean_of_history`.
    trend
        [future, year], the same.
    swing
        [future], 1: part of the ups and downs that is kept; zero where the trend has its own.

    Returns
    -------
    Array
        [future, year]; what was drawn, bit for bit, where the trend is the mean and all of it is kept.

    Examples
    --------
    >>> drawn, mean, trend = np.array([[0.25, 0.75]]), np.array([0.5]), np.array([[1.0, 0.5]])
    >>> shift_history(drawn, mean, trend, np.array([1.0])).tolist()
    [[0.75, 0.75]]
    >>> shift_history(drawn, mean, trend, np.array([0.0])).tolist()
    [[1.0, 0.5]]
    """
    kept = swing[:, np.newaxis]
    return kept * drawn + (trend - kept * mean[:, np.newaxis])


def grow(initial: Array, growth: Array) -> Array:
    """Return a path of GDP from its start and its growth.

    Parameters
    ----------
    initial
        [future], million money: the year before the first.
    growth
        [future, year], 1.

    Examples
    --------
    >>> grow(np.array([100.0]), np.array([[0.1, 0.0]])).round(6).tolist()
    [[110.0, 110.0]]
    """
    level = initial
    path = []
    for year in range(growth.shape[1]):
        level = level * (1 + growth[:, year])
        path.append(level)
    return np.stack(path, axis=1)


def above_baseline(public_spending: Array, gdp: Array, baseline: Array) -> Array:
    """Return public spending beyond what the state invests anyway, as a share of GDP.

    The baseline is not lowered where the programme is smaller: what the programme leaves of it is spent on other
    things. That is a closure, not a finding.

    Examples
    --------
    >>> above_baseline(np.array([8.0, 2.0]), np.array([100.0, 100.0]), np.array(0.05)).round(6).tolist()
    [0.03, 0.0]
    """
    return np.maximum(public_spending / gdp - baseline, 0.0)


def debt_path(initial: Array, foreign_share: Array, history: Mapping[str, Array], added: Array) -> Array:
    """Return the debt ratio year by year.

    Parameters
    ----------
    initial, foreign_share
        [future], 1.
    history
        [future, year], 1: `growth, inflation, primary_balance, interest, depreciation, stock_flow` as drawn. One
        effective rate of interest stands for debt at home and abroad.
    added
        [future, year], 1: borrowing that history does not hold, as a share of GDP.

    Returns
    -------
    Array
        [future, year], 1.
    """
    debt: Numbers = initial
    path: list[Numbers] = []
    for year in range(added.shape[1]):
        now = {name: values[:, year] for name, values in history.items()}
        factor = debt_factor(
            now["growth"], now["inflation"], now["interest"], now["interest"], now["depreciation"], foreign_share
        )
        debt = next_debt_ratio(debt, factor, now["primary_balance"], now["stock_flow"] + added[:, year])
        path.append(debt)
    return np.stack(np.broadcast_arrays(*path), axis=1)
