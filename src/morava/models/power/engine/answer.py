"""Solve a program in stages, and say what was found: a point with its proof, no point, no end, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse
from threadpoolctl import threadpool_limits

from morava.models.power.engine.certificate import honest_prices, lower_bound, recession
from morava.models.power.engine.chronology import BORDER, Chronology
from morava.models.power.engine.fold import DoesNotFitError, Sheet, lay_out
from morava.models.power.engine.interior import follow
from morava.models.power.engine.newton import Newton
from morava.models.power.engine.reduce import reduce_program, restore_prices
from morava.models.power.engine.stages import cut_stages
from morava.models.power.program import Program, violation

Array = npt.NDArray[np.float64]
SOLVED, INFEASIBLE, UNBOUNDED, NOT_SOLVED = "solved", "infeasible", "unbounded", "not solved"
ROWS_MET = 1e-7
"""Largest violation of a row, scaled, at which an iteration may end."""
ROUNDING = 1e-8
"""Largest reduced cost that a bound may leave out."""
FINE = 1e-7
"""Gap to which a program is solved that asks why another has no answer."""
STEEP = 1e-4
"""Descent in a box of ones, relative to the costs, from which on it counts as one without end."""
CROSSED = 1e-9
"""How far bounds may be crossed by rounding, relative."""
CERTAIN = 1e-6
"""From here on a sum of violations, or a descent without end, counts as one."""


@dataclass(frozen=True)
class Answer:
    """What is known of a program.

    Parameters
    ----------
    status : one of SOLVED, INFEASIBLE, UNBOUNDED, NOT_SOLVED
    values : [column], the point; of an unbounded program a direction without end
    prices : [row], prices of rows; of an infeasible program those that prove it
    bound : what every point costs at least; of an infeasible program the violation that its prices prove
    left_out : largest reduced cost that the bound leaves out, because its column has no end
    iterations : of the interior point method
    reason : in words, where there is no point
    """

    status: str
    values: Array
    prices: Array
    bound: float
    left_out: float
    iterations: int
    reason: str


def solve(program: Program, chronology: Chronology, gap: float, threads: int = 1) -> Answer:
    """Return the answer of a program: cost and its proved bound within `gap`, relative, or why there is none."""
    fault = _fault(program)
    if fault:
        return _nothing(program, fault)
    with threadpool_limits(limits=1):
        try:
            found = _attempt(program, chronology, gap, threads)
            return found if found.status == SOLVED else _explain(program, chronology, found, threads)
        except DoesNotFitError as error:
            return _nothing(program, f"it is no chain of stages with a thin border: {error}")


def _fault(program: Program) -> str:
    """Return what makes a program none, in words; blank where nothing does. No comparison with NaN finds it later."""
    numbers = (program.cost, program.matrix.data, np.asarray(program.constant))
    if not all(np.isfinite(part).all() for part in numbers):
        return "a cost or an entry of it is no number"
    for lower, upper in ((program.lower, program.upper), (program.row_lower, program.row_upper)):
        if not ((lower < np.inf) & (upper > -np.inf)).all():
            return "a bound of it is no number"
        if (lower > upper + CROSSED * (1 + np.abs(upper))).any():
            return "bounds of it are crossed"
    return ""


def _nothing(program: Program, reason: str, iterations: int = 0) -> Answer:
    values, prices = np.zeros(len(program.cost)), np.zeros(len(program.row_lower))
    return Answer(NOT_SOLVED, values, prices, -np.inf, 0.0, iterations, reason)


def _attempt(program: Program, chronology: Chronology, gap: float, threads: int) -> Answer:
    """Return the point that the interior point method finds, brought back to all rows and columns."""
    reduced = reduce_program(program)
    if reduced.contradiction:
        return _nothing(program, reduced.contradiction)
    own = replace(
        chronology,
        row_kind=chronology.row_kind[reduced.rows],
        row_chain=chronology.row_chain[reduced.rows],
        row_step=chronology.row_step[reduced.rows],
    )
    sheet = lay_out(reduced.program, own)
    newton = Newton(sheet, cut_stages(sheet), threads)
    course = follow(newton, gap, ROWS_MET)
    newton.close()
    if not course.converged:
        return _nothing(program, f"after {course.iterations} iterations {course.words()}", course.iterations)
    # Scaling back may leave a column outside its bounds by a rounding.
    values = np.clip(read_columns(newton, sheet), program.lower, program.upper)
    prices = honest_prices(program, restore_prices(program, reduced, read_rows(newton, sheet)))
    return Answer(SOLVED, values, prices, *lower_bound(program, prices), course.iterations, "")


def read_columns(newton: Newton, sheet: Sheet) -> Array:
    """Return the columns of the program at the point."""
    place, chain = newton.stages.column_place[: sheet.columns], sheet.column_chain[: sheet.columns]
    return _read(newton.state.x, newton.border.x, place, chain) * sheet.column_scale[: sheet.columns]


def read_rows(newton: Newton, sheet: Sheet) -> Array:
    """Return the prices of the rows of the program at the point."""
    place, chain = newton.stages.row_place[: sheet.rows], sheet.row_chain[: sheet.rows]
    return _read(newton.state.y, newton.border.y, place, chain) * sheet.row_scale[: sheet.rows] * sheet.cost_scale


def _read(inside: Array, border: Array, place: npt.NDArray[np.int64], chain: npt.NDArray[np.int64]) -> Array:
    found = np.zeros(len(place))
    edge = chain == BORDER
    found[edge] = border[place[edge]]
    found[~edge] = inside[place[~edge]]
    return found


def _explain(program: Program, chronology: Chronology, failed: Answer, threads: int) -> Answer:
    """Return why a program has no answer: the least violation of its rows, then a descent without end."""
    rows = len(program.row_lower)
    identity = sparse.eye_array(rows, format="csr")
    elastic = replace(
        program,
        cost=np.concatenate([np.zeros(len(program.cost)), np.ones(2 * rows)]),
        lower=np.concatenate([program.lower, np.zeros(2 * rows)]),
        upper=np.concatenate([program.upper, np.full(2 * rows, np.inf)]),
        matrix=sparse.csr_array(sparse.hstack([program.matrix, identity, -identity])),
        constant=0.0,
    )
    first = int(chronology.column_kind.max(initial=-1)) + 1
    second = first + int(chronology.row_kind.max(initial=-1)) + 1
    wider = replace(
        chronology,
        column_kind=np.concatenate([chronology.column_kind, first + chronology.row_kind, second + chronology.row_kind]),
        column_chain=np.concatenate([chronology.column_chain, chronology.row_chain, chronology.row_chain]),
        column_step=np.concatenate([chronology.column_step, chronology.row_step, chronology.row_step]),
    )
    nearest = _attempt(elastic, wider, FINE, threads)
    if nearest.status == SOLVED:
        proof, left_out = lower_bound(program, nearest.prices, np.zeros(len(program.cost)))
        if proof > CERTAIN and left_out <= ROUNDING:
            return Answer(
                INFEASIBLE, nearest.values[: len(program.cost)], nearest.prices, proof, left_out, nearest.iterations,
                f"its rows contradict each other by {proof:.3g} in all",
            )  # fmt: skip
    return _look_for_descent(program, chronology, failed, nearest, threads)


def _look_for_descent(
    program: Program, chronology: Chronology, failed: Answer, nearest: Answer, threads: int
) -> Answer:
    lower, upper, row_lower, row_upper = recession(program)
    homogeneous = replace(program, lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper, constant=0.0)
    found = _attempt(homogeneous, chronology, CERTAIN, threads)
    some_point = nearest.status == SOLVED and violation(program, nearest.values[: len(program.cost)]) <= CERTAIN
    if found.status == SOLVED and some_point and violation(homogeneous, found.values) <= CERTAIN:
        descent = float(program.cost @ found.values)
        if descent < -STEEP * (1 + float(np.abs(program.cost).max(initial=0.0))):
            return Answer(
                UNBOUNDED, found.values, found.prices, -np.inf, 0.0, found.iterations,
                f"its cost falls without end, by {-descent:.3g} a step",
            )  # fmt: skip
    return failed
