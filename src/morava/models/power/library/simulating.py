"""Kernels that make the schedule of one storage fit what it can do in another future."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.room import compiled

Array = npt.NDArray[np.float64]
PASSES = 8
"""Passes over a cycle in which a storage must return to its level."""
CLOSED = 1e-10
"""GWh by which it may miss it."""


@compiled
def simulate(
    charge: Array,
    discharge: Array,
    level: Array,
    spill: Array,
    most_charge: Array,
    most_discharge: Array,
    most_level: Array,
    most_spill: Array,
    inflow: Array,
    kept: float,
    efficiency_charge: float,
    efficiency_discharge: float,
    length: int,
    start: float,
) -> bool:
    """Clip a schedule, in place, to what a storage can do; write its levels and spill; return whether it can be.

    Parameters
    ----------
    charge, discharge : [hour], GW, what is wished
    level : [hour], GWh; before, what it was where the schedule comes from
    most_charge, most_discharge, most_level, most_spill, inflow : [hour], GW and GWh
    kept : share of the level that the next hour finds
    length : hours after which it returns to its level
    start : GWh that it holds before the first hour, and may end anywhere; below zero where it returns to its level
    """
    for first in range(0, charge.size, length):
        last = min(first + length, charge.size)
        begin = start if start >= 0.0 else min(max(level[last - 1], 0.0), most_level[last - 1])
        closed = False
        for _ in range(PASSES):
            end = _forward(
                charge, discharge, level, spill, most_charge, most_discharge, most_level, most_spill, inflow, kept,
                efficiency_charge, efficiency_discharge, first, last, begin,
            )  # fmt: skip
            if end < 0.0:
                return False
            if start >= 0.0 or abs(end - begin) <= CLOSED:
                closed = True
                break
            over = end - begin
            if over > 0.0:
                out = min(over, most_spill[last - 1] - spill[last - 1])
                spill[last - 1] += out
                level[last - 1] -= out
                over -= out
                if over <= CLOSED:
                    closed = True
                    break
                over = _charge_less(charge, level, efficiency_charge, first, last, over)
                begin += over
            else:
                under = _discharge_less(discharge, level, most_level, efficiency_discharge, first, last, -over)
                begin -= under
        if not closed:
            return False
    return True


@compiled
def _forward(
    charge: Array,
    discharge: Array,
    level: Array,
    spill: Array,
    most_charge: Array,
    most_discharge: Array,
    most_level: Array,
    most_spill: Array,
    inflow: Array,
    kept: float,
    efficiency_charge: float,
    efficiency_discharge: float,
    first: int,
    last: int,
    begin: float,
) -> float:
    """Follow the level from `first` to `last`, clipping; return it at the end, below zero where it cannot be."""
    here = begin
    for hour in range(first, last):
        taken = min(max(charge[hour], 0.0), most_charge[hour])
        given = min(max(discharge[hour], 0.0), most_discharge[hour])
        base = kept * here + inflow[hour]
        now = base + efficiency_charge * taken - given / efficiency_discharge
        if now < 0.0:
            given = max(given + now * efficiency_discharge, 0.0)
            now = base + efficiency_charge * taken - given / efficiency_discharge
            if now < -CLOSED:
                return -1.0
            now = max(now, 0.0)
        out = 0.0
        if now > most_level[hour]:
            # What does not fit is not charged; what then does not fit is spilled, and at last generated.
            less = min(taken, (now - most_level[hour]) / efficiency_charge)
            taken -= less
            now -= less * efficiency_charge
            out = min(max(now - most_level[hour], 0.0), most_spill[hour])
            now -= out
            more = min(max(now - most_level[hour], 0.0) * efficiency_discharge, most_discharge[hour] - given)
            given += more
            now -= more / efficiency_discharge
            if now > most_level[hour] + CLOSED:
                return -1.0
        charge[hour], discharge[hour], spill[hour], level[hour] = taken, given, out, now
        here = now
    return here


@compiled
def _charge_less(charge: Array, level: Array, efficiency: float, first: int, last: int, over: float) -> float:
    """Take from the last charges what the end holds too much of, where levels allow; return what is left of it."""
    room = np.inf
    for hour in range(last - 1, first - 1, -1):
        room = min(room, level[hour])
        less = min(min(charge[hour] * efficiency, over), room)
        charge[hour] -= less / efficiency
        room -= less
        over -= less
    return over


@compiled
def _discharge_less(
    discharge: Array, level: Array, most_level: Array, efficiency: float, first: int, last: int, under: float
) -> float:
    """Take from the last discharges what the end lacks, where levels allow; return what is left of it."""
    room = np.inf
    for hour in range(last - 1, first - 1, -1):
        room = min(room, most_level[hour] - level[hour])
        less = min(min(discharge[hour] / efficiency, under), max(room, 0.0))
        discharge[hour] -= less * efficiency
        room -= less
        under -= less
    return under
