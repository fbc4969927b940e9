"""A primal-dual interior point method with predictor and corrector (Mehrotra 1992), on a program in stages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.newton import Newton

Array = npt.NDArray[np.float64]
MOST_ITERATIONS = 120
"""Serbia takes about forty; what takes three times as many does not converge."""
ENDLESS = 1e10
"""Size of cost or bound, relative to the first, from which on they are taken to have no end."""
SHARE_OF_STEP = 0.995
"""Part of the way to the nearest bound that a step may take."""
LEAST_PRICE = 1e-2
"""Smallest product of a bound and its price at the start, scaled: without costs there would be none."""
LEAST = 1e-12
"""Smallest shrinking that a step is divided by."""
MOST_WRONG = 1e-8
"""Largest reduced cost, scaled, of the wrong sign at an endless column."""


@dataclass(frozen=True)
class Course:
    """How an interior point method ended."""

    converged: bool
    iterations: int
    gap: float
    row_gap: float

    def words(self) -> str:
        """Return how far it came."""
        return f"cost and bound are {self.gap:.1e} apart, and rows are missed by {self.row_gap:.1e}"


def start(newton: Newton) -> int:
    """Put the point inside its bounds, near the rows; return how many bounds have a price.

    Columns begin where a barrier would hold them if rows had no price: dear ones near their lower end. From there they
    move to the rows by the least squares that the same barrier weighs (Mehrotra 1992), and prices of bounds are put so
    that all products with the distance to the bound are alike.
    """
    for part in newton.state:
        part[:] = 0
    border, data, state, work = newton.border, newton.data, newton.state, newton.work
    border.y, border.low, border.high = np.zeros(len(border.y)), np.zeros(len(border.x)), np.zeros(len(border.x))
    state.x[:] = centre(data.cost, data.lower, data.upper, typical(data.cost, data.lower, data.upper))
    border.x = centre(border.cost, border.lower, border.upper, typical(border.cost, border.lower, border.upper))
    newton.residuals()
    work.theta[:] = weight(state.x, data.lower, data.upper)
    border.theta = weight(border.x, border.lower, border.upper)
    newton.factorise()
    work.column_gap[:] = 0
    border.column_gap = np.zeros(len(border.x))
    newton.solve(0.0, False)
    state.x[:] = inside(state.x, work.move, data.lower, data.upper)
    border.x = inside(border.x, border.move, border.lower, border.upper)
    work.column_gap[:] = data.cost
    border.column_gap = border.cost.copy()
    work.row_gap[:] = 0
    border.row_gap = np.zeros(len(border.y))
    newton.solve(0.0, False)
    state.y[:] = work.price_move
    border.y = border.price_move
    newton.residuals()
    size = typical(work.column_gap, data.lower, data.upper)
    state.low[:], state.high[:] = prices(state.x, data.lower, data.upper, size)
    edge = max(size, typical(border.cost, border.lower, border.upper)) if len(border.x) else 1.0
    border.low, border.high = prices(border.x, border.lower, border.upper, edge)
    return sum(int((part > 0).sum()) for part in (state.low, state.high, border.low, border.high))


def typical(cost: Array, lower: Array, upper: Array) -> float:
    """Return what a column is typically worth: its cost over its range, within one."""
    width = np.minimum(upper - lower, 1.0)
    worth = (np.abs(cost) * width)[(width > 0) & (cost != 0)]
    return max(float(worth.mean()), LEAST_PRICE) if len(worth) else 1.0


def centre(cost: Array, lower: Array, upper: Array, size: float) -> Array:
    """Return where a barrier of this size holds columns against their cost."""
    low, high = np.isfinite(lower), np.isfinite(upper)
    width = np.where(low & high, upper - np.where(low, lower, 0.0), 1.0)
    slope = cost * width / size
    part = 2 / (np.abs(slope) + 2 + np.sqrt(np.square(slope) + 4))
    part = np.where(slope < 0, 1 - part, part) * width
    return np.select(
        [low & high, low, high], [np.where(low, lower, 0.0) + part, np.where(low, lower, 0.0) + 2 * part,
        np.where(high, upper, 0.0) - 2 * (width - part)], 0.0,
    )  # fmt: skip


def weight(x: Array, lower: Array, upper: Array) -> Array:
    """Return how easily each column moves at the start."""
    with np.errstate(divide="ignore"):
        stiff = np.square(1 / np.minimum(x - lower, 1e3)) + np.square(1 / np.minimum(upper - x, 1e3))
    return np.where(upper > lower, 1 / np.where(upper > lower, stiff, 1.0), 0.0)


def inside(x: Array, move: Array, lower: Array, upper: Array) -> Array:
    """Return points moved, but never nearer to an end than a tenth of what they were."""
    with np.errstate(invalid="ignore"):
        kept = np.clip(x + move, np.where(np.isfinite(lower), x - 0.9 * (x - lower), -np.inf),
                       np.where(np.isfinite(upper), x + 0.9 * (upper - x), np.inf))  # fmt: skip
    return np.where(upper > lower, kept, lower)


def prices(x: Array, lower: Array, upper: Array, size: float) -> tuple[Array, Array]:
    """Return prices of bounds whose product with the distance to the bound is the same everywhere."""
    live = upper > lower
    low, high = live & np.isfinite(lower), live & np.isfinite(upper)
    return (
        np.where(low, size / np.where(low, x - lower, 1.0), 0.0),
        np.where(high, size / np.where(high, upper - x, 1.0), 0.0),
    )


def follow(newton: Newton, gap: float, tolerance: float) -> Course:
    """Follow the central path until bound and cost meet within `gap`, relative, and rows within `tolerance`."""
    bounds = max(start(newton), 1)
    course = Course(False, 0, np.inf, np.inf)
    first = 1.0
    for iteration in range(MOST_ITERATIONS):
        newton.residuals()
        cost, bound, products, row_gap, column_gap, wrong = newton.measure()
        size = abs(cost) + abs(bound)
        first = 1.0 + size if iteration == 0 else first
        found = abs(cost - bound) / max(1.0, abs(cost))
        met = found <= gap and row_gap <= tolerance and wrong <= MOST_WRONG
        course = Course(bool(met), iteration, float(found), float(row_gap))
        if met or not np.isfinite(size + products + row_gap + column_gap) or size > ENDLESS * first:
            break
        newton.factorise()
        shrink, shrink_price, one, two, three = newton.solve(0.0, False)
        along, along_price = min(1.0, 1 / max(shrink, LEAST)), min(1.0, 1 / max(shrink_price, LEAST))
        ahead = products + along * one + along_price * two + along * along_price * three
        target = products / bounds * min(1.0, max(ahead / products, 0.0)) ** 3 if products > 0 else 0.0
        newton.keep_aim()
        shrink, shrink_price, *_ = newton.solve(target, True)
        along = min(1.0, SHARE_OF_STEP / max(shrink, LEAST))
        along_price = min(1.0, SHARE_OF_STEP / max(shrink_price, LEAST))
        newton.advance(target, True, along, along_price)
    return course
