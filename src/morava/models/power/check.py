"""A power system held against itself before a program is made of it: everything that is wrong at once."""

from __future__ import annotations

from collections import Counter

import numpy as np

from morava.errors import Problems, nearest
from morava.models.power.storages import HOURS_A_DAY
from morava.models.power.system import CYCLES, Calendar, Generator, Link, Storage, System


def check_system(system: System) -> None:
    """Refuse a system whose program would be another than it says.

    Raises
    ------
    MoravaError
        Names that stand twice, unknown zones, capacities below zero or without end, storages that return to their level
        within a day over stretches that are not whole days, or whose levels cannot be, lines that cannot follow the law
        of voltages: all at once.
    """
    problems = Problems()
    things: tuple[Generator | Storage | Link, ...] = (*system.generators, *system.storages, *system.links)
    for name, count in sorted(Counter(one.name for one in things).items()):
        if count > 1:
            problems.add(f"{count} things are called {name}", "power", "give each its own name, whatever its kind")
    for one in things:
        where = f"power, {one.name}"
        zones = (one.from_zone, one.to_zone) if isinstance(one, Link) else (one.zone,)
        for zone in zones:
            if zone not in system.zones:
                problems.add(f"{one.name} stands in the unknown zone {zone!r}", where, nearest(zone, system.zones))
        for side in _capacities(one):
            endless = isinstance(one, Link) and one.build is None  # a line without limit costs nothing that is lost
            if not ((side >= 0) & (np.isfinite(side) | (endless & (side == np.inf)))).all():
                problems.add(f"{one.name} has a capacity below zero or without end", where, "give a finite one")
                break
        if isinstance(one, Link):
            _check_link(one, where, problems)
        if isinstance(one, Storage):
            _check_storage(one, system.calendar, where, problems)
    lengths = np.bincount(system.calendar.stretches)
    daily = [one.name for one in system.storages if one.cycle == "day"]
    if daily and (lengths[:-1] % HOURS_A_DAY).any():  # days are counted on from the first hour
        problems.add(
            f"{', '.join(daily)} return to their level within a day, and a stretch has {int(lengths.min())} hours",
            "power", "choose whole days, or another cycle",
        )  # fmt: skip
    problems.raise_if_any()


def _capacities(one: Generator | Storage | Link) -> tuple[np.ndarray, ...]:
    if isinstance(one, Storage):
        return one.charge_capacity, one.discharge_capacity, one.energy_capacity
    if isinstance(one, Link):
        return one.capacity, one.backward
    return (one.capacity,)


def _check_link(one: Link, where: str, problems: Problems) -> None:
    for capacity, profile in ((one.capacity, one.profile), (one.backward, one.backward_profile)):
        if not (profile >= 0).all() or (np.isinf(capacity).any() and not profile.all()):
            what = f"{one.name} has a profile below zero, or of zero where its capacity has no end"
            problems.add(what, where, "give shares of a finite capacity, from zero up")
    if np.isinf(one.capacity).any() and one.fixed_cost.any():
        problems.add(f"{one.name} has no end, and a fixed cost", where, "give it a finite capacity")
    if np.isnan(one.reactance):
        return
    if not 0 < one.reactance < np.inf:
        problems.add(f"{one.name} has a reactance of {one.reactance:g}", where, "give one above zero, or none")
    if one.efficiency != 1:
        what = f"{one.name} has a reactance and an efficiency of {one.efficiency:g}"
        problems.add(what, where, "the law of voltages knows no losses: set the efficiency to 1, or give no reactance")
    if one.from_zone == one.to_zone:
        problems.add(f"{one.name} has a reactance, and begins where it ends", where, "take it out")


def _check_storage(one: Storage, calendar: Calendar, where: str, problems: Problems) -> None:
    if one.cycle not in CYCLES:
        problems.add(f"{one.name} has the unknown cycle {one.cycle!r}", where, nearest(one.cycle, CYCLES))
    if not 0 <= one.standing_loss < 1:
        problems.add(f"{one.name} loses {one.standing_loss:g} of its level in an hour", where, "give a share below one")
    whole = len(calendar.repeats) == 1 and calendar.repeats[0] == 1
    if one.cycle == "year" and not whole and (one.standing_loss > 0 or one.holding_cost.any()):
        # Carried through repetitions the level moves evenly, which one that decays does not.
        what = f"{one.name} is carried through repeated stretches, and loses or costs by what it holds"
        problems.add(what, where, "give another cycle or all hours, or no standing loss and no cost of holding")
    if one.cycle != "open" and one.initial_level.any():
        problems.add(f"{one.name} begins at a level, and is not open", where, "set its cycle to open, or no level")
    if not ((one.initial_level >= 0) & np.isfinite(one.initial_level)).all():
        problems.add(f"{one.name} begins below zero or without end", where, "give a finite level from zero up")
    if not one.spill_limit >= 0:
        problems.add(f"{one.name} may spill less than nothing", where, "give a share of its inflow, from zero up")
    most = one.energy_capacity[:, None] if one.build is None else np.inf
    if ((one.level_set < 0) | (one.level_set > most)).any():
        problems.add(f"{one.name} must hold less than nothing, or more than it can", where, "set another level")
