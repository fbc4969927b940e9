"""The factor of all stages, and both halves of a solution with it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.elimination import Plan
from morava.models.power.engine.lanes import LANES, larger, load, spread, store, where_positive
from morava.models.power.engine.room import (
    LEAST_PIVOT,
    LEAST_THETA,
    REGULAR_ROW,
    Data,
    State,
    Work,
    add,
    compiled,
    fill_constant,
    fill_varying,
    lanes_longer,
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
def factor_stage(
    plan: Plan, block: int, step: int, data: Data, work: Work, known: Array, array: Array, room: Array, out: Array
) -> None:
    """Put one stage together in `array`, eliminate it, and keep its factor."""
    at = block * data.steps + step
    n, m, core_slots, lane_lengths = data.columns, data.rows, plan.core_slots, data.lane_lengths
    theta, factor, absent = work.theta, work.factor, data.absent
    load_to, load_from, next_slots = plan.load_to, plan.load_from, plan.next_slots
    alone, pair_start, pair_slot = plan.alone, plan.pair_start, plan.pair_slot
    pair_left, pair_right = plan.pair_left, plan.pair_right
    direct_entry, direct_slot, kept, kept_slot, row_slot = (
        plan.direct_entry, plan.direct_slot, plan.kept, plan.kept_slot, plan.row_slot
    )  # fmt: skip
    pivot_node, pivot_slot, fill_start, fill_slot, target_slot = (
        plan.pivot_node, plan.pivot_slot, plan.fill_start, plan.fill_slot, plan.target_slot
    )  # fmt: skip
    nothing, whole = spread(0.0), spread(1.0)
    lives, short = lanes_longer(lane_lengths, block, step, room)
    fill_varying(at, data.vary_entry, data.values, known)
    for k in range(core_slots):
        store(array, k, nothing)
    for k in range(load_to.size):
        store(array, load_to[k], load(array, load_from[k]))
    for k in range(next_slots.size):
        store(array, next_slots[k], nothing)
    for k in range(alone.size):
        weight = load(theta, at * n + alone[k])
        for pair in range(pair_start[k], pair_start[k + 1]):
            product = load(known, pair_left[pair]) * weight * load(known, pair_right[pair])
            add(array, pair_slot[pair], product)
    for k in range(direct_entry.size):
        add(array, direct_slot[k], lives * load(known, direct_entry[k]))
    for k in range(kept.size):
        add(array, kept_slot[k], nothing - whole / larger(load(theta, at * n + kept[k]), spread(LEAST_THETA)))
    for i in range(m):
        add(array, row_slot[i], load(absent, at * m + i) + spread(REGULAR_ROW))
    if short:
        # Lanes that have ended pass nothing on: a diagonal of ones alone.
        for k in range(core_slots):
            store(array, k, where_positive(lives, load(array, k), nothing))
        for k in range(pivot_slot.size):
            store(array, pivot_slot[k], where_positive(lives, load(array, pivot_slot[k]), whole))
    place, target = at * data.factor_size, 0
    for p in range(pivot_slot.size):
        pivot = load(array, pivot_slot[p])
        # Rows stand above zero and kept columns below; what rounding has left of a dependent one is passed over.
        size = pivot if pivot_node[p] < m else nothing - pivot
        inverse = where_positive(size - spread(LEAST_PIVOT), whole / pivot, nothing)
        store(factor, place, inverse)
        place += 1
        start = fill_start[p]
        for a in range(start, fill_start[p + 1]):
            value = load(array, fill_slot[a]) * inverse
            store(factor, place, value)
            place += 1
            for b in range(start, a + 1):
                slot = target_slot[target]
                target += 1
                store(array, slot, load(array, slot) - value * load(array, fill_slot[b]))
    for lane in range(LANES):
        if lane_lengths[block, lane] == step + 1:
            for k in range(next_slots.size):
                out[next_slots[k] - core_slots, lane] = array[next_slots[k] * LANES + lane]


@compiled
def factorise(block: int, first: Plan, later: Plan, data: Data, work: Work, out: Array) -> None:
    """Eliminate all stages of a block. `out` [pair, lane] receives what falls to interfaces and border, packed."""
    trailing = out.shape[0]
    room, known = np.zeros(LANES), np.zeros((data.tie.size + 1) * LANES)
    fill_constant(block, data, known)
    array = np.zeros((first.core_slots + trailing) * LANES)
    factor_stage(first, block, 0, data, work, known, array, room, out)
    # The later stages have another number of core slots before the same trailing ones.
    other = np.zeros((later.core_slots + trailing) * LANES)
    other[later.core_slots * LANES :] = array[first.core_slots * LANES :]
    for step in range(1, data.steps):
        factor_stage(later, block, step, data, work, known, other, room, out)
    # The slots of the next interface were read when each lane ended.
    passed = np.zeros(trailing)
    for k in range(later.next_slots.size):
        passed[later.next_slots[k] - later.core_slots] = 1.0
    for k in range(trailing):
        if passed[k] == 0.0:
            for lane in range(LANES):
                out[k, lane] = other[(later.core_slots + k) * LANES + lane]


@compiled
def forward_stage(
    plan: Plan,
    block: int,
    step: int,
    data: Data,
    state: State,
    work: Work,
    target: float,
    second: bool,
    known: Array,
    vector: Array,
    room: Array,
    carried: Array,
) -> None:
    """Carry the right side through one stage."""
    at = block * data.steps + step
    n, m, q, core = data.columns, data.rows, data.width, data.core
    interface, next_row, lane_lengths = data.interface, data.next_row, data.lane_lengths
    lower_end, upper_end, theta, side_kept = data.lower, data.upper, work.theta, work.side
    columns, lows, highs, aims, gaps = state.x, state.low, state.high, work.aim, work.column_gap
    alone, reach_start, reach_node, reach_entry = plan.alone, plan.reach_start, plan.reach_node, plan.reach_entry
    kept, kept_node, row_gap = plan.kept, plan.kept_node, work.row_gap
    pivot_node, fill_start, fill_node, factor, kept_vector = (
        plan.pivot_node, plan.fill_start, plan.fill_node, work.factor, work.vector
    )  # fmt: skip
    nothing, whole, goal = spread(0.0), spread(1.0), spread(target)
    lives, short = lanes_longer(lane_lengths, block, step, room)
    fill_varying(at, data.vary_entry, data.values, known)
    for k in range(core):
        store(vector, k, nothing)
    if step > 0:
        for k in range(q):
            store(vector, interface[k], load(vector, core + k))
    for k in range(q):
        store(vector, core + k, nothing)
    for i in range(m):
        node = i
        if step == 0 and next_row[i] >= 0:
            node = core + q + next_row[i]
        add(vector, node, load(row_gap, at * m + i))
    for j in range(n):
        place = at * n + j
        x, low, high = load(columns, place), load(lows, place), load(highs, place)
        below, above = rooms(x, load(lower_end, place), load(upper_end, place))
        by_low, by_high = whole / below, whole / above
        to_low, to_high = goal, goal
        if second:
            to_low, to_high = pushes(low, high, by_low, by_high, load(aims, place), goal)
        # Where a bound has no price there is none: its term is zero over infinity.
        side = load(gaps, place) + low - high
        side = side - where_positive(low, to_low * by_low, nothing) + where_positive(high, to_high * by_high, nothing)
        store(side_kept, place, where_positive(load(theta, place), side, nothing))
    for k in range(alone.size):
        place = at * n + alone[k]
        value = load(theta, place) * load(side_kept, place)
        for entry in range(reach_start[k], reach_start[k + 1]):
            add(vector, reach_node[entry], load(known, reach_entry[entry]) * value)
    for k in range(kept.size):
        add(vector, kept_node[k], load(side_kept, at * n + kept[k]))
    if short:
        for k in range(core):
            store(vector, k, where_positive(lives, load(vector, k), nothing))
    place = at * data.factor_size
    for p in range(pivot_node.size):
        node = pivot_node[p]
        value = load(vector, node)
        store(kept_vector, at * core + node, value * load(factor, place))
        place += 1
        for a in range(fill_start[p], fill_start[p + 1]):
            other = fill_node[a]
            store(vector, other, load(vector, other) - load(factor, place) * value)
            place += 1
    for lane in range(LANES):
        if lane_lengths[block, lane] == step + 1:
            for k in range(q):
                carried[block, k, lane] = vector[(core + k) * LANES + lane]


@compiled
def forward(
    block: int,
    first: Plan,
    later: Plan,
    data: Data,
    state: State,
    work: Work,
    target: float,
    second: bool,
    carried: Array,
    left: Array,
    border: Array,
) -> None:
    """Carry the right side of a step through all stages of a block.

    `carried` and `left` [block, interface, lane] receive what falls to the interface after the last stage and before
    the first; `border` [block, slot] what falls to the border.
    """
    vector = np.zeros((data.core + 2 * data.width + data.slots + 1) * LANES)
    room, known = np.zeros(LANES), np.zeros((data.tie.size + 1) * LANES)
    fill_constant(block, data, known)
    forward_stage(first, block, 0, data, state, work, target, second, known, vector, room, carried)
    for step in range(1, data.steps):
        forward_stage(later, block, step, data, state, work, target, second, known, vector, room, carried)
    for k in range(data.width):
        for lane in range(LANES):
            left[block, k, lane] = vector[(data.core + data.width + k) * LANES + lane]
    for slot in range(data.slots):
        border[block, slot] = total(load(vector, data.core + 2 * data.width + slot), room)


@compiled
def backward_stage(plan: Plan, block: int, step: int, data: Data, work: Work, known: Array, vector: Array) -> None:
    """Fill the unknowns of one stage from those that follow it."""
    at = block * data.steps + step
    n, m, q, core = data.columns, data.rows, data.width, data.core
    pivot_node, fill_start, fill_node, factor, kept_vector = (
        plan.pivot_node, plan.fill_start, plan.fill_node, work.factor, work.vector
    )  # fmt: skip
    alone, reach_start, reach_node, reach_entry = plan.alone, plan.reach_start, plan.reach_node, plan.reach_entry
    kept, kept_node, next_row = plan.kept, plan.kept_node, data.next_row
    theta, sides, move, price_move = work.theta, work.side, work.move, work.price_move
    fill_varying(at, data.vary_entry, data.values, known)
    place = at * data.factor_size + pivot_node.size + fill_node.size
    for p in range(pivot_node.size - 1, -1, -1):
        node = pivot_node[p]
        start, stop = fill_start[p], fill_start[p + 1]
        place -= 1 + stop - start
        value = load(kept_vector, at * core + node)
        for a in range(start, stop):
            value = value - load(factor, place + 1 + a - start) * load(vector, fill_node[a])
        store(vector, node, value)
    for i in range(m):
        node = i
        if step == 0 and next_row[i] >= 0:
            node = core + q + next_row[i]
        store(price_move, at * m + i, load(vector, node))
    for k in range(kept.size):
        store(move, at * n + kept[k], load(vector, kept_node[k]))
    for k in range(alone.size):
        spot = at * n + alone[k]
        value = spread(0.0) - load(sides, spot)
        for entry in range(reach_start[k], reach_start[k + 1]):
            value = value + load(known, reach_entry[entry]) * load(vector, reach_node[entry])
        store(move, spot, load(theta, spot) * value)


@compiled
def backward(
    block: int,
    first: Plan,
    later: Plan,
    data: Data,
    state: State,
    work: Work,
    target: float,
    second: bool,
    after: Array,
    left: Array,
    border: Array,
    sums: Array,
) -> None:
    """Fill the directions of columns and prices of a block from what is known of interfaces and border.

    `sums` [block] receives the largest shrinking of a column and of a price of a bound, relative, and the sums that
    foretell the products after any step.
    """
    n, q, core, interface = data.columns, data.width, data.core, data.interface
    lower_end, upper_end, theta, moves = data.lower, data.upper, work.theta, work.move
    columns, lows, highs, aims = state.x, state.low, state.high, work.aim
    room, nothing, whole, goal = np.zeros(LANES), spread(0.0), spread(1.0), spread(target)
    vector, known = np.zeros((core + 2 * q + data.slots + 1) * LANES), np.zeros((data.tie.size + 1) * LANES)
    fill_constant(block, data, known)
    shrink, shrink_price = nothing, nothing
    one, two, three = nothing, nothing, nothing
    for slot in range(data.slots):
        store(vector, core + 2 * q + slot, spread(border[slot]))
    for k in range(q):
        store(vector, core + q + k, load(left, block * q + k))
    for step in range(data.steps - 1, -1, -1):
        at = block * data.steps + step
        ends, some = lanes_of_length(data.lane_lengths, block, step + 1, room)
        for k in range(q):
            value = load(vector, interface[k])
            if some:
                value = where_positive(ends, load(after, block * q + k), value)
            store(vector, core + k, value)
        if step > 0:
            backward_stage(later, block, step, data, work, known, vector)
        else:
            backward_stage(first, block, step, data, work, known, vector)
        for j in range(n):
            place = at * n + j
            move, live = load(moves, place), load(theta, place)
            x, low, high = load(columns, place), load(lows, place), load(highs, place)
            below, above = rooms(x, load(lower_end, place), load(upper_end, place))
            by_low, by_high = whole / below, whole / above
            to_low, to_high = goal, goal
            if second:
                to_low, to_high = pushes(low, high, by_low, by_high, load(aims, place), goal)
            low_move, high_move = price_steps(live, low, high, by_low, by_high, to_low, to_high, move)
            shrink = larger(shrink, where_positive(live, (nothing - move) * by_low, nothing))
            shrink = larger(shrink, where_positive(live, move * by_high, nothing))
            shrink_price = larger(shrink_price, where_positive(low, (nothing - low_move) / low, nothing))
            shrink_price = larger(shrink_price, where_positive(high, (nothing - high_move) / high, nothing))
            one = one + move * (low - high)
            two = two + where_positive(low, below * low_move, nothing)
            two = two + where_positive(high, above * high_move, nothing)
            three = three + move * (low_move - high_move)
    sums[block, 0], sums[block, 1] = most(shrink, room), most(shrink_price, room)
    sums[block, 2], sums[block, 3], sums[block, 4] = total(one, room), total(two, room), total(three, room)
