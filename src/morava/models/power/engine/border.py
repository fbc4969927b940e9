"""The border of a program in stages: few columns and rows that many stages touch, kept as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from morava.models.power.engine import room
from morava.models.power.engine.chronology import BORDER
from morava.models.power.engine.fold import Sheet

Array = npt.NDArray[np.float64]


@dataclass
class Border:
    """What stands in the border: its columns with their bounds and prices, its rows, and their matrix."""

    matrix: sparse.csr_array
    cost: Array
    lower: Array
    upper: Array
    right: Array
    x: Array
    y: Array
    low: Array
    high: Array
    row_gap: Array
    column_gap: Array
    theta: Array
    side: Array
    aim: Array
    move: Array
    price_move: Array

    def rooms(self) -> tuple[Array, Array]:
        """Return how far columns are from both ends."""
        return (
            np.maximum(self.x - self.lower, room.LEAST_ROOM),
            np.maximum(self.upper - self.x, room.LEAST_ROOM),
        )


def border_of(sheet: Sheet) -> Border:
    """Return the border of a laid out program, at zero."""
    columns, rows = sheet.column_chain == BORDER, sheet.row_chain == BORDER
    column_place, row_place = np.cumsum(columns) - 1, np.cumsum(rows) - 1
    use = columns[sheet.column] & rows[sheet.row]
    shape = (int(rows.sum()), int(columns.sum()))
    matrix = sparse.csr_array(
        (sheet.value[use], (row_place[sheet.row[use]], column_place[sheet.column[use]])), shape=shape
    )
    row, column = np.zeros(shape[0]), np.zeros(shape[1])
    return Border(
        matrix, sheet.cost[columns], sheet.lower[columns], sheet.upper[columns], sheet.right[rows],
        *(part.copy() for part in (column, row, column, column, row, column, column, column, column, column, row)),
    )  # fmt: skip


def _pushes(border: Border, target: float, second: bool) -> tuple[Array, Array]:
    below, above = border.rooms()
    low, high = np.full(len(border.x), target), np.full(len(border.x), target)
    if second:
        aim = border.aim
        with np.errstate(divide="ignore", invalid="ignore"):
            low = low + aim * (border.low + border.low / below * aim)
            high = high + aim * (border.high / above * aim - border.high)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(border.low > 0, low / below, 0.0), np.where(border.high > 0, high / above, 0.0)


def border_side(border: Border, target: float, second: bool) -> Array:
    """Return the right side of the step for the columns of the border."""
    low, high = _pushes(border, target, second)
    side = border.column_gap + border.low - border.high - low + high
    return np.where(border.theta > 0, side, 0.0)


def price_moves(border: Border, target: float, second: bool) -> tuple[Array, Array]:
    """Return how the prices of both bounds move with the direction of the border."""
    below, above = border.rooms()
    low, high = _pushes(border, target, second)
    with np.errstate(divide="ignore", invalid="ignore"):
        low_move = low - border.low / below * border.move - border.low
        high_move = high + border.high / above * border.move - border.high
    live = border.theta > 0
    return np.where(live & (border.low > 0), low_move, 0.0), np.where(live & (border.high > 0), high_move, 0.0)


def with_border(sums: Array, border: Border, target: float, second: bool) -> Array:
    """Return the sums of a direction with the border's part."""
    low_move, high_move = price_moves(border, target, second)
    live = border.theta > 0
    below, above = border.rooms()
    low, high = live & (border.low > 0), live & (border.high > 0)
    shrink = np.concatenate([-border.move[live] / below[live], border.move[live] / above[live], [0.0]]).max()
    price = np.concatenate([-low_move[low] / border.low[low], -high_move[high] / border.high[high], [0.0]]).max()
    return np.array(
        [
            max(sums[0], shrink),
            max(sums[1], price),
            sums[2] + float(border.move @ (border.low - border.high)),
            sums[3] + float(below[low] @ low_move[low] + above[high] @ high_move[high]),
            sums[4] + float(border.move @ (low_move - high_move)),
        ]
    )
