"""Orders between named things: circles in them, and the longest way through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


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
    known = {name: [other for other in others if other in follows] for name, others in follows.items()}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][::-1]
        # Begin with the least name, so that the order of files does not change what is said.
        start = circle.index(min(circle))
        return [*circle[start:-1], *circle[: start + 1]]
    return []


def longest_path(shares: Mapping[str, float], after: Mapping[str, Iterable[str]]) -> float:
    """Return the largest sum of shares along the order; the order has no circle.

    Examples
    --------
    >>> longest_path({"grid": 0.8, "build": 0.7, "test": 0.2}, {"test": ["grid", "build"]})
    1.0
    """
    known = {name: [other for other in after.get(name, ()) if other in shares] for name in shares}
    reach: dict[str, float] = {}
    for name in TopologicalSorter(known).static_order():
        reach[name] = max((reach[other] for other in known[name]), default=0.0) + shares[name]
    return max(reach.values(), default=0.0)
