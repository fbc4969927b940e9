"""What does a result hinge on? Shares of its variance that single factors explain, from the futures at hand.

The first-order index of a factor x for a result y is Var(E[y | x]) / Var(y). It is read off the futures of a run; no
future is run for it. `docs/models/sensitivity.md` gives the method, its limits and its tests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, f, rankdata

from morava.errors import MoravaError, Problem

Array = NDArray[np.float64]

FAMILY_ERROR = 0.05
"""Chance that a call names any factor at all where none has an effect."""
FEWEST = 20
"""With fewer futures no factor is named."""
LARGEST_STEP = 6.0
"""Where one future alone may move a coefficient by so many standard errors, no factor is named."""
SAME = 1e-6
"""A function that lies in the span of others up to this length adds nothing to them."""


@dataclass(frozen=True)
class Indices:
    """First-order indices, and which of them chance does not explain.

    Each array is [factor] where one result was given, else [factor, result]. `index` is free of bias where a factor
    has no effect, and may then lie a little below zero. `error` is its standard error. `threshold` is the index that
    chance does not reach; infinite where nothing can be told. `significant` are the factors that pass it, and still
    do so once what stronger factors explain is taken away.
    """

    index: Array
    error: Array
    threshold: Array
    significant: NDArray[np.bool_]


def first_order(
    inputs: Array, outputs: Array, family_error: float = FAMILY_ERROR, comparisons: int | None = None
) -> Indices:
    """Return the share of the variance of each result that each factor alone explains.

    A result is regressed on the cosines 1, 2, ... K of the rank of a factor, K the cube root of the number of
    futures; a factor with fewer values has fewer cosines, and each value is then fitted exactly. The explained share
    is freed from what chance explains with so many cosines.

    Parameters
    ----------
    inputs : array [future, factor], any unit
        What was drawn. Only the order of values matters, and which are equal.
    outputs : array [future] or [future, result], any unit
        Results: zero and one for a test passed or not, or a number. Every one finite.
    family_error
        Chance that any factor is named where none has an effect, over all `comparisons`.
    comparisons
        How many pairs of factor and result are looked at together, in this call and others like it; else the pairs
        of this call.

    Raises
    ------
    MoravaError
        Arrays that do not fit each other, or hold a number that is not finite.

    Identity
    --------
    Any increasing function of a factor, and any linear function of a result, leaves the indices as they are.

    Source
    ------
    Cosines of ranks: E. Plischke (2010), Reliability Engineering & System Safety 95(4), 354-360. Freedom from bias:
    M. Ezekiel (1930), Methods of Correlation Analysis. Standard error: S. Da Veiga and F. Gamboa (2013), Journal of
    Nonparametric Statistics 25(3), 573-595.

    Examples
    --------
    >>> x = np.random.default_rng(0).random((1000, 2))
    >>> found = first_order(x, x[:, 0] ** 2)
    >>> found.index.round(1).tolist(), found.significant.tolist()
    ([1.0, -0.0], [True, False])
    """
    inputs = np.asarray(inputs, dtype=np.float64)
    outputs = np.asarray(outputs, dtype=np.float64)
    results = outputs[:, None] if outputs.ndim == 1 else outputs
    if inputs.ndim != 2 or results.ndim != 2 or len(inputs) != len(results):
        raise MoravaError(
            Problem(
                f"inputs {inputs.shape} and outputs {outputs.shape} do not fit",
                "sensitivity",
                "give [future, factor] and [future] or [future, result]",
            )
        )
    if not (np.isfinite(inputs).all() and np.isfinite(results).all()):
        raise MoravaError(
            Problem(
                "an input or result is not finite", "sensitivity", "leave these futures out, or judge pass and fail"
            )
        )
    shape = (inputs.shape[1], results.shape[1])
    index, error, threshold = np.zeros(shape), np.zeros(shape), np.full(shape, np.inf)
    named = np.zeros(shape, dtype=np.bool_)
    if len(inputs) < FEWEST:
        error[:] = np.inf
    else:
        centred = results - results.mean(axis=0)
        moving = np.ptp(results, axis=0) > 0
        scaled = centred[:, moving] / np.linalg.norm(centred[:, moving], axis=0)
        risk = family_error / (comparisons or max(index.size, 1))
        cosines = _cosines(len(inputs))
        for factor, column in enumerate(inputs.T):
            if np.ptp(column) > 0:
                found = _explain(_basis(column, cosines), scaled, risk)
                index[factor, moving], error[factor, moving], threshold[factor, moving] = found
        for place, result in zip(np.flatnonzero(moving), scaled.T, strict=True):
            named[:, place] = _select(inputs, result, cosines, index[:, place], threshold[:, place])
    if outputs.ndim == 1:
        return Indices(index[:, 0], error[:, 0], threshold[:, 0], named[:, 0])
    return Indices(index, error, threshold, named)


def _select(inputs: Array, result: Array, cosines: Array, index: Array, threshold: Array) -> NDArray[np.bool_]:
    """Return the factors that explain more than chance would, beside those that explain more than they do.

    Factors may go together without a cause: by a rank correlation, or because two columns of the Sobol sequence fill
    their square badly. A passenger must not be named for the driver.
    """
    named = np.zeros(len(index), dtype=np.bool_)
    taken = np.empty((len(result), 0))
    for factor in np.argsort(-index, kind="stable"):
        if not index[factor] > threshold[factor]:
            break
        functions = _basis(inputs[:, factor], cosines)[0]
        if taken.shape[1]:
            own = np.linalg.svd(functions - taken @ (taken.T @ functions), full_matrices=False)
            functions = own[0][:, own[1] > SAME]
        alone = ((functions.T @ result) ** 2).sum()
        named[factor] = _adjust(alone, len(result), functions.shape[1]) > threshold[factor]
        if named[factor]:
            taken = np.column_stack([taken, functions])
    return named


def _cosines(futures: int) -> Array:
    """Return K cosines on the midpoints of ranks, [rank, cosine]: orthonormal, and each sums to zero (DCT-II)."""
    middle = (np.arange(futures) + 0.5) / futures
    wave = np.arange(1, round(futures ** (1 / 3)) + 1)
    return np.asarray(np.sqrt(2 / futures) * np.cos(np.pi * np.outer(middle, wave)))


def _basis(column: Array, cosines: Array) -> tuple[Array, float]:
    """Return orthonormal functions of a factor, [future, function], and the largest entry a future has in them."""
    futures = len(column)
    order = np.argsort(column, kind="stable")
    values = 1 + int(np.count_nonzero(np.diff(column[order])))
    if values == futures:
        basis = np.empty_like(cosines)
        basis[order] = cosines
        return basis, np.sqrt(2 / futures)
    middle = (rankdata(column) - 0.5) / futures
    wave = np.arange(1, min(cosines.shape[1], values - 1) + 1)
    raw = np.cos(np.pi * np.outer(middle, wave))
    basis = np.linalg.qr(raw - raw.mean(axis=0))[0]
    return basis, float(np.sqrt((basis**2).sum(axis=1).max()))


def _explain(basis: tuple[Array, float], scaled: Array, risk: float) -> tuple[Array, Array, Array]:
    """Return index, standard error and threshold of one factor for every result (mean zero, length one)."""
    functions, entry = basis
    futures, degrees = functions.shape
    fitted = functions @ (functions.T @ scaled)
    square = fitted**2
    explained = square.sum(axis=0)
    # The influence of one future on the index; where there is no effect it vanishes, and chance alone is left.
    influence = futures * (2 * scaled * fitted - square - explained * scaled**2)
    chance = 2 * degrees * (1 - explained) ** 2 / futures**2
    error = np.sqrt((influence**2).mean(axis=0) / futures + chance)
    return _adjust(explained, futures, degrees), error, _threshold(futures, degrees, entry, scaled, risk)


def _adjust(explained: Array, futures: int, degrees: int) -> Array:
    """Return an explained share freed from what chance explains with so many functions."""
    return 1 - (1 - explained) * (futures - 1) / (futures - 1 - degrees)


def _threshold(futures: int, degrees: int, entry: float, scaled: Array, risk: float) -> Array:
    """Return the index that chance passes with at most the given risk.

    For many futures of equal weight it is the quantile of an F test. Where few futures carry a result or a factor
    (a test passed in one future of a hundred, a rare side of a conflict) chance has longer tails than F knows; the
    quantile is widened as in Bernstein's inequality, by the largest step that one future can make.
    """
    explained, deviation = _tails(futures, degrees, risk)
    step = np.sqrt(futures) * entry * np.abs(scaled).max(axis=0)
    wide = explained * (1 + step * deviation / 3)
    known = (step < LARGEST_STEP) & (wide < 1)
    return np.where(known, _adjust(wide, futures, degrees), np.inf)


@cache
def _tails(futures: int, degrees: int, risk: float) -> tuple[float, float]:
    """Return the explained share that normal chance passes with a risk, and the length of its coefficients."""
    left = futures - 1 - degrees
    ratio = degrees * float(f.isf(risk, degrees, left))
    return ratio / (ratio + left), math.sqrt(float(chi2.isf(risk, degrees)))


def total_effect(base: Array, changed: Array) -> tuple[Array, Array]:
    """Return the total-effect index of each factor and its standard error, by pick-freeze (Jansen).

    Parameters
    ----------
    base : array [future], any unit
        Results at random points.
    changed : array [future, factor], same unit
        Results at the same points with one factor alone drawn anew.

    Source
    ------
    M. J. W. Jansen (1999), Computer Physics Communications 117, 35-43.
    """
    futures = len(base)
    centred = base - base.mean()
    variance = float((centred**2).sum() / (futures - 1))
    halves = (base[:, None] - changed) ** 2 / 2
    index = halves.mean(axis=0) / variance
    influence = (halves - index * centred[:, None] ** 2) / variance
    return index, np.sqrt((influence**2).mean(axis=0) / futures)
