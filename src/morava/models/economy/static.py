"""The general equilibrium of one year, by Newton's method in logs with an exact Jacobian.

A small open economy of the family of Hosoe, Gasawa and Hashimoto. `docs/models/economy.md` has the equations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems
from morava.models.batches import Array, arrays_of, spread, spread_all
from morava.models.economy.balance import respond
from morava.models.economy.calibrate import Conditions, Economy, check_conditions
from morava.models.economy.equilibrium import Equilibrium, Setting, equilibrium_of, setting_of
from morava.models.economy.options import Closure, Structure
from morava.models.economy.tangent import Tangent, value_of

TOLERANCE = 1e-11
"""How far any market, balance or cost may be from its equation, relative."""
MOST_STEPS = 60
LARGEST_STEP = 0.7
"""Unknowns move by at most this much, in logs, in one step."""
SLOW = 0.5
"""A Jacobian is worked out anew where a step leaves more than this part of the residual."""
SMALLEST = 1 / 64
"""Part of a step below which a future that gets no better is given up."""
LEAST_STRIDE = 1 / 16
"""Part of the way from what is known below which a future that is led along it is given up."""
BATCH = 256
"""Futures solved side by side: enough to pay for the steps of Python between them."""
SLOPES = 128
"""Futures whose Jacobians are worked out side by side: few enough to stay near the processor."""


@dataclass(frozen=True)
class Known:
    """An equilibrium that is known: its conditions, and its `unknown` [future, unknown]."""

    given: Conditions
    unknown: Array


def at_base(economy: Economy, given: Conditions) -> Known:
    """Return the equilibrium of the base year, whose conditions must be those of `base_conditions`."""
    return Known(given, _base(economy))


def _base(economy: Economy) -> Array:
    sectors = len(economy.sectors)
    return np.zeros((1, 2 * sectors + (sectors if economy.structure.capital == "fixed" else 1) + 2))


def solve(
    economy: Economy,
    given: Conditions,
    closure: Closure,
    start: Array | None = None,
    known: Known | None = None,
) -> Equilibrium:
    """Return the equilibrium of every future.

    Every future is iterated by itself until it alone has converged, so that its numbers do not depend on its
    neighbours.

    Parameters
    ----------
    economy, given
        Arrays with `future` first; lengths are one or the same.
    closure
        Who adjusts.
    start
        Where to start from, [future, unknown]: `unknown` of a solution of the same future. The base where none is.
    known
        An equilibrium of the same closure. A future that finds none from its start is led from there to its own
        conditions by steps; where nothing is known it has not converged.

    Returns
    -------
    Equilibrium
        Futures that did not converge say so.

    Raises
    ------
    MoravaError
        Conditions that no equilibrium can have, closures that contradict each other: all at once.
    """
    problems = Problems()
    check_closure(economy.structure, closure, problems)
    with problems.collecting():
        check_conditions(given, economy)
    problems.raise_if_any()
    start = _base(economy) if start is None else start
    count = one_length("economy", economy, economy.structure, given, Known(given, start))
    found: list[Equilibrium] = []
    for first in range(0, count, BATCH):
        some = np.arange(first, min(first + BATCH, count))
        parts = spread_economy(economy, some), spread_all(given, some)
        led = None if known is None else Known(spread_all(known.given, some), spread(known.unknown, some))
        found.append(solve_near(*parts, closure, spread(start, some), None, led, some >= 0)[0])
    return Equilibrium(**{name: np.concatenate([vars(one)[name] for one in found]) for name in vars(found[0])})


def solve_near(
    economy: Economy,
    given: Conditions,
    closure: Closure,
    start: Array,
    inverse: Array | None,
    known: Known | None,
    sought: npt.NDArray[np.bool_],
) -> tuple[Equilibrium, Array]:
    """Return the equilibrium of every future, and the inverse Jacobian that it was found with, to go on from.

    All arrays have one entry a future, and nothing is checked.

    Parameters
    ----------
    inverse
        [future, unknown, residual] of a solution of the same future that is not far.
    sought
        [future], whether a future that is not found from its start is led from what is known.
    """
    # A future without an equilibrium may run out of numbers, and says so by not having converged.
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        batch, inverse = _solve_batch(economy, given, closure, start, inverse)
        lost = np.flatnonzero(~(batch.residual <= TOLERANCE) & sought)
        if known is not None and lost.size:
            batch = _led(economy, given, closure, known, batch, lost)
    return batch, inverse


def one_length(where: str, *records: object) -> int:
    """Return how many futures there are.

    Raises
    ------
    MoravaError
        When arrays have several lengths, one aside.
    """
    lengths = {len(array) for record in records for array in arrays_of(record).values()} - {1}
    if len(lengths) > 1:
        raise MoravaError(
            Problem(f"futures of several lengths: {sorted(lengths)}", where, "give one, or the same number, of each")
        )
    return lengths.pop() if lengths else 1


def check_closure(structure: Structure, closure: Closure, problems: Problems) -> None:
    """Note closures in which nothing, or too much, adjusts."""
    where = "closure of the economy"
    if closure.budget == "borrowing" and closure.external == "rate":
        problems.add(
            "foreign saving would follow both from what the government borrows and from the exchange rate",
            where,
            "with borrowing let the exchange rate adjust, or let investment follow saving",
        )
    if closure.budget == "tax" and structure.government == "share":
        problems.add(
            "the government's balance and its spending would both follow from its revenue",
            where,
            "where the direct tax adjusts, let spending be real",
        )


def spread_economy(economy: Economy, futures: npt.NDArray[np.intp]) -> Economy:
    """Return an economy with one entry of every array for each of some futures; the accounts stay as they are."""
    return replace(spread_all(economy, futures), structure=spread_all(economy.structure, futures))


def _solve_batch(
    economy: Economy, given: Conditions, closure: Closure, start: Array, inverse: Array | None
) -> tuple[Equilibrium, Array]:
    """Return what Newton's method finds from a start, each future by its own steps.

    The Jacobian of a future is kept as long as a step leaves little of the residual, from year to year too. Between two
    of them Broyden's rule mends it by the steps taken since.
    """
    count, size = start.shape
    whole = setting = setting_of(economy, given, closure)
    held, active = np.arange(count), np.ones(count, dtype=np.bool_)
    point, reached, value = start.copy(), start.copy(), np.zeros((count, size))
    best, part, steps = np.full(count, np.inf), np.ones(count), np.zeros(count, dtype=np.int64)
    fresh, full = np.zeros(count, dtype=np.bool_), np.ones(count, dtype=np.bool_)
    slopes = np.zeros((count, size, size)) if inverse is None else inverse.copy()
    taken: list[Array] = []
    for step in range(1, MOST_STEPS + 1):
        if active.sum() * 2 < len(held):
            held = np.flatnonzero(active)
            setting = setting_of(*_some(economy, given, held), closure)
        response = respond(setting, point[held], slopes=False)
        found, error = value_of(response.residual), np.full(count, np.inf)
        error[held] = np.where(np.isfinite(found).all(axis=1), np.abs(found).max(axis=1), np.inf)
        better, steps[active] = active & (error < best), step
        slow = better & (error > SLOW * best if inverse is not None or step > 1 else True)
        # Half the step back where a fresh Jacobian led further away: a full step is good only near the end.
        part = np.where(better, np.minimum(1.0, 2 * part), np.where(fresh, part / 2, 1.0))
        reached[better], value[better], best[better] = point[better], found[better[held]], error[better]
        active &= (best > TOLERANCE) & (part >= SMALLEST)
        anew = np.flatnonzero(active & (slow | ~better & ~fresh))
        for one in taken:
            one[~(better & full & ~slow)] = 0.0
        fresh &= ~better
        fresh[anew] = True
        for first in range(0, len(anew), SLOPES):
            places = anew[first : first + SLOPES]
            here = setting if np.array_equal(places, held) else setting_of(*_some(economy, given, places), closure)
            slopes[places] = _inverse(here, reached[places])
        if not active.any():
            break
        move = _mended(-np.matmul(slopes, value[..., None])[..., 0], taken)
        stride = part * np.minimum(1.0, LARGEST_STEP / np.maximum(np.abs(move).max(axis=1), 1e-300))
        full = stride == 1
        taken.append(np.where(active[:, None], move * stride[:, None], 0.0))
        point = reached + taken[-1]
    if len(held) != count or not np.array_equal(point, reached):
        response = respond(whole, reached, slopes=False)
    return equilibrium_of(whole, response, reached, steps, TOLERANCE), slopes


def _mended(move: Array, taken: Sequence[Array]) -> Array:
    """Return Newton's move by an old Jacobian as Broyden's rule mends it, from the steps taken since.

    A step of zeros is none: what was taken before it is forgotten.
    """
    if not taken:
        return move
    parts = [_dot(one, one) for one in taken]
    lengths = [np.where(part > 0, part, np.inf) for part in parts]
    for one, after, length in zip(taken, taken[1:], lengths, strict=False):
        move = move + after * (_dot(one, move) / length)
    return np.asarray(move / (1 - _dot(taken[-1], move) / lengths[-1]), dtype=np.float64)


def _dot(one: Array, other: Array) -> Array:
    product: Array = (one * other).sum(axis=-1, keepdims=True)
    return product


def _inverse(setting: Setting, at: Array) -> Array:
    """Return the inverse of the Jacobian; no numbers where it is singular, so that the future is given up."""
    residual = respond(setting, at, slopes=True).residual
    jacobian = residual.slope if isinstance(residual, Tangent) else np.zeros((*at.shape, at.shape[1]))
    try:
        return np.asarray(np.linalg.inv(jacobian), dtype=np.float64)
    except np.linalg.LinAlgError:
        # One by one, so that a future without an answer leaves the bits of the others as they are.
        return np.stack([_inverse_of(one) for one in jacobian])


def _inverse_of(jacobian: Array) -> Array:
    try:
        return np.asarray(np.linalg.inv(jacobian), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.full_like(jacobian, np.nan)


def _led(
    economy: Economy,
    given: Conditions,
    closure: Closure,
    known: Known,
    batch: Equilibrium,
    lost: npt.NDArray[np.intp],
) -> Equilibrium:
    """Return a batch in which futures that found nothing are led to it from what is known, each by itself."""
    parts = {name: array.copy() for name, array in vars(batch).items()}
    for place in lost:
        own = np.array([place])
        alone, wanted, first = spread_economy(economy, own), spread_all(given, own), spread_all(known.given, own)
        reached, unknown, stride = 0.0, known.unknown[own], 0.5
        while stride >= LEAST_STRIDE:
            part = min(1.0, reached + stride)
            found, _ = _solve_batch(alone, _between(first, wanted, part), closure, unknown, None)
            parts["steps"][own] += found.steps
            if found.residual[0] > TOLERANCE:
                stride /= 2
                continue
            reached, unknown = part, found.unknown
            if part == 1.0:
                for name in set(parts) - {"steps"}:
                    parts[name][own] = vars(found)[name]
                break
    return Equilibrium(**parts)


def _between(first: Conditions, last: Conditions, part: float) -> Conditions:
    """Return conditions a part of the way from some to others; the others themselves at the end."""
    if part == 1.0:
        return last
    return replace(first, **{name: array + part * (vars(last)[name] - array) for name, array in vars(first).items()})


def _some(economy: Economy, given: Conditions, kept: npt.NDArray[np.intp]) -> tuple[Economy, Conditions]:
    if len(kept) == len(economy.size):
        return economy, given
    return spread_economy(economy, kept), spread_all(given, kept)
