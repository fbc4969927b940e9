"""Cases T3 and T4: economic complexity of a matrix small enough for pencil and paper, and beside another program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from morava.models.trade.complexity import Presence, comparative_advantage, complexity, outlook, presence
from morava.models.trade.complexity import density as density_of
from morava.models.trade.complexity import proximity as proximity_of
from morava.runs.cases.readings import Array, Reading

Inputs = Mapping[str, Any]


def _present(inputs: Inputs) -> Presence:
    """Return presence as given, or from exports."""
    if "present" in inputs:
        return np.asarray(inputs["present"], dtype=bool)
    return presence(comparative_advantage(np.asarray(inputs["exports"], dtype=float)))


def _pick(values: Array, label: str) -> Reading:
    """Return the value at a place counted from one."""
    return Reading(float(values[int(label) - 1]))


def eigenvalue(inputs: Inputs, label: str) -> Reading:
    """Return an eigenvalue, the label counting from the largest."""
    return _pick(complexity(_present(inputs)).eigenvalues, label)


def country_index(inputs: Inputs, label: str) -> Reading:
    """Return the economic complexity index of a country."""
    return _pick(complexity(_present(inputs)).eci, label)


def proximity(inputs: Inputs, label: str) -> Reading:
    """Return the proximity of two products, `1 and 2`."""
    first, second = (int(part) - 1 for part in label.split(" and "))
    return Reading(float(proximity_of(_present(inputs))[first, second]))


def density(inputs: Inputs, label: str) -> Reading:
    """Return the density of a product in the country that the inputs name."""
    return _pick(_density(inputs), label)


def largest_difference(inputs: Inputs, label: str) -> Reading:
    """Return the largest difference of a row of numbers from those of another program, which the inputs give."""
    make = {"product index": _product_index, "density": _density, "outlook": _standard_outlook}
    return Reading(float(np.abs(make[label](inputs) - np.asarray(inputs["theirs"][label], dtype=float)).max()))


def _density(inputs: Inputs) -> Array:
    present = _present(inputs)
    return np.asarray(density_of(present, proximity_of(present))[inputs["country"] - 1])


def _product_index(inputs: Inputs) -> Array:
    return complexity(_present(inputs)).pci_as_eci


def _standard_outlook(inputs: Inputs) -> Array:
    """Return the outlook, standardised, with products weighed by the eigenvector itself, whose mean is not zero.

    The eigenvector of countries adds up to zero when weighed by diversity; that gives the zero that standardising
    has moved.
    """
    present = _present(inputs)
    found = complexity(present)
    moved = float((found.diversity * found.eci).sum() / found.diversity.sum())
    raw = outlook(present, proximity_of(present), found.pci_as_eci - moved)
    return np.asarray((raw - raw.mean()) / raw.std())
