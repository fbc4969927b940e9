"""From a sparse program with places in time to equal stages: entries by kind, links to the next stage, a border.

Three things are done so that every row touches its own step and the one before, and nothing else in time. A link over
many steps is carried by a column of its own from step to step. Rows that tie one column to its own past are kept with
the earlier step, so that fewer numbers pass from stage to stage. An inequality gets a column for its slack.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from morava.models.power.engine.chronology import BORDER, Chronology
from morava.models.power.program import Program

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
MOST_BORDER = 600
"""Border rows and columns of one chain beyond which a program does not fit."""


class DoesNotFitError(Exception):
    """Raised where a program is not a chain of stages with a thin border."""


@dataclass
class Sheet:
    """A program as entries and labels, all in growing arrays: rows `A x = right`, columns between bounds.

    `origin` says which column of the program a column is, or -1.
    """

    row: Numbers
    column: Numbers
    value: Array
    cost: Array
    lower: Array
    upper: Array
    right: Array
    column_kind: Numbers
    column_chain: Numbers
    column_step: Numbers
    row_kind: Numbers
    row_chain: Numbers
    row_step: Numbers
    row_scale: Array
    column_scale: Array
    cost_scale: float
    columns: int
    rows: int

    def add_columns(self, kind: int, chain: Numbers, step: Numbers, lower: Array, upper: Array) -> Numbers:
        """Add columns without cost; return their numbers."""
        first, size = len(self.cost), len(chain)
        self.cost = np.append(self.cost, np.zeros(size))
        self.lower, self.upper = np.append(self.lower, lower), np.append(self.upper, upper)
        self.column_kind = np.append(self.column_kind, np.full(size, kind))
        self.column_chain, self.column_step = np.append(self.column_chain, chain), np.append(self.column_step, step)
        return np.arange(first, first + size, dtype=np.int64)

    def add_rows(self, kind: int, chain: Numbers, step: Numbers) -> Numbers:
        """Add rows with nothing on their right side; return their numbers."""
        first, size = len(self.right), len(chain)
        self.right = np.append(self.right, np.zeros(size))
        self.row_kind = np.append(self.row_kind, np.full(size, kind))
        self.row_chain, self.row_step = np.append(self.row_chain, chain), np.append(self.row_step, step)
        return np.arange(first, first + size, dtype=np.int64)

    def add_entries(self, row: Numbers, column: Numbers, value: npt.ArrayLike) -> None:
        """Add entries."""
        self.row, self.column = np.append(self.row, row), np.append(self.column, column)
        self.value = np.append(self.value, np.broadcast_to(np.asarray(value, dtype=float), row.shape))


def lay_out(program: Program, chronology: Chronology) -> Sheet:
    """Return a program with slacks and carried links, ready to be cut into stages.

    Raises
    ------
    DoesNotFitError
        When a row ties chains together, or the border is not thin.
    """
    matrix = sparse.coo_array(program.matrix)
    row, column = (np.asarray(part, dtype=np.int64) for part in matrix.coords)
    equal = program.row_lower == program.row_upper
    sheet = Sheet(
        row, column, matrix.data.astype(float), program.cost.copy(), program.lower.copy(), program.upper.copy(),
        np.where(equal, program.row_lower, 0.0), chronology.column_kind.copy(), chronology.column_chain.copy(),
        chronology.column_step.copy(), chronology.row_kind.copy(), chronology.row_chain.copy(),
        chronology.row_step.copy(), np.ones(0), np.ones(0), 1.0, len(program.cost), len(program.row_lower),
    )  # fmt: skip
    _demote(sheet)
    _carry(sheet)
    _shift(sheet)
    held = np.flatnonzero(~equal)
    # One kind of slack for each kind of row; numbers above all kinds of columns.
    first = int(sheet.column_kind.max(initial=-1)) + 1
    slack = sheet.add_columns(
        0, sheet.row_chain[held], sheet.row_step[held], program.row_lower[held], program.row_upper[held]
    )
    sheet.column_kind[slack] = first + sheet.row_kind[held]
    sheet.add_entries(held, slack, -1.0)
    _scale(sheet)
    return sheet


def lengths_of(sheet: Sheet) -> Numbers:
    """Return how many steps each chain has."""
    chains = 1 + max(int(sheet.column_chain.max(initial=-1)), int(sheet.row_chain.max(initial=-1)))
    lengths = np.zeros(max(chains, 0), dtype=np.int64)
    for chain, step in ((sheet.column_chain, sheet.column_step), (sheet.row_chain, sheet.row_step)):
        inside = chain != BORDER
        np.maximum.at(lengths, chain[inside], step[inside] + 1)
    return lengths


def lags_of(sheet: Sheet) -> Numbers:
    """Return by how many steps the row of each entry is later than its column; around the ring where that is shorter.

    Entries of the border have none: zero.
    """
    chain, length = sheet.row_chain[sheet.row], lengths_of(sheet)
    inside = (chain != BORDER) & (sheet.column_chain[sheet.column] != BORDER)
    lag = np.where(inside, sheet.row_step[sheet.row] - sheet.column_step[sheet.column], 0)
    size = np.where(inside, length[np.where(inside, chain, 0)] if len(length) else 1, 4)
    lag = np.where((lag == 1 - size) & (size > 1), 1, lag)
    return np.where((lag == size - 1) & (size > 2), -1, lag)


def _demote(sheet: Sheet) -> None:
    """Make a border row of every row that ties chains together."""
    row_chain, column_chain = sheet.row_chain[sheet.row], sheet.column_chain[sheet.column]
    strange = np.unique(sheet.row[(row_chain != BORDER) & (column_chain != BORDER) & (row_chain != column_chain)])
    if len(strange) > MOST_BORDER:
        raise DoesNotFitError(f"{len(strange)} rows tie chains together")
    sheet.row_chain[strange], sheet.row_step[strange] = BORDER, BORDER


def _carry(sheet: Sheet) -> None:
    """Let a column carry every value that a row needs from a later step, or from more than one step before."""
    lag = lags_of(sheet)
    far = np.flatnonzero((lag < 0) | (lag > 1))
    if not len(far):
        return
    lengths, late = lengths_of(sheet), False
    for kind in np.unique(sheet.row_kind[sheet.row[far]]):
        own = sheet.row_kind[sheet.row] == kind
        if not ((lag[own] > 0) | (lag[own] < -1)).any():
            moved = np.flatnonzero((sheet.row_kind == kind) & (sheet.row_chain != BORDER))
            sheet.row_step[moved] = (sheet.row_step[moved] + 1) % lengths[sheet.row_chain[moved]]
            late = True
    if late:
        lag = lags_of(sheet)
        far = np.flatnonzero((lag < 0) | (lag > 1))
    kinds = np.stack([sheet.row_kind[sheet.row[far]], sheet.column_kind[sheet.column[far]], np.sign(lag[far])])
    for row_kind, column_kind, sign in np.unique(kinds, axis=1).T.tolist():
        entries = far[(kinds[0] == row_kind) & (kinds[1] == column_kind) & (kinds[2] == sign)]
        _carry_kind(sheet, entries, later=sign < 0)


def _carry_kind(sheet: Sheet, entries: Numbers, later: bool) -> None:
    rows, columns = sheet.row[entries], sheet.column[entries]
    chain, here, there = sheet.row_chain[rows], sheet.row_step[rows], sheet.column_step[columns]
    first, last = (here, there) if later else (there, here)
    order = np.lexsort((first, chain))
    rows, columns, chain, first, last = rows[order], columns[order], chain[order], first[order], last[order]
    meets = (chain[1:] == chain[:-1]) & (first[1:] <= last[:-1])
    if (last < first).any() or meets.any():
        raise DoesNotFitError("links over many steps overlap")
    size = last - first + 1
    link = np.repeat(np.arange(len(first)), size)
    step = np.arange(len(link)) - np.repeat(np.cumsum(size) - size, size) + first[link]
    column_kind, row_kind = int(sheet.column_kind.max()) + 1, int(sheet.row_kind.max()) + 1
    source = columns[link]
    made = sheet.add_columns(column_kind, chain[link], step, sheet.lower[source], sheet.upper[source])
    onward = np.flatnonzero(step > first[link])
    passed = sheet.add_rows(row_kind, chain[link][onward], step[onward])
    sheet.add_entries(passed, made[onward], 1.0)
    sheet.add_entries(passed, made[onward - 1], -1.0)
    ends = np.flatnonzero(step == (last if later else first)[link])
    closed = sheet.add_rows(row_kind + 1, chain[link][ends], step[ends])
    sheet.add_entries(closed, made[ends], 1.0)
    sheet.add_entries(closed, columns, -1.0)
    used = np.flatnonzero(step == (first if later else last)[link])
    sheet.column[entries[order]] = made[used]


def _shift(sheet: Sheet) -> None:
    """Keep rows that tie one column to its past with the earlier step, where several share that column."""
    lag = lags_of(sheet)
    late = np.zeros(int(sheet.row_kind.max(initial=-1)) + 1, dtype=bool)
    late[sheet.row_kind[sheet.row[lag == 1]]] = True
    chosen = np.flatnonzero((late[sheet.row_kind] & (sheet.row_chain != BORDER))[sheet.row] & (lag == 0))
    chosen = chosen[sheet.column_chain[sheet.column[chosen]] != BORDER]
    row_kind, column_kind = sheet.row_kind[sheet.row[chosen]], sheet.column_kind[sheet.column[chosen]]
    own: dict[int, list[int]] = {}
    for kind in np.flatnonzero(late).tolist():
        now = np.unique(column_kind[row_kind == kind])
        if len(now) == 1:
            own.setdefault(int(now[0]), []).append(kind)
    lengths = lengths_of(sheet)
    for kinds in own.values():
        if len(kinds) < 2:
            continue
        moved = np.flatnonzero(np.isin(sheet.row_kind, kinds) & (sheet.row_chain != BORDER))
        # A chain of one or two steps has no earlier step that differs from the later one.
        moved = moved[lengths[sheet.row_chain[moved]] > 2]
        sheet.row_step[moved] = (sheet.row_step[moved] - 1) % lengths[sheet.row_chain[moved]]


def _scale(sheet: Sheet) -> None:
    """Scale rows and columns, a number for each kind and each part of the border, so that entries are near one."""
    row_place, rows = _groups(sheet.row_kind, sheet.row_chain)
    column_place, columns = _groups(sheet.column_kind, sheet.column_chain)
    row_scale, column_scale = np.ones(rows), np.ones(columns)
    pair = row_place[sheet.row] * columns + column_place[sheet.column]
    flat = np.zeros(rows * columns)
    np.maximum.at(flat, pair, np.abs(sheet.value))
    largest = flat.reshape(rows, columns)
    for _ in range(SCALINGS):
        value = largest * row_scale[:, None] * column_scale
        for scale, axis in ((row_scale, 1), (column_scale, 0)):
            most = value.max(axis=axis, initial=0.0)
            scale /= np.sqrt(np.where(most > 0, most, 1.0))
    sheet.row_scale, sheet.column_scale = (
        np.exp2(np.round(np.log2(scale)))[place]
        for scale, place in ((row_scale, row_place), (column_scale, column_place))
    )
    sheet.value = sheet.value * sheet.row_scale[sheet.row] * sheet.column_scale[sheet.column]
    sheet.right = sheet.right * sheet.row_scale
    sheet.cost = sheet.cost * sheet.column_scale
    some = np.abs(sheet.cost[sheet.cost != 0])
    sheet.cost_scale = float(np.exp2(np.round(np.log2(some).mean()))) if len(some) else 1.0
    sheet.cost = sheet.cost / sheet.cost_scale
    sheet.lower, sheet.upper = sheet.lower / sheet.column_scale, sheet.upper / sheet.column_scale


SCALINGS = 4
"""Rounds of scaling; more change little."""


def _groups(kind: Numbers, chain: Numbers) -> tuple[Numbers, int]:
    """Return which group each is of: its kind, or itself in the border."""
    border = chain == BORDER
    place = kind.copy()
    first = int(kind.max(initial=-1)) + 1
    place[border] = first + np.arange(int(border.sum()))
    return place, first + int(border.sum())
