"""Proofs in closed form, which trust no solver: a bound from prices alone, a point row by row, no point, no bound.

For any prices y of rows, with reduced costs r = c - A'y, every point of the program costs at least
`sum of y at the bound of its row that its sign asks for + sum of r at the bound of its column that its sign asks for`
(weak duality; Neumaier and Shcherbina 2004). With c = 0 a positive bound proves that there is no point (Farkas).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.models.power.program import Program

Array = npt.NDArray[np.float64]
ROUNDING = 1e-10
"""Size below which a reduced cost may come from rounding alone."""


def honest_prices(program: Program, prices: Array) -> Array:
    """Return prices of rows without those of a sign that an endless row cannot have."""
    allowed = np.where(np.isfinite(program.row_lower), np.inf, 0.0)
    least = np.where(np.isfinite(program.row_upper), -np.inf, 0.0)
    return np.clip(prices, least, allowed)


def lower_bound(program: Program, prices: Array, cost: Array | None = None) -> tuple[float, float]:
    """Return what every point of the program costs at least, by these prices, and the largest reduced cost left out.

    A reduced cost of the wrong sign at an endless column is taken at the end that the rows imply for it; where they
    imply none it is left out, and only a size of the order of rounding leaves the bound a proof.
    """
    own = program.cost if cost is None else cost
    prices = honest_prices(program, prices)
    reduced = own - program.matrix.T @ prices
    end = np.where(reduced > 0, program.lower, program.upper)
    endless = ~np.isfinite(end)
    loose = np.flatnonzero(endless & (np.abs(reduced) > ROUNDING))
    if len(loose):
        end[loose] = implied_ends(program, loose, reduced[loose] > 0)
        endless = ~np.isfinite(end)
    left_out = float(np.abs(reduced[endless]).max(initial=0.0))
    row_end = np.where(prices > 0, program.row_lower, program.row_upper)
    row_worth = np.where(prices != 0, prices * np.where(np.isfinite(row_end), row_end, 0.0), 0.0)
    worth = np.where(reduced != 0, reduced * np.where(np.isfinite(end), end, 0.0), 0.0)
    constant = program.constant if cost is None else 0.0
    return float(row_worth.sum() + worth.sum()) + constant, left_out


def implied_ends(program: Program, columns: npt.NDArray[np.int64], lowest: npt.NDArray[np.bool_]) -> Array:
    """Return the lowest (or highest) value of columns that any one of their rows allows; infinite where none does."""
    found = np.where(lowest, -np.inf, np.inf)
    by_column = program.matrix.tocsc()
    for place, (column, low) in enumerate(zip(columns.tolist(), lowest.tolist(), strict=True)):
        start, stop = by_column.indptr[column], by_column.indptr[column + 1]
        for row, value in zip(by_column.indices[start:stop].tolist(), by_column.data[start:stop].tolist(), strict=True):
            end = _end_by_row(program, row, column, value, low)
            found[place] = max(found[place], end) if low else min(found[place], end)
    return found


def _end_by_row(program: Program, row: int, column: int, value: float, low: bool) -> float:
    start, stop = program.matrix.indptr[row], program.matrix.indptr[row + 1]
    others, values = program.matrix.indices[start:stop], program.matrix.data[start:stop]
    keep = others != column
    others, values = others[keep], values[keep]
    # value * x = activity - others: the row's upper side and the others' least for the highest of value * x.
    highest = (value > 0) != low
    ends = np.where((values > 0) == highest, program.lower[others], program.upper[others])
    side = program.row_upper[row] if highest else program.row_lower[row]
    rest = float(values @ ends) if np.isfinite(ends).all() else (-np.inf if highest else np.inf)
    return float((side - rest) / value)


def recession(program: Program) -> tuple[Array, Array, Array, Array]:
    """Return the bounds of columns and of rows for directions in which the program has no end, within one."""
    low, high = np.isfinite(program.lower), np.isfinite(program.upper)
    row_low, row_high = np.isfinite(program.row_lower), np.isfinite(program.row_upper)
    return (
        np.where(low, 0.0, -1.0),
        np.where(high, 0.0, 1.0),
        np.where(row_low, 0.0, -np.inf),
        np.where(row_high, 0.0, np.inf),
    )
