"""Kernels over the hours of a period: merit order at given capacities, and what prices are worth in closed form.

An offer is a quantity of net supply between `low` and `high`, GW, at a price; one who takes from the zone offers less
than nothing. What is built (GW) widens both ends by its share of the hour. Prices are million EUR / GWh, present value.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.room import compiled

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@compiled
def merit_order(
    price: Array,
    low: Array,
    high: Array,
    built: Numbers,
    share: Array,
    low_rate: Array,
    high_rate: Array,
    capacity: Array,
    demand: Array,
    count: int,
    balance: Array,
) -> None:
    """Write the price at which offers meet demand in every hour.

    Parameters
    ----------
    price, low, high : [hour, offer]
    built : [offer], which capacity widens it; -1 for none
    share : [hour, capacity slot]: of what is built, available; slots in the order of offers that are built
    low_rate, high_rate : [offer], by how much a GW available moves both ends
    capacity : [offer], GW built
    demand : [hour], GW
    count : offers that take part: the first ones
    balance : [hour], written
    """
    hours = demand.size
    order = np.arange(count)
    for hour in range(hours):
        sort_offers(order, price, hour)
        rest = demand[hour]
        for j in range(count):
            rest -= low[hour, j]
            if built[j] >= 0:
                rest -= low_rate[j] * share[hour, built[j]] * capacity[j]
        found = price[hour, order[0]]
        for place in range(count):
            j = order[place]
            width = high[hour, j] - low[hour, j]
            if built[j] >= 0:
                width += (high_rate[j] - low_rate[j]) * share[hour, built[j]] * capacity[j]
            if width > 0.0:
                found = price[hour, j]
                rest -= width
                if rest <= 0.0:
                    break
        balance[hour] = found


@compiled
def sort_offers(order: Numbers, price: Array, hour: int) -> None:
    """Sort offers by price, from the order of the hour before; equal ones stay as they were."""
    for place in range(1, order.size):
        j = order[place]
        own = price[hour, j]
        at = place
        while at > 0 and price[hour, order[at - 1]] > own:
            order[at] = order[at - 1]
            at -= 1
        order[at] = j


@compiled
def worth(
    price: Array,
    low: Array,
    high: Array,
    built: Numbers,
    share: Array,
    low_rate: Array,
    high_rate: Array,
    demand: Array,
    count: int,
    balance: Array,
    slope: Array,
) -> float:
    """Return what demand costs at least at these prices without what is built, and write how a GW built changes it.

    Parameters
    ----------
    slope : [offer], written: million EUR / GW
    """
    total = 0.0
    for j in range(count):
        slope[j] = 0.0
    for hour in range(demand.size):
        level = balance[hour]
        total += level * demand[hour]
        for j in range(count):
            reduced = price[hour, j] - level
            if reduced > 0.0:
                total += reduced * low[hour, j]
                if built[j] >= 0:
                    slope[j] += reduced * low_rate[j] * share[hour, built[j]]
            else:
                total += reduced * high[hour, j]
                if built[j] >= 0:
                    slope[j] += reduced * high_rate[j] * share[hour, built[j]]
    return total


@compiled
def dispatch(
    price: Array,
    low: Array,
    high: Array,
    built: Numbers,
    share: Array,
    low_rate: Array,
    high_rate: Array,
    capacity: Array,
    demand: Array,
    count: int,
    ramp: Array,
    output: Array,
    balance: Array,
) -> float:
    """Write outputs in merit order, hour by hour, within what ramps leave; return the sum of what does not fit, GWh.

    Parameters
    ----------
    ramp : [offer], GW: most change in an hour, around the year; infinity where free
    output : [hour, offer], written, net supply
    balance : [hour], written
    """
    hours = demand.size
    order = np.arange(count)
    least, most = np.zeros(count), np.zeros(count)
    missed = 0.0
    for hour in range(hours):
        sort_offers(order, price, hour)
        rest = demand[hour]
        for j in range(count):
            lowest, highest = low[hour, j], high[hour, j]
            if built[j] >= 0:
                lowest += low_rate[j] * share[hour, built[j]] * capacity[j]
                highest += high_rate[j] * share[hour, built[j]] * capacity[j]
            if ramp[j] < np.inf:
                if hour > 0:
                    lowest = max(lowest, output[hour - 1, j] - ramp[j])
                    highest = min(highest, output[hour - 1, j] + ramp[j])
                if hour == hours - 1 and hour > 0:
                    lowest = max(lowest, output[0, j] - ramp[j])
                    highest = min(highest, output[0, j] + ramp[j])
                if lowest > highest:
                    missed += lowest - highest
                    lowest = highest
            least[j], most[j] = lowest, highest
            output[hour, j] = lowest
            rest -= lowest
        found = price[hour, order[0]]
        if rest < 0.0:
            missed -= rest
        for place in range(count):
            j = order[place]
            width = most[j] - least[j]
            if width > 0.0:
                found = price[hour, j]
                if rest <= width:
                    output[hour, j] += max(rest, 0.0)
                    rest = 0.0
                    break
                output[hour, j] = most[j]
                rest -= width
        missed += max(rest, 0.0)
        balance[hour] = found
    return missed


@compiled
def level_worth(
    value: Array, hold: Array, after: Numbers, kept: float, inflow: Array, room: Array, spill: Array
) -> tuple[float, float]:
    """Return what levels, inflow and spill of a storage are worth at storage values, and the slope of its energy.

    Parameters
    ----------
    value, hold, inflow, room, spill : [hour]: price of the storage row, cost of holding, what flows in, most level
        (what is built aside), most spill (infinite where free: then no value is above zero)
    after : [hour], hour whose row the level enters next; -1 for none
    kept : share of the level that the next hour finds

    Returns
    -------
    tuple
        Million EUR, and million EUR / GWh of energy built.
    """
    total, slope = 0.0, 0.0
    for hour in range(value.size):
        total += value[hour] * inflow[hour]
        reduced = hold[hour] - value[hour]
        if after[hour] >= 0:
            reduced += kept * value[after[hour]]
        if reduced < 0.0:
            total += reduced * room[hour]
            slope += reduced
        if value[hour] > 0.0 and spill[hour] < np.inf:
            total -= value[hour] * spill[hour]
    return total, slope
