"""Which cell of its quantity a fact fills."""

from __future__ import annotations

import math
from typing import TypeAlias

from morava.plans.types import Fact
from morava.quantities import Quantity, find
from morava.quantities.dates import interval

TIME = ("year", "period", "vintage")
"""Dimensions whose label a fact gives by its period and not by `where`."""
NEVER = ("previous", "attempt")
"""Dimensions that only models use: no fact speaks of them."""

Cell: TypeAlias = tuple[tuple[str, str], ...]


def place_dims(quantity: Quantity) -> tuple[str, ...]:
    """Return the dimensions that `where` names: all but those of time."""
    return tuple(dim for dim in quantity.dims if dim not in TIME)


def cell_of(fact: Fact) -> Cell:
    """Return the labels of the cell that a fact fills, time included, sorted by dimension.

    A stock, price, share or ratio of a day, month or span stands in the year in which that ends; a flow of anything
    but a whole year keeps its span ("2025-01..2025-09").
    """
    quantity = find(fact.quantity)
    labels = dict(fact.where)
    for dim in quantity.dims:
        if dim in TIME:
            labels[dim] = fact.period
        if dim == "year" and quantity.kind != "flow" and fact.period:
            labels[dim] = str(math.ceil(interval(fact.period)[1]) - 1)
    return tuple(sorted(labels.items()))
