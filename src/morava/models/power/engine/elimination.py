"""In which order the unknowns of a stage are eliminated, and where every number of that goes: worked out once.

The unknowns of a stage are its rows and its kept columns; every other column is eliminated as its row's neighbours are
put together, since it stands alone on the diagonal. What follows the stage is not eliminated but filled: the interface
of the next stage, the interface of the lane's first stage (left), and the border. The first stage of a lane keeps its
own interface, which is that left one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.stages import EARLIER, LATER, SAME, TO_BORDER, Stages

Numbers = npt.NDArray[np.int64]


class Plan(NamedTuple):
    """The elimination of one stage, as lists of places for a kernel to follow.

    Nodes are numbered rows, kept columns, next interface, left interface, border slots. A slot is the place of a pair
    of nodes in the work array; a node's place in a vector of unknowns is its number.

    Parameters
    ----------
    pair_start, pair_left, pair_right, pair_slot : for each alone column, pairs of its entries and where they add
    reach_start, reach_entry, reach_node : for each alone column, its entries and their nodes
    alone : [alone], kinds of the columns that are eliminated at once
    kept, kept_slot, kept_node : kinds of kept columns, their diagonals and nodes
    direct_entry, direct_slot : entries that stand in the system as they are
    row_slot : [row], its diagonal
    load_to, load_from : slots that the stage before filled for this one's interface
    next_slots : slots of the next interface, to be cleared
    core_slots : number of slots before those that stay
    pivot_node, pivot_slot, fill_start, fill_slot, fill_node, target_start, target_slot : the elimination
    """

    pair_start: Numbers
    pair_left: Numbers
    pair_right: Numbers
    pair_slot: Numbers
    reach_start: Numbers
    reach_entry: Numbers
    reach_node: Numbers
    alone: Numbers
    kept: Numbers
    kept_slot: Numbers
    kept_node: Numbers
    direct_entry: Numbers
    direct_slot: Numbers
    row_slot: Numbers
    load_to: Numbers
    load_from: Numbers
    next_slots: Numbers
    core_slots: int
    pivot_node: Numbers
    pivot_slot: Numbers
    fill_start: Numbers
    fill_slot: Numbers
    fill_node: Numbers
    target_start: Numbers
    target_slot: Numbers


class _Nodes:
    """Numbers of nodes for one plan."""

    def __init__(self, stages: Stages, first: bool) -> None:
        self.rows, self.kept = stages.rows, len(stages.kept)
        self.core = self.rows + self.kept
        self.width = len(stages.interface)
        self.next, self.left = self.core, self.core + self.width
        self.border = self.left + self.width
        self.total = self.border + stages.slots
        place = {int(node): k for k, node in enumerate(stages.interface)}
        self.row_next = np.array([self.next + place.get(i, -1) for i in range(self.rows)], dtype=np.int64)
        self.kept_next = np.array([self.next + place[self.rows + k] for k in range(self.kept)], dtype=np.int64)
        own = np.arange(self.core)
        if first:
            own = np.array([self.left + place[node] if node in place else node for node in range(self.core)])
        self.row_node, self.kept_node = own[: self.rows], own[self.rows :]
        self.border_node = np.arange(self.border, self.total)
        self.eliminated = [node for node in range(self.core) if not (first and node in place)]


def plan_elimination(stages: Stages, first: bool) -> Plan:
    """Return the elimination of the first stage of a lane, or of any other."""
    nodes = _Nodes(stages, first)
    kept_place = {int(kind): k for k, kind in enumerate(stages.kept)}
    alone = np.array([kind for kind in range(stages.columns) if kind not in kept_place], dtype=np.int64)
    reach: dict[int, list[tuple[int, int]]] = {int(kind): [] for kind in alone}
    direct: list[tuple[int, int, int]] = []
    for entry, (tie, one, two) in enumerate(
        zip(stages.tie.tolist(), stages.first.tolist(), stages.second.tolist(), strict=True)
    ):
        if tie == TO_BORDER:
            direct.append((entry, int(nodes.row_node[one]), nodes.border + two))
        elif tie == EARLIER:
            direct.append((entry, int(nodes.row_node[one]), int(nodes.kept_next[kept_place[two]])))
        else:
            node = {SAME: nodes.row_node, LATER: nodes.row_next}.get(tie, nodes.border_node)[one]
            if two in kept_place:
                direct.append((entry, int(node), int(nodes.kept_node[kept_place[two]])))
            else:
                reach[two].append((entry, int(node)))
    neighbours: list[set[int]] = [set() for _ in range(nodes.total)]
    for entries in reach.values():
        _join(neighbours, [node for _, node in entries])
    for _, one, two in direct:
        _join(neighbours, [one, two])
    interface = [int(node) for node in stages.interface]
    if not first:
        trailing = [*range(nodes.left, nodes.left + nodes.width), *range(nodes.border, nodes.total)]
        for node in interface:
            for other in (*interface, *trailing):
                if node != other:
                    _join(neighbours, [node, other])
    supported = {node for entries in reach.values() for _, node in entries}
    order, fills = _order(neighbours, nodes, supported)
    return _write_plan(stages, nodes, first, alone, reach, direct, order, fills)


def _join(neighbours: list[set[int]], together: list[int]) -> None:
    for node in together:
        neighbours[node].update(other for other in together if other != node)


def _order(neighbours: list[set[int]], nodes: _Nodes, supported: set[int]) -> tuple[list[int], list[list[int]]]:
    """Return the order of elimination by least degree, and what each node fills.

    A row that no alone column supports has next to nothing on its diagonal until a kept column beside it is gone.
    """
    live = [set(beside) for beside in neighbours]
    waiting = {node for node in nodes.eliminated if node < nodes.rows and node not in supported}
    left = set(nodes.eliminated)
    order: list[int] = []
    fills: list[list[int]] = []
    while left:
        ready = [node for node in left if node not in waiting] or sorted(left)
        node = min(ready, key=lambda one: (len(live[one]), one))
        left.discard(node)
        waiting -= live[node] | {node}
        beside = sorted(live[node])
        order.append(node)
        fills.append(beside)
        for other in beside:
            live[other].discard(node)
            live[other].update(one for one in beside if one != other)
    return order, fills


def _write_plan(
    stages: Stages, nodes: _Nodes, first: bool, alone: Numbers, reach: dict[int, list[tuple[int, int]]],
    direct: list[tuple[int, int, int]], order: list[int], fills: list[list[int]],
) -> Plan:  # fmt: skip
    slots: dict[tuple[int, int], int] = {}

    def core_slot(one: int, two: int) -> None:
        if min(one, two) < nodes.core:
            slots.setdefault((max(one, two), min(one, two)), len(slots))

    for node in range(nodes.core):
        core_slot(node, node)
    for node, beside in zip(order, fills, strict=True):
        for other in beside:
            core_slot(node, other)
    core_slots = len(slots)

    def slot(one: int, two: int) -> int:
        high, low = max(one, two), min(one, two)
        if low < nodes.core:
            return slots[(high, low)]
        high, low = high - nodes.core, low - nodes.core
        return core_slots + high * (high + 1) // 2 + low

    pairs: list[list[tuple[int, int, int]]] = []
    for kind in alone.tolist():
        entries = reach[kind]
        pairs.append(
            [(one, two, slot(node, other)) for k, (one, node) in enumerate(entries) for two, other in entries[: k + 1]]
        )
    loads: list[tuple[int, int]] = []
    if not first:
        interface = stages.interface.tolist()
        after = [*range(nodes.left, nodes.total)]
        for k, node in enumerate(interface):
            loads += [(slot(node, interface[j]), slot(nodes.next + k, nodes.next + j)) for j in range(k + 1)]
            loads += [(slot(node, other), slot(nodes.next + k, other)) for other in after]
    next_slots = sorted(
        {slot(nodes.next + k, other) for k in range(nodes.width) for other in range(nodes.next, nodes.total)}
    )
    targets = [[slot(one, two) for k, one in enumerate(beside) for two in beside[: k + 1]] for beside in fills]
    return Plan(
        pair_start=_starts([len(part) for part in pairs]),
        pair_left=_flat([one for part in pairs for one, _, _ in part]),
        pair_right=_flat([two for part in pairs for _, two, _ in part]),
        pair_slot=_flat([place for part in pairs for _, _, place in part]),
        reach_start=_starts([len(reach[kind]) for kind in alone.tolist()]),
        reach_entry=_flat([entry for kind in alone.tolist() for entry, _ in reach[kind]]),
        reach_node=_flat([node for kind in alone.tolist() for _, node in reach[kind]]),
        alone=alone,
        kept=stages.kept,
        kept_slot=_flat([slot(int(node), int(node)) for node in nodes.kept_node]),
        kept_node=_flat(nodes.kept_node.tolist()),
        direct_entry=_flat([entry for entry, _, _ in direct]),
        direct_slot=_flat([slot(one, two) for _, one, two in direct]),
        row_slot=_flat([slot(int(node), int(node)) for node in nodes.row_node]),
        load_to=_flat([to for to, _ in loads]),
        load_from=_flat([source for _, source in loads]),
        next_slots=_flat(next_slots),
        core_slots=core_slots,
        pivot_node=_flat(order),
        pivot_slot=_flat([slot(node, node) for node in order]),
        fill_start=_starts([len(beside) for beside in fills]),
        fill_slot=_flat([slot(node, other) for node, beside in zip(order, fills, strict=True) for other in beside]),
        fill_node=_flat([other for beside in fills for other in beside]),
        target_start=_starts([len(part) for part in targets]),
        target_slot=_flat([place for part in targets for place in part]),
    )


def _flat(values: list[int]) -> Numbers:
    return np.asarray(values, dtype=np.int64)


def _starts(sizes: list[int]) -> Numbers:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
