"""What some plan of a future costs: storages follow mixed schedules of others, all else runs in merit order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.models.power.library.entries import Library
from morava.models.power.library.lower import by_name, by_offer
from morava.models.power.library.master import Cut, Mixing
from morava.models.power.library.merit import dispatch, worth
from morava.models.power.library.offers import Keeper, Offers
from morava.models.power.library.simulating import simulate
from morava.models.power.parts import THOUSAND

Array = npt.NDArray[np.float64]


Flows = tuple[Array, Array, Array, Array]
"""Charge, discharge, level and spill."""


@dataclass(frozen=True)
class Schedules:
    """Schedules that the storages of a future can follow, in every period; `weight` counts over all storages.

    Parameters
    ----------
    flows : by period, kind (charge, discharge, level, spill) [weight, hour], GW and GWh; for a thing that may be built
        for each GW of what stands
    net : by period [weight, hour], GW: what they feed
    cost : [period, weight], million EUR
    source : [weight], number of the entry they come from; IDLE for one that does nothing, OWN for others
    mixing : how they may be mixed
    """

    flows: tuple[Flows, ...]
    net: tuple[Array, ...]
    cost: Array
    source: npt.NDArray[np.int64]
    mixing: Mixing


IDLE, OWN = -1, -2


def make_schedules(offers: Offers, library: Library) -> Schedules | None:
    """Return the schedules of a library as far as the storages of a future can follow them, or none."""
    periods, hours = offers.demand.shape
    group: list[int] = []
    source: list[int] = []
    made: list[list[Flows]] = [[] for _ in range(periods)]
    total = np.ones((len(offers.keepers), periods))
    built = np.full(len(offers.keepers), -1, dtype=np.int64)
    for place, keeper in enumerate(offers.keepers):
        unit = keeper.built >= 0 and not keeper.inflow.any() and keeper.one.cycle != "open"
        if unit:
            total[place] = keeper.standing
            built[place] = keeper.built
        for number in (*range(len(library.entries)), IDLE):
            found = [_follow(keeper, library, number, period, unit, hours) for period in range(periods)]
            if any(one is None for one in found):
                continue
            group.append(place)
            source.append(number)
            for period, one in enumerate(found):
                if one is not None:
                    made[period].append(one)
    if set(group) != set(range(len(offers.keepers))):
        return None
    return _pack(offers, Mixing(np.array(group, dtype=np.int64), total, built), source, made)


def _pack(offers: Offers, mixing: Mixing, source: list[int], made: list[list[Flows]]) -> Schedules:
    """Return schedules from those of every period."""
    periods, hours = offers.demand.shape
    flows = []
    cost = np.zeros((periods, len(source)))
    for period in range(periods):
        kinds = [np.array([one[kind] for one in made[period]]).reshape(len(source), hours) for kind in range(4)]
        flows.append((kinds[0], kinds[1], kinds[2], kinds[3]))
        for weight, place in enumerate(mixing.group):
            keeper = offers.keepers[place]
            cost[period, weight] = keeper.cost[period] @ kinds[1][weight] + keeper.hold[period] @ kinds[2][weight]
    net = tuple(one[1] - one[0] for one in flows)
    return Schedules(tuple(flows), net, cost, np.array(source, dtype=np.int64), mixing)


def extended(offers: Offers, schedules: Schedules, added: Array, wished: list[list[Flows]]) -> Schedules:
    """Return schedules and, for every storage that can follow it, one that is wished.

    Parameters
    ----------
    added : [name, period], GW, what is built where these are wished
    wished : by period and storage
    """
    mixing = schedules.mixing
    group, source = mixing.group.tolist(), schedules.source.tolist()
    made: list[list[Flows]] = [list(zip(*flows, strict=True)) for flows in schedules.flows]
    for place, keeper in enumerate(offers.keepers):
        stands = standing(mixing, place, added)
        unit = mixing.built[place] >= 0
        found = []
        for period, of_all in enumerate(wished):
            scale = 1 / stands[period] if stands[period] > LEAST_CAPACITY else 0.0
            flows = of_all[place]
            scaled = (flows[0] * scale, flows[1] * scale, flows[2] * scale, flows[3] * scale)
            found.append(_fit(keeper, period, unit, scaled))
        if all(one is not None for one in found):
            group.append(place)
            source.append(OWN)
            for period, one in enumerate(found):
                made[period] += [one] if one is not None else []
    return _pack(offers, Mixing(np.array(group, dtype=np.int64), mixing.total, mixing.built), source, made)


def standing(mixing: Mixing, group: int, added: Array) -> Array:
    """Return what the weights of a group add up to, [period]; added is [name, period]."""
    built = mixing.built[group]
    found: Array = mixing.total[group] + (added[built] if built >= 0 else 0.0)
    return found


def _follow(keeper: Keeper, library: Library, number: int, period: int, unit: bool, hours: int) -> Flows | None:
    """Return the schedule of an entry as far as a storage can follow it: charge, discharge, level, spill."""
    name = keeper.one.name
    charge, discharge, level, spill = (np.zeros(hours) for _ in range(4))
    if number != IDLE:
        entry = library.entries[number]
        if name not in entry.charge or entry.charge[name].shape[1] != hours or len(entry.charge[name]) <= period:
            return None
        old = float(entry.discharge_capacity[name][period])
        if old <= LEAST_CAPACITY:
            return None if keeper.inflow[period].any() else (charge, discharge, level, spill)
        scale = (1.0 if unit else float(keeper.standing[period])) / old
        charge, discharge, level = (
            kind[name][period].astype(np.float64) * scale for kind in (entry.charge, entry.discharge, entry.level)
        )
    return _fit(keeper, period, unit, (charge, discharge, level, spill))


def _fit(keeper: Keeper, period: int, unit: bool, flows: Flows) -> Flows | None:
    """Return the nearest schedule that a storage can follow, or none; what is given is written over."""
    one = keeper.one
    charge, discharge, level, spill = flows
    limits = (keeper.most_charge[period], keeper.most_discharge[period], keeper.most_level[period])
    if unit:
        limits = _of_one(keeper, period, float(keeper.standing[period]), len(charge))
    fits = simulate(
        charge, discharge, level, spill, as_row(limits[0]), as_row(limits[1]), as_row(limits[2]),
        keeper.most_spill[period], keeper.inflow[period], 1 - one.standing_loss,
        one.efficiency_charge, one.efficiency_discharge, keeper.length, keeper.start,
    )  # fmt: skip
    return flows if fits else None


def as_row(values: Array) -> Array:
    """Return numbers one after the other in memory that may be written, the one kind that kernels are compiled for."""
    return np.array(values, dtype=np.float64)


LEAST_CAPACITY = 1e-6
"""GW below which a schedule says nothing."""


def _of_one(keeper: Keeper, period: int, standing: float, hours: int) -> tuple[Array, Array, Array]:
    """Return what each GW may charge, discharge and hold, so that what stands and what is built can both."""
    one = keeper.one
    shape = (keeper.most_charge.shape[0], hours)
    discharge = np.broadcast_to(one.discharge_profile, shape)[period]
    charge = np.broadcast_to(one.charge_profile, shape)[period] * one.build_charge
    level = np.full(hours, one.build_hours)
    if standing > 0:
        charge = np.minimum(charge, keeper.most_charge[period] / standing)
        level = np.minimum(level, keeper.most_level[period] / standing)
    return charge, discharge, level


def cut_by_schedule(offers: Offers, schedules: Schedules, period: int, balance: Array) -> Cut:
    """Return the cut that prices of the balance give for what is built and how schedules are mixed."""
    count = offers.without_storages
    slope = np.empty(count)
    constant = worth(
        offers.price[period], offers.low[period], offers.high[period], offers.side, offers.share[period],
        offers.low_rate, offers.high_rate, offers.demand[period], count, balance, slope,
    )  # fmt: skip
    mix = schedules.cost[period] - schedules.net[period] @ balance
    return Cut(period, constant, by_name(offers, slope), mix)


@dataclass(frozen=True)
class Run:
    """How a period runs: `output` [hour, offer] in GW of net supply, its price [hour], its cost, what does not fit."""

    output: Array
    balance: Array
    cost: float
    missed: float


def run_period(offers: Offers, schedules: Schedules, period: int, added: Array, mix: Array, ramp: Array) -> Run:
    """Return how a period runs where so much is built and schedules are mixed so.

    Parameters
    ----------
    added : [name], GW
    mix : [weight]
    ramp : [offer], GW
    """
    count = offers.without_storages
    demand = offers.demand[period] - mix @ schedules.net[period]
    output, balance = np.empty((len(demand), count)), np.empty(len(demand))
    missed = dispatch(
        offers.price[period], offers.low[period], offers.high[period], offers.side, offers.share[period],
        offers.low_rate, offers.high_rate, by_offer(offers, added), demand, count, ramp, output, balance,
    )  # fmt: skip
    cost = float(np.einsum("tj,tj->", output, offers.price[period, :, :count])) + float(schedules.cost[period] @ mix)
    return Run(output, balance, cost, missed)


def ramps(offers: Offers, added: Array, period: int) -> Array:
    """Return how far each offer may change in an hour, GW; added is [name, period]."""
    found = np.full(offers.without_storages, np.inf)
    for place, one in enumerate(offers.generators):
        if np.isfinite(one.ramp):
            fixed = float(np.broadcast_to(one.capacity, (added.shape[1],))[period]) / THOUSAND
            more = added[offers.names.index(one.name), period] if one.name in offers.names else 0.0
            found[place] = one.ramp * (fixed + more)
    return found
