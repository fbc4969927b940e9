"""The plan as numbers: which stage belongs to which initiative, what waits for what, in which order to walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.schedule.layout import plain
from morava.models.schedule.network import Link, Network, build

FloatArray = NDArray[np.float64]

STRUCTURE = ("initiative_class", "stage_initiative", "stage_precedes", "slip_series")
"""Inputs that say how the plan hangs together."""
QUANTILES = ("p10", "p50", "p90")


@dataclass(frozen=True)
class Plan:
    """The network of all initiatives, cut into one network an initiative and the links between them.

    `members` are positions of the stages of each initiative; `awaits` are, for each initiative, pairs of an own stage
    (position in `members`) and a stage of another (position in `stages`); `order` walks the initiatives so that each
    comes after those that it waits for.
    """

    initiatives: tuple[str, ...]
    stages: tuple[str, ...]
    classes: tuple[str, ...]
    class_of: NDArray[np.intp]
    owner: NDArray[np.intp]
    members: tuple[NDArray[np.intp], ...]
    networks: tuple[Network, ...]
    awaits: tuple[tuple[tuple[int, int], ...], ...]
    order: tuple[int, ...]


def read_plan(arrays: Mapping[str, xr.DataArray]) -> Plan:
    """Return the structure behind the inputs of the schedule.

    Raises
    ------
    MoravaError
        Unknown initiatives or classes, initiatives without a stage, links that are neither 0 nor 1, circles.
    """
    initiatives = _labels(arrays["initiative_planned_duration"], "initiative")
    stages = _labels(arrays["stage_share"], "stage")
    classes = _labels(arrays["reference_delay_factor"], "reference_class")
    problems = Problems()
    class_of = _places(arrays["initiative_class"], "initiative_class", "initiative", initiatives, classes, problems)
    owner = _places(arrays["stage_initiative"], "stage_initiative", "stage", stages, initiatives, problems)
    precedes = plain("stage_precedes", arrays["stage_precedes"], {"previous": stages, "stage": stages})[..., 0]
    if not np.isin(precedes, (0.0, 1.0)).all():
        problems.add("stage_precedes is neither 0 nor 1", "schedule", "one where a stage waits for another, else zero")
    problems.raise_if_any()
    members = tuple(np.flatnonzero(owner == place) for place in range(len(initiatives)))
    for name, own in zip(initiatives, members, strict=True):
        if not len(own):
            problems.add(f"{name} has no stage still to come", "stage_initiative", "give it one, or leave it out")
    problems.raise_if_any()
    befores, afters = np.nonzero(precedes)
    within: list[list[Link]] = [[] for _ in initiatives]
    awaits: list[list[tuple[int, int]]] = [[] for _ in initiatives]
    local = np.zeros(len(stages), dtype=np.intp)
    for own in members:
        local[own] = np.arange(len(own))
    for before, after in zip(befores.tolist(), afters.tolist(), strict=True):
        if owner[before] == owner[after]:
            within[owner[after]].append(Link(stages[before], stages[after]))
        else:
            awaits[owner[after]].append((int(local[after]), before))
    networks = []
    for own, links in zip(members, within, strict=True):
        with problems.collecting():
            networks.append(build([stages[stage] for stage in own], links))
    with problems.collecting():
        order = _order(initiatives, owner, awaits)
    problems.raise_if_any()
    return Plan(
        initiatives, stages, classes, class_of, owner, members, tuple(networks), tuple(map(tuple, awaits)), order
    )


def _labels(array: xr.DataArray, dim: str) -> tuple[str, ...]:
    return tuple(str(label) for label in array.indexes[dim].tolist())


def _places(
    array: xr.DataArray, name: str, dim: str, labels: Sequence[str], known: Sequence[str], problems: Problems
) -> NDArray[np.intp]:
    """Return, for every label, the position of the word that stands beside it."""
    place = {word: position for position, word in enumerate(known)}
    words: list[Any] = plain(name, array, {dim: labels})[:, 0].tolist()
    for label, word in zip(labels, words, strict=True):
        if word not in place:
            problems.add(f"{name} of {label} is {word}, which is not known", "schedule", nearest(str(word), known))
    return np.array([place.get(word, 0) for word in words], dtype=np.intp)


def _order(
    initiatives: Sequence[str], owner: NDArray[np.intp], awaits: Sequence[Sequence[tuple[int, int]]]
) -> tuple[int, ...]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(initiatives)))
    graph.add_edges_from((int(owner[other]), place) for place, links in enumerate(awaits) for _, other in links)
    try:
        return tuple(nx.lexicographical_topological_sort(graph))
    except nx.NetworkXUnfeasible as error:
        circle = " -> ".join(initiatives[before] for before, _ in nx.find_cycle(graph))
        raise MoravaError(
            Problem(f"initiatives wait for each other in a circle: {circle}", "depends_on", "take one dependency away")
        ) from error


def own_share(plan: Plan, ahead: FloatArray) -> FloatArray:
    """Return which part of the remaining time of an initiative is its own work, the rest being a wait that was planned.

    An initiative that cannot begin before another is finished, and is promised for a later day than that other, has a
    promise that already holds the wait. Counting its whole remaining time again from the end of the other would
    count the wait twice. Of the time until its promise, only what lies after the promise of what it waits for is own
    work; none where its promise is not the later one; all where the other's promise has passed, or it waits for
    nothing.

    Parameters
    ----------
    plan
        What waits for what.
    ahead
        [initiative, future], month. From the day that the future is counted from to the latest promise; negative
        where that has passed.

    Returns
    -------
    FloatArray
        [initiative, future], 1.
    """
    share = np.ones_like(ahead)
    for place, links in enumerate(plan.awaits):
        # A wait in the middle of the initiative is not a wait before its beginning.
        others = sorted({int(plan.owner[other]) for own, other in links if not plan.networks[place].into[own]})
        if not others:
            continue
        awaited = ahead[others[0]]
        for other in others[1:]:
            awaited = np.maximum(awaited, ahead[other])
        waits = awaited > 0
        later = waits & (ahead[place] > awaited)
        part = np.divide(ahead[place] - awaited, ahead[place], out=np.zeros_like(awaited), where=later)
        share[place] = np.where(waits, part, 1.0)
    return share
