"""What can be said of a program before it is solved: columns that cannot move, and rows that are only bounds.

An interior point method needs room inside the bounds. A column that its rows hold at one value has none, though its own
bounds are apart; here it is fixed. A row that holds one column alone becomes a bound of it, and gets its price back
when the rest is solved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from morava.models.power.program import Program

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
PASSES = 20
"""Most rounds of looking for rows that hold one column."""
NARROW = 1e-9
"""Width of bounds, relative, below which a column counts as fixed."""
LEAST_ENTRY = 1e-9
"""Size below which an entry makes no bound of its row."""


@dataclass(frozen=True)
class Reduced:
    """A program with fewer rows and narrower bounds, and how to come back.

    Parameters
    ----------
    program : rows that are left, over all columns
    rows : [row left], its number in the whole program
    passes : for each pass, from the first: rows, columns, values of the entries that became bounds, and whether each
        is what holds the lower, or the upper, end of its column
    contradiction : what cannot be, in words; blank where nothing was found
    """

    program: Program
    rows: Numbers
    passes: tuple[tuple[Numbers, Numbers, Array, npt.NDArray[np.bool_], npt.NDArray[np.bool_]], ...]
    contradiction: str


def reduce_program(program: Program) -> Reduced:
    """Return a program without rows that hold at most one free column."""
    matrix = program.matrix
    pattern = sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
    lower, upper = program.lower.copy(), program.upper.copy()
    left = np.ones(len(program.row_lower), dtype=bool)
    passes = []
    contradiction = ""
    row_lower, row_upper = program.row_lower, program.row_upper
    for _ in range(PASSES):
        free = upper - lower > NARROW * (1 + np.abs(np.where(np.isfinite(lower), lower, 0.0)))
        fixed = np.where(free, 0.0, np.where(np.isfinite(lower), lower, 0.0))
        many = pattern @ free
        # A row without a free column binds nothing; a row with one is a bound.
        single = np.flatnonzero(left & (many == 1))
        empty = left & (many == 0)
        if not len(single) and not empty.any():
            break
        held = matrix @ fixed
        low, high = row_lower - held, row_upper - held
        if (low[empty] > TINY * (1 + np.abs(held[empty]))).any() or (
            high[empty] < -TINY * (1 + np.abs(held[empty]))
        ).any():
            contradiction = "rows whose columns cannot move are not met"
            break
        left &= ~empty
        part = sparse.coo_array(matrix[single])
        row, column = (np.asarray(place, dtype=np.int64) for place in part.coords)
        use = free[column] & (np.abs(part.data) >= LEAST_ENTRY)
        row, column, value = single[row[use]], column[use], part.data[use]
        left[row] = False
        ends = np.stack([low[row] / value, high[row] / value])
        least, greatest = ends.min(axis=0), ends.max(axis=0)
        new_lower, new_upper = lower.copy(), upper.copy()
        np.maximum.at(new_lower, column, least)
        np.minimum.at(new_upper, column, greatest)
        passes.append(
            (row, column, value, (least == new_lower[column]) & (least > lower[column]),
             (greatest == new_upper[column]) & (greatest < upper[column]))
        )  # fmt: skip
        lower, upper = new_lower, new_upper
        crossed = lower > upper + TINY * (1 + np.abs(upper))
        if crossed.any():
            contradiction = "rows leave a column no value"
            break
        upper = np.maximum(upper, lower)
    if not contradiction:
        left &= ~_idle(program, lower, upper)
    rows = np.flatnonzero(left)
    free = upper - lower > NARROW * (1 + np.abs(np.where(np.isfinite(lower), lower, 0.0)))
    smaller = replace(
        program, lower=lower, upper=np.where(free, upper, lower), row_lower=row_lower[rows],
        row_upper=row_upper[rows], matrix=sparse.csr_array(matrix[rows]),
    )  # fmt: skip
    return Reduced(smaller, rows, tuple(passes), contradiction)


TINY = 1e-9
"""What rounding may leave of a row, relative."""


def _idle(program: Program, lower: Array, upper: Array) -> npt.NDArray[np.bool_]:
    """Return which rows no point within the bounds of the columns can break: their price is nothing."""
    rising = sparse.csr_array(program.matrix.maximum(0))
    falling = sparse.csr_array(program.matrix.minimum(0))

    def reach(up: Array, down: Array) -> Array:
        endless = (abs(rising) @ ~np.isfinite(up) + abs(falling) @ ~np.isfinite(down)) > 0
        found = rising @ np.where(np.isfinite(up), up, 0.0) + falling @ np.where(np.isfinite(down), down, 0.0)
        return np.where(endless, np.inf, found)

    most, least = reach(upper, lower), -reach(-lower, -upper)
    return np.asarray((most <= program.row_upper) & (least >= program.row_lower))


def restore_prices(program: Program, reduced: Reduced, prices: Array) -> Array:
    """Return the prices of all rows, from those of the rows that were left: the last row taken away comes first."""
    full = np.zeros(len(program.row_lower))
    full[reduced.rows] = prices
    for row, column, value, holds_lower, holds_upper in reversed(reduced.passes):
        rest = program.cost - program.matrix.T @ full
        price = rest[column]
        use = ((price > 0) & holds_lower) | ((price < 0) & holds_upper)
        # Of several rows that hold the same end of a column, the first has its price.
        _, first = np.unique(column[use], return_index=True)
        chosen = np.flatnonzero(use)[first]
        full[row[chosen]] = price[chosen] / value[chosen]
    return full
