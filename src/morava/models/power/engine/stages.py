"""A laid out program as equal stages, eight parts of every chain side by side.

A chain is cut into parts of nearly equal length, one a lane; eight lanes are a block. The numbers of a stage lie
together: `[block, step, kind, lane]`. What is left over in shorter lanes is fixed at zero and takes part in nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.chronology import BORDER
from morava.models.power.engine.fold import MOST_BORDER, DoesNotFitError, Sheet, lags_of, lengths_of
from morava.models.power.engine.lanes import LANES

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
SAME, LATER, EARLIER, TO_BORDER, FROM_BORDER = range(5)
"""What an entry ties: row and column of a stage; a row to the column before it; a row to the column after it; a row to
a border column; a border row to a column."""
LONG_CHAIN_BLOCKS = 2
"""Blocks of a chain where it is the only one: enough for two threads, and the same for any number of them."""


@dataclass(frozen=True)
class Cut:
    """How chains lie in lanes.

    Parameters
    ----------
    lengths : [chain], steps
    active : [chain], lanes in use
    blocks : blocks of each chain
    steps : steps of the longest lane
    lane_lengths : [block, lane], steps of each
    """

    lengths: Numbers
    active: Numbers
    blocks: int
    steps: int
    lane_lengths: Numbers

    def place(self, chain: Numbers, step: Numbers, kind: Numbers, kinds: int) -> Numbers:
        """Return the position of something in an array [block, step, kind, lane], flat."""
        base, extra = np.divmod(self.lengths[chain], self.active[chain])
        turn = extra * (base + 1)
        lane = np.where(step < turn, step // (base + 1), extra + (step - turn) // base)
        inside = step - (lane * base + np.minimum(lane, extra))
        block = chain * self.blocks + lane // LANES
        return np.asarray(((block * self.steps + inside) * kinds + kind) * LANES + lane % LANES)


def cut_chains(lengths: Numbers) -> Cut:
    """Return how chains of these lengths lie in lanes."""
    blocks = LONG_CHAIN_BLOCKS if len(lengths) == 1 else 1
    active = np.minimum(blocks * LANES, lengths)
    lane_lengths = np.zeros((len(lengths), blocks * LANES), dtype=np.int64)
    for chain, (length, used) in enumerate(zip(lengths.tolist(), active.tolist(), strict=True)):
        base, extra = divmod(length, used)
        lane_lengths[chain, :used] = base + (np.arange(used) < extra)
    return Cut(lengths, active, blocks, int(lane_lengths.max(initial=0)), lane_lengths.reshape(-1, LANES))


@dataclass(frozen=True)
class Stages:
    """All numbers of a program in stages, and which entries a stage has.

    Parameters
    ----------
    cut : how chains lie in lanes
    columns, rows : kinds of columns and rows of a stage
    tie, first, second : [entry], what it ties, and its row (or border slot) and column (or border slot)
    constant : [chain, entry], its value where it does not vary
    varying : [entry], position among those that vary, or -1
    values : [block, step, varying, lane], flat
    cost, lower, upper : [block, step, column, lane], flat
    right, absent : [block, step, row, lane], flat; one in `absent` where there is no such row
    slots : border slots of a chain
    slot_node : [chain, slot], border column, or number of border columns + border row, or -1
    kept : kinds of columns that are not eliminated at once, in order
    interface : nodes of a stage that the stage before touches, rows first; a kept column is rows + its position
    column_place, row_place : [column], [row] of the sheet: position in the arrays, or in the border
    """

    cut: Cut
    columns: int
    rows: int
    tie: Numbers
    first: Numbers
    second: Numbers
    constant: Array
    varying: Numbers
    values: Array
    cost: Array
    lower: Array
    upper: Array
    right: Array
    absent: Array
    slots: int
    slot_node: Numbers
    kept: Numbers
    interface: Numbers
    column_place: Numbers
    row_place: Numbers


def cut_stages(sheet: Sheet) -> Stages:
    """Return the stages of a laid out program.

    Raises
    ------
    DoesNotFitError
        When the border of a chain is not thin.
    """
    cut = cut_chains(lengths_of(sheet))
    column_kind, columns = _numbered(sheet.column_kind, sheet.column_chain)
    row_kind, rows = _numbered(sheet.row_kind, sheet.row_chain)
    column_place = _places(cut, sheet.column_chain, sheet.column_step, column_kind, columns)
    row_place = _places(cut, sheet.row_chain, sheet.row_step, row_kind, rows)
    inside = sheet.column_chain != BORDER
    held = sheet.row_chain != BORDER
    size = len(cut.lane_lengths) * cut.steps * LANES
    cost, lower, upper = (
        _filled(size * columns, column_place[inside], values[inside])
        for values in (sheet.cost, sheet.lower, sheet.upper)
    )
    right = _filled(size * rows, row_place[held], sheet.right[held])
    absent = 1.0 - _filled(size * rows, row_place[held], np.ones(int(held.sum())))
    row_in, column_in = held[sheet.row], inside[sheet.column]
    lag = lags_of(sheet)
    tie = np.select(
        [row_in & column_in & (lag == 0), row_in & column_in & (lag == 1), row_in & column_in & (lag == -1),
         row_in & ~column_in, ~row_in & column_in],
        [SAME, LATER, EARLIER, TO_BORDER, FROM_BORDER], -1,
    )  # fmt: skip
    slot, slot_node = _border_slots(sheet, tie)
    first = np.where(row_in, row_kind[sheet.row], slot)
    second = np.where(column_in, column_kind[sheet.column], slot)
    chain = np.where(row_in, sheet.row_chain[sheet.row], sheet.column_chain[sheet.column])
    # An entry of a stage with the next belongs to the column's stage, or to the row's where the row comes first.
    step = np.where((tie == EARLIER) | (tie == TO_BORDER), sheet.row_step[sheet.row], sheet.column_step[sheet.column])
    use = tie >= 0
    wide = max(columns, rows, slot_node.shape[1], 1)
    code = ((tie * wide + first) * wide + second)[use]
    entries = np.flatnonzero(np.bincount(code, minlength=5 * wide * wide))
    table = np.full(5 * wide * wide, -1, dtype=np.int64)
    table[entries] = np.arange(len(entries))
    constant, varying, values = _entry_values(cut, table[code], chain[use], step[use], sheet.value[use], len(entries))
    ties, rest = np.divmod(entries, wide * wide)
    firsts, seconds = np.divmod(rest, wide)
    kept = np.unique(seconds[ties == EARLIER])
    interface = np.concatenate([np.unique(firsts[ties == LATER]), rows + np.arange(len(kept))])
    return Stages(
        cut, columns, rows, ties, firsts, seconds, constant, varying, values, cost, lower, upper, right, absent,
        slot_node.shape[1], slot_node, kept, interface, column_place, row_place,
    )  # fmt: skip


def _numbered(kind: Numbers, chain: Numbers) -> tuple[Numbers, int]:
    """Return the kinds of what is in a chain, numbered from 0 without holes, and how many there are."""
    inside = chain != BORDER
    table = np.zeros(int(kind.max(initial=-1)) + 1, dtype=np.int64)
    found = np.flatnonzero(np.bincount(kind[inside], minlength=len(table)))
    table[found] = np.arange(len(found))
    return np.where(inside, table[kind], 0), len(found)


def _places(cut: Cut, chain: Numbers, step: Numbers, kind: Numbers, kinds: int) -> Numbers:
    """Return the position of each in the arrays of stages; of what is in the border, its position there."""
    border = chain == BORDER
    place = np.zeros(len(chain), dtype=np.int64)
    place[border] = np.arange(int(border.sum()))
    inside = ~border
    place[inside] = cut.place(chain[inside], step[inside], kind[inside], kinds)
    return place


def _filled(size: int, place: Numbers, values: Array) -> Array:
    made = np.zeros(size)
    made[place] = values
    return made


def _border_slots(sheet: Sheet, tie: Numbers) -> tuple[Numbers, Numbers]:
    """Return the border slot of each entry, and what stands in the slots of each chain.

    Slots are shared over chains by kind, so that the same slot is touched in the same way everywhere.
    """
    column_border, row_border = sheet.column_chain == BORDER, sheet.row_chain == BORDER
    column_node = np.cumsum(column_border) - 1
    row_node = int(column_border.sum()) + np.cumsum(row_border) - 1
    to, back = tie == TO_BORDER, tie == FROM_BORDER
    use = np.flatnonzero(to | back)
    node = np.where(to[use], column_node[sheet.column[use]], row_node[sheet.row[use]])
    chain = np.where(to[use], sheet.row_chain[sheet.row[use]], sheet.column_chain[sheet.column[use]])
    nodes = int(column_border.sum() + row_border.sum())
    kind = np.concatenate([sheet.column_kind[column_border], -1 - sheet.row_kind[row_border]])
    pairs = np.flatnonzero(np.bincount(chain * max(nodes, 1) + node)) if len(use) else np.zeros(0, dtype=np.int64)
    pair_chain, pair_node = np.divmod(pairs, max(nodes, 1))
    pair_kind = kind[pair_node]
    order = np.lexsort((pair_node, pair_kind, pair_chain))
    rank = np.zeros(len(pairs), dtype=np.int64)
    new = np.append(True, (np.diff(pair_chain[order]) != 0) | (np.diff(pair_kind[order]) != 0))[: len(pairs)]
    starts = np.maximum.accumulate(np.where(new, np.arange(len(pairs)), 0)) if len(pairs) else rank
    rank[order] = np.arange(len(pairs)) - starts
    keys, slot_of_pair = np.unique(np.stack([pair_kind, rank]), axis=1, return_inverse=True)
    if keys.shape[1] > MOST_BORDER:
        raise DoesNotFitError(f"{keys.shape[1]} rows and columns of the border touch one chain")
    chains = len(lengths_of(sheet))
    slot_node = np.full((chains, keys.shape[1]), -1, dtype=np.int64)
    slot_node[pair_chain, slot_of_pair.ravel()] = pair_node
    table = np.full((chains, max(nodes, 1)), 0, dtype=np.int64)
    table[pair_chain, pair_node] = slot_of_pair.ravel()
    slot = np.zeros(len(tie), dtype=np.int64)
    slot[use] = table[chain, node]
    return slot, slot_node


def _entry_values(
    cut: Cut, entry: Numbers, chain: Numbers, step: Numbers, value: Array, entries: int
) -> tuple[Array, Numbers, Array]:
    """Return the constant value of each entry in each chain, which entries vary, and the values of these."""
    chains = len(cut.lengths)
    cell = entry * chains + chain
    count = np.bincount(cell, minlength=entries * chains)
    some = np.zeros(entries * chains)
    some[cell] = value
    differs = np.bincount(cell, weights=value != some[cell], minlength=entries * chains)
    steady = (count == 0) | ((count == np.tile(cut.lengths, entries)) & (differs == 0))
    steady_entry = steady.reshape(entries, chains).all(axis=1)
    varying = np.where(steady_entry, -1, np.cumsum(~steady_entry) - 1)
    constant = np.where(steady_entry[:, None], some.reshape(entries, chains), 0.0).T.copy()
    number = int((~steady_entry).sum())
    use = varying[entry] >= 0
    place = cut.place(chain[use], step[use], varying[entry[use]], number)
    values = np.zeros(len(cut.lane_lengths) * cut.steps * number * LANES)
    np.add.at(values, place, value[use])
    return constant, varying, values
