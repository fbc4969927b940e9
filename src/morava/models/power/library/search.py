"""Two searches that meet: over plans that mix schedules of storages, and over bounds that mix their values."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from morava.models.power.library.entries import Entry, Library, level_of_prices
from morava.models.power.library.lower import Prices, allowed, by_offer, cut_by_values
from morava.models.power.library.master import Cut, Frame, solve_frame
from morava.models.power.library.offers import HOURS_A_DAY, Offers, limits_at
from morava.models.power.library.polishing import merit_curves, polish
from morava.models.power.library.upper import (
    IDLE,
    LEAST_CAPACITY,
    Flows,
    Run,
    Schedules,
    cut_by_schedule,
    extended,
    ramps,
    run_period,
    standing,
)
from morava.models.power.program import Solved

Array = npt.NDArray[np.float64]
ROUNDS, MOVES_A_DAY, MOVES = 2, 40, 400
"""Of polishing: rounds over all storages, moves in a day, moves in a longer cycle."""
INWARD = 0.5
"""Weight of the best plan so far in the next: cuts alone jump from corner to corner."""
FITS = 1e-9
"""GWh in all that a dispatch may miss demand by."""


def added_of(offers: Offers, entry: Entry) -> Array:
    """Return what an entry built of the things that may be built here, [name, period], GW."""
    periods = len(offers.demand)
    none = np.zeros(periods)
    return np.array([entry.added.get(name, none) for name in offers.names]).reshape(len(offers.names), periods)


@dataclass(frozen=True)
class Plan:
    """A plan whose hours are dispatched.

    Parameters
    ----------
    objective : million EUR
    values : columns of the frame: what is built, and all else that is of no hour
    added : [name, period], GW
    mix : [period, weight]
    runs : by period
    """

    objective: float
    values: Array
    added: Array
    mix: Array
    runs: tuple[Run, ...]


@dataclass
class PlanSearch:
    """Plans, each at the least of the cuts that all dispatches before gave; `least` is what none can go below."""

    offers: Offers
    frame: Frame
    schedules: Schedules
    cuts: list[Cut] = field(default_factory=list)
    balances: list[Array] = field(default_factory=list)
    best: Plan | None = None
    least: float = -np.inf

    @property
    def objective(self) -> float:
        """Return the cost of the best plan, million EUR."""
        return np.inf if self.best is None else self.best.objective

    def start(self, library: Library) -> None:
        """Cut where everything is the mean of a library."""
        added = np.mean([added_of(self.offers, entry) for entry in library.entries], axis=0)
        mixing, source = self.schedules.mixing, self.schedules.source
        mix = np.zeros((len(self.offers.demand), len(source)))
        for group, built in enumerate(mixing.built):
            inside = np.flatnonzero((mixing.group == group) & (source != IDLE))
            if not len(inside):
                inside = np.flatnonzero(mixing.group == group)
            total = mixing.total[group] + (added[built] if built >= 0 else 0.0)
            mix[:, inside] = total[:, None] / len(inside)
        self._run(added, mix)

    def polish(self) -> None:
        """Let the storages of the best plan move what they do between hours, and take that in as schedules."""
        best, old = self.best, len(self.schedules.source)
        if best is None:
            return
        wished = [self._polished(best, period) for period in range(len(self.offers.demand))]
        self.schedules = extended(self.offers, self.schedules, best.added, wished)
        mixing = self.schedules.mixing
        mix = np.pad(best.mix, ((0, 0), (0, len(self.schedules.source) - old)))
        self.best = replace(best, mix=mix)
        self.cuts = [
            replace(cut, mix=self.schedules.cost[cut.period] - self.schedules.net[cut.period] @ balance)
            for cut, balance in zip(self.cuts, self.balances, strict=True)
        ]
        moved = mix.copy()
        for new in range(old, len(self.schedules.source)):
            moved[:, mixing.group == mixing.group[new]] = 0.0
            moved[:, new] = standing(mixing, int(mixing.group[new]), best.added)
        self._try(best.values, best.added, moved)

    def _polished(self, plan: Plan, period: int) -> list[Flows]:
        """Return what storages do in a plan after they have moved it, by storage."""
        offers, schedules = self.offers, self.schedules
        added, mix = plan.added[:, period], plan.mix[period]
        count = offers.without_storages
        steps, until = np.empty((offers.demand.shape[1], count)), np.empty((offers.demand.shape[1], count))
        merit_curves(
            offers.price[period], offers.low[period], offers.high[period], offers.side, offers.share[period],
            offers.low_rate, offers.high_rate, by_offer(offers, added), count, steps, until,
        )  # fmt: skip
        load = offers.demand[period] - mix @ schedules.net[period]
        made: list[Flows] = []
        for place in range(len(offers.keepers)):
            inside = np.flatnonzero(schedules.mixing.group == place)
            flows = schedules.flows[period]
            parts = [np.ascontiguousarray(mix[inside] @ flows[kind][inside]) for kind in range(4)]
            made.append((parts[0], parts[1], parts[2], parts[3]))
        for _, (place, keeper) in itertools.product(range(ROUNDS), enumerate(offers.keepers)):
            if keeper.one.standing_loss == 0 and not keeper.hold[period].any():
                limits = limits_at(keeper, period, added)
                for window, moves in ((HOURS_A_DAY, MOVES_A_DAY), (keeper.length, MOVES)):
                    if window == HOURS_A_DAY or keeper.length > HOURS_A_DAY:
                        polish(
                            load, steps, until, *made[place], *limits, keeper.cost[period],
                            keeper.one.efficiency_charge, keeper.one.efficiency_discharge, window, moves,
                        )  # fmt: skip
        return made

    def step(self) -> None:
        """Dispatch a plan between the best so far and the one that the cuts say is best."""
        solved, added, mix = solve_frame(self.frame, self.cuts, len(self.offers.demand), self.schedules.mixing)
        self.least = solved.objective
        values = solved.values[: len(self.frame.columns)]
        if self.best is not None:
            values, added, mix = (
                INWARD * old + (1 - INWARD) * new
                for old, new in ((self.best.values, values), (self.best.added, added), (self.best.mix, mix))
            )
        self._try(values, added, mix)

    def _try(self, values: Array, added: Array, mix: Array) -> None:
        """Dispatch a plan, and keep it if it is the best so far."""
        runs = self._run(added, mix)
        small = self.frame.program
        objective = float(small.cost @ values) + small.constant + sum(run.cost for run in runs)
        if sum(run.missed for run in runs) <= FITS and objective < self.objective:
            self.best = Plan(objective, values, added, mix, runs)

    def _run(self, added: Array, mix: Array) -> tuple[Run, ...]:
        runs = []
        for period in range(len(mix)):
            ramp = ramps(self.offers, added, period)
            run = run_period(self.offers, self.schedules, period, added[:, period], mix[period], ramp)
            self.cuts.append(cut_by_schedule(self.offers, self.schedules, period, run.balance))
            self.balances.append(run.balance)
            runs.append(run)
        return tuple(runs)


def middle(prices: Array, length: int) -> Array:
    """Return the median price of each cycle of so many hours, [hour]."""
    whole = len(prices) // length * length
    found = np.full(len(prices), np.median(prices))
    found[:whole] = np.repeat(np.median(prices[:whole].reshape(-1, length), axis=1), length)
    return found


@dataclass
class BoundSearch:
    """Bounds, each from the cuts that storage values give where the cuts before say that most is to be gained."""

    offers: Offers
    frame: Frame
    library: Library
    cuts: list[Cut] = field(default_factory=list)
    prices: list[Prices] = field(default_factory=list)
    solved: Solved | None = None
    steps: int = 0

    @property
    def bound(self) -> float:
        """Return what every plan costs at least, million EUR."""
        return -np.inf if self.solved is None else self.solved.bound

    def start(self, plan: Plan, schedules: Schedules) -> None:
        """Cut at what a plan builds, with storage values mixed as it mixes schedules, at its level of prices."""
        self._balance = [run.balance for run in plan.runs]
        self._level = np.array([level_of_prices(run.balance[None, :])[0] for run in plan.runs])
        for period in range(len(self.offers.demand)):
            value = np.array(
                [self._mixed(place, plan.mix[period], schedules, period) for place in range(len(self.offers.keepers))]
            ).reshape(len(self.offers.keepers), self.offers.demand.shape[1])
            self._cut(value, period, plan.added[:, period])
        self._solve()

    def step(self) -> None:
        """Cut where the cuts before say that most is to be gained: with their own mixture of values, or all entries."""
        self.steps += 1
        periods, added = range(len(self.offers.demand)), self._added
        if self.steps == EVERY_ENTRY:
            values = [self._all_values(entry) for entry in self.library.entries]
        else:
            values = [[self._mean_value(period) for period in periods]]
        for one in values:
            for period in periods:
                self._cut(one[period], period, added[:, period])
        self._solve()

    def _all_values(self, entry: Entry) -> list[Array]:
        """Return the values of all storages in an entry, by period [storage, hour]."""
        periods, hours = self.offers.demand.shape
        count = len(self.offers.keepers)
        found = np.array([self._value(entry, place) for place in range(count)]).reshape(count, periods, hours)
        return [np.ascontiguousarray(found[:, period]) for period in range(periods)]

    def _mean_value(self, period: int) -> Array:
        """Return the storage values of the bound, [storage, hour]."""
        weight = self._weight()
        own = [number for number, cut in enumerate(self.cuts) if cut.period == period]
        value = np.zeros_like(self.prices[own[0]].value)
        for number in own:
            if weight[number] > 0:
                value += weight[number] / weight[own].sum() * self.prices[number].value
        return value

    def _weight(self) -> Array:
        """Return how much each cut counts in the bound."""
        if self.solved is None:
            return np.zeros(0)
        first = len(self.frame.rows)
        return np.maximum(self.solved.row_duals[first : first + len(self.cuts)], 0.0)

    def _solve(self) -> None:
        solved, self._added, _ = solve_frame(self.frame, self.cuts, len(self.offers.demand), None)
        self.solved = solved

    def _cut(self, value: Array, period: int, added: Array) -> None:
        cut, prices = cut_by_values(self.offers, allowed(self.offers, value, period), period, added)
        self.cuts.append(cut)
        self.prices.append(prices)

    def _value(self, entry: Entry, place: int, scaled: bool = False) -> Array:
        """Return the values of a storage in an entry, [period, hour], at its level of prices or (`scaled`) this one.

        Where nothing of it stood there, its values say nothing, and the middle price of each of its cycles is taken.
        """
        keeper = self.offers.keepers[place]
        found = entry.value[keeper.one.name].astype(np.float64)
        for period in range(len(found)):
            if entry.discharge_capacity[keeper.one.name][period] <= LEAST_CAPACITY:
                found[period] = -middle(self._balance[period], keeper.length)
            elif scaled and entry.price[period] > 0 and self._level[period] > 0:
                found[period] *= self._level[period] / entry.price[period]
        return found

    def _mixed(self, place: int, mix: Array, schedules: Schedules, period: int) -> Array:
        inside = np.flatnonzero((schedules.mixing.group == place) & (schedules.source >= 0))
        weight = np.zeros(len(self.library.entries))
        weight[schedules.source[inside]] = mix[inside]
        if weight.sum() <= 0:
            weight[:] = 1.0
        weight /= weight.sum()
        parts = zip(self.library.entries, weight, strict=True)
        found = np.zeros(self.offers.demand.shape[1])
        for entry, part in parts:
            if part > 0:
                found += part * self._value(entry, place, scaled=True)[period]
        return found


EVERY_ENTRY = 1
"""Step of a bound at which every entry gives a cut of its own, with its values as they are."""
