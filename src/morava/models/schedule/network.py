"""Precedence networks, activity on node: earliest and latest dates, float, the critical path, the price of haste.

Every array has the stage first and may have any dimensions after it, usually one of futures: a pass over the network
is then one operation a link on a contiguous row, with no array of stage by stage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from morava.errors import MoravaError, Problem, Problems, nearest

FloatArray = NDArray[np.float64]
Pass = tuple[FloatArray, FloatArray]

LINK_KINDS = ("FS", "SS", "FF", "SF")
"""From the finish or start of one stage to the start or finish of another."""


@dataclass(frozen=True)
class Link:
    """One stage waits for another: `lag` after the finish (F) or start (S) of `before`, `after` may start or finish."""

    before: str
    after: str
    kind: str = "FS"
    lag: float = 0.0


@dataclass(frozen=True)
class Network:
    """Stages in a fixed order, and for each the links that lead to it and away from it.

    `order` lists positions so that everything comes after what it waits for. A link is (position, kind, lag).
    """

    names: tuple[str, ...]
    order: tuple[int, ...]
    into: tuple[tuple[tuple[int, str, float], ...], ...]
    out_of: tuple[tuple[tuple[int, str, float], ...], ...]


@dataclass(frozen=True)
class Crash:
    """The cheapest way to meet a deadline: what is cut off each stage, what that costs, and the whole cost."""

    cut: FloatArray
    extra: float
    total: float


def build(names: Sequence[str], links: Sequence[Link]) -> Network:
    """Return a network that is known to have an order.

    Parameters
    ----------
    names
        Stages; every array given later has them first, in this order.
    links
        What waits for what.

    Raises
    ------
    MoravaError
        Stages twice, links to stages that do not exist, unknown kinds, stages that wait for each other in a circle.

    Examples
    --------
    >>> build(["b", "a"], [Link("a", "b")]).order
    (1, 0)
    """
    problems = Problems()
    place = {name: index for index, name in enumerate(names)}
    if len(place) < len(names):
        problems.add("a stage stands twice in the network", "stages", "give every stage one name of its own")
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(names)))
    into: list[list[tuple[int, str, float]]] = [[] for _ in names]
    out_of: list[list[tuple[int, str, float]]] = [[] for _ in names]
    for link in links:
        where = f"link {link.before} -> {link.after}"
        for name in {link.before, link.after} - set(place):
            problems.add(f"no stage is called {name}", where, nearest(name, place))
        if link.kind not in LINK_KINDS:
            problems.add(f"kind of link {link.kind} is unknown", where, nearest(link.kind, LINK_KINDS))
        if not np.isfinite(link.lag):
            problems.add("a lag is not a number", where, "give a finite lag")
        if link.before in place and link.after in place:
            before, after = place[link.before], place[link.after]
            graph.add_edge(before, after)
            into[after].append((before, link.kind, link.lag))
            out_of[before].append((after, link.kind, link.lag))
    problems.raise_if_any()
    return Network(tuple(names), _order(graph, names), tuple(map(tuple, into)), tuple(map(tuple, out_of)))


def _order(graph: nx.DiGraph[int], names: Sequence[str]) -> tuple[int, ...]:
    try:
        return tuple(nx.lexicographical_topological_sort(graph))
    except nx.NetworkXUnfeasible as error:
        circle = " -> ".join(names[before] for before, _ in nx.find_cycle(graph))
        raise MoravaError(
            Problem(f"stages wait for each other in a circle: {circle}", "links", "take one of these links away")
        ) from error


def forward(network: Network, duration: FloatArray, release: FloatArray | float = 0.0) -> Pass:
    """Return the earliest start and finish of every stage.

    S_j = max(release_j, F_i + lag for FS, S_i + lag for SS, F_i + lag - d_j for FF, S_i + lag - d_j for SF). A
    duration or a release of +inf spreads to all that waits for it, as long as links are FS or SS.

    Parameters
    ----------
    network
        What waits for what.
    duration
        [stage, ...], any unit of time.
    release
        [stage, ...] or one number, same unit: before it no stage starts.

    Returns
    -------
    tuple
        Earliest start and earliest finish, [stage, ...].

    Examples
    --------
    >>> start, finish = forward(build(["a", "b"], [Link("a", "b", "FS", 1.0)]), np.array([2.0, 3.0]))
    >>> finish.tolist()
    [2.0, 6.0]
    """
    released = np.asarray(release, dtype=float)
    shape = np.broadcast_shapes(duration.shape, released.shape)
    start = np.array(np.broadcast_to(released, shape))
    finish = np.empty(shape)
    for stage in network.order:
        for before, kind, lag in network.into[stage]:
            bound = finish[before] if kind[0] == "F" else start[before]
            if lag:
                bound = bound + lag
            if kind[1] == "F":
                bound = bound - duration[stage]
            start[stage] = np.maximum(start[stage], bound)
        finish[stage] = start[stage] + duration[stage]
    return start, finish


def backward(network: Network, duration: FloatArray, deadline: FloatArray | float) -> Pass:
    """Return the latest start and finish of every stage that still keep a deadline.

    Parameters
    ----------
    network
        What waits for what.
    duration
        [stage, ...], finite.
    deadline
        [...], same unit: by when everything must be finished.

    Returns
    -------
    tuple
        Latest start and latest finish, [stage, ...].
    """
    end = np.asarray(deadline, dtype=float)
    shape = (len(network.names), *np.broadcast_shapes(duration.shape[1:], end.shape))
    start = np.empty(shape)
    finish = np.array(np.broadcast_to(end, shape))
    for stage in reversed(network.order):
        for after, kind, lag in network.out_of[stage]:
            bound = finish[after] if kind[1] == "F" else start[after]
            if lag:
                bound = bound - lag
            if kind[0] == "S":
                bound = bound + duration[stage]
            finish[stage] = np.minimum(finish[stage], bound)
        start[stage] = finish[stage] - duration[stage]
    return start, finish


def slack(network: Network, duration: FloatArray, release: FloatArray | float = 0.0) -> FloatArray:
    """Return the total float of every stage: by how much it may slip before the end of the whole slips.

    Parameters
    ----------
    network
        What waits for what.
    duration
        [stage, ...], finite.
    release
        [stage, ...] or one number, finite.
    """
    _, early = forward(network, duration, release)
    _, late = backward(network, duration, np.max(early, axis=0))
    return late - early


def critical(network: Network, duration: FloatArray, release: FloatArray | float = 0.0) -> NDArray[np.bool_]:
    """Return whether each stage lies on a critical path: its float is nothing but rounding.

    Parameters
    ----------
    network
        What waits for what.
    duration
        [stage, ...], finite.
    release
        [stage, ...] or one number, finite.

    Examples
    --------
    >>> net = build(["a", "b", "c"], [Link("a", "c"), Link("b", "c")])
    >>> critical(net, np.array([2.0, 1.0, 1.0])).tolist()
    [True, False, True]
    """
    _, early = forward(network, duration, release)
    length = np.max(early, axis=0)
    _, late = backward(network, duration, length)
    rounding = 64 * np.finfo(float).eps * np.maximum(1.0, np.abs(length))
    return np.asarray(late - early <= rounding)


def crash(
    network: Network,
    normal: Sequence[float],
    shortest: Sequence[float],
    normal_cost: Sequence[float],
    crash_cost: Sequence[float],
    deadline: float,
) -> Crash:
    """Return the cheapest way to finish by a deadline when time can be bought, stage by stage, at a constant price.

    A linear program: start times and cuts are free, cuts are bounded by normal - shortest, every link and the
    deadline hold, and the cost of the cuts is least.

    Parameters
    ----------
    network
        What waits for what.
    normal, shortest
        [stage], time: planned, and with all the haste that money can buy.
    normal_cost, crash_cost
        [stage], money: at the planned and at the shortest duration.
    deadline
        Time by which everything is finished.

    Raises
    ------
    MoravaError
        Where no haste is enough, or the solver did not prove its answer.

    Source
    ------
    Kelley, J. E. (1961), Critical-path planning and scheduling: mathematical basis, Operations Research 9(3).

    Examples
    --------
    >>> net = build(["a", "b"], [Link("a", "b")])
    >>> found = crash(net, [4, 3], [2, 2], [10, 10], [20, 12], 6)
    >>> round(found.cut[1].item(), 9), round(found.extra, 9), round(found.total, 9)
    (1.0, 2.0, 22.0)
    """
    long, short = np.asarray(normal, dtype=float), np.asarray(shortest, dtype=float)
    cheap, dear = np.asarray(normal_cost, dtype=float), np.asarray(crash_cost, dtype=float)
    reach = long - short
    _check_crash(network, reach, dear - cheap)
    price = np.divide(dear - cheap, reach, out=np.zeros_like(reach), where=reach > 0)
    matrix, bound = _crash_rows(network, long, deadline)
    stages = len(network.names)
    answer: Any = linprog(
        np.concatenate([np.zeros(stages), price]),
        A_ub=matrix,
        b_ub=bound,
        bounds=[(0, None)] * stages + [(0, cut) for cut in reach],
        method="highs",
    )
    if answer.status != 0:
        possible = float(np.max(forward(network, short)[1]))
        raise MoravaError(
            Problem(
                f"no plan meets {deadline:.6g}: {answer.message.strip()}",
                "crash to a deadline",
                f"the shortest possible is {possible:.6g}",
            )
        )
    return Crash(cut=answer.x[stages:], extra=float(answer.fun), total=float(np.sum(cheap) + answer.fun))


def _check_crash(network: Network, reach: FloatArray, extra: FloatArray) -> None:
    problems = Problems()
    for name, cut, price in zip(network.names, reach, extra, strict=True):
        if cut < 0:
            problems.add("the shortest duration is longer than the planned one", f"stage {name}", "exchange the two")
        if price < 0:
            problems.add("haste is cheaper than the plan", f"stage {name}", "the crash cost is at least the normal one")
    problems.raise_if_any()


def _crash_rows(network: Network, duration: FloatArray, deadline: float) -> tuple[FloatArray, list[float]]:
    """Return the inequalities on starts S and cuts y, the duration of a stage being d - y."""
    stages = len(network.names)
    rows: list[FloatArray] = []
    bound: list[float] = []
    for after, links in enumerate(network.into):
        for before, kind, lag in links:
            row = np.zeros(2 * stages)
            row[before], row[after] = 1, -1
            right = -lag
            if kind[0] == "F":
                row[stages + before] -= 1
                right -= duration[before]
            if kind[1] == "F":
                row[stages + after] += 1
                right += duration[after]
            rows.append(row)
            bound.append(right)
    for stage in range(stages):
        row = np.zeros(2 * stages)
        row[stage], row[stages + stage] = 1, -1
        rows.append(row)
        bound.append(deadline - duration[stage])
    return np.array(rows), bound
