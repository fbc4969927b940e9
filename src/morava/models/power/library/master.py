"""The small program over what is built, with what each period costs at least as cuts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from morava.models.power.parts import Layout
from morava.models.power.program import Block, Program, Solved, solve_program

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Frame:
    """The rows and columns of a program that are of no hour: vintages, the reserve margin, budgets.

    Parameters
    ----------
    rows, columns : their numbers in the whole
    added : [name, period], places of what stands, in `columns`
    """

    program: Program
    rows: Numbers
    columns: Numbers
    added: Numbers


def make_frame(program: Program, layout: Layout) -> Frame:
    """Return what of a program is of no hour; rows that sum over hours are not of it."""

    def places(blocks: tuple[Block, ...]) -> Numbers:
        parts = [
            np.arange(block.first, block.first + int(np.prod(block.shape, dtype=int)))
            for block in blocks
            if not block.in_time and block.name != "emission" and not block.name.startswith("energy_")
        ]
        return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)

    periods = len(next(iter(layout.balance.values())))
    rows, columns = places(program.rows), places(program.columns)
    new = {int(column): place for place, column in enumerate(columns)}
    added = [[new[int(column)] for column in columns_of] for columns_of in layout.added.values()]
    names = tuple(Block(f"c{place}", (), place, ()) for place in range(len(columns)))
    row_names = tuple(Block(f"r{place}", (), place, ()) for place in range(len(rows)))
    small = replace(
        program,
        cost=program.cost[columns], lower=program.lower[columns], upper=program.upper[columns],
        row_lower=program.row_lower[rows], row_upper=program.row_upper[rows],
        matrix=sparse.csr_array(sparse.csr_array(program.matrix[rows])[:, columns]),
        columns=names, rows=row_names,
    )  # fmt: skip
    return Frame(small, rows, columns, np.array(added, dtype=np.int64).reshape(len(added), periods))


@dataclass(frozen=True)
class Cut:
    """That a period costs at least `constant + slope @ added + weights @ mix`, million EUR.

    Parameters
    ----------
    slope : [name], million EUR / GW
    mix : [weight of that period], empty where there are none
    """

    period: int
    constant: float
    slope: Array
    mix: Array


@dataclass(frozen=True)
class Mixing:
    """Weights of schedules in each period: those of one group add up to one, or to what stands of a thing.

    Parameters
    ----------
    group : [weight], number of the group
    total : [group, period]: what the weights add up to without what is built
    built : [group]: which name adds to it, -1 for none
    """

    group: Numbers
    total: Array
    built: Numbers


def solve_frame(frame: Frame, cuts: list[Cut], periods: int, mixing: Mixing | None) -> tuple[Solved, Array, Array]:
    """Return the answer of the frame with cuts, what is built [name, period], and the weights [period, weight]."""
    small = frame.program
    width, height = len(frame.columns), len(frame.rows)
    weights = 0 if mixing is None else len(mixing.group)
    groups = 0 if mixing is None else len(mixing.built)
    columns = width + periods + periods * weights
    parts: list[tuple[Array, Array, Array]] = []
    lower: list[float] = []
    upper: list[float] = []
    row = height
    for cut in cuts:
        own = frame.added[:, cut.period] if len(frame.added) else np.zeros(0, dtype=np.int64)
        first = width + periods + cut.period * weights
        places = np.concatenate([[width + cut.period], own, np.arange(first, first + len(cut.mix))])
        values = np.concatenate([[1.0], -cut.slope, -cut.mix])
        parts.append((np.full(len(places), row), places, values))
        lower.append(cut.constant)
        upper.append(np.inf)
        row += 1
    if mixing is not None:
        for period in range(periods):
            for group in range(groups):
                inside = np.flatnonzero(mixing.group == group) + width + periods + period * weights
                places, values = inside.astype(float), np.ones(len(inside))
                if mixing.built[group] >= 0:
                    places = np.append(places, frame.added[mixing.built[group], period])
                    values = np.append(values, -1.0)
                parts.append((np.full(len(places), row), places, values))
                lower.append(mixing.total[group, period])
                upper.append(mixing.total[group, period])
                row += 1
    entries = [np.concatenate([part[place] for part in parts]) for place in range(3)]
    old = small.matrix.tocoo()
    matrix = sparse.csr_array(
        (
            np.concatenate([old.data, entries[2]]),
            (
                np.concatenate([old.row, entries[0].astype(np.int64)]),
                np.concatenate([old.col, entries[1].astype(np.int64)]),
            ),
        ),
        shape=(row, columns),
    )
    matrix.sum_duplicates()
    matrix.sort_indices()
    program = replace(
        small,
        cost=np.concatenate([small.cost, np.ones(periods), np.zeros(columns - width - periods)]),
        lower=np.concatenate([small.lower, np.full(periods, -np.inf), np.zeros(columns - width - periods)]),
        upper=np.concatenate([small.upper, np.full(columns - width, np.inf)]),
        row_lower=np.concatenate([small.row_lower, lower]),
        row_upper=np.concatenate([small.row_upper, upper]),
        matrix=matrix,
    )
    solved = solve_program(program)
    added = solved.values[frame.added] if len(frame.added) else np.zeros((0, periods))
    mix = solved.values[width + periods :].reshape(periods, weights) if weights else np.zeros((periods, 0))
    return solved, np.maximum(added, 0.0), mix
