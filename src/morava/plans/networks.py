"""Orders between named things: circles in them, and the longest way through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx


def find_circle(follows: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the names along a circle, the first one again at the end; nothing where there is none.

    Parameters
    ----------
    follows
        For each name, the names that it depends on; names that are not keys are left out.

    Examples
    --------
    >>> find_circle({"a": ["b"], "b": ["c"], "c": ["a"]})
    ['a', 'b', 'c', 'a']
    >>> find_circle({"a": ["b"], "b": []})
    []
    """
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(follows)
    network.add_edges_from((name, other) for name, others in follows.items() for other in others if other in follows)
    try:
        edges = list(nx.find_cycle(network))
    except nx.NetworkXNoCycle:
        return []
    return [edges[0][0], *(edge[1] for edge in edges)]


def longest_path(shares: Mapping[str, float], after: Mapping[str, Iterable[str]]) -> float:
    """Return the largest sum of shares along the order; the order has no circle.

    Examples
    --------
    >>> longest_path({"grid": 0.8, "build": 0.7, "test": 0.2}, {"test": ["grid", "build"]})
    1.0
    """
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(shares)
    network.add_edges_from((other, name) for name, others in after.items() for other in others if other in shares)
    reach: dict[str, float] = {}
    for name in nx.topological_sort(network):
        before = max((reach[other] for other in network.predecessors(name)), default=0.0)
        reach[name] = before + shares[name]
    return max(reach.values(), default=0.0)
