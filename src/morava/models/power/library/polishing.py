"""A kernel that moves what storages do from hour to hour as long as it pays, against the merit order of all else."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.room import compiled
from morava.models.power.library.merit import sort_offers

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
LEAST = 1e-9
"""GW, or GWh, that is worth moving."""
PAYS = 1e-9
"""Million EUR / GWh that a move must bring."""


@compiled
def merit_curves(
    price: Array,
    low: Array,
    high: Array,
    built: Numbers,
    share: Array,
    low_rate: Array,
    high_rate: Array,
    capacity: Array,
    count: int,
    steps: Array,
    until: Array,
) -> None:
    """Write the merit order of every hour: prices of its steps, and the supply up to which each reaches, GW.

    Parameters
    ----------
    price, low, high, built, share, low_rate, high_rate, capacity, count : as in `merit_order`
    steps, until : [hour, step], written
    """
    order = np.arange(count)
    for hour in range(until.shape[0]):
        sort_offers(order, price, hour)
        reach = 0.0
        for j in range(count):
            reach += low[hour, j]
            if built[j] >= 0:
                reach += low_rate[j] * share[hour, built[j]] * capacity[j]
        for place in range(count):
            j = order[place]
            reach += high[hour, j] - low[hour, j]
            if built[j] >= 0:
                reach += (high_rate[j] - low_rate[j]) * share[hour, built[j]] * capacity[j]
            steps[hour, place] = price[hour, j]
            until[hour, place] = reach


@compiled
def _next_step(until: Array, hour: int, load: float) -> int:
    """Return the step that serves what comes on top of a load."""
    place = 0
    while place < until.shape[1] - 1 and until[hour, place] <= load + LEAST:
        place += 1
    return place


@compiled
def _last_step(until: Array, hour: int, load: float) -> int:
    """Return the step that serves the last of a load."""
    place = 0
    while place < until.shape[1] - 1 and until[hour, place] < load - LEAST:
        place += 1
    return place


@compiled
def _look(
    hour: int,
    load: Array,
    steps: Array,
    until: Array,
    charge: Array,
    discharge: Array,
    most_charge: Array,
    most_discharge: Array,
    spill: Array,
    cost: Array,
    into: float,
    out: float,
    buy: Array,
    sell: Array,
) -> None:
    """Write what a GWh more, and less, held after an hour costs, and brings."""
    buy[hour], sell[hour] = np.inf, -np.inf
    if spill[hour] > LEAST:
        buy[hour] = 0.0
    else:
        above = steps[hour, _next_step(until, hour, load[hour])]
        if discharge[hour] > LEAST:
            buy[hour] = (above - cost[hour]) * out
        elif charge[hour] < most_charge[hour] - LEAST:
            buy[hour] = above / into
    below = steps[hour, _last_step(until, hour, load[hour])]
    if charge[hour] > LEAST:
        sell[hour] = below / into
    elif discharge[hour] < most_discharge[hour] - LEAST:
        sell[hour] = (below - cost[hour]) * out


@compiled
def polish(
    load: Array,
    steps: Array,
    until: Array,
    charge: Array,
    discharge: Array,
    level: Array,
    spill: Array,
    most_charge: Array,
    most_discharge: Array,
    most_level: Array,
    cost: Array,
    into: float,
    out: float,
    window: int,
    moves: int,
) -> float:
    """Move energy of one storage between hours of a window while it pays; return what it brings, million EUR.

    Parameters
    ----------
    load : [hour], GW that all else serves; written
    steps, until : as of `merit_curves`
    charge, discharge, level, spill : [hour], GW and GWh, written; levels at the end of windows stay
    most_charge, most_discharge, most_level : [hour], GW and GWh
    cost : [hour], million EUR / GWh discharged
    into, out : efficiencies of charge and discharge
    window, moves : hours of a window, and most moves in it
    """
    hours = load.size
    buy, sell = np.empty(hours), np.empty(hours)
    gained = 0.0
    for hour in range(hours):
        _look(
            hour, load, steps, until, charge, discharge, most_charge, most_discharge, spill, cost, into, out, buy, sell
        )
    for first in range(0, hours, window):
        last = min(first + window, hours)
        for _ in range(moves):
            source, target = _best_pair(buy, sell, level, most_level, first, last)
            if source < 0:
                break
            energy = np.inf
            for hour in range(min(source, target), max(source, target)):
                energy = min(energy, most_level[hour] - level[hour] if source < target else level[hour])
            pays = sell[target] - buy[source]
            # As far as both hours stay on their step, and on the same side of the storage.
            if spill[source] > LEAST:
                energy = min(energy, spill[source])
            else:
                place = _next_step(until, source, load[source])
                room = until[source, place] - load[source]
                if discharge[source] > LEAST:
                    energy = min(energy, min(room, discharge[source]) / out)
                else:
                    energy = min(energy, min(room, most_charge[source] - charge[source]) * into)
            place = _last_step(until, target, load[target])
            room = load[target] - (until[target, place - 1] if place > 0 else -np.inf)
            if charge[target] > LEAST:
                energy = min(energy, min(room, charge[target]) * into)
            else:
                energy = min(energy, min(room, most_discharge[target] - discharge[target]) / out)
            if energy <= LEAST:
                # Too little to move, and yet it would be found again.
                buy[source] = np.inf
                continue
            if spill[source] > LEAST:
                spill[source] -= energy
            elif discharge[source] > LEAST:
                discharge[source] -= energy * out
                load[source] += energy * out
            else:
                charge[source] += energy / into
                load[source] += energy / into
            if charge[target] > LEAST:
                charge[target] -= energy / into
                load[target] -= energy / into
            else:
                discharge[target] += energy * out
                load[target] -= energy * out
            for hour in range(min(source, target), max(source, target)):
                level[hour] += energy if source < target else -energy
            gained += pays * energy
            for hour in (source, target):
                _look(
                    hour, load, steps, until, charge, discharge, most_charge, most_discharge, spill, cost, into, out,
                    buy, sell,
                )  # fmt: skip
    return gained


@compiled
def _best_pair(buy: Array, sell: Array, level: Array, most_level: Array, first: int, last: int) -> tuple[int, int]:
    """Return the hours to buy and to sell in that pay most, where levels between let energy pass; -1 where none do."""
    best, source, target = PAYS, -1, -1
    held, sold = -1, -1
    for hour in range(first, last):
        # Bought before and sold now: levels between must have room. Sold before and bought now: they must hold some.
        if held >= 0 and sell[hour] - buy[held] > best:
            best, source, target = sell[hour] - buy[held], held, hour
        if sold >= 0 and sell[sold] - buy[hour] > best:
            best, source, target = sell[sold] - buy[hour], hour, sold
        if held < 0 or buy[hour] < buy[held]:
            held = hour
        if sold < 0 or sell[hour] > sell[sold]:
            sold = hour
        if level[hour] >= most_level[hour] - LEAST:
            held = -1
        if level[hour] <= LEAST:
            sold = -1
    return source, target
