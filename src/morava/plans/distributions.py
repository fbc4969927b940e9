"""How an uncertainty is spread: from a uniform number to a value, by the quantile function of its distribution."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from morava.errors import Problems, nearest
from morava.plans.types import DISTRIBUTIONS, Distribution

Array = NDArray[np.float64]

PARAMETERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "uniform": (("low", "high"),),
    "triangular": (("low", "mode", "high"),),
    "normal": (("mean", "sd"),),
    "lognormal": (("median", "sigma"), ("p10", "p50", "p90")),
    "discrete": ((),),
    "empirical": ((),),
    "conflict": ((),),
}
"""The parameters of each kind; a lognormal is written in one of two ways."""

WEIGHT_TOLERANCE = 1e-9
"""How far declared weights may miss a sum of one: rounding, nothing more."""


def check_distribution(distribution: Distribution, where: str, problems: Problems) -> None:
    """Note everything that is wrong with a distribution: its kind, its parameters, its values and weights.

    The weights of a `conflict` stand with the conflict and are looked at by `check_weights`.
    """
    kind, given = distribution.kind, dict(distribution.parameters)
    if kind not in DISTRIBUTIONS:
        problems.add(f"distribution {kind!r} is unknown", where, nearest(kind, DISTRIBUTIONS))
        return
    if not any(set(given) == set(names) for names in PARAMETERS[kind]):
        wanted = " or ".join(", ".join(names) or "none" for names in PARAMETERS[kind])
        problems.add(f"{kind} has parameters {', '.join(sorted(given)) or 'none'}", where, f"give {wanted}")
        return
    numbers = (*given.values(), *distribution.values, *distribution.weights)
    if not all(math.isfinite(number) for number in numbers):
        problems.add(f"{kind} has a parameter that is not a finite number", where, "give finite numbers")
        return
    for holds, what in _demands(kind, given):
        if not holds:
            problems.add(f"{kind} does not keep {what}: {given}", where, "mend the parameters")
    if kind == "discrete":
        check_weights(distribution.weights, len(distribution.values), where, problems)
    elif distribution.weights:
        problems.add(f"{kind} has weights", where, "only discrete takes weights, and a conflict has its own")
    if kind == "empirical" and not distribution.values:
        problems.add("empirical has no values", where, "give at least one")
    if kind not in ("discrete", "empirical") and distribution.values:
        problems.add(f"{kind} has values", where, "only discrete and empirical take values")


def _demands(kind: str, given: Mapping[str, float]) -> list[tuple[bool, str]]:
    if kind == "uniform":
        return [(given["low"] < given["high"], "low < high")]
    if kind == "triangular":
        ordered = given["low"] <= given["mode"] <= given["high"] and given["low"] < given["high"]
        return [(ordered, "low <= mode <= high, low < high")]
    if kind == "normal":
        return [(given["sd"] > 0, "sd > 0")]
    if kind == "lognormal" and "median" in given:
        return [(given["median"] > 0, "median > 0"), (given["sigma"] > 0, "sigma > 0")]
    if kind == "lognormal":
        ordered = 0 < given["p10"] <= given["p50"] <= given["p90"] and given["p10"] < given["p90"]
        return [(ordered, "0 < p10 <= p50 <= p90, p10 < p90")]
    return []


def check_weights(weights: Sequence[float], sides: int, where: str, problems: Problems) -> None:
    """Note weights that do not fit the things they weigh, are negative, or do not sum to one."""
    if not sides or len(weights) != sides:
        problems.add(f"{len(weights)} weights for {sides} values", where, "give each value its weight")
    elif min(weights) < 0 or abs(math.fsum(weights) - 1) > WEIGHT_TOLERANCE:
        problems.add(
            f"weights {list(weights)} sum to {math.fsum(weights):.6g}", where, "weights sum to one, none below 0"
        )


def quantile(distribution: Distribution, uniform: Array, weights: Sequence[float] = ()) -> Array:
    """Return the values at which a distribution has the given shares of its weight below.

    Parameters
    ----------
    distribution
        One that `check_distribution` finds nothing against.
    uniform : array
        Numbers strictly between zero and one, any shape.
    weights
        For a `conflict`: the weight of each side. The value is then the index of the side.

    Returns
    -------
    array
        As `uniform`, in the unit of the distribution's parameters.

    Examples
    --------
    >>> quantile(Distribution("triangular", {"low": 0, "mode": 1, "high": 2}, (), ()), np.array([0.125, 0.5]))
    array([0.5, 1. ])
    >>> quantile(Distribution("conflict", {}, (), ()), np.array([0.2, 0.3]), weights=(0.25, 0.75))
    array([0., 1.])
    """
    if distribution.kind == "conflict":
        return _side(uniform, weights).astype(np.float64)
    return _QUANTILES[distribution.kind](distribution, uniform)


def _side(uniform: Array, weights: Sequence[float]) -> NDArray[np.intp]:
    bounds = np.cumsum(np.asarray(weights, dtype=np.float64))[:-1]
    return np.searchsorted(bounds, uniform, side="right")


def _uniform(distribution: Distribution, u: Array) -> Array:
    low, high = distribution.parameters["low"], distribution.parameters["high"]
    return low + (high - low) * u


def _triangular(distribution: Distribution, u: Array) -> Array:
    low, mode, high = (distribution.parameters[name] for name in ("low", "mode", "high"))
    rising = low + np.sqrt(u * ((high - low) * (mode - low)))
    falling = high - np.sqrt((1 - u) * ((high - low) * (high - mode)))
    return np.where(u * (high - low) < mode - low, rising, falling)


def _normal(distribution: Distribution, u: Array) -> Array:
    return distribution.parameters["mean"] + distribution.parameters["sd"] * np.asarray(ndtri(u))


def _lognormal(distribution: Distribution, u: Array) -> Array:
    given = distribution.parameters
    z = np.asarray(ndtri(u))
    if "median" in given:
        return given["median"] * np.exp(given["sigma"] * z)
    # Two halves of lognormals that meet in the median: the only such curve through all three quantiles.
    tail = float(ndtri(0.9))
    below = math.log(given["p50"] / given["p10"]) / tail
    above = math.log(given["p90"] / given["p50"]) / tail
    return given["p50"] * np.exp(np.where(z < 0, below, above) * z)


def _discrete(distribution: Distribution, u: Array) -> Array:
    return np.asarray(distribution.values, dtype=np.float64)[_side(u, distribution.weights)]


def _empirical(distribution: Distribution, u: Array) -> Array:
    """Interpolate between the ordered values, the least at zero and the greatest at one: nothing beyond them."""
    ordered = np.sort(np.asarray(distribution.values, dtype=np.float64))
    place = u * (len(ordered) - 1)
    lower = np.floor(place).astype(np.intp)
    upper = np.minimum(lower + 1, len(ordered) - 1)
    return ordered[lower] + (place - lower) * (ordered[upper] - ordered[lower])


_QUANTILES: Mapping[str, Callable[[Distribution, Array], Array]] = {
    "uniform": _uniform,
    "triangular": _triangular,
    "normal": _normal,
    "lognormal": _lognormal,
    "discrete": _discrete,
    "empirical": _empirical,
}
