"""Storages in the program: charge, discharge, level and spill, over a day, a stretch of hours, the whole year, or open.

Over the year the level is carried through every repetition of a stretch, though only one of them is chosen: the level
at the start of the next stretch is that at the start of this one and as many times its net change as it stands in the
year. Between the first and the last repetition the level moves evenly, so that bounds on these two hold for all: on
every hour of the first, and on the end of every day of the last (after Kotzur and others 2018).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.models.power.parts import THOUSAND, Work, add_build, is_whole, limit_by_capacity
from morava.models.power.system import Storage

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
HOURS_A_DAY = 24


def add_storage(work: Work, one: Storage) -> None:
    """Add a storage to the balance of its zone."""
    builder, layout = work.builder, work.layout
    added = add_build(work, one.name, one.build)
    charge_most, discharge_most, energy_most = (
        work.by_period(values) / THOUSAND
        for values in (one.charge_capacity, one.discharge_capacity, one.energy_capacity)
    )
    builder.constant += float(
        work.system.calendar.weights @ (discharge_most * work.by_period(one.fixed_cost) / THOUSAND)
    )
    charge_share, discharge_share = work.over(one.charge_profile), work.over(one.discharge_profile)
    free = np.inf
    charge = builder.columns(
        f"charge_{one.name}", work.grid, 0, charge_share * charge_most[:, None] if added is None else free
    )
    discharge = builder.columns(
        f"discharge_{one.name}",
        work.grid,
        0,
        discharge_share * discharge_most[:, None] if added is None else free,
        work.weights * work.by_period(one.cost)[:, None] / THOUSAND,
    )
    held = work.over(one.level_set) / THOUSAND
    level = builder.columns(
        f"level_{one.name}",
        work.grid,
        np.where(np.isnan(held), 0.0, held),
        np.where(np.isnan(held), work.over(energy_most[:, None]) if added is None else free, held),
        work.weights * work.by_period(one.holding_cost)[:, None] / THOUSAND,
    )
    layout.charge[one.name], layout.discharge[one.name], layout.level[one.name] = charge, discharge, level
    builder.add(layout.balance[one.zone], charge, -1)
    builder.add(layout.balance[one.zone], discharge, 1)
    if added is not None:
        for side, columns, fixed, share in (
            ("charge", charge, charge_share * charge_most[:, None], charge_share * one.build_charge),
            ("discharge", discharge, discharge_share * discharge_most[:, None], discharge_share),
            ("level", level, work.over(energy_most[:, None]), work.over(one.build_hours)),
        ):
            limit_by_capacity(work, f"{side}_most_{one.name}", columns, fixed, share, added)
    rows = _add_levels(work, one, charge, discharge, level)
    _close(work, one, rows, level, energy_most, added)


def _add_levels(work: Work, one: Storage, charge: Numbers, discharge: Numbers, level: Numbers) -> Numbers:
    """Add the row of every level but what it was before."""
    builder = work.builder
    inflow = work.over(one.inflow) / THOUSAND
    given = inflow
    if one.cycle == "open":
        starts, _ = _ends_of_stretches(work)
        given = inflow.copy()
        given[:, starts] += work.by_period(one.initial_level)[:, None] / THOUSAND
    rows = builder.rows(f"storage_{one.name}", work.grid, given, given)
    builder.add(rows, level, 1)
    builder.add(rows, charge, -one.efficiency_charge)
    builder.add(rows, discharge, 1 / one.efficiency_discharge)
    if (inflow > 0).any():
        # A share without end of no inflow would be no number.
        most = np.inf if np.isinf(one.spill_limit) else one.spill_limit * np.maximum(inflow, 0.0)
        spill = builder.columns(f"spill_{one.name}", work.grid, 0, most)
        builder.add(rows, spill, 1)
        work.layout.spill[one.name] = spill
    return rows


def _close(work: Work, one: Storage, rows: Numbers, level: Numbers, energy_most: Array, added: Numbers | None) -> None:
    """Tie every level to the one before it, around the cycle of the storage."""
    stretches = work.system.calendar.stretches
    starts, ends = _ends_of_stretches(work)
    kept = 1 - one.standing_loss
    before = np.arange(len(stretches)) - 1
    if one.cycle == "day":
        first = np.arange(0, len(stretches), HOURS_A_DAY)
        before[first] = np.minimum(first + HOURS_A_DAY, len(stretches)) - 1
    elif one.cycle == "stretch" or (one.cycle == "year" and is_whole(work)):
        before[starts] = ends
    else:
        if one.cycle != "open":
            _carry(work, one, rows, level, (starts, ends), energy_most, added)
        inner = np.setdiff1d(np.arange(len(stretches)), starts)
        work.builder.add(rows[:, inner], level[:, inner - 1], -kept)
        return
    work.builder.add(rows, level[:, before], -kept)


def _ends_of_stretches(work: Work) -> tuple[Numbers, Numbers]:
    """Return the places of the first and the last hour of every stretch."""
    stretches = work.system.calendar.stretches
    starts = np.flatnonzero(np.append(True, stretches[1:] != stretches[:-1]))
    return starts, np.append(starts[1:], len(stretches)) - 1


def _carry(
    work: Work,
    one: Storage,
    rows: Numbers,
    level: Numbers,
    bounds: tuple[Numbers, Numbers],
    energy_most: Array,
    added: Numbers | None,
) -> None:
    """Carry the level of a seasonal storage through the year."""
    builder, (starts, ends), repeats = work.builder, bounds, work.system.calendar.repeats
    labels = (work.periods, list(range(len(starts))))
    upper = np.broadcast_to(energy_most[:, None], (len(work.periods), len(starts))) if added is None else np.inf
    begin = builder.columns(f"begin_{one.name}", labels, 0, upper, in_time=False)
    if added is not None:
        most = builder.rows(f"begin_most_{one.name}", labels, -np.inf, energy_most[:, None], in_time=False)
        builder.add(most, begin, 1)
        builder.add(most, added[:, None], -one.build_hours)
    builder.add(rows[:, starts], begin, -1)
    carried = builder.rows(f"carry_{one.name}", labels, 0, 0, in_time=False)
    builder.add(carried, np.roll(begin, -1, axis=1), 1)
    builder.add(carried, begin, repeats - 1)
    builder.add(carried, level[:, ends], -repeats)
    days = np.arange(HOURS_A_DAY - 1, level.shape[1], HOURS_A_DAY)
    stretch = work.system.calendar.stretches[days]
    again = (repeats - 1)[stretch]
    if not (again > 0).any():
        return
    hours = (work.periods, [work.hours[day] for day in days])
    low = builder.rows(f"last_least_{one.name}", hours, 0)
    high = builder.rows(f"last_most_{one.name}", hours, -np.inf, energy_most[:, None])
    for last in (low, high):
        builder.add(last, level[:, days], 1)
        builder.add(last, level[:, ends][:, stretch], again)
        builder.add(last, begin[:, stretch], -again)
    if added is not None:
        builder.add(high, added[:, None], -one.build_hours)
