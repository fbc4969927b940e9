"""The general equilibrium of one year, by Newton's method in logs with an exact Jacobian.

A small open economy of the family of Hosoe, Gasawa and Hashimoto. `docs/models/economy.md` has the equations.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems
from morava.models.batches import Array, arrays_of, spread, spread_all
from morava.models.economy.balance import respond
from morava.models.economy.calibrate import Conditions, Economy, check_conditions
from morava.models.economy.equilibrium import Equilibrium, equilibrium_of
from morava.models.economy.options import Closure, Structure

TOLERANCE = 1e-11
"""How far any market, balance or cost may be from its equation, relative."""
MOST_STEPS = 60
LARGEST_STEP = 0.7
"""Unknowns move by at most this much, in logs, in one step."""
NEAR = 1e-3
"""Residual from which on the last Jacobian is good enough, if it still helps."""
SLOW = 0.1
"""It no longer helps where a step leaves more than this part of the residual."""
SMALLEST = 1 / 64
"""Part of a step below which a future that gets no better is given up."""
LEAST_STRIDE = 1 / 16
"""Part of the way from what is known below which a future that is led along it is given up."""
BATCH = 32
"""Futures solved side by side: enough to pay for the steps of Python between them."""


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
    lengths = {len(array) for part in (economy, economy.structure, given) for array in arrays_of(part).values()} - {1}
    start = _base(economy) if start is None else start
    lengths |= {len(start)} - {1}
    if len(lengths) > 1:
        raise MoravaError(
            Problem(
                f"futures of several lengths: {sorted(lengths)}", "economy", "give one, or the same number, of each"
            )
        )
    count = lengths.pop() if lengths else 1
    found: list[Equilibrium] = []
    for first in range(0, count, BATCH):
        some = np.arange(first, min(first + BATCH, count))
        # A future without an equilibrium may run out of numbers, and says so by not having converged.
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            parts = _spread_economy(economy, some), spread_all(given, some)
            batch = _solve_batch(*parts, closure, spread(start, some))
            if known is not None and not (batch.residual <= TOLERANCE).all():
                led = Known(spread_all(known.given, some), spread(known.unknown, some))
                batch = _led(*parts, closure, led, batch)
            found.append(batch)
    return Equilibrium(**{name: np.concatenate([vars(one)[name] for one in found]) for name in vars(found[0])})


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


Record = TypeVar("Record", Economy, Conditions, Structure)


def _spread_economy(economy: Economy, futures: npt.NDArray[np.intp]) -> Economy:
    return replace(spread_all(economy, futures), structure=spread_all(economy.structure, futures))


def _solve_batch(economy: Economy, given: Conditions, closure: Closure, start: Array) -> Equilibrium:
    count, size = start.shape
    here, point, reached = np.arange(count), start.copy(), start.copy()
    best, part, steps = np.full(count, np.inf), np.ones(count), np.zeros(count, dtype=np.int64)
    move, jacobian, anew = np.zeros((count, size)), np.zeros((count, size, size)), np.ones(count, dtype=np.bool_)
    for step in range(1, MOST_STEPS + 1):
        value = np.empty((len(here), size))
        for slopes in (True, False):
            asked = anew[here] == slopes
            if asked.any():
                places = here[asked]
                residual = respond(*_some(economy, given, places), closure, point[asked], slopes).residual
                value[asked] = residual.value
                if slopes:
                    jacobian[places] = residual.slope
        error = np.where(np.isfinite(value).all(axis=1), np.abs(value).max(axis=1), np.inf)
        better = error < best[here]
        anew[here] = ~better | (error > NEAR) | (error > SLOW * best[here])
        steps[here] = step
        # Half the step back where it led further away: a full step of Newton's method is good only near the end.
        part[here] = np.where(better, np.minimum(1.0, 2 * part[here]), part[here] / 2)
        places = here[better]
        reached[places], best[places] = point[better], error[better]
        with_move = better & (error > TOLERANCE)
        if with_move.any():
            places = here[with_move]
            toward = _direction(jacobian[places], value[with_move])
            largest = np.maximum(np.abs(toward).max(axis=1), 1e-300)
            move[places] = toward * np.minimum(1.0, LARGEST_STEP / largest)[:, None]
        here = here[(best[here] > TOLERANCE) & (part[here] >= SMALLEST)]
        if not here.size:
            break
        point = reached[here] + part[here, None] * move[here]
    response = respond(economy, given, closure, reached, slopes=False)
    return equilibrium_of(economy, given, response, reached, steps, TOLERANCE)


def _led(economy: Economy, given: Conditions, closure: Closure, known: Known, batch: Equilibrium) -> Equilibrium:
    """Return a batch in which futures that found nothing are led to it from what is known, each by itself."""
    parts = {name: array.copy() for name, array in vars(batch).items()}
    for place in np.flatnonzero(~(batch.residual <= TOLERANCE)):
        own = np.array([place])
        alone, wanted, first = _spread_economy(economy, own), spread_all(given, own), spread_all(known.given, own)
        reached, unknown, stride = 0.0, known.unknown[own], 0.5
        while stride >= LEAST_STRIDE:
            part = min(1.0, reached + stride)
            found = _solve_batch(alone, _between(first, wanted, part), closure, unknown)
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


def _direction(jacobian: Array, value: Array) -> Array:
    """Return Newton's move; no move where the Jacobian is singular, so that the future is given up."""
    try:
        return np.asarray(np.linalg.solve(jacobian, -value[..., None])[..., 0], dtype=np.float64)
    except np.linalg.LinAlgError:
        if len(jacobian) == 1:
            return np.full_like(value, np.nan)
        # One by one, so that a future without an answer leaves the bits of the others as they are.
        return np.concatenate([_direction(jacobian[k : k + 1], value[k : k + 1]) for k in range(len(jacobian))])


def _some(economy: Economy, given: Conditions, kept: npt.NDArray[np.intp]) -> tuple[Economy, Conditions]:
    if len(kept) == len(economy.size):
        return economy, given
    return _spread_economy(economy, kept), spread_all(given, kept)
