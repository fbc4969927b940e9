"""A linear program with a name for every row and column, and its proved solution by HiGHS.

minimise cost'x  subject to  row_lower <= A x <= row_upper,  lower <= x <= upper
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs
from scipy import sparse

from morava.errors import MoravaError, Problem, nearest

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
TOLERANCE = 1e-6
"""Largest relative gap and largest violation with which a solution counts as proved."""


PERIOD_AND_HOUR = 2


@dataclass(frozen=True)
class Block:
    """Rows or columns of one kind: what they are called, over which labels, and where they begin.

    `in_time` says that the last of two labels is an hour, and the first the period in which it lies.
    """

    name: str
    labels: tuple[Sequence[object], ...]
    first: int
    shape: tuple[int, ...]
    in_time: bool = False

    def names(self) -> list[str]:
        """Return the name of each, in order; in round brackets, because LP files know no others in names."""
        if not self.shape:
            return [self.name]
        places = np.indices(self.shape).reshape(len(self.shape), -1).T
        return [
            f"{self.name}({','.join(str(labels[i]) for labels, i in zip(self.labels, place, strict=True))})"
            for place in places
        ]


@dataclass(frozen=True)
class Program:
    """A linear program, its matrix sparse by rows, [row, column]."""

    name: str
    cost: Array
    lower: Array
    upper: Array
    row_lower: Array
    row_upper: Array
    matrix: sparse.csr_array
    columns: tuple[Block, ...]
    rows: tuple[Block, ...]
    constant: float


@dataclass(frozen=True)
class Solved:
    """The point that the solver found, the prices of rows, and how far both prove each other."""

    status: str
    values: Array
    row_duals: Array
    objective: float
    bound: float
    gap: float
    primal_residual: float
    dual_residual: float


class Builder:
    """Collects blocks of columns, rows and entries; `program` puts them together once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.constant = 0.0
        self._columns: list[Block] = []
        self._rows: list[Block] = []
        self._column_data: list[tuple[Array, Array, Array]] = []
        self._row_data: list[tuple[Array, Array]] = []
        self._entries: list[tuple[Numbers, Numbers, Array]] = []
        self._sizes = [0, 0]

    def columns(
        self,
        name: str,
        labels: Sequence[Sequence[object]],
        lower: npt.ArrayLike = 0.0,
        upper: npt.ArrayLike = np.inf,
        cost: npt.ArrayLike = 0.0,
        in_time: bool | None = None,
    ) -> Numbers:
        """Add columns over labels; return their numbers in the shape of the labels. Two labels are period and hour."""
        shape = tuple(len(label) for label in labels)
        in_time = len(shape) == PERIOD_AND_HOUR if in_time is None else in_time
        size = int(np.prod(shape)) if shape else 1
        first = self._sizes[0]
        self._columns.append(Block(name, tuple(labels), first, shape, in_time))
        self._column_data.append((_spread(lower, shape), _spread(upper, shape), _spread(cost, shape)))
        self._sizes[0] += size
        return np.arange(first, first + size, dtype=np.int64).reshape(shape)

    def rows(
        self,
        name: str,
        labels: Sequence[Sequence[object]],
        lower: npt.ArrayLike = -np.inf,
        upper: npt.ArrayLike = np.inf,
        in_time: bool | None = None,
    ) -> Numbers:
        """Add rows over labels; return their numbers in the shape of the labels. Two labels are period and hour."""
        shape = tuple(len(label) for label in labels)
        in_time = len(shape) == PERIOD_AND_HOUR if in_time is None else in_time
        size = int(np.prod(shape)) if shape else 1
        first = self._sizes[1]
        self._rows.append(Block(name, tuple(labels), first, shape, in_time))
        self._row_data.append((_spread(lower, shape), _spread(upper, shape)))
        self._sizes[1] += size
        return np.arange(first, first + size, dtype=np.int64).reshape(shape)

    def add(self, rows: npt.ArrayLike, columns: npt.ArrayLike, values: npt.ArrayLike) -> None:
        """Add entries of the matrix; rows, columns and values are spread over each other. Equal places add up."""
        row, column, value = np.broadcast_arrays(np.asarray(rows), np.asarray(columns), np.asarray(values, dtype=float))
        kept = value.ravel() != 0
        self._entries.append((row.ravel()[kept], column.ravel()[kept], value.ravel()[kept]))

    def program(self) -> Program:
        """Return the program."""
        row, column, value = (
            np.concatenate([entry[part] for entry in self._entries]) if self._entries else np.zeros(0)
            for part in range(3)
        )
        matrix = sparse.csr_array(
            (value, (row.astype(np.int64), column.astype(np.int64))), shape=(self._sizes[1], self._sizes[0])
        )
        matrix.sum_duplicates()
        matrix.sort_indices()
        lower, upper, cost = (_joined([data[part] for data in self._column_data]) for part in range(3))
        row_lower, row_upper = (_joined([data[part] for data in self._row_data]) for part in range(2))
        return Program(
            self.name, cost, lower, upper, row_lower, row_upper, matrix, tuple(self._columns), tuple(self._rows),
            self.constant,
        )  # fmt: skip


def _spread(values: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    return np.broadcast_to(np.asarray(values, dtype=float), shape).ravel()


def _joined(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0)


def _model(program: Program, named: bool = False) -> _Highs:
    lp = highspy.HighsLp()
    lp.model_name_ = program.name
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.cost, program.lower, program.upper
    lp.row_lower_, lp.row_upper_, lp.offset_ = program.row_lower, program.row_upper, program.constant
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    lp.a_matrix_.start_ = program.matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = program.matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = program.matrix.data
    if named:
        lp.col_names_ = [name for block in program.columns for name in block.names()]
        lp.row_names_ = [name for block in program.rows for name in block.names()]
    highs = _Highs()  # the public class prints a banner when it is made, which nothing turns off
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    # HiGHS takes NaN in costs and entries without a word, and no comparison with NaN would find it out afterwards.
    numbers = (program.cost, program.matrix.data, np.asarray(program.constant))
    if not all(np.isfinite(part).all() for part in numbers) or highs.passModel(lp) == highspy.HighsStatus.kError:
        raise MoravaError(
            Problem(f"HiGHS does not take the program {program.name}", "power", "look for NaN or crossed bounds in it")
        )
    return highs


def solve_program(program: Program, method: str = "simplex") -> Solved:
    """Return a solution that proves itself.

    The bound is made from the prices of rows alone: the reduced costs are computed here, and each takes the bound of
    its column on the side that its sign asks for, so that nothing rests on the solver's word.

    Parameters
    ----------
    method
        `simplex`, `ipm` or `hipo`, as HiGHS names its solvers.

    Raises
    ------
    MoravaError
        When the program has no solution, or none was proved.
    """
    highs = _model(program)
    if highs.setOptionValue("solver", method) == highspy.HighsStatus.kError:
        known = "use simplex or ipm, or a HiGHS that was built with it"
        raise MoravaError(Problem(f"this HiGHS has no method {method!r}", "power", known))
    if method != "simplex":
        highs.setOptionValue("run_crossover", "off")
    highs.run()
    status = highs.modelStatusToString(highs.getModelStatus())
    solution = highs.getSolution()
    values, duals = np.asarray(solution.col_value), np.asarray(solution.row_dual)
    if len(values) != len(program.cost) or len(duals) != len(program.row_lower):
        raise _unproved(program, status)
    found = prove(program, values, duals, status)
    if not all(part <= TOLERANCE for part in (found.gap, found.primal_residual, found.dual_residual)):
        if method != "simplex":
            return solve_program(program, "simplex")
        raise _unproved(
            program,
            f"{status}, gap {found.gap:.1e}, residuals {found.primal_residual:.1e} and {found.dual_residual:.1e}",
        )
    return found


def _unproved(program: Program, status: str) -> MoravaError:
    return MoravaError(
        Problem(
            f"the program {program.name} was not solved: {status}",
            "power",
            "no number is given for it; look for a must-run above load and exports, or a bound that nothing can meet",
        )
    )


def prove(program: Program, values: Array, duals: Array, status: str) -> Solved:
    """Return how far a point and prices of rows prove each other.

    Parameters
    ----------
    values : [column]
    duals : [row]
    """
    reduced = program.cost - program.matrix.T @ duals
    rows, loose_rows = _side(duals, program.row_lower, program.row_upper)
    columns, loose_columns = _side(reduced, program.lower, program.upper)
    objective = float(program.cost @ values) + program.constant
    bound = rows + columns + program.constant
    return Solved(
        status=status,
        values=values,
        row_duals=duals,
        objective=objective,
        bound=bound,
        gap=abs(objective - bound) / max(1.0, abs(objective)),
        primal_residual=violation(program, values),
        dual_residual=max(loose_rows, loose_columns) / (1 + float(np.abs(program.cost).max(initial=0.0))),
    )


def violation(program: Program, values: Array) -> float:
    """Return the largest violation of any row or bound by a point, relative to one and the size of the bound.

    Infinity for a point that holds what is no number, or bounds that are none.
    """
    activity = program.matrix @ values
    found = 0.0
    for gap, size in (
        (program.row_lower - activity, program.row_lower),
        (activity - program.row_upper, program.row_upper),
        (program.lower - values, program.lower),
        (values - program.upper, program.upper),
    ):
        held = ~np.isinf(size)
        found = float(np.maximum(found, (gap[held] / (1 + np.abs(size[held]))).max(initial=0.0)))
    return found if np.isfinite(values).all() and not np.isnan(found) else np.inf


def _side(prices: Array, lower: Array, upper: Array) -> tuple[float, float]:
    """Return what prices are worth at the bounds that their signs ask for, and the largest one that has no bound."""
    bound = np.where(prices > 0, lower, upper)
    held = np.isfinite(bound)
    loose = np.abs(prices[~held])
    return float(prices[held] @ bound[held]), float(loose.max(initial=0.0))


def rows_of(program: Program, name: str) -> Program:
    """Return the rows of one block, with the columns that stand in them, their bounds and costs; a part to be read.

    Each row and column keeps its full name, as a block of its own.

    Parameters
    ----------
    program
        The whole.
    name
        Name of a block of rows.

    Raises
    ------
    MoravaError
        When no block of rows is called so.
    """
    found = [block for block in program.rows if block.name == name]
    if not found:
        known = [block.name for block in program.rows]
        raise MoravaError(Problem(f"{program.name} has no rows {name!r}", "power", nearest(name, known)))
    rows = np.arange(found[0].first, found[0].first + math.prod(found[0].shape))
    matrix = sparse.csr_array(program.matrix[rows])
    columns = np.unique(matrix.indices)
    names = [label for block in program.columns for label in block.names()]
    return Program(
        name=program.name,
        cost=program.cost[columns],
        lower=program.lower[columns],
        upper=program.upper[columns],
        row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows],
        matrix=sparse.csr_array(matrix[:, columns]),
        columns=tuple(Block(names[column], (), place, ()) for place, column in enumerate(columns)),
        rows=tuple(Block(label, (), place, ()) for place, label in enumerate(found[0].names())),
        constant=0.0,
    )


def write_program(program: Program, path: Path) -> Path:
    """Write a program with all its names, as LP or MPS by the ending of the path.

    Raises
    ------
    MoravaError
        When the ending is neither, the format cannot hold a name, or the file cannot be written.
    """
    if path.suffix not in (".lp", ".mps"):
        raise MoravaError(Problem(f"{path.name} is neither .lp nor .mps", str(path), "give it one of these endings"))
    status = _model(program, named=True).writeModel(str(path))
    if status == highspy.HighsStatus.kError:
        raise MoravaError(Problem("the program cannot be written", str(path), "name a folder that can be written into"))
    if status == highspy.HighsStatus.kWarning:  # HiGHS has put names of its own in place of all
        path.unlink(missing_ok=True)
        raise MoravaError(
            Problem(
                f"{path.suffix} cannot hold a name of {program.name}", str(path), "use letters, digits and _ in names"
            )
        )
    return path
