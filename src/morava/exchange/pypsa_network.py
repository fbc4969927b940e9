"""Power systems to PyPSA networks and back, so that either can be taken to the other's program.

What is the same there becomes a component: zones are buses, demand is a load, plants are generators, storages are
stores behind two links, a line is a link each way (one with reactance a line, where that can say it), periods are
investment periods, and what may be built is an extendable component a year of building. The rest comes as
`extra_functionality`, which `network.optimize` takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from morava.errors import MoravaError, Problem
from morava.exchange.pypsa_extras import extra_rows, obeys_in_pypsa, parts_of, spread, spread_hourly
from morava.exchange.pypsa_library import quiet_pypsa
from morava.exchange.pypsa_reading import from_pypsa
from morava.models.power.system import Generator, Link, Storage, System

__all__ = ["PypsaSystem", "from_pypsa", "objective_of", "solve_pypsa", "standing_cost", "to_pypsa"]

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PypsaSystem:
    """A power system as PyPSA takes it.

    Parameters
    ----------
    network
        A `pypsa.Network` with investment periods, also where there is only one: solve it with
        `network.optimize(solver_name="highs", multi_investment_periods=True, extra_functionality=extra_functionality)`.
    extra_functionality
        What its components cannot say, as a function of network and snapshots.
    standing_cost
        EUR: what PyPSA leaves out of its objective, see `objective_of`.
    """

    network: Any
    extra_functionality: Callable[[Any, Any], None]
    standing_cost: float


def standing_cost(system: System) -> float:
    """Return the fixed cost of what stands without being built, EUR, present value over all periods."""
    calendar = system.calendar
    held = [(one.capacity, one.fixed_cost) for one in system.generators]
    held += [(one.discharge_capacity, one.fixed_cost) for one in system.storages]
    held += [(one.capacity, one.fixed_cost) for one in system.links if one.fixed_cost.any()]
    return sum(
        float(calendar.weights @ (spread(capacity, calendar) * spread(cost, calendar))) for capacity, cost in held
    )


def objective_of(network: Any, system: System) -> float:
    """Return the objective of a solved network as `solve_system` counts it, EUR.

    PyPSA's objective holds what is built, and what every hour costs, but no fixed cost of plants that stand anyway; a
    power system counts it as a constant, which is added here. The network must be one from `to_pypsa`.
    """
    return float(network.objective) + standing_cost(system)


def solve_pypsa(made: PypsaSystem) -> float:
    """Solve a network with HiGHS, quietly; return its objective as `solve_system` counts it, EUR.

    Raises
    ------
    MoravaError
        When PyPSA reports no optimum.
    """
    with quiet_pypsa():
        # Nothing extendable stands beforehand, so that PyPSA's constant is zero; asked for, it would be a column.
        status, condition = made.network.optimize(
            solver_name="highs",
            multi_investment_periods=True,
            extra_functionality=made.extra_functionality,
            include_objective_constant=False,
            log_to_console=False,
            progress=False,
        )
    if condition != "optimal":
        raise MoravaError(
            Problem(f"PyPSA found no optimum: {status}, {condition}", "exchange with PyPSA", "look at the network")
        )
    return float(made.network.objective) + made.standing_cost


def to_pypsa(system: System) -> PypsaSystem:
    """Return a power system as a PyPSA network, and what the network alone cannot say.

    Every name of the system is kept. Beside it stand `<name> <year>` for what may be built in a year, `<name> charge`
    and `<name> discharge` for the two sides of a storage, `<name> inflow` and `<name> spill`, `<name> backward` for the
    way back over a line, and `unserved <zone>`.

    Raises
    ------
    MoravaError
        When PyPSA is not installed, or two things would have one name there.
    """
    with quiet_pypsa() as pypsa:
        made = _Made(system, pypsa.Network(name=system.name))
        made.set_calendar()
        for zone in system.zones:
            made.add_zone(zone)
        for generator in system.generators:
            made.add_generator(generator)
        for storage in system.storages:
            made.add_storage(storage)
        as_lines = obeys_in_pypsa(system)
        for link in system.links:
            if as_lines and not np.isnan(link.reactance):
                made.add_line(link)
            else:
                made.add_link(link)
        made.add_emission_limit()
    return PypsaSystem(made.network, extra_rows(system), standing_cost(system))


@dataclass(frozen=True)
class _Made:
    """A network while it is being made."""

    system: System
    network: Any

    def set_calendar(self) -> None:
        """Set periods, hours and what each weighs.

        Periods weigh in the objective as present values. In limits each is a year of its own: PyPSA's weight in years
        is one, and so is the time between two hours, whatever they stand for.
        """
        calendar, network = self.system.calendar, self.network
        network.set_snapshots(
            pd.MultiIndex.from_product([calendar.periods, calendar.hours.tolist()], names=["period", "timestep"])
        )
        network.investment_periods = list(calendar.periods)
        hours = np.tile(calendar.hour_weights, len(calendar.periods))
        network.snapshot_weightings["objective"] = hours
        network.snapshot_weightings["generators"] = hours
        network.snapshot_weightings["stores"] = 1.0
        network.investment_period_weightings["objective"] = calendar.weights
        network.investment_period_weightings["years"] = 1.0

    def add(self, kind: str, name: str, **attributes: Any) -> None:
        """Add a component; numbers over [period] or [period, hour] become series where they vary.

        Raises
        ------
        MoravaError
            When there is one of this name.
        """
        if name in self.network.components[kind].static.index:
            raise MoravaError(
                Problem(f"two things are called {name!r} in PyPSA", f"power system {self.system.name}", "rename one")
            )
        self.network.add(kind, name, **{key: self._shaped(value) for key, value in attributes.items()})

    def _shaped(self, value: Any) -> Any:
        if not isinstance(value, np.ndarray):
            return value
        columns = value[:, None] if value.ndim == 1 else value
        full = spread_hourly(columns, self.system.calendar).ravel()
        if (full == full[0]).all():
            return float(full[0])
        return pd.Series(full, index=self.network.snapshots)

    def carrier(self, technology: str, emission: float = 0.0) -> str:
        """Return the carrier of a technology that emits so much, tonnes / MWh; add it where it is new."""
        known = self.network.components["Carrier"].static
        name = technology or "other"
        if name in known.index and float(known.at[name, "co2_emissions"]) != emission:
            name = f"{name} at {emission!r} t/MWh"
        if name not in known.index:
            self.network.add("Carrier", name, co2_emissions=emission)
        return name

    def add_zone(self, zone: str) -> None:
        """Add the bus of a zone, its load, and what stays unserved of it."""
        demand = spread_hourly(self.system.demand[zone], self.system.calendar)
        self.add("Bus", zone, carrier=self.carrier("AC"))
        self.add("Load", zone, bus=zone, carrier=self.carrier("AC"), p_set=demand)
        most = max(float(demand.max()), 0.0)
        self.add(
            "Generator",
            f"unserved {zone}",
            bus=zone,
            carrier=self.carrier("unserved"),
            p_nom=most,
            p_max_pu=np.maximum(demand, 0.0) / (most or 1.0),
            marginal_cost=self.system.unserved_price,
        )

    def add_generator(self, one: Generator) -> None:
        """Add a plant, and what may be built of it.

        PyPSA compares an hour with the one before it, whatever both stand for, so that no ramp is given for the first
        hour of a stretch; it knows no way around the year either.
        """
        calendar = self.system.calendar
        capacity, most = _nominal(one.capacity, self)
        share = spread_hourly(one.availability, calendar)
        minimum = 0.0 if one.committed else one.minimum
        begins = np.append(True, calendar.stretches[1:] != calendar.stretches[:-1])
        ramp = np.where(begins, np.nan, one.ramp if np.isfinite(one.ramp) else np.nan)
        shared = {
            "bus": one.zone,
            "carrier": self.carrier(one.technology, one.emission),
            "sign": float(one.sign),
            "marginal_cost": spread_hourly(one.cost, calendar),
        }
        limit = float(spread(one.energy_limit, calendar)[0])
        for part in parts_of(one.name, one.build, calendar):
            scale = capacity[:, None] if part.place is None else np.ones((len(calendar.periods), 1))
            own: dict[str, Any] = {
                "p_max_pu": share * scale,
                "p_min_pu": minimum * share * scale,
                "ramp_limit_up": ramp[None, :] * scale,
                "ramp_limit_down": ramp[None, :] * scale,
            }
            if part.place is None:
                own["p_nom"] = most
                if len(calendar.periods) == 1 and one.build is None:
                    own["e_sum_max"] = limit
            else:
                own |= self._extendable(one, part.place)
            self.add("Generator", part.name, **shared, **own)

    def _extendable(self, one: Generator | Storage | Link, place: int, side: float = 1.0) -> dict[str, Any]:
        """Return what PyPSA wants to know of something that may be built, per MW of its own, `side` of which is one."""
        calendar, build = self.system.calendar, one.build
        assert build is not None
        return {
            "p_nom_extendable": True,
            "p_nom_max": min(float(spread(build.limit, calendar)[place]), build.total_limit) / side,
            "capital_cost": float(spread(build.annual_cost, calendar)[place]) * side,
            **self._standing(one, place),
        }

    def _standing(self, one: Generator | Storage | Link, place: int) -> dict[str, Any]:
        assert one.build is not None
        return {"build_year": self.system.calendar.periods[place], "lifetime": one.build.lifetime}

    def add_storage(self, one: Storage) -> None:
        """Add a storage: a bus for what it holds, the store, its two sides, its inflow and its spill."""
        calendar = self.system.calendar
        carrier, side = self.carrier(f"{one.technology or one.name} storage"), one.efficiency_discharge
        self.add("Bus", one.name, carrier=carrier)
        into = {"bus0": one.zone, "bus1": one.name, "carrier": carrier, "efficiency": one.efficiency_charge}
        out = {"bus0": one.name, "bus1": one.zone, "carrier": carrier, "efficiency": side}
        # PyPSA counts a link where power enters it, a system counts the discharging side where it leaves.
        out["marginal_cost"] = spread(one.cost, calendar) * side
        profiles = (spread_hourly(one.charge_profile, calendar), spread_hourly(one.discharge_profile, calendar))
        (charge, most_charge), (discharge, most_discharge), (energy, most_energy) = (
            _nominal(values, self) for values in (one.charge_capacity, one.discharge_capacity, one.energy_capacity)
        )
        self.add("Link", f"{one.name} charge", **into, p_nom=most_charge, p_max_pu=profiles[0] * charge[:, None])
        self.add(
            "Link", f"{one.name} discharge", **out, p_nom=most_discharge / side,
            p_max_pu=profiles[1] * discharge[:, None],
        )  # fmt: skip
        opened = one.cycle == "open"
        store = {"bus": one.name, "carrier": carrier, "standing_loss": one.standing_loss}
        store |= {"e_cyclic_per_period": not opened, "e_initial_per_period": opened}
        store["marginal_cost_storage"] = spread(one.holding_cost, calendar)
        begins = self._initial_level(one)
        self.add("Store", one.name, **store, e_nom=most_energy, e_max_pu=energy, e_initial=begins)
        for part in parts_of(one.name, one.build, calendar):
            if part.place is None:
                continue
            year, stands = calendar.periods[part.place], self._standing(one, part.place)
            self.add("Store", part.name, **store, **stands, e_nom_extendable=True)
            self.add("Link", f"{one.name} charge {year}", **into, **stands, p_nom_extendable=True, p_max_pu=profiles[0])
            built = self._extendable(one, part.place, side)
            self.add("Link", f"{one.name} discharge {year}", **out, **built, p_max_pu=profiles[1])
        inflow = spread_hourly(one.inflow, calendar)
        if inflow.any():
            self.add("Load", f"{one.name} inflow", bus=one.name, carrier=carrier, p_set=-inflow)
        if (inflow > 0).any():
            spill: dict[str, Any] = {"p_nom": np.inf}
            if np.isfinite(one.spill_limit):
                most = float(inflow.max())
                spill = {"p_nom": one.spill_limit * most, "p_max_pu": np.maximum(inflow, 0.0) / most}
            self.add("Generator", f"{one.name} spill", bus=one.name, carrier=carrier, sign=-1.0, **spill)

    def _initial_level(self, one: Storage) -> float:
        """Return what a storage begins every period with, MWh.

        PyPSA has one number for all periods; where there are several, extra rows take its place.
        """
        if one.cycle != "open" or one.build is not None:
            return 0.0
        return float(spread(one.initial_level, self.system.calendar)[0])

    def add_line(self, one: Link) -> None:
        """Add a line with reactance as a line; volts are one, so that ohms are per unit."""
        capacity, most = _nominal(one.capacity, self)
        share = capacity[:, None] * spread_hourly(one.profile, self.system.calendar)
        self.add(
            "Line", one.name, bus0=one.from_zone, bus1=one.to_zone, carrier=self.carrier("AC"), x=one.reactance,
            s_nom=most, s_max_pu=share,
        )  # fmt: skip

    def add_link(self, one: Link) -> None:
        """Add a line as a link each way."""
        calendar, carrier = self.system.calendar, self.carrier("line")
        ways = (
            (one.from_zone, one.to_zone, one.capacity, one.profile, ""),
            (one.to_zone, one.from_zone, one.backward, one.backward_profile, " backward"),
        )
        for origin, target, values, profile, suffix in ways:
            capacity, most = _nominal(values, self)
            share = spread_hourly(profile, calendar)
            shared = {"bus0": origin, "bus1": target, "carrier": carrier, "efficiency": one.efficiency}
            shared["marginal_cost"] = one.cost
            for part in parts_of(one.name, one.build, calendar, suffix):
                if part.place is None:
                    self.add("Link", part.name, **shared, p_nom=most, p_max_pu=capacity[:, None] * share)
                    continue
                built = self._extendable(one, part.place)
                if suffix:
                    built["capital_cost"] = 0.0
                self.add("Link", part.name, **shared, **built, p_max_pu=share)

    def add_emission_limit(self) -> None:
        """Add the limit of every period that has one."""
        limit = spread(self.system.emission_limit, self.system.calendar)
        for year, tonnes in zip(self.system.calendar.periods, limit, strict=True):
            if np.isfinite(tonnes):
                self.add(
                    "GlobalConstraint", f"emission {year}", type="primary_energy", carrier_attribute="co2_emissions",
                    investment_period=year, sense="<=", constant=float(tonnes),
                )  # fmt: skip


def _nominal(values: npt.ArrayLike, made: _Made) -> tuple[Array, float]:
    """Return a capacity as shares of its largest, [period], and the largest."""
    spread_out = spread(values, made.system.calendar)
    most = float(spread_out.max())
    return (spread_out / most if most > 0 else np.zeros_like(spread_out)), most
