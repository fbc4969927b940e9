"""A power system held against itself before a program is made of it: everything that is wrong at once."""

from __future__ import annotations

from collections import Counter

import numpy as np

from morava.errors import Problems, nearest
from morava.models.power.storages import HOURS_A_DAY
from morava.models.power.system import Generator, Link, Storage, System


def check_system(system: System) -> None:
    """Refuse a system whose program would be another than it says.

    Raises
    ------
    MoravaError
        Names that stand twice, unknown zones, capacities below zero or without end, storages that return to their level
        within a day over stretches that are not whole days: all at once.
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
