"""Power systems to measure with, all made from a country's own: fewer hours, fewer demands, more zones and storages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from morava.models.power.solve import solve_system
from morava.models.power.system import Build, Calendar, Generator, Link, Storage, System
from morava.runs.explore import Plan
from morava.runs.request import Detail, detail_for
from morava.runs.simulate import system_of

Array = npt.NDArray[np.float64]
Record = TypeVar("Record", Build, Generator, Storage, Link)
Thing = TypeVar("Thing", Generator, Storage, Link)

BEFORE = 2025
"""The first solved year builds nothing: it is solved with the others and then cut out, so that all that stay build."""
YEARS = {1: (2030,), 2: (2030, 2040), 4: (2030, 2035, 2040, 2045)}
"""Which years so many periods are."""
ALL = 7
"""Periods of the pack; so many are taken as they stand, and the first of them builds nothing."""
SHARE = 0.8
"""Part of the emission without a limit that the plain program may emit."""
ROLL = 3
"""Hours by which each zone's demand comes later than the one's before it, so that something flows between copies."""
RING, KEPT = 1000.0, 0.98
"""MW of each line of the ring of zones, and what arrives of a MW."""


def period_system(plan: Plan, periods: int, future: int = 0) -> System:
    """Return a country's power system of so many periods on all hours, everything in it; each may build.

    Seven periods are those of the pack, of which the first builds nothing.
    """
    if periods == ALL:
        return all_periods(plan, future)
    years = (BEFORE, *YEARS[periods])
    made = system_of(plan.country, plan.strategy, plan.futures, plan.futures.seed, future, Detail(1, years, 0, 0))

    def cut(values: Array) -> Array:
        return values[1:] if len(values) == len(years) else values

    calendar = made.calendar
    kept = Calendar(calendar.periods[1:], calendar.weights[1:], calendar.hours, calendar.stretches, calendar.repeats)
    return everywhere(made, kept, cut)


def all_periods(plan: Plan, future: int = 0) -> System:
    """Return a country's power system of all periods of its pack on all hours."""
    years = detail_for(plan.country, years="all").years
    return system_of(plan.country, plan.strategy, plan.futures, plan.futures.seed, future, Detail(1, years, 0, 0))


def everywhere(system: System, calendar: Calendar, change: Callable[[Array], Array]) -> System:
    """Return a system with another calendar, and each of its arrays changed to it."""
    return replace(
        system,
        calendar=calendar,
        demand={zone: change(values) for zone, values in system.demand.items()},
        generators=tuple(_each(one, change) for one in system.generators),
        storages=tuple(_each(one, change) for one in system.storages),
        links=tuple(_each(one, change) for one in system.links),
        emission_limit=change(system.emission_limit),
        peak=None if system.peak is None else change(system.peak),
    )


def _each(record: Record, change: Callable[[Array], Array]) -> Record:
    changed: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            changed[field.name] = change(value)
        elif is_dataclass(value):
            changed[field.name] = _each(value, change)  # type: ignore[type-var]
    return replace(record, **changed)


def crop(system: System, hours: int) -> System:
    """Return a system of the first hours of its year, as one stretch that stands once; yearly costs by their share."""
    calendar, all_hours = system.calendar, len(system.calendar.hours)
    if hours == all_hours:
        return system
    share = hours / all_hours
    kept = Calendar(
        calendar.periods, calendar.weights, calendar.hours[:hours], calendar.stretches[:hours], calendar.repeats
    )
    made = everywhere(
        system, kept, lambda values: values[:, :hours] if values.ndim > 1 and values.shape[1] == all_hours else values
    )
    return replace(
        made,
        generators=tuple(
            replace(_cheaper(one, share), energy_limit=one.energy_limit * share) for one in made.generators
        ),
        storages=tuple(_cheaper(one, share) for one in made.storages),
        links=tuple(_cheaper(one, share) for one in made.links),
        reserve_price=made.reserve_price * share,
    )


def _cheaper(one: Thing, share: float) -> Thing:
    build = None if one.build is None else replace(one.build, annual_cost=one.build.annual_cost * share)
    return replace(one, fixed_cost=one.fixed_cost * share, build=build)


def plain(system: System, gap: float) -> System:
    """Return what every power model has of a system: balance, storages, borders, investments, a limit on emission.

    Ramps, least outputs, commitment, the reserve margin, budgets, demand response and movable load are left out. As
    much may be built in each period as may stand at any time. The limit on emission is a part of what each period emits
    without one, found by the engine, so that it binds.
    """
    taken = replace(
        system,
        generators=tuple(
            replace(one, ramp=np.inf, minimum=0.0, committed=False, start_cost=0.0, build=_freer(one.build))
            for one in system.generators
            if one.technology != "demand_response"
        ),
        storages=tuple(replace(one, build=_freer(one.build)) for one in system.storages if one.technology),
        reserve_margin=np.nan,
        budgets=(),
    )
    free = solve_system(taken, "engine", gap).emission
    return replace(taken, emission_limit=np.round(SHARE * free))


def _freer(build: Build | None) -> Build | None:
    return None if build is None else replace(build, limit=np.full_like(build.limit, build.total_limit))


def of_zones(system: System, count: int) -> System:
    """Return so many copies of a system of one zone in a ring, their demand some hours apart."""
    zone = system.zones[0]
    zones = tuple(f"{zone}_{number}" for number in range(count))
    ring = [] if count == 1 else [(zones[k], zones[(k + 1) % count]) for k in range(count)]
    capacity = np.full(1, RING)
    return replace(
        system,
        zones=zones,
        demand={name: np.roll(system.demand[zone], ROLL * k, axis=1) for k, name in enumerate(zones)},
        generators=tuple(replace(one, name=f"{one.name}_{z}", zone=z) for z in zones for one in system.generators),
        storages=tuple(replace(one, name=f"{one.name}_{z}", zone=z) for z in zones for one in system.storages),
        links=tuple(Link(f"{a}_{b}", a, b, capacity, capacity, KEPT) for a, b in ring),
        peak=None if system.peak is None else system.peak * count,
        emission_limit=system.emission_limit * count,
    )


def of_storages(system: System, count: int) -> System:
    """Return a system with so many storages: those that hold something, in equal parts that differ in efficiency."""
    held = [one for one in system.storages if one.energy_capacity.max() > 0 and one.technology]
    parts = count // len(held)
    if parts * len(held) != count:
        raise SystemExit(f"{count} storages are no copies of the {len(held)} that there are")
    return replace(system, storages=tuple(_part(one, number, parts) for number in range(parts) for one in held))


def _part(one: Storage, number: int, parts: int) -> Storage:
    """Return one of some equal parts of a storage, each a little less efficient than the one before."""
    build = one.build
    if build is not None:
        build = replace(build, limit=build.limit / parts, total_limit=build.total_limit / parts)
    return replace(
        one,
        name=f"{one.name}_{number}",
        charge_capacity=one.charge_capacity / parts,
        discharge_capacity=one.discharge_capacity / parts,
        energy_capacity=one.energy_capacity / parts,
        inflow=one.inflow / parts,
        efficiency_charge=one.efficiency_charge * (1 - 0.005 * number),
        build=build,
    )
