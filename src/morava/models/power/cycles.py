"""Kirchhoff's voltage law: flows over lines with reactance, around every circle of them.

In linear form the flow over a line times its reactance is the difference of the angles at its ends, and around a circle
of lines these differences add up to nothing. One row for each independent circle says the same as angles at all zones,
with fewer columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import networkx as nx
import numpy as np

from morava.models.power.parts import Work
from morava.models.power.system import Link


def add_cycles(work: Work) -> None:
    """Add the voltage law of every independent circle of lines, `cycle_1` and on."""
    for number, cycle in enumerate(independent_cycles(work.system.links), start=1):
        rows = work.builder.rows(f"cycle_{number}", work.grid, 0, 0)
        for name, factor in cycle.items():
            work.builder.add(rows, work.layout.forward[name], factor)
            work.builder.add(rows, work.layout.backward[name], -factor)


def independent_cycles(links: Sequence[Link]) -> list[Mapping[str, float]]:
    """Return independent circles of the lines with reactance, in the order of their lines.

    Parameters
    ----------
    links
        Those without reactance are left out.

    Returns
    -------
    list
        For each circle its lines and what their flow counts: the reactance as a share of the largest one in the circle,
        positive for its first line and for those that run the same way round.

    Examples
    --------
    >>> ends = (("north", "south"), ("south", "east"), ("north", "east"), ("east", "sea"))
    >>> lines = [Link(a + b, a, b, np.ones(1), np.ones(1), reactance=x) for (a, b), x in zip(ends, (1, 2, 4, 3))]
    >>> independent_cycles(lines)
    [{'northsouth': 0.25, 'southeast': 0.5, 'northeast': -1.0}]
    """
    lines = [one for one in links if not np.isnan(one.reactance)]
    first: dict[frozenset[str], Link] = {}
    rings: list[list[tuple[Link, str]]] = []
    graph: nx.Graph[str] = nx.Graph()
    for one in lines:
        known = first.setdefault(frozenset((one.from_zone, one.to_zone)), one)
        if known is one:
            graph.add_edge(one.from_zone, one.to_zone)
        else:  # beside another line: a circle of two, each begun where the other ends
            rings.append([(known, one.from_zone), (one, one.to_zone)])
    for zones in nx.cycle_basis(graph):
        rings.append([(first[frozenset(ends)], ends[0]) for ends in pairwise([*zones, zones[0]])])
    place = {one.name: number for number, one in enumerate(lines)}
    rings = [sorted(ring, key=lambda step: place[step[0].name]) for ring in rings]
    rings.sort(key=lambda ring: [place[one.name] for one, _ in ring])
    return [_weighed(ring) for ring in rings]


def _weighed(ring: Sequence[tuple[Link, str]]) -> Mapping[str, float]:
    """Return what the flow of each line counts; a line is given with the zone where the circle enters it."""
    largest = max(one.reactance for one, _ in ring)
    turned = ring[0][0].from_zone != ring[0][1]
    return {
        one.name: (-1.0 if (one.from_zone != entered) != turned else 1.0) * one.reactance / largest
        for one, entered in ring
    }
