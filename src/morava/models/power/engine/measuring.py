"""How far a point is from its rows and prices, what it costs and proves, and a step along a direction."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.lanes import LANES, larger, load, spread, store, where_positive
from morava.models.power.engine.room import (
    REGULAR_COLUMN,
    Data,
    State,
    Work,
    add,
    compiled,
    fill_constant,
    fill_varying,
    lanes_of_length,
    most,
    price_steps,
    pushes,
    rooms,
    total,
)

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@compiled
def residuals(
    block: int, data: Data, state: State, work: Work, border: Array, after: Array, beyond: Array, border_gap: Array
) -> None:
    """Fill the residuals of rows and columns, and what of them falls to the next lane and to the border.

    `border` [slot] holds what stands in the border, `after` [block, interface, lane] what stands in the first stage of
    the next lane. `beyond` [block, interface, lane] and `border_gap` [block, slot] receive.
    """
    n, m, q = data.columns, data.rows, data.width
    ties, firsts, seconds, interface, kept = data.tie, data.first, data.second, data.interface, data.kept
    next_row, next_column, vary_entry, values = data.next_row, data.next_column, data.vary_entry, data.values
    x, y, low, high, cost, right = state.x, state.y, state.low, state.high, data.cost, data.right
    row_gap, column_gap = work.row_gap, work.column_gap
    room, nothing = np.zeros(LANES), spread(0.0)
    ahead, gaps = np.zeros((q + 1) * LANES), np.zeros((data.slots + 1) * LANES)
    known, edge = np.zeros((ties.size + 1) * LANES), np.zeros((data.slots + 1) * LANES)
    fill_constant(block, data, known)
    for k in range(q):
        store(beyond, block * q + k, nothing)
    for k in range(data.slots):
        store(edge, k, spread(border[k]))
    for step in range(data.steps - 1, -1, -1):
        at = block * data.steps + step
        ends, some = lanes_of_length(data.lane_lengths, block, step + 1, room)
        last = step + 1 == data.steps
        fill_varying(at, vary_entry, values, known)
        for k in range(q):
            value = nothing
            if not last:
                node = interface[k]
                value = load(y, (at + 1) * m + node) if node < m else load(x, (at + 1) * n + kept[node - m])
            if some:
                value = where_positive(ends, load(after, block * q + k), value)
            store(ahead, k, value)
        for i in range(m):
            store(row_gap, at * m + i, load(right, at * m + i))
        for j in range(n):
            store(column_gap, at * n + j, load(cost, at * n + j) - (load(low, at * n + j) - load(high, at * n + j)))
        for entry in range(ties.size):
            tie, one, two = ties[entry], firsts[entry], seconds[entry]
            value = load(known, entry)
            if tie == 0:
                add(row_gap, at * m + one, nothing - value * load(x, at * n + two))
                add(column_gap, at * n + two, nothing - value * load(y, at * m + one))
            elif tie == 1 or tie == 2:
                if tie == 1:
                    k = next_row[one]
                    add(column_gap, at * n + two, nothing - value * load(ahead, k))
                    pushed = nothing - value * load(x, at * n + two)
                else:
                    k = next_column[two]
                    add(row_gap, at * m + one, nothing - value * load(ahead, k))
                    pushed = nothing - value * load(y, at * m + one)
                if some:
                    add(beyond, block * q + k, where_positive(ends, pushed, nothing))
                    pushed = where_positive(ends, nothing, pushed)
                if not last:
                    if tie == 1:
                        add(row_gap, (at + 1) * m + one, pushed)
                    else:
                        add(column_gap, (at + 1) * n + two, pushed)
            elif tie == 3:
                add(row_gap, at * m + one, nothing - value * load(edge, two))
                add(gaps, two, nothing - value * load(y, at * m + one))
            else:
                add(gaps, one, nothing - value * load(x, at * n + two))
                add(column_gap, at * n + two, nothing - value * load(edge, one))
    for slot in range(data.slots):
        border_gap[block, slot] = total(load(gaps, slot), room)


@compiled
def measure(block: int, data: Data, state: State, work: Work, sums: Array) -> None:
    """Fill the scaling, and the sums of: cost, bound by prices, products; and the largest residuals.

    The bound takes each column at the end of its range that its reduced cost asks for; where that end is infinite the
    reduced cost counts as zero, and its size is kept as the sixth number.
    """
    n, m = data.columns, data.rows
    room, nothing = np.zeros(LANES), spread(0.0)
    endless = spread(np.inf)
    cost, bound, product = nothing, nothing, nothing
    row, column, wrong = nothing, nothing, nothing
    for step in range(data.steps):
        at = block * data.steps + step
        for i in range(m):
            gap = where_positive(load(data.absent, at * m + i), nothing, load(work.row_gap, at * m + i))
            row = larger(row, larger(gap, nothing - gap))
            bound = bound + load(data.right, at * m + i) * load(state.y, at * m + i)
        for j in range(n):
            place = at * n + j
            x, low, high = load(state.x, place), load(state.low, place), load(state.high, place)
            lower, upper = load(data.lower, place), load(data.upper, place)
            free = upper - lower
            gap = load(work.column_gap, place)
            below, above = rooms(x, lower, upper)
            theta = spread(1.0) / (low / below + high / above + spread(REGULAR_COLUMN))
            store(work.theta, place, where_positive(free, theta, nothing))
            product = product + where_positive(low, low * below, nothing) + where_positive(high, high * above, nothing)
            cost = cost + load(data.cost, place) * x
            gap = where_positive(free, gap, nothing)
            column = larger(column, larger(gap, nothing - gap))
            reduced = load(work.column_gap, place) + low - high
            end = where_positive(reduced, lower, upper)
            kept = where_positive(endless - end, where_positive(end + endless, spread(1.0), nothing), nothing)
            bound = bound + where_positive(kept, reduced * end, nothing)
            size = larger(reduced, nothing - reduced)
            wrong = larger(wrong, where_positive(kept, nothing, size))
    sums[block, 0], sums[block, 1], sums[block, 2] = total(cost, room), total(bound, room), total(product, room)
    sums[block, 3], sums[block, 4], sums[block, 5] = most(row, room), most(column, room), most(wrong, room)


@compiled
def advance(
    block: int, data: Data, state: State, work: Work, target: float, second: bool, step_column: float, step_price: float
) -> None:
    """Move the point of a block along the direction."""
    n, m = data.columns, data.rows
    whole, goal = spread(1.0), spread(target)
    along, along_price = spread(step_column), spread(step_price)
    for step in range(data.steps):
        at = block * data.steps + step
        for j in range(n):
            place = at * n + j
            move, live = load(work.move, place), load(work.theta, place)
            x, low, high = load(state.x, place), load(state.low, place), load(state.high, place)
            below, above = rooms(x, load(data.lower, place), load(data.upper, place))
            by_low, by_high = whole / below, whole / above
            to_low, to_high = goal, goal
            if second:
                to_low, to_high = pushes(low, high, by_low, by_high, load(work.aim, place), goal)
            low_move, high_move = price_steps(live, low, high, by_low, by_high, to_low, to_high, move)
            store(state.x, place, x + along * move)
            store(state.low, place, low + along_price * low_move)
            store(state.high, place, high + along_price * high_move)
        for i in range(m):
            add(state.y, at * m + i, along_price * load(work.price_move, at * m + i))
