"""One Newton step of a program in stages: factors of the chains, a ring of lanes, and a dense border."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from morava.models.power.engine import eliminating, measuring, room
from morava.models.power.engine.border import border_of, border_side, price_moves, with_border
from morava.models.power.engine.dense import Dense
from morava.models.power.engine.elimination import Plan, plan_elimination
from morava.models.power.engine.fold import Sheet
from morava.models.power.engine.lanes import LANES
from morava.models.power.engine.ring import Ring
from morava.models.power.engine.stages import Stages

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


class Newton:
    """A program in stages with room for its point and its steps."""

    def __init__(self, sheet: Sheet, stages: Stages, threads: int = 1) -> None:
        self.stages = stages
        self.first, self.later = plan_elimination(stages, first=True), plan_elimination(stages, first=False)
        self.border = border_of(sheet)
        self.blocks = len(stages.cut.lane_lengths)
        self.data = _data(stages, self.first, self.later)
        size = self.blocks * stages.cut.steps * LANES
        columns, rows = size * stages.columns, size * stages.rows
        self.state = room.State(np.zeros(columns), np.zeros(rows), np.zeros(columns), np.zeros(columns))
        self.work = room.Work(
            np.zeros(rows), np.zeros(columns), np.zeros(columns), np.zeros(columns), np.zeros(columns),
            np.zeros(columns), np.zeros(rows), np.zeros(size * self.data.factor_size), np.zeros(size * self.data.core),
        )  # fmt: skip
        width, slots = self.data.width, self.data.slots
        self.beyond, self.after, self.left, self.carried = (
            np.zeros(self.blocks * width * LANES).reshape(self.blocks, width, LANES) for _ in range(4)
        )
        self.gaps = np.zeros((self.blocks, slots))
        self.sums = np.zeros((self.blocks, 6))
        total = 2 * width + slots
        self.out = np.zeros((self.blocks, total * (total + 1) // 2, LANES))
        self.rings = [Ring(chain, stages) for chain in range(len(stages.cut.lengths))]
        self._places()
        self.pool: Executor | None = ThreadPoolExecutor(threads) if threads > 1 and self.blocks > 1 else None
        self.master = Dense(np.zeros((0, 0)))

    def _places(self) -> None:
        """Work out where the interface of the first stage of every lane stands."""
        stages, steps, rows = self.stages, self.data.steps, self.stages.rows
        node = stages.interface
        block, lane = np.meshgrid(np.arange(self.blocks), np.arange(LANES), indexing="ij")
        is_row = node < rows
        self.interface_rows = np.flatnonzero(is_row)
        self.interface_columns = np.flatnonzero(~is_row)
        first = (block * steps)[:, None, :]
        kind = node[self.interface_rows][None, :, None]
        self.first_rows = (first * rows + kind) * LANES + lane[:, None, :]
        kind = stages.kept[node[self.interface_columns] - rows][None, :, None]
        self.first_columns = (first * stages.columns + kind) * LANES + lane[:, None, :]

    def close(self) -> None:
        """Let the threads go."""
        if self.pool is not None:
            self.pool.shutdown()

    def each(self, kernel: Any, *arguments: Any) -> None:
        """Run a kernel on every block, side by side where there are threads."""
        if self.pool is None:
            for block in range(self.blocks):
                kernel(block, *arguments)
        else:
            list(self.pool.map(lambda block: kernel(block, *arguments), range(self.blocks)))

    def _next_lane(self, values: Array, back: bool = False) -> Array:
        """Return what stands in the next lane of the ring [block, interface, lane], or in the one before."""
        found = np.zeros_like(values)
        for ring in self.rings:
            part = ring.lanes(values)
            found[ring.blocks] = ring.blocked(np.roll(part, 1 if back else -1, axis=0))
        return found

    def residuals(self) -> None:
        """Fill the residuals of all rows and columns at the point."""
        border, data = self.border, self.data
        if data.width:
            first = np.zeros_like(self.after)
            first[:, self.interface_rows] = self.state.y[self.first_rows]
            first[:, self.interface_columns] = self.state.x[self.first_columns]
            self.after = self._next_lane(first)
        self.each(self._residual_block, self._in_slots(np.concatenate([border.x, border.y])))
        if data.width:
            pushed = self._next_lane(self.beyond, back=True)
            self.work.row_gap[self.first_rows] += pushed[:, self.interface_rows]
            self.work.column_gap[self.first_columns] += pushed[:, self.interface_columns]
        fallen = self._from_slots(self.gaps)
        columns = len(border.x)
        border.row_gap = border.right - border.matrix @ border.x + fallen[columns:]
        border.column_gap = border.cost - border.matrix.T @ border.y - border.low + border.high + fallen[:columns]

    def _residual_block(self, block: int, border: Array) -> None:
        measuring.residuals(
            block, self.data, self.state, self.work, border[block], self.after.reshape(-1), self.beyond.reshape(-1),
            self.gaps,
        )  # fmt: skip

    def _in_slots(self, values: Array) -> Array:
        """Return what stands in the border slots of each block, [block, slot]."""
        node = np.repeat(self.stages.slot_node, self.stages.cut.blocks, axis=0)
        return np.where(node >= 0, np.append(values, 0.0)[node], 0.0)

    def _from_slots(self, values: Array) -> Array:
        """Return the sum for each node of the border of what fell to its slots, block by block in order."""
        found = np.zeros(len(self.border.x) + len(self.border.y) + 1)
        node = np.repeat(self.stages.slot_node, self.stages.cut.blocks, axis=0)
        np.add.at(found, node, values)
        return found[:-1]

    def measure(self) -> Array:
        """Fill the scaling of columns; return cost, bound and products, and the largest residuals and wrong prices."""
        self.each(measuring.measure, self.data, self.state, self.work, self.sums)
        border = self.border
        free = border.upper > border.lower
        below, above = border.rooms()
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = 1 / (border.low / below + border.high / above + room.REGULAR_COLUMN)
        border.theta = np.where(free, weight, 0.0)
        low, high = border.low > 0, border.high > 0
        products = float(border.low[low] @ below[low] + border.high[high] @ above[high])
        reduced = border.column_gap + border.low - border.high
        end = np.where(reduced > 0, border.lower, border.upper)
        finite = np.isfinite(end)
        bound = float(border.right @ border.y + reduced[finite] @ end[finite])
        sums = np.concatenate([self.sums[:, :3].sum(axis=0), self.sums[:, 3:6].max(axis=0, initial=0)])
        sums[:3] += (float(border.cost @ border.x), bound, products)
        for place, values in ((3, border.row_gap), (4, border.column_gap[free]), (5, reduced[~finite])):
            sums[place] = max(sums[place], float(np.abs(values).max(initial=0)))
        return sums

    def factorise(self) -> None:
        """Eliminate all stages, then the rings, and put the border's own system together."""
        self.each(self._factor_block)
        border = self.border
        columns, rows = len(border.x), len(border.y)
        system = np.zeros((columns + rows + 1, columns + rows + 1))
        for ring in self.rings:
            node = self.stages.slot_node[ring.chain]
            system[np.ix_(node, node)] += ring.eliminate(self.out)
        system = system[:-1, :-1]
        dense = border.matrix.toarray()
        system[columns:, :columns] += dense
        system[:columns, columns:] += dense.T
        place = np.arange(columns)
        system[place, place] -= 1 / np.maximum(border.theta, room.LEAST_THETA)
        place = np.arange(columns, columns + rows)
        system[place, place] += room.REGULAR_ROW
        self.master = Dense(system)

    def _factor_block(self, block: int) -> None:
        eliminating.factorise(block, self.first, self.later, self.data, self.work, self.out[block])

    def solve(self, target: float, second: bool) -> Array:
        """Fill the direction towards products of the size `target`; with the second order of `aim` where asked.

        Returns the largest relative shrinking of columns and of prices, and three sums that foretell the products.
        """
        self.each(self._forward_block, target, second)
        border = self.border
        border.side = border_side(border, target, second)
        columns = len(border.x)
        # Slots that a chain does not use fall to one place more, which is left out.
        right = np.concatenate([border.side, border.row_gap, [0.0]])
        right[:-1] += self._from_slots(self.gaps)
        for ring in self.rings:
            np.add.at(right, self.stages.slot_node[ring.chain], ring.forward(self.left, self.carried))
        found = self.master.solve(right[:-1])
        border.move, border.price_move = found[:columns], found[columns:]
        slots = self._in_slots(found)
        for ring in self.rings:
            ring.backward(slots[ring.chain * ring.count], self.left, self.after)
        self.each(self._backward_block, slots, target, second)
        sums = np.concatenate([self.sums[:, :2].max(axis=0, initial=0), self.sums[:, 2:5].sum(axis=0)])
        return with_border(sums, border, target, second)

    def _forward_block(self, block: int, target: float, second: bool) -> None:
        eliminating.forward(
            block, self.first, self.later, self.data, self.state, self.work, target, second, self.carried, self.left,
            self.gaps,
        )  # fmt: skip

    def _backward_block(self, block: int, slots: Array, target: float, second: bool) -> None:
        eliminating.backward(
            block, self.first, self.later, self.data, self.state, self.work, target, second, self.after.reshape(-1),
            self.left.reshape(-1), slots[block], self.sums,
        )  # fmt: skip

    def keep_aim(self) -> None:
        """Keep the direction as that whose second order the next one takes into account."""
        self.work.aim[:] = self.work.move
        self.border.aim = self.border.move

    def advance(self, target: float, second: bool, along: float, along_price: float) -> None:
        """Move the point along the direction, columns and prices by steps of their own."""
        self.each(measuring.advance, self.data, self.state, self.work, target, second, along, along_price)
        border = self.border
        low_move, high_move = price_moves(border, target, second)
        border.x = border.x + along * border.move
        border.low = border.low + along_price * low_move
        border.high = border.high + along_price * high_move
        border.y = border.y + along_price * border.price_move


def _data(stages: Stages, first: Plan, later: Plan) -> room.Data:
    rows, width = stages.rows, len(stages.interface)
    next_row = np.full(max(rows, 1), -1, dtype=np.int64)
    next_column = np.full(max(stages.columns, 1), -1, dtype=np.int64)
    for k, node in enumerate(stages.interface.tolist()):
        if node < rows:
            next_row[node] = k
        else:
            next_column[stages.kept[node - rows]] = k
    sizes = [len(plan.pivot_node) + len(plan.fill_slot) for plan in (first, later)]
    return room.Data(
        stages.cut.steps, stages.cut.blocks, stages.columns, rows, rows + len(stages.kept), width, stages.slots,
        max(sizes), stages.cut.lane_lengths, stages.interface, stages.kept,
        next_row, next_column, stages.tie, stages.first, stages.second, stages.constant,
        np.flatnonzero(stages.varying >= 0),
        stages.values, stages.cost, stages.lower, stages.upper, stages.right, stages.absent,
    )  # fmt: skip
