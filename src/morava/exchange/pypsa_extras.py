"""What PyPSA's components cannot say of a power system: rows and columns for its program, added through linopy.

Everything that may be built stands in PyPSA as one component a year in which it is built, each with an output of its
own. Rows here are over the sums of them. That is the same program: the parts have one shape and differ in size only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem
from morava.exchange.pypsa_library import quiet_pypsa
from morava.exchange.pypsa_rows import Array, Numbers, Rows, Term
from morava.models.power.cycles import independent_cycles
from morava.models.power.parts import peak_demand, standing
from morava.models.power.storages import HOURS_A_DAY
from morava.models.power.system import Build, Calendar, Generator, Link, Storage, System

FLOW = {"Generator": "Generator-p", "Link": "Link-p"}
NOMINAL = {"Generator": "Generator-p_nom", "Link": "Link-p_nom", "Store": "Store-e_nom"}


@dataclass(frozen=True)
class Part:
    """One component of PyPSA that is a part of a thing: what stands, or what is built in the period at `place`."""

    name: str
    place: int | None


def parts_of(name: str, build: Build | None, calendar: Calendar, suffix: str = "") -> list[Part]:
    """Return what a thing is called in PyPSA: what stands of it, and what may be built of it in each period."""
    whole = f"{name}{suffix}"
    parts = [Part(whole, None)]
    if build is not None:
        most = np.minimum(spread(build.limit, calendar), build.total_limit)
        parts += [Part(f"{whole} {year}", k) for k, year in enumerate(calendar.periods) if most[k] > 0]
    return parts


def spread(values: npt.ArrayLike, calendar: Calendar) -> Array:
    """Return values over [period]."""
    return np.broadcast_to(np.asarray(values, dtype=float), (len(calendar.periods),))


def spread_hourly(values: npt.ArrayLike, calendar: Calendar) -> Array:
    """Return values over [period, hour]."""
    return np.broadcast_to(np.asarray(values, dtype=float), (len(calendar.periods), len(calendar.hours)))


def is_closed(calendar: Calendar) -> bool:
    """Return whether the last hour is followed by the first: one stretch that stands once."""
    return len(calendar.repeats) == 1 and float(calendar.repeats[0]) == 1


def turns_once(storage: Storage, calendar: Calendar) -> bool:
    """Return whether all hours of a period are one circle of a storage, or one open line, as PyPSA has it.

    What is built of a storage is a store of its own there, and only all of them together begin at a level.
    """
    if storage.cycle == "day":
        return len(calendar.hours) <= HOURS_A_DAY
    if storage.cycle == "open":
        # PyPSA has one level to begin all periods with.
        level = storage.initial_level
        alike = bool((level == level[0]).all()) and (storage.build is None or not level.any())
        return len(calendar.repeats) == 1 and alike
    return len(calendar.repeats) == 1 and (storage.cycle == "stretch" or is_closed(calendar))


def obeys_in_pypsa(system: System) -> bool:
    """Return whether all lines with reactance can be lines there, which obey the law of voltages by themselves.

    A line there carries as much back as forth, for nothing, and what is built of it would be a line beside it.
    """
    calendar = system.calendar
    lines = [one for one in system.links if not np.isnan(one.reactance)]
    return all(
        one.build is None
        and one.cost == 0
        and bool(np.isfinite(one.capacity).all())
        and np.array_equal(
            spread(one.capacity, calendar)[:, None] * spread_hourly(one.profile, calendar),
            spread(one.backward, calendar)[:, None] * spread_hourly(one.backward_profile, calendar),
        )
        for one in lines
    )


def extra_rows(system: System) -> Callable[[Any, Any], None]:
    """Return the function of network and snapshots that PyPSA calls before it solves."""

    def add_extra_rows(network: Any, snapshots: Any) -> None:
        """Add what a power system asks beyond PyPSA's components."""
        if len(snapshots) != len(system.calendar.periods) * len(system.calendar.hours):
            raise MoravaError(
                Problem("only some snapshots are solved", f"network {system.name}", "call optimize without snapshots")
            )
        with quiet_pypsa():
            rows = Rows(network.model, len(system.calendar.periods))
            extras = _Extras(system, rows)
            for generator in system.generators:
                extras.add_generator(generator)
            for storage in system.storages:
                extras.add_proportions(storage)
            for link in system.links:
                extras.add_link(link)
            if not obeys_in_pypsa(system):
                extras.add_cycles()
            extras.add_levels()
            extras.add_total_limits()
            extras.add_reserve()
            extras.add_budgets()

    return add_extra_rows


@dataclass(frozen=True)
class _Extras:
    system: System
    rows: Rows

    @property
    def calendar(self) -> Calendar:
        return self.system.calendar

    @property
    def things(self) -> tuple[Generator | Storage | Link, ...]:
        return (*self.system.generators, *self.system.storages, *self.system.links)

    def added(self, kind: str, name: str, build: Build | None, by: float = 1.0) -> list[Term]:
        """Return what of a thing was built and stands, as terms over [period]."""
        if build is None:
            return []
        stands = standing(self.calendar.periods, build.lifetime)
        return [
            (np.asarray(self.rows.nominal(NOMINAL[kind], part.name)), by * stands[:, part.place])
            for part in parts_of(name, build, self.calendar)
            if part.place is not None
        ]

    def of_plant(self, one: Generator | Storage | Link, by: float = 1.0) -> list[Term]:
        """Return the MW of a thing that were built and stand, as terms over [period]."""
        if isinstance(one, Generator):
            return self.added("Generator", one.name, one.build, by)
        if isinstance(one, Link):
            return self.added("Link", one.name, one.build, by)
        return self.added("Link", f"{one.name} discharge", one.build, by * one.efficiency_discharge)

    def add_generator(self, one: Generator) -> None:
        """Add commitment, the ramp around the year, and the energy of each period."""
        parts = parts_of(one.name, one.build, self.calendar)
        outputs = [self.rows.hourly(FLOW["Generator"], part.name) for part in parts]
        if one.committed:
            self._add_commitment(one, outputs)
        if np.isfinite(one.ramp) and is_closed(self.calendar) and len(self.calendar.hours) > 1:
            fixed = one.ramp * spread(one.capacity, self.calendar)
            for side, sign in (("up", 1.0), ("down", -1.0)):
                terms = [(output[:, 0], sign) for output in outputs] + [(output[:, -1], -sign) for output in outputs]
                self.rows.add(f"ramp {side} around {one.name}", [*terms, *self.of_plant(one, -one.ramp)], "<=", fixed)
        if len(self.calendar.periods) > 1 or one.build is not None:
            weights = np.tile(self.calendar.hour_weights, (len(self.calendar.periods), len(parts)))
            limit = spread(one.energy_limit, self.calendar)
            self.rows.add_sums(f"energy of {one.name}", np.concatenate(outputs, axis=1), weights, "<=", limit)

    def _add_commitment(self, one: Generator, outputs: list[Numbers]) -> None:
        calendar, rows = self.calendar, self.rows
        share = spread_hourly(one.availability, calendar)
        online = rows.columns(f"online {one.name}", share.shape)
        whole = [(output, 1.0) for output in outputs]
        hourly = [(number, -share * np.asarray(stands)[:, None]) for number, stands in self.of_plant(one)]
        available = share * spread(one.capacity, calendar)[:, None]
        rows.add(f"online most {one.name}", [(online, 1.0), *hourly], "<=", available)
        rows.add(f"output most {one.name}", [*whole, (online, -1.0)], "<=", 0.0)
        rows.add(f"output least {one.name}", [*whole, (online, -one.minimum)], ">=", 0.0)
        if one.start_cost <= 0:
            return
        here = np.flatnonzero(calendar.stretches[1:] == calendar.stretches[:-1]) + 1
        before = here - 1
        if is_closed(calendar):
            here, before = np.append(here, 0), np.append(before, len(calendar.hours) - 1)
        cost = one.start_cost * np.outer(calendar.weights, calendar.hour_weights[here])
        started = rows.columns(f"started {one.name}", cost.shape, cost)
        rows.add(f"starts {one.name}", [(started, 1.0), (online[:, here], -1.0), (online[:, before], 1.0)], ">=", 0.0)

    def add_proportions(self, one: Storage) -> None:
        """Tie what is built of the charging side and of the store to what is built of the discharging side."""
        for part in parts_of(one.name, one.build, self.calendar):
            if part.place is None:
                continue
            year = self.calendar.periods[part.place]
            discharge = self.rows.nominal(NOMINAL["Link"], f"{one.name} discharge {year}")
            for side, kind, name, share in (
                ("charge", "Link", f"{one.name} charge {year}", one.build_charge),
                ("energy", "Store", part.name, one.build_hours),
            ):
                terms = [(self.rows.nominal(NOMINAL[kind], name), 1.0), (discharge, -share * one.efficiency_discharge)]
                self.rows.add(f"{side} of {part.name}", terms, "=", 0.0)

    def add_cycles(self) -> None:
        """Add the law of voltages around every circle of lines, which are links there."""
        links = {one.name: one for one in self.system.links}
        for number, cycle in enumerate(independent_cycles(self.system.links), start=1):
            terms: list[Term] = []
            for name, factor in cycle.items():
                for suffix, sign in (("", 1.0), (" backward", -1.0)):
                    for part in parts_of(name, links[name].build, self.calendar, suffix):
                        terms.append((self.rows.hourly(FLOW["Link"], part.name), sign * factor))
            self.rows.add(f"cycle {number}", terms, "=", 0.0)

    def add_link(self, one: Link) -> None:
        """Let what is built of a line be built both ways at once."""
        for forth, back in zip(
            parts_of(one.name, one.build, self.calendar),
            parts_of(one.name, one.build, self.calendar, " backward"),
            strict=True,
        ):
            if forth.place is not None:
                terms = [
                    (self.rows.nominal(NOMINAL["Link"], forth.name), 1.0),
                    (self.rows.nominal(NOMINAL["Link"], back.name), -1.0),
                ]
                self.rows.add(f"both ways {forth.name}", terms, "=", 0.0)

    def add_levels(self) -> None:
        """Put the circles of storages that turn more than once a period in the place of PyPSA's own; set levels."""
        for one in self.system.storages:
            held = spread_hourly(one.level_set, self.calendar)
            parts = parts_of(one.name, one.build, self.calendar)
            levels: list[Term] = [(self.rows.hourly("Store-e", part.name), 1.0) for part in parts]
            self.rows.add(f"level set of {one.name}", levels, "=", held)
        if all(turns_once(one, self.calendar) for one in self.system.storages):
            return
        # PyPSA holds the levels of all stores in one block of rows, which can only go as a whole.
        self.rows.model.remove_constraints("Store-energy_balance")
        for one in self.system.storages:
            parts = parts_of(one.name, one.build, self.calendar)
            begins = [self._add_level(one, part) for part in parts]
            if one.cycle == "open":
                level = spread(one.initial_level, self.calendar)[:, None]
                self.rows.add(f"initial level of {one.name}", [(begin, 1.0) for begin in begins], "=", level)

    def _add_level(self, one: Storage, part: Part) -> Numbers:
        """Add the row of every level of a part; return the columns of what it holds before each stretch, if any."""
        calendar, rows = self.calendar, self.rows
        level, taken = rows.hourly("Store-e", part.name), rows.hourly("Store-p", part.name)
        stands = level >= 0
        hours = np.arange(len(calendar.hours))
        starts = np.flatnonzero(np.append(True, calendar.stretches[1:] != calendar.stretches[:-1]))
        ends = np.append(starts[1:], len(hours)) - 1
        carried, opened = one.cycle == "year" and not is_closed(calendar), one.cycle == "open"
        before = hours - 1
        if one.cycle == "day":
            before[::HOURS_A_DAY] = np.minimum(hours[::HOURS_A_DAY] + HOURS_A_DAY, len(hours)) - 1
        else:
            before[starts] = ends
        previous = level[:, before]
        kept = np.full(len(hours), 1 - one.standing_loss)
        begin = np.zeros((0, 0), dtype=np.int64)
        if carried or opened:
            begin = rows.columns(f"begin {part.name}", (len(calendar.periods), len(starts)))
            # What does not stand yet, or any more, holds nothing of what an open storage begins with.
            begin = np.where(stands[:, starts], begin, -1)
            previous = previous.copy()
            previous[:, starts] = begin
        if carried:
            self._carry(one, part, level, begin, ends)
        if opened:  # an initial level is what is left after the loss
            kept[starts] = 1.0
        terms: list[Term] = [(level, 1.0), (previous, -kept), (taken, 1.0)]
        rows.add(f"level of {part.name}", terms, "=", np.where(stands, 0.0, np.nan))
        return begin

    def _carry(self, one: Storage, part: Part, level: Numbers, begin: Numbers, ends: Numbers) -> None:
        """Carry a level through every repetition of every stretch.

        It begins the next stretch after all of them, is within its bounds when each begins, and at the end of every day
        of the last.
        """
        calendar, rows = self.calendar, self.rows
        stands = level[:, :1] >= 0
        again = calendar.repeats - 1
        if part.place is None:
            most: Array = spread(one.energy_capacity, calendar)[:, None]
            built: list[Term] = []
        else:
            most = np.where(stands, 0.0, np.nan)
            built = [(rows.nominal(NOMINAL["Store"], part.name), -1.0)]
        rows.add(f"begin of {part.name}", [(begin, 1.0), *built], "<=", most)
        last = level[:, ends]
        carried: list[Term] = [(np.roll(begin, -1, axis=1), 1.0), (begin, again), (last, -calendar.repeats)]
        rows.add(f"carry of {part.name}", carried, "=", np.where(stands, 0.0, np.nan))
        if not (again > 0).any():
            return
        days = np.arange(HOURS_A_DAY - 1, level.shape[1], HOURS_A_DAY)
        of = calendar.stretches[days]
        closing: list[Term] = [(level[:, days], 1.0), (last[:, of], again[of]), (begin[:, of], -again[of])]
        rows.add(f"last least of {part.name}", closing, ">=", np.where(stands, 0.0, np.nan))
        rows.add(f"last most of {part.name}", [*closing, *built], "<=", most)

    def add_total_limits(self) -> None:
        """Limit what stands of everything that was built."""
        for one in self.things:
            terms = self.of_plant(one)
            if one.build is not None and terms:
                limit = spread(one.build.total_limit, self.calendar)
                self.rows.add(f"most of {one.name}", terms, "<=", limit)

    def add_reserve(self) -> None:
        """Ask credited capacity for the peak and a margin, at a price for what is missing."""
        system, calendar = self.system, self.calendar
        if not np.isfinite(system.reserve_margin):
            return
        missing = self.rows.columns(
            "reserve shortfall", (len(calendar.periods),), calendar.weights * system.reserve_price
        )
        needed = (1 + system.reserve_margin) * peak_demand(system)
        terms: list[Term] = [(missing, 1.0)]
        for generator in system.generators:
            credit = generator.reserve_credit * generator.sign
            needed = needed - credit * spread(generator.capacity, calendar)
            terms += self.of_plant(generator, credit)
        for storage in system.storages:
            needed = needed - storage.reserve_credit * spread(storage.discharge_capacity, calendar)
            terms += self.of_plant(storage, storage.reserve_credit)
        self.rows.add("reserve", terms, ">=", needed)

    def add_budgets(self) -> None:
        """Hold what is built in some years within a sum of money."""
        for budget in self.system.budgets:
            if not budget.binding:
                continue
            terms: list[Term] = []
            for one in self.things:
                if one.build is None:
                    continue
                price = spread(one.build.overnight_cost, self.calendar)
                built = [part for part in parts_of(one.name, one.build, self.calendar) if part.place is not None]
                for part, (number, _) in zip(built, self.of_plant(one), strict=True):
                    assert part.place is not None
                    if budget.first <= self.calendar.periods[part.place] <= budget.last:
                        side = one.efficiency_discharge if isinstance(one, Storage) else 1.0
                        terms.append((number, side * price[part.place]))
            if terms:
                left = max(budget.amount - budget.committed, 0.0)
                self.rows.add(f"budget {budget.name}", terms, "<=", left)
