"""Draws of what nobody chooses: draw (seed, uncertainty, k) is a pure function.

Future k of 100 is future k of 10,000, whatever else is drawn beside it, in whatever order, on however many workers.
`docs/why/uncertainty.md` says why each part is as it is.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from morava.errors import MoravaError, Problem, Problems
from morava.plans.distributions import Array, check_distribution, check_weights, quantile
from morava.plans.types import Conflict, Futures, Uncertainty

FUTURE_BITS = 20
"""Futures are numbered below 2 ** 20: so many points of the Sobol sequence are at hand."""
UNIFORM_BITS = 52
"""Uniform numbers are the odd multiples of 2 ** -53: never zero, never one, each exact in a double."""
SMALLEST = 2.0 ** -(UNIFORM_BITS + 1)

Integers = NDArray[np.uint64]


def draw(
    futures: Futures,
    seed: int,
    ks: NDArray[np.int64],
    labels: Mapping[str, Sequence[object]],
    conflicts: Mapping[str, Conflict],
) -> dict[str, xr.DataArray]:
    """Return the value of every uncertainty in some futures, each in its own unit.

    Parameters
    ----------
    futures
        The uncertainties and their rank correlations.
    seed
        Whole number from which all draws follow.
    ks : array [future], 1
        Numbers of the futures, in any order.
    labels
        For each dimension named by an `each`, the labels that have a stream of their own.
    conflicts
        The conflicts of the country; those drawn are `genuine` and carry their weights.

    Returns
    -------
    dict
        By name of the uncertainty, an array over `future` and the dimensions of its `each`. Where a conflict is
        drawn the value is the index of the side.

    Raises
    ------
    MoravaError
        Everything that is wrong with the uncertainties, their columns and correlations, at once.

    Identity
    --------
    The value of future k depends on the seed, the uncertainty (its name, column, distribution, labels and its
    correlations with earlier columns) and k, and on nothing else, bit for bit.
    """
    numbers = _numbers(ks)
    weights = _check(futures, labels, conflicts)
    in_columns = {u.name: u for u in futures.uncertainties.values() if not u.each}
    uniforms = _draw_columns(futures, in_columns, seed, numbers)
    values: dict[str, xr.DataArray] = {}
    for name, uncertainty in futures.uncertainties.items():
        coords: dict[str, object] = {"future": numbers.astype(np.int64)}
        coords |= {dim: list(labels[dim]) for dim in uncertainty.each}
        uniform = _draw_streams(uncertainty, seed, numbers, labels) if uncertainty.each else uniforms[name]
        value = quantile(uncertainty.distribution, uniform, weights.get(name, ()))
        values[name] = xr.DataArray(
            value, coords=coords, dims=list(coords), name=name, attrs={"unit": uncertainty.unit}
        )
    return values


def _numbers(ks: NDArray[np.int64]) -> Integers:
    given = np.asarray(ks)
    if given.ndim != 1 or (given.size and (given.dtype.kind not in "iu" or given.min() < 0)):
        raise MoravaError(Problem("futures are not numbered 0, 1, 2, ...", "ks", "give whole numbers from zero"))
    if given.size and given.max() >= 2**FUTURE_BITS:
        raise MoravaError(
            Problem(f"there is no future {given.max()}", "ks", f"number the futures below {2**FUTURE_BITS}")
        )
    return given.astype(np.uint64)


def _check(
    futures: Futures, labels: Mapping[str, Sequence[object]], conflicts: Mapping[str, Conflict]
) -> dict[str, Sequence[float]]:
    """Raise everything that is wrong; return the weights of the conflicts that are drawn, by uncertainty."""
    problems = Problems()
    columns: dict[int, str] = {}
    weights: dict[str, Sequence[float]] = {}
    for name, uncertainty in futures.uncertainties.items():
        where = f"futures {futures.name}, uncertainty {name}"
        if (uncertainty.column is None) != bool(uncertainty.each):
            problems.add(f"{name} needs a column, or each", where, "give one of the two, not both")
        if uncertainty.column is not None:
            if not 0 <= uncertainty.column < qmc.Sobol.MAXDIM:
                problems.add(f"column {uncertainty.column} does not exist", where, "columns count from zero")
            owner = columns.setdefault(uncertainty.column, name)
            if owner != name:
                problems.add(f"column {uncertainty.column} belongs to {owner}", where, "take the next free number")
        for dim in uncertainty.each:
            shown = [str(label) for label in labels.get(dim, ())]
            if dim not in labels:
                problems.add(f"no labels for {dim}", where, f"labels are given for {sorted(labels)}")
            elif len(set(shown)) != len(shown):
                problems.add(f"the same label twice on {dim}", where, "labels of a dimension are unique")
        check_distribution(uncertainty.distribution, where, problems)
        if bool(uncertainty.conflict) != (uncertainty.distribution.kind == "conflict"):
            problems.add(f"{name} draws a conflict and a distribution", where, "give one of the two")
        if uncertainty.distribution.kind == "conflict":
            weights[name] = _weigh(uncertainty, conflicts, where, problems)
    _check_correlations(futures, problems)
    problems.raise_if_any()
    return weights


def _weigh(
    uncertainty: Uncertainty, conflicts: Mapping[str, Conflict], where: str, problems: Problems
) -> Sequence[float]:
    conflict = conflicts.get(uncertainty.conflict)
    if conflict is None:
        problems.add(f"there is no conflict {uncertainty.conflict!r}", where, f"known: {', '.join(sorted(conflicts))}")
        return ()
    if conflict.kind != "genuine":
        problems.add(f"conflict {conflict.name} is of kind {conflict.kind}", where, "only genuine conflicts are drawn")
    check_weights(conflict.weights, len(conflict.sides), f"conflict {conflict.name}", problems)
    return conflict.weights


def _check_correlations(futures: Futures, problems: Problems) -> None:
    for pair, rank in futures.correlations.items():
        where = f"futures {futures.name}, correlation of {' and '.join(pair)}"
        for name in pair:
            uncertainty = futures.uncertainties.get(name)
            if uncertainty is None or uncertainty.column is None:
                problems.add(f"{name} has no column", where, "only uncertainties with a column can be correlated")
        if len(set(pair)) != 2 or not -1 < rank < 1:
            problems.add(f"rank correlation {rank}", where, "name two uncertainties, and a number between -1 and 1")
        if pair[::-1] in futures.correlations and pair[0] < pair[1]:
            problems.add("the pair is given twice", where, "keep one of the two")


def _digest(*parts: object) -> bytes:
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def _open_uniform(words: Integers) -> Array:
    """Return words of 64 bits as numbers strictly between zero and one."""
    return ((words >> np.uint64(64 - UNIFORM_BITS)).astype(np.float64) + 0.5) * 2.0**-UNIFORM_BITS


@cache
def _sobol_directions(columns: int) -> Integers:
    """Return the direction numbers of the first columns of the Sobol sequence, [bit, column], 64 bits.

    They are read off the sequence itself, in the Gray-code order of its points: point 2 ** b is the sum modulo two
    of directions b and b - 1. A column's numbers do not depend on how many columns there are.
    """
    sequence = qmc.Sobol(columns, scramble=False)
    points = []
    for bit in range(FUTURE_BITS):
        sequence.fast_forward(2**bit - sequence.num_generated)
        points.append(sequence.random(1)[0])
    words = (np.array(points) * 2.0**32).astype(np.uint64) << np.uint64(32)
    return np.bitwise_xor.accumulate(words, axis=0)


def _sobol(columns: Sequence[int], numbers: Integers) -> Integers:
    """Return points of the Sobol sequence, [future, column], as words of 64 bits."""
    # Round up so that the cache is asked for few sizes.
    directions = _sobol_directions(32 * math.ceil((max(columns) + 1) / 32))[:, columns]
    gray = numbers ^ (numbers >> np.uint64(1))
    points = np.zeros((len(numbers), len(columns)), dtype=np.uint64)
    for bit, direction in enumerate(directions):
        chosen = (gray >> np.uint64(bit)) & np.uint64(1)
        points ^= chosen[:, None] * direction[None, :]
    return points


def _draw_columns(
    futures: Futures, uncertainties: Mapping[str, Uncertainty], seed: int, numbers: Integers
) -> dict[str, Array]:
    """Return uniform numbers by uncertainty: its Sobol column, shifted by its hash, then correlated."""
    owned = sorted((u.column, name) for name, u in uncertainties.items() if u.column is not None)
    if not owned:
        return {}
    points = _sobol([column for column, _ in owned], numbers)
    uniforms: dict[str, Array] = {}
    for place, (_, name) in enumerate(owned):
        shift = np.uint64(int.from_bytes(_digest(seed, name)[:8], "big"))
        uniforms[name] = _open_uniform(points[:, place] + shift)  # unsigned, so that the sum wraps: modulo one
    return uniforms | _correlate(futures, [name for _, name in owned], uniforms)


def _correlate(futures: Futures, names: Sequence[str], uniforms: Mapping[str, Array]) -> dict[str, Array]:
    """Return the columns that a Gaussian copula moves.

    The factor is lower triangular in the order of the columns, so that each depends on earlier ones only; sums run
    in fixed order over single columns, because a matrix product may round differently in a chunk of another size.
    """
    involved = [name for name in names if any(name in pair for pair in futures.correlations)]
    factor = _triangular_factor(futures, involved)
    normal = {name: np.asarray(ndtri(uniforms[name])) for name in involved}
    moved: dict[str, Array] = {}
    for row, name in enumerate(involved):
        if any(factor[row][:row]):
            mixed = np.zeros_like(normal[name])
            for weight, other in zip(factor[row], involved, strict=False):
                mixed = mixed + weight * normal[other]
            # A sum of normals may pass the last number below one; the quantile needs it inside.
            moved[name] = np.clip(np.asarray(ndtr(mixed)), SMALLEST, 1 - SMALLEST)
    return moved


def _triangular_factor(futures: Futures, names: Sequence[str]) -> list[list[float]]:
    """Return the Cholesky factor of the normal correlations behind the rank correlations, row by row."""

    def pearson(first: str, second: str) -> float:
        rank = futures.correlations.get((first, second), futures.correlations.get((second, first), 0.0))
        return 1.0 if first == second else 2 * math.sin(math.pi * rank / 6)

    factor: list[list[float]] = []
    for row, name in enumerate(names):
        line: list[float] = []
        for column in range(row):
            rest = math.fsum(line[i] * factor[column][i] for i in range(column))
            line.append((pearson(name, names[column]) - rest) / factor[column][column])
        left = 1.0 - math.fsum(weight * weight for weight in line)
        if left <= SMALLEST:
            raise MoravaError(
                Problem(
                    f"the rank correlations of {name} contradict those of {', '.join(names[:row])}",
                    f"futures {futures.name}, correlations",
                    "weaken them until all can hold together",
                )
            )
        factor.append([*line, math.sqrt(left)])
    return factor


def _draw_streams(
    uncertainty: Uncertainty, seed: int, numbers: Integers, labels: Mapping[str, Sequence[object]]
) -> Array:
    """Return uniform numbers of an uncertainty that has a stream for every label, [future, *each]."""
    shape = tuple(len(labels[dim]) for dim in uncertainty.each)
    tuples = list(itertools.product(*(labels[dim] for dim in uncertainty.each)))
    order = np.argsort(numbers, kind="stable")
    back = np.argsort(order, kind="stable")
    runs = list(_runs(numbers[order]))
    words = np.empty((len(tuples), len(numbers)), dtype=np.uint64)
    for place, label in enumerate(tuples):
        key = np.frombuffer(_digest(seed, uncertainty.name, *map(str, label))[:16], dtype="<u8")
        for first, last, chosen, offsets in runs:
            words[place, chosen] = _philox(key, first, last)[offsets]
    return _open_uniform(np.ascontiguousarray(words[:, back].T)).reshape(len(numbers), *shape)


def _runs(ordered: Integers) -> Iterator[tuple[int, int, slice, NDArray[np.intp]]]:
    """Yield stretches of futures that lie close together: first, last, where they stand, offsets from the first."""
    if not len(ordered):
        return
    # Leaping costs about as much as generating so many numbers.
    breaks = np.flatnonzero(np.diff(ordered) > 256) + 1
    for start, stop in itertools.pairwise([0, *breaks.tolist(), len(ordered)]):
        first, last = int(ordered[start]), int(ordered[stop - 1])
        yield first, last, slice(start, stop), (ordered[start:stop] - ordered[start]).astype(np.intp)


def _philox(key: NDArray[np.uint64], first: int, last: int) -> Integers:
    """Return one word for each future from first to last: the first of the four that its counter gives."""
    return np.random.Philox(key=key, counter=first).random_raw(4 * (last - first + 1))[::4]
