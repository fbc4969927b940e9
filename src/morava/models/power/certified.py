"""A program of all hours solved by the engine for chronological programs, and by HiGHS where its proof falls short.

The answer is the point that the engine's central path reaches when its cost and the bound that its prices prove are
within the gap that was asked for: where many points and prices are equally good, one in the middle of them. Whatever
solver an answer comes from, it is proved here against the reference program, from its point and its prices alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem
from morava.models.power.engine import INFEASIBLE, SOLVED, UNBOUNDED, Answer, Chronology, solve
from morava.models.power.program import TOLERANCE, Block, Program, Solved, prove, solve_program
from morava.models.power.system import Calendar

Numbers = npt.NDArray[np.int64]
CERTIFIED = 1e-3
"""Widest gap, relative, with which an answer of the engine stands."""
AIM = 1e-4
"""Gap at which the engine ends where power is solved."""
SCREENED = 1e-2
"""Gap within which it is answered where it is screened."""
THREADS = "NUMBA_NUM_THREADS"
OWN = "solved by the engine"
"""Status of an answer of the engine."""


def solve_certified(program: Program, calendar: Calendar, gap: float = AIM) -> Solved:
    """Return a proved answer of a program whose hours follow each other.

    Parameters
    ----------
    gap
        Widest distance between cost and proved bound, relative, at which the engine may end.

    Raises
    ------
    MoravaError
        When the program has no answer, in words, or when neither the engine nor HiGHS proved one.
    """
    answer = solve(program, chronology_of(program, calendar), gap, threads_allowed())
    if answer.status in (INFEASIBLE, UNBOUNDED):
        raise _without_answer(program, answer)
    if answer.status == SOLVED:
        found = prove(program, answer.values, answer.prices, OWN)
        if found.gap <= max(gap, CERTIFIED) and max(found.primal_residual, found.dual_residual) <= TOLERANCE:
            return found
    return solve_program(program)


def threads_allowed() -> int:
    """Return how many threads this process may use; a worker is told by the variable, one a core.

    It is read here and not asked of numba, which would start threads of its own, and refuse to compile once the
    variable has changed.
    """
    told = os.environ.get(THREADS, "")
    return int(told) if told.isdigit() and int(told) > 0 else os.cpu_count() or 1


def chronology_of(program: Program, calendar: Calendar) -> Chronology:
    """Return when each row and column of a program takes place: a chain for each stretch of hours of each period."""
    place = {int(hour): position for position, hour in enumerate(calendar.hours)}
    starts = np.flatnonzero(np.diff(calendar.stretches, prepend=-1))
    stretches = len(calendar.repeats)
    known: dict[int, Numbers] = {}

    def positions(hours: Sequence[object]) -> Numbers:
        # Most blocks share one list of hours, which is looked up once.
        if id(hours) not in known:
            known[id(hours)] = np.array([place[int(str(hour))] for hour in hours], dtype=np.int64)
        return known[id(hours)]

    def labels(blocks: tuple[Block, ...], size: int) -> tuple[Numbers, Numbers, Numbers]:
        kind = np.zeros(size, dtype=np.int64)
        chain, step = np.full(size, -1, dtype=np.int64), np.full(size, -1, dtype=np.int64)
        for number, block in enumerate(blocks):
            part = slice(block.first, block.first + int(np.prod(block.shape, dtype=int)))
            kind[part] = number
            if block.in_time:
                hours = positions(block.labels[1])
                periods = np.arange(block.shape[0]) * stretches
                chain[part] = (periods[:, None] + calendar.stretches[hours]).ravel()
                step[part] = np.tile(hours - starts[calendar.stretches[hours]], block.shape[0])
        return kind, chain, step

    return Chronology(*labels(program.columns, len(program.cost)), *labels(program.rows, len(program.row_lower)))


def _without_answer(program: Program, answer: Answer) -> MoravaError:
    """Return the error for a program without a point, or without an end, and what has most part in it."""
    if answer.status == INFEASIBLE:
        weights, blocks = np.abs(answer.prices), program.rows
        what, mend = (
            "cannot be met",
            "look at these rows: a must-run above load and exports, or a limit nothing can meet",
        )
    else:
        weights, blocks = np.abs(answer.values), program.columns
        what, mend = "has no least cost", "look at these: something that pays without a limit"
    named = _heaviest(blocks, weights)
    return MoravaError(Problem(f"the program {program.name} {what}: {answer.reason}", f"power, {named}", mend))


MOST_NAMED = 3


def _heaviest(blocks: tuple[Block, ...], weights: npt.NDArray[np.float64]) -> str:
    """Return the names of the parts with the most weight in a proof, with the heaviest row or column of each."""
    parts = []
    for block in blocks:
        own = weights[block.first : block.first + int(np.prod(block.shape, dtype=int))]
        if own.any():
            parts.append((float(own.sum()), block.names()[int(np.argmax(own))]))
    return ", ".join(name for _, name in sorted(parts, reverse=True)[:MOST_NAMED]) or "its bounds"
