"""Futures held against the glossary, the country and themselves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import count

import numpy as np

from morava.errors import Problems, nearest
from morava.plans.cells import place_dims
from morava.plans.check_country import to_glossary
from morava.plans.distributions import check_distribution
from morava.plans.places import Places, is_full, placed
from morava.plans.prices import Prices
from morava.plans.types import Country, Futures, Uncertainty
from morava.quantities import find, glossary
from morava.quantities.units import factor

SMALLEST_EIGENVALUE = 1e-9
"""A matrix of correlations below this is not positive definite but for rounding."""


def check_futures(country: Country, futures: Futures, places: Places, problems: Problems) -> None:
    """Note everything in which a file of futures disagrees with the glossary, the country or itself."""
    base = ("futures", futures.name)
    prices = Prices(country)
    columns: dict[int, str] = {}
    taken = {one.column for one in futures.uncertainties.values()}
    for name, one in futures.uncertainties.items():
        if is_full(problems):
            return
        path = (*base, "uncertainties", name)
        where = places.where(*path)
        if (one.column is None) == (not one.each):
            problems.add(f"{name} needs a column, or each", where, "give exactly one of the two")
        if one.column is not None:
            owner = columns.setdefault(one.column, name)
            if owner != name:
                free = next(number for number in count() if number not in taken)
                problems.add(
                    f"{name}: column {one.column} belongs to {owner}",
                    places.where(*path, "column"),
                    f"take a free one, e.g. {free}",
                )
        if not places.has("sources", one.source):
            problems.add(
                f"{name}: there is no source {one.source}",
                places.where(*path, "source"),
                nearest(one.source, places.names("sources")),
            )
        if bool(one.conflict) == bool(one.quantity):
            problems.add(f"{name} needs moves, or a conflict", where, "give exactly one of the two")
        elif one.conflict:
            _check_conflict(one, country, places, path, problems)
        else:
            _check_moves(one, prices, places, path, problems)
    _check_correlations(futures, places, base, problems)


def _check_conflict(
    one: Uncertainty, country: Country, places: Places, path: tuple[str | int, ...], problems: Problems
) -> None:
    if one.distribution.kind != "conflict":
        problems.add(
            f"{one.name} decides a conflict and has a distribution",
            places.where(*path, "distribution"),
            "take it out: the weights stand with the conflict",
        )
    conflict = country.conflicts.get(one.conflict)
    if conflict is not None and conflict.kind != "genuine":
        problems.add(
            f"{one.name}: the conflict {one.conflict} is of kind {conflict.kind}",
            places.where(*path, "conflict"),
            "only genuine conflicts are drawn",
        )
    elif conflict is None and not places.has("conflicts", one.conflict):
        genuine = [name for name, known in country.conflicts.items() if known.kind == "genuine"]
        problems.add(
            f"{one.name}: there is no conflict {one.conflict}",
            places.where(*path, "conflict"),
            nearest(one.conflict, genuine),
        )


def _check_moves(
    one: Uncertainty, prices: Prices, places: Places, path: tuple[str | int, ...], problems: Problems
) -> None:
    if one.distribution.kind == "conflict":
        problems.add(f"{one.name} has no distribution", places.where(*path), "say how it is spread")
    else:
        found = Problems()
        check_distribution(one.distribution, places.where(*path, "distribution"), found)
        for problem in found:
            problems.add(f"{one.name}: {problem.what}", problem.where, problem.mend)
    if one.quantity not in glossary():
        problems.add(
            f"{one.name}: no quantity is called {one.quantity}",
            places.where(*path, "moves", "quantity"),
            nearest(one.quantity, glossary()),
        )
        return
    quantity = find(one.quantity)
    for dim in one.where:
        if dim not in place_dims(quantity):
            problems.add(
                f"{one.name}: {quantity.name} has no dimension {dim} to be named",
                places.where(*path, "moves", "where", dim),
                f"it has {', '.join(place_dims(quantity)) or 'none'}",
            )
    streams = set(one.each) - set(quantity.dims)
    if streams or (one.verb == "set" and set(one.each) | set(one.where) != set(quantity.dims)):
        problems.add(
            f"{one.name} is drawn for each {list(one.each)}, and {quantity.name} varies over {list(quantity.dims)}",
            places.where(*path, "each"),
            "name in each the dimensions of the quantity, where apart",
        )
    if one.unit:
        with placed(problems, places.where(*path, "distribution", "unit"), f"{one.name}, unit"):
            if one.verb == "scale":
                factor(one.unit, "1")
            else:
                to_glossary(prices, 1.0, one.unit, quantity)


def _check_correlations(futures: Futures, places: Places, base: tuple[str | int, ...], problems: Problems) -> None:
    before = len(problems)
    for pair in futures.correlations:
        where = places.where(*base, "correlations", *pair)
        for name in pair:
            one = futures.uncertainties.get(name)
            if one is None:
                if not places.has(*base, "uncertainties", name):
                    mend = nearest(name, futures.uncertainties)
                    problems.add(f"a correlation names {name}, which is no uncertainty", where, mend)
            elif one.column is None:
                problems.add(f"{name} has no column", where, "only uncertainties with a column can be correlated")
        if pair[0] == pair[1]:
            problems.add(f"{pair[0]} is correlated with itself", where, "name two uncertainties")
    names = sorted({name for pair in futures.correlations for name in pair})
    if len(problems) == before and not is_positive_definite(futures, names):
        problems.add(
            f"the correlations of {', '.join(names)} contradict each other",
            places.where(*base, "correlations"),
            "lower some of them: no numbers can be correlated like this (the matrix is not positive definite)",
        )


def is_positive_definite(futures: Futures, names: Sequence[str]) -> bool:
    """Return whether the correlations can hold together, of ranks and of the normal numbers behind the ranks."""
    place = {name: index for index, name in enumerate(names)}
    ranks = np.eye(len(names))
    for (first, second), rank in futures.correlations.items():
        ranks[place[first], place[second]] = ranks[place[second], place[first]] = rank
    # Pearson's correlation of normal numbers whose ranks are so correlated (Kruskal 1958).
    normal = 2 * np.sin(math.pi / 6 * ranks)
    np.fill_diagonal(normal, 1.0)
    return all(len(names) == 0 or np.linalg.eigvalsh(matrix)[0] > SMALLEST_EIGENVALUE for matrix in (ranks, normal))
