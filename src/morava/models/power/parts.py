"""The parts of the program of a power system, all but storages, in GW, GWh and million EUR."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from morava.models.power.program import Builder
from morava.models.power.system import Build, Generator, Link, Storage, System

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
THOUSAND = 1000.0
"""MW in a GW; EUR / MWh is this part of a million EUR / GWh, and EUR / MW of a million EUR / GW."""


@dataclass
class Layout:
    """Where the columns and rows of each thing stand, [period, hour] or [period], by name."""

    output: dict[str, Numbers] = field(default_factory=dict)
    charge: dict[str, Numbers] = field(default_factory=dict)
    discharge: dict[str, Numbers] = field(default_factory=dict)
    level: dict[str, Numbers] = field(default_factory=dict)
    spill: dict[str, Numbers] = field(default_factory=dict)
    forward: dict[str, Numbers] = field(default_factory=dict)
    backward: dict[str, Numbers] = field(default_factory=dict)
    unserved: dict[str, Numbers] = field(default_factory=dict)
    built: dict[str, Numbers] = field(default_factory=dict)
    added: dict[str, Numbers] = field(default_factory=dict)
    balance: dict[str, Numbers] = field(default_factory=dict)
    shortfall: Numbers | None = None
    emission: Numbers | None = None
    budget: dict[str, int] = field(default_factory=dict)


@dataclass
class Work:
    """A builder with the system that it builds, and what every part of it needs."""

    system: System
    builder: Builder
    layout: Layout
    periods: tuple[int, ...]
    hours: list[int]
    weights: Array
    """[period, hour]: present value of a payment in that hour of every year that the period stands for."""

    @property
    def grid(self) -> tuple[tuple[int, ...], list[int]]:
        """Return the labels of period and hour."""
        return self.periods, self.hours

    def over(self, values: npt.ArrayLike) -> Array:
        """Return values over [period, hour]."""
        return np.broadcast_to(np.asarray(values, dtype=float), self.weights.shape)

    def by_period(self, values: npt.ArrayLike) -> Array:
        """Return values over [period]."""
        return np.broadcast_to(np.asarray(values, dtype=float), (len(self.periods),))


def start_work(system: System) -> Work:
    """Return a builder with the balance of every zone and its unserved energy."""
    calendar = system.calendar
    weights = np.outer(calendar.weights, calendar.hour_weights)
    work = Work(system, Builder(system.name), Layout(), calendar.periods, calendar.hours.tolist(), weights)
    for zone in system.zones:
        demand = work.over(system.demand[zone]) / THOUSAND
        rows = work.builder.rows(f"balance_{zone}", work.grid, demand, demand)
        unserved = work.builder.columns(
            f"unserved_{zone}", work.grid, 0, np.maximum(demand, 0), weights * system.unserved_price / THOUSAND
        )
        work.builder.add(rows, unserved, 1)
        work.layout.balance[zone], work.layout.unserved[zone] = rows, unserved
    return work


def add_build(work: Work, name: str, build: Build | None) -> Numbers | None:
    """Add what may be built of a thing in each period, and what of it stands; return the latter, [period]."""
    if build is None:
        return None
    stands = standing(work.periods, build.lifetime)
    payments = stands.T @ work.system.calendar.weights
    limit = np.minimum(work.by_period(build.limit), build.total_limit) / THOUSAND
    built = work.builder.columns(
        f"built_{name}", (work.periods,), 0, limit, work.by_period(build.annual_cost) / THOUSAND * payments
    )
    added = work.builder.columns(f"added_{name}", (work.periods,), 0, build.total_limit / THOUSAND)
    rows = work.builder.rows(f"vintages_{name}", (work.periods,), 0, 0)
    work.builder.add(rows, added, 1)
    work.builder.add(rows[:, None], built[None, :], -stands)
    work.layout.built[name], work.layout.added[name] = built, added
    return added


def standing(periods: tuple[int, ...], lifetime: float) -> Array:
    """Return whether what is built in a period (column) stands in another (row), one or zero."""
    years = np.asarray(periods, dtype=float)
    age = years[:, None] - years[None, :]
    return np.asarray((age >= 0) & (age < lifetime), dtype=float)


def limit_by_capacity(work: Work, name: str, columns: Numbers, fixed: Array, share: Array, added: Numbers) -> None:
    """Add `column <= fixed + share * added` as rows, where something may be built."""
    rows = work.builder.rows(name, work.grid, -np.inf, fixed)
    work.builder.add(rows, columns, 1)
    work.builder.add(rows, added[:, None], -share)


def add_generator(work: Work, one: Generator) -> None:
    """Add the output of a generator, and what holds it."""
    builder = work.builder
    share = work.over(one.availability)
    fixed = work.by_period(one.capacity) / THOUSAND
    builder.constant += float(work.system.calendar.weights @ (fixed * work.by_period(one.fixed_cost) / THOUSAND))
    added = add_build(work, one.name, one.build)
    upper = share * fixed[:, None] if added is None else np.full(share.shape, np.inf)
    lower = one.minimum * upper if added is None and not one.committed else np.zeros(share.shape)
    output = builder.columns(
        f"output_{one.name}", work.grid, lower, upper, work.weights * work.over(one.cost) / THOUSAND
    )
    builder.add(work.layout.balance[one.zone], output, one.sign)
    work.layout.output[one.name] = output
    held = output
    if one.committed:
        held = _add_commitment(work, one, output, upper)
    if added is not None:
        limit_by_capacity(work, f"available_{one.name}", held, share * fixed[:, None], share, added)
        if one.minimum > 0 and not one.committed:
            rows = builder.rows(f"minimum_{one.name}", work.grid, one.minimum * share * fixed[:, None])
            builder.add(rows, output, 1)
            builder.add(rows, added[:, None], -one.minimum * share)
    if np.isfinite(one.ramp):
        _add_ramps(work, one, output, fixed, added)
    if np.isfinite(one.energy_limit).any():
        rows = builder.rows(f"energy_{one.name}", (work.periods,), -np.inf, work.by_period(one.energy_limit) / THOUSAND)
        builder.add(rows[:, None], output, work.system.calendar.hour_weights[None, :])


def _add_commitment(work: Work, one: Generator, output: Numbers, upper: Array) -> Numbers:
    """Add the on-line capacity of a fleet between zero and what is available, and what is started."""
    builder = work.builder
    online = builder.columns(f"online_{one.name}", work.grid, 0, upper)
    above = builder.rows(f"online_most_{one.name}", work.grid, -np.inf, 0)
    builder.add(above, output, 1)
    builder.add(above, online, -1)
    if one.minimum > 0:
        below = builder.rows(f"online_least_{one.name}", work.grid, 0)
        builder.add(below, output, 1)
        builder.add(below, online, -one.minimum)
    if one.start_cost > 0:
        before, here = previous_hours(work)
        started = builder.columns(f"started_{one.name}", work.grid, 0, np.inf, work.weights * one.start_cost / THOUSAND)
        rows = builder.rows(f"starts_{one.name}", (work.periods, [work.hours[t] for t in here]), 0)
        builder.add(rows, started[:, here], 1)
        builder.add(rows, online[:, here], -1)
        builder.add(rows, online[:, before], 1)
    return online


def previous_hours(work: Work) -> tuple[Numbers, Numbers]:
    """Return pairs of hours that follow each other: within a stretch, and around the year where it is whole."""
    stretches = work.system.calendar.stretches
    here = np.flatnonzero(stretches[1:] == stretches[:-1]) + 1
    before = here - 1
    if is_whole(work):
        here, before = np.append(here, 0), np.append(before, len(stretches) - 1)
    return before, here


def is_whole(work: Work) -> bool:
    """Return whether the hours are one stretch that stands once."""
    return work.system.calendar.is_whole


def _add_ramps(work: Work, one: Generator, output: Numbers, fixed: Array, added: Numbers | None) -> None:
    before, here = previous_hours(work)
    labels = (work.periods, [work.hours[t] for t in here])
    for name, sign in (("up", 1.0), ("down", -1.0)):
        rows = work.builder.rows(f"ramp_{name}_{one.name}", labels, -np.inf, one.ramp * fixed[:, None])
        work.builder.add(rows, output[:, here], sign)
        work.builder.add(rows, output[:, before], -sign)
        if added is not None:
            work.builder.add(rows, added[:, None], -one.ramp)


def add_link(work: Work, one: Link) -> None:
    """Add a line between two zones, each direction of its own."""
    added = add_build(work, one.name, one.build)
    if one.fixed_cost.any():  # what never ends has none
        yearly = work.by_period(one.capacity) * work.by_period(one.fixed_cost) / THOUSAND / THOUSAND
        work.builder.constant += float(work.system.calendar.weights @ yearly)
    sides = (
        ("forward", one.from_zone, one.to_zone, work.layout.forward, one.capacity, one.profile),
        ("backward", one.to_zone, one.from_zone, work.layout.backward, one.backward, one.backward_profile),
    )
    for side, origin, target, place, capacity, profile in sides:
        share = work.over(profile)
        fixed = share * (work.by_period(capacity) / THOUSAND)[:, None]
        upper = fixed if added is None else np.inf
        flow = work.builder.columns(f"{side}_{one.name}", work.grid, 0, upper, work.weights * one.cost / THOUSAND)
        work.builder.add(work.layout.balance[origin], flow, -1)
        work.builder.add(work.layout.balance[target], flow, one.efficiency)
        place[one.name] = flow
        if added is not None:
            limit_by_capacity(work, f"line_{side}_{one.name}", flow, fixed, share, added)


def add_limits(work: Work) -> None:
    """Add the limits that hold over many things: emissions, the reserve margin, budgets."""
    system, builder, layout = work.system, work.builder, work.layout
    if np.isfinite(system.emission_limit).any():
        rows = builder.rows("emission", (work.periods,), -np.inf, work.by_period(system.emission_limit) / THOUSAND)
        layout.emission = rows
        for one in system.generators:
            builder.add(rows[:, None], layout.output[one.name], one.emission * system.calendar.hour_weights[None, :])
    if np.isfinite(system.reserve_margin):
        _add_reserve(work)
    for budget in system.budgets:
        if not budget.binding:
            continue
        # What the plan takes may be more than there is: then nothing is left to build with, and the report says so.
        left = max(budget.amount - budget.committed, 0.0) / THOUSAND / THOUSAND
        row = builder.rows(f"budget_{budget.name}", (), -np.inf, left)
        layout.budget[budget.name] = int(row)
        for name, build in builds(system):
            inside = [budget.first <= year <= budget.last for year in work.periods]
            builder.add(row, layout.built[name], work.by_period(build.overnight_cost) / THOUSAND * inside)


def builds(system: System) -> list[tuple[str, Build]]:
    """Return everything that may be built, by name."""
    things: tuple[Generator | Storage | Link, ...] = (*system.generators, *system.storages, *system.links)
    return [(one.name, one.build) for one in things if one.build is not None]


def plants(system: System) -> tuple[Generator | Storage, ...]:
    """Return everything that feeds a zone or takes from it."""
    return (*system.generators, *system.storages)


def _add_reserve(work: Work) -> None:
    system, builder, layout = work.system, work.builder, work.layout
    credited: tuple[tuple[str, float, Array], ...] = (
        *((one.name, one.reserve_credit * one.sign, work.by_period(one.capacity)) for one in system.generators),
        *((one.name, one.reserve_credit, work.by_period(one.discharge_capacity)) for one in system.storages),
    )
    firm = sum((credit * fixed for _, credit, fixed in credited), np.zeros(len(work.periods))) / THOUSAND
    needed = (1 + system.reserve_margin) * peak_demand(system) / THOUSAND
    rows = builder.rows("reserve", (work.periods,), needed - firm)
    layout.shortfall = builder.columns(
        "reserve_shortfall", (work.periods,), 0, np.inf, system.calendar.weights * system.reserve_price / THOUSAND
    )
    builder.add(rows, layout.shortfall, 1)
    for name, credit, _ in credited:
        if name in layout.added:
            builder.add(rows, layout.added[name], credit)


def peak_demand(system: System) -> Array:
    """Return the highest demand of all zones together in each period, MW."""
    if system.peak is not None:
        return system.peak
    total: Array = sum(system.demand.values(), np.zeros((len(system.calendar.periods), len(system.calendar.hours))))
    return np.asarray(total.max(axis=1))
