"""Case U1: sensitivity of the Ishigami function, with the draws and the measure that verdicts use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from morava.runs.cases.readings import Array, Reading, draw_streams, mean_of, variance_of
from morava.runs.sensitivity import first_order, total_effect

Inputs = Mapping[str, Any]
NAMES = ("x1", "x2", "x3")


def _ishigami(x: Array, a: float, b: float) -> Array:
    """Return sin x1 + a sin^2 x2 + b x3^4 sin x1 (Ishigami and Homma 1990)."""
    return np.asarray(np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0]))


def _points(inputs: Inputs) -> tuple[Array, Array]:
    """Return two independent samples between -pi and pi, [future, factor].

    They are streams and not Sobol columns, which would be nearer to the truth than their standard errors say.
    """
    names = [f"{name} {sample}" for sample in ("base", "anew") for name in NAMES]
    drawn = np.pi * (2 * draw_streams(names, inputs["futures"], inputs["seed"]).T - 1)
    return drawn[:, : len(NAMES)], drawn[:, len(NAMES) :]


def _results(inputs: Inputs) -> Array:
    return _ishigami(_points(inputs)[0], inputs["a"], inputs["b"])


def moments(inputs: Inputs, label: str) -> Reading:
    """Return mean or variance."""
    results = _results(inputs)
    return mean_of(results) if label == "mean" else variance_of(results)


def first_order_indices(inputs: Inputs, label: str) -> Reading:
    """Return the first-order index of a factor, from the futures at hand."""
    found = first_order(_points(inputs)[0], _results(inputs))
    place = NAMES.index(label)
    return Reading(float(found.index[place]), float(found.error[place]))


def total_effects(inputs: Inputs, label: str) -> Reading:
    """Return the total effect of a factor, by pick-freeze."""
    index, error = _total_effects(inputs["a"], inputs["b"], inputs["futures"], inputs["seed"])
    place = NAMES.index(label)
    return Reading(float(index[place]), float(error[place]))


@cache
def _total_effects(a: float, b: float, futures: int, seed: int) -> tuple[Array, Array]:
    base, anew = _points({"futures": futures, "seed": seed})
    changed = np.empty(base.shape)
    for factor in range(len(NAMES)):
        mixed = base.copy()
        mixed[:, factor] = anew[:, factor]
        changed[:, factor] = _ishigami(mixed, a, b)
    return total_effect(_ishigami(base, a, b), changed)


def interaction(inputs: Inputs) -> Reading:
    """Return what x1 and x3 explain only together: all that x2 has no part in, less what each explains alone."""
    # The parts share a sample, so that the sum of their squared errors is an upper bound.
    parts = [total_effects(inputs, "x2"), *(first_order_indices(inputs, name) for name in ("x1", "x3"))]
    error = float(np.sqrt(sum((part.error or 0.0) ** 2 for part in parts)))
    return Reading(1 - sum(part.value for part in parts), error)
