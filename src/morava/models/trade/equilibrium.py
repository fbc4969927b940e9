"""The answer of a world to other duties, trade costs, productivity and deficits, in exact hat algebra.

Caliendo and Parro (2015), equations 2 to 12 in ratios to the base ("hats"). Prices follow from wages by a contraction,
spending from prices by another, so that only the wages of the regions are unknown: they are found by Broyden's method
from an exact first Jacobian, which is worked out anew where the search takes long. No matrix over regions times sectors
is ever built. `docs/models/trade.md` has the equations.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from morava.errors import Problems
from morava.models.batches import Array, arrays_of, spread, spread_all
from morava.models.trade.response import guide
from morava.models.trade.world import World, net_flow, revenue_of

TOLERANCE = 1e-11
"""How far labour demand may lie from labour paid, relative, in any region."""
INNER = 1e-13
"""Change of prices and spending, relative, at which their own iterations end."""
MOST_STEPS = 60
ANEW = 12
"""Steps after which the Jacobian is worked out anew: a search that takes longer began too far from its end."""
MOST_INNER = 2000
LARGEST_STEP = 0.5
"""Wages move by at most this much, in logs, in one step."""
BALANCED = 1e-9
"""How far deficits may be from a sum of zero, as a part of the world's wages."""
LEAST_DEMAND = 1e-9
"""Labour demanded over labour paid, at least, while the search goes on: no equilibrium is near."""


@dataclass(frozen=True)
class Shock:
    """What differs from the base; every array has `future` first, of length one where it is the same in all.

    `tariff` and `cost` [future, sector, importer, exporter]: the duty after, and the factor on the trade cost other
    than duty. `productivity` [future, region, sector] and `labour` [future, region] are factors. `deficit` [future,
    region] is the deficit after, in the unit of the flows, in terms of the world's wages.
    """

    tariff: Array
    cost: Array
    productivity: Array
    labour: Array
    deficit: Array


@dataclass(frozen=True)
class Equilibrium:
    """A world after a shock. Factors to the base: `wage` [future, region], `cost` and `price` [future, region, sector].

    Levels, in the unit of the flows, world wages being unchanged: `spending`, `output`, `income`, `revenue`.
    `residual` is the largest excess of labour demand, in logs, `steps` the evaluations. `converged` says whether the
    residual is within `TOLERANCE`, prices and spending have settled and every income is above zero. A future that did
    not converge holds what was reached, and is not to be used.
    """

    wage: Array
    cost: Array
    price: Array
    share: Array
    spending: Array
    output: Array
    income: Array
    revenue: Array
    residual: Array
    steps: npt.NDArray[np.int64]
    converged: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Fixed:
    """What stays the same while wages are sought, [future, ...]."""

    world: World
    shock: Shock
    weights: Array
    """Base share times the power of the changed trade cost, [future, sector, importer, exporter]."""
    net: Array
    """One over one plus the duty after."""
    elasticity: Array
    """[future, region, sector], the same in every region."""
    paid: Array
    """Wages times labour at base wage, [future, region]."""


def no_shock(world: World) -> Shock:
    """Return the shock that changes nothing."""
    regions, sectors = len(world.regions), len(world.sectors)
    return Shock(
        tariff=world.tariff,
        cost=np.ones((1, sectors, regions, regions)),
        productivity=np.ones((1, regions, sectors)),
        labour=np.ones((1, regions)),
        deficit=world.deficit,
    )


def solve(world: World, shock: Shock, jacobian: Array | None = None) -> Equilibrium:
    """Return the equilibrium of every future.

    Every future is iterated by itself until it alone has converged, so that its numbers do not depend on its
    neighbours.

    Parameters
    ----------
    world, shock
        Arrays with `future` first; lengths are one or the same.
    jacobian
        The Jacobian to start from, [future, region, region], as `guide` gives it; worked out where none is given.
        Several shocks to one world share it.

    Returns
    -------
    Equilibrium
        Futures that did not converge say so.

    Raises
    ------
    MoravaError
        Factors that are not above zero, duties below zero, deficits that do not sum to zero over the regions, regions
        without wages: all at once.
    """
    _check(world, shock)
    lengths = {len(array) for part in (world, shock) for array in arrays_of(part).values()} - {1}
    if len(lengths) > 1:
        raise ValueError(f"futures of several lengths: {sorted(lengths)}")
    count = lengths.pop() if lengths else 1
    jacobian = guide(world) if jacobian is None else jacobian
    found: list[Equilibrium] = []
    for first in range(0, count, BATCH):
        some = np.arange(first, min(first + BATCH, count))
        # A future without an equilibrium may run out of numbers, and says so by not having converged.
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            found.append(_solve_batch(_fix(world, shock, some), spread(jacobian, some)))
    return Equilibrium(**{name: np.concatenate([vars(one)[name] for one in found]) for name in vars(found[0])})


def _check(world: World, shock: Shock) -> None:
    """Refuse what no equilibrium can have."""
    problems = Problems()
    where = "trade equilibrium"
    for name in ("cost", "productivity", "labour"):
        if not (vars(shock)[name] > 0).all():
            problems.add(f"a factor on {name} is not above zero", where, "a factor of one changes nothing")
    if not (shock.tariff >= 0).all():
        problems.add("a duty after the shock is below zero", where, "a subsidy is not a duty: leave it out")
    if not (np.abs(shock.deficit.sum(axis=1)) <= BALANCED * world.wages.sum(axis=1)).all():
        problems.add("deficits do not sum to zero over the regions", where, "what one borrows, others lend")
    for region in np.flatnonzero(~(world.wages > 0).all(axis=0)):
        problems.add(f"{world.regions[region]} earns no wages", where, "join it to another region, or give its output")
    problems.raise_if_any()


BATCH = 32
"""Futures solved side by side: few enough for their arrays to stay near the processor."""


def _fix(world: World, shock: Shock, futures: npt.NDArray[np.intp]) -> Fixed:
    here, moved = spread_all(world, futures), spread_all(shock, futures)
    factor = moved.cost * (1 + moved.tariff) / (1 + here.tariff)
    # What a region buys nothing of has no shares, but must have a price: that of its own make, which nobody pays.
    untouched = (here.share.sum(axis=3) == 0)[..., None] & np.eye(len(world.regions), dtype=bool)
    weights = np.where(untouched, 1.0, here.share * factor ** -here.elasticity[:, :, None, None])
    return Fixed(
        world=here,
        shock=moved,
        weights=weights,
        net=1 / (1 + moved.tariff),
        elasticity=np.ascontiguousarray(np.broadcast_to(here.elasticity[:, None, :], here.spending.shape)),
        paid=here.wages * moved.labour,
    )


@dataclass
class State:
    """Where the search stands, [future, ...]."""

    wage: Array
    price: Array
    cost: Array
    power: Array
    """Prices to the power minus theta."""
    share: Array
    spending: Array
    output: Array
    excess: Array
    """Labour demanded over labour paid, in logs: nearly linear in log wages however far from the end."""
    settled: npt.NDArray[np.bool_]


Record = TypeVar("Record", World, Shock, Fixed, State)


def _solve_batch(fixed: Fixed, jacobian: Array) -> Equilibrium:
    count, regions = fixed.paid.shape
    done: dict[str, Any] = {}
    steps = np.zeros(count, dtype=np.int64)
    here = np.arange(count)
    wage = np.zeros((count, regions)) + np.log(fixed.world.wages.sum(axis=1) / fixed.paid.sum(axis=1))[:, None]
    state = _respond(fixed, wage, np.zeros(fixed.world.spending.shape), fixed.world.spending)
    for step in range(1, MOST_STEPS + 1):
        error = np.abs(state.excess).max(axis=1)
        ended = ~(error > TOLERANCE) | ~np.isfinite(error) | (step == MOST_STEPS)
        steps[here] = step
        if ended.any():
            for name, values in _results(fixed, state).items():
                done.setdefault(name, np.empty((count, *values.shape[1:]), values.dtype))[here[ended]] = values[ended]
            left = ~ended
            if not left.any():
                break
            fixed, state, here, jacobian = _some(fixed, left), _some(state, left), here[left], jacobian[left]
        if step % ANEW == 0:
            jacobian = _anew(fixed, state)
        move = _direction(jacobian, state.excess)
        move *= np.minimum(1.0, LARGEST_STEP / np.maximum(np.abs(move).max(axis=1), 1e-300))[:, None]
        after = _respond(fixed, _normal(fixed, state.wage + move), state.price, state.spending)
        move = after.wage - state.wage
        missed = after.excess - state.excess - np.matmul(jacobian, move[..., None])[..., 0]
        length = (move * move).sum(axis=1)
        jacobian = jacobian + missed[:, :, None] * (move / np.maximum(length, 1e-300)[:, None])[:, None, :]
        state = after
    return Equilibrium(**done, steps=steps)


def _direction(jacobian: Array, excess: Array) -> Array:
    """Return the move of log wages; where regions do not trade at all, wages rise where labour is short."""
    try:
        move: Array = np.asarray(np.linalg.solve(jacobian, -excess[..., None])[..., 0], dtype=np.float64)
    except np.linalg.LinAlgError:
        if len(jacobian) == 1:
            return excess.copy()
        # One by one, so that a future without an answer leaves the bits of the others as they are.
        return np.concatenate([_direction(jacobian[k : k + 1], excess[k : k + 1]) for k in range(len(jacobian))])
    return move


def _anew(fixed: Fixed, state: State) -> Array:
    """Return the Jacobian where the search stands, where labour demanded is not labour paid."""
    wages = fixed.paid * np.exp(state.wage)
    here = replace(
        fixed.world,
        share=state.share,
        wages=wages,
        deficit=fixed.shock.deficit,
        tariff=fixed.shock.tariff,
        spending=state.spending,
        output=state.output,
    )
    own = np.eye(wages.shape[1])
    pinned = (wages / wages.sum(axis=1, keepdims=True))[:, None, :]
    answer: Array = (guide(here) + own - pinned) * np.exp(-state.excess)[:, :, None] - own + pinned
    return answer


def _normal(fixed: Fixed, wage: Array) -> Array:
    """Return log wages such that the world's wages are those of the base."""
    total = (fixed.paid * np.exp(wage)).sum(axis=1)
    normal: Array = wage + np.log(fixed.world.wages.sum(axis=1) / total)[:, None]
    return normal


def _some(record: Record, kept: npt.NDArray[np.bool_]) -> Record:
    """Return a record of some futures."""
    parts: Any = {name: value[kept] for name, value in arrays_of(record).items()}
    if isinstance(record, Fixed):
        parts |= {"world": _some(record.world, kept), "shock": _some(record.shock, kept)}
    return replace(record, **parts)


def _results(fixed: Fixed, state: State) -> dict[str, Any]:
    """Return what an equilibrium holds of each future."""
    revenue = revenue_of(state.share, state.spending, fixed.shock.tariff)
    income = fixed.paid * np.exp(state.wage) + revenue + fixed.shock.deficit
    residual = np.abs(state.excess).max(axis=1)
    return {
        "wage": np.exp(state.wage),
        "cost": np.exp(state.cost),
        "price": np.exp(state.price),
        "share": state.share,
        "spending": state.spending,
        "output": state.output,
        "income": income,
        "revenue": revenue,
        "residual": residual,
        # A region that lends more than it earns has an answer in numbers, with negative spending, and in nothing else.
        "converged": (residual <= TOLERANCE) & state.settled & (income > 0).all(axis=1),
    }


def _respond(fixed: Fixed, wage: Array, price: Array, spending: Array) -> State:
    """Return prices, shares, spending and the excess demand for labour at given log wages."""
    price, cost, power, bought, steady = _prices(fixed, wage, price)
    share = fixed.weights * np.swapaxes(power, 1, 2)[:, :, None, :] / bought[..., None]
    spending, output, settled = _spending(fixed, wage, share, spending)
    demanded = (fixed.world.value_added * output).sum(axis=2)
    excess = np.log(np.maximum(demanded / (fixed.paid * np.exp(wage)), LEAST_DEMAND))
    return State(wage, price, cost, power, share, spending, output, excess, steady & settled)


def _prices(fixed: Fixed, wage: Array, price: Array) -> tuple[Array, Array, Array, Array, npt.NDArray[np.bool_]]:
    """Return log prices and costs, cost and price to the minus theta, and whether they have settled.

    Equations 2 and 4: a contraction, since value added is a part of every cost.
    """
    t = np.ascontiguousarray(np.swapaxes(fixed.world.technology, 2, 3))
    base = fixed.world.value_added * wage[:, :, None] - np.log(fixed.shock.productivity)
    theta, weights, here = fixed.elasticity, fixed.weights, np.arange(len(wage))
    cost, power, found = np.empty_like(price), np.empty_like(price), np.empty_like(price)
    bought = np.empty((len(wage), price.shape[2], price.shape[1]))
    for _ in range(MOST_INNER):
        c = np.matmul(t, price[..., None])[..., 0] + base
        x = np.exp(-theta * c)
        b = np.matmul(weights, np.swapaxes(x, 1, 2)[..., None])[..., 0]
        p = -np.log(np.swapaxes(b, 1, 2)) / theta
        moving = np.abs(p - price).max(axis=(1, 2)) > INNER
        found[here], cost[here], power[here], bought[here], price = p, c, x, b, p
        if not moving.all():
            t, base, theta, weights, here, price = (a[moving] for a in (t, base, theta, weights, here, price))
            if not here.size:
                break
    return found, cost, power, bought, ~np.isin(np.arange(len(wage)), here)


def _spending(fixed: Fixed, wage: Array, share: Array, spending: Array) -> tuple[Array, Array, npt.NDArray[np.bool_]]:
    """Return spending and output, [future, region, sector], and whether they have settled.

    Equation 9, with income from wages, duties and deficit.
    """
    net = share * fixed.net
    s, here = np.ascontiguousarray(np.swapaxes(net, 2, 3)), np.arange(len(wage))
    d = (net * fixed.shock.tariff).sum(axis=3)
    g, t, f = fixed.paid * np.exp(wage) + fixed.shock.deficit, fixed.world.technology, fixed.world.final
    found, output = np.empty_like(spending), np.empty_like(spending)
    for _ in range(MOST_INNER):
        old = np.swapaxes(spending, 1, 2)
        y = np.ascontiguousarray(np.swapaxes(np.matmul(s, old[..., None])[..., 0], 1, 2))
        income = g + (d * old).sum(axis=1)
        x = np.matmul(t, y[..., None])[..., 0] + f * income[:, :, None]
        moving = np.abs(x - spending).max(axis=(1, 2)) / np.abs(x).max(axis=(1, 2)) > INNER
        found[here], output[here], spending = x, y, x
        if not moving.all():
            s, d, g, t, f, here, spending = (a[moving] for a in (s, d, g, t, f, here, spending))
            if not here.size:
                break
    return found, output, ~np.isin(np.arange(len(wage)), here)


def flow_after(equilibrium: Equilibrium, shock: Shock) -> Array:
    """Return deliveries net of duty after a shock, [future, sector, importer, exporter]."""
    return net_flow(equilibrium.share, equilibrium.spending, shock.tariff)


def world_after(world: World, shock: Shock, equilibrium: Equilibrium) -> World:
    """Return the world in which an equilibrium is the base, so that another shock can start from it.

    Labour and productivity after the shock are the new ones: later factors are relative to them.
    """
    return World(
        regions=world.regions,
        sectors=world.sectors,
        share=equilibrium.share,
        technology=world.technology,
        value_added=world.value_added,
        final=world.final,
        wages=equilibrium.wage * world.wages * shock.labour,
        deficit=shock.deficit,
        tariff=shock.tariff,
        elasticity=world.elasticity,
        spending=equilibrium.spending,
        output=equilibrium.output,
    )
