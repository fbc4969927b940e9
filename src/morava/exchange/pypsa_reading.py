"""PyPSA networks to power systems, exactly or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from morava.exchange.pypsa_library import quiet_pypsa
from morava.exchange.pypsa_refusals import refuse
from morava.exchange.pypsa_tables import (
    INITIAL,
    NOMINAL,
    PASSIVE,
    WHOLE,
    Horizon,
    Table,
    horizon_of,
    impedances,
    minimum_share,
    ramp_of,
    ramps,
    starts_at_cost,
)
from morava.models.power.system import Build, Calendar, Generator, Link, Storage, System

Array = npt.NDArray[np.float64]
ABOVE_ALL_COSTS = 10.0
"""How many times the dearest MW and MWh of a network its unserved energy costs, where nobody says."""


def from_pypsa(network: Any, unserved_price: float | None = None) -> System:
    """Return a PyPSA network as a power system that has the same optimum.

    Every bus becomes a zone. Committable generators are taken in their linear form, as PyPSA solves them with
    `linearized_unit_commitment=True`. A generator that must run by another course than its availability becomes two,
    and one that may also take becomes one more: `<name> always` and `<name> taking`. What has a `p_nom_min` stands to
    that size at its capital cost. PyPSA does not join the last hour to the first where it limits ramps and counts
    starts; a network with either is therefore a year that passes through its hours twice, and counts half as much.

    Parameters
    ----------
    network
        A `pypsa.Network`.
    unserved_price
        EUR / MWh. PyPSA serves every load or finds no solution; a power system may leave load unserved at this price.
        Without it, it is ten times all that a MW and a MWh may cost. If load is unserved all the same, PyPSA finds no
        solution for the network, or the price is too low.

    Raises
    ------
    MoravaError
        With everything in the network that a power system cannot say exactly, by name.
    """
    with quiet_pypsa():
        horizon = horizon_of(network)
        refuse(network, horizon)
        return _Read(network, horizon, {kind: Table(network, kind, horizon) for kind in WHOLE}).system(unserved_price)


@dataclass(frozen=True)
class _Read:
    """A network that holds nothing but what can be said, while it is read."""

    network: Any
    horizon: Horizon
    tables: dict[str, Table]
    taken: set[str] = field(default_factory=set)

    @property
    def turns(self) -> int:
        """Return how often the hours pass in a year of the system."""
        table = self.tables["Generator"]
        joined = any(ramps(table, name) or starts_at_cost(table, name) for name in table.names)
        # Passed through once, hours go around.
        return next(turns for turns in (2, 3) if turns * self.horizon.objective[0] != 1) if joined else 1

    def system(self, unserved_price: float | None) -> System:
        """Return the power system."""
        generators = [one for name in self.tables["Generator"].names for one in self.generators(name)]
        storages = [self.storage_unit(name) for name in self.tables["StorageUnit"].names]
        storages += [self.store(name) for name in self.tables["Store"].names]
        return System(
            name=str(self.network.name) or "network",
            calendar=self.calendar(),
            zones=tuple(str(bus) for bus in self.network.components["Bus"].static.index),
            demand=self.demand(),
            generators=tuple(generators),
            storages=tuple(storages),
            links=(*(self.link(name) for name in self.tables["Link"].names), *self.lines()),
            unserved_price=self.dearest() * ABOVE_ALL_COSTS if unserved_price is None else unserved_price,
            emission_limit=self.emission_limit(),
            reserve_margin=np.nan,
            reserve_price=0.0,
        )

    def calendar(self) -> Calendar:
        """Return the hours, one stretch for each run of equal weights."""
        weights = self.horizon.by_period(self.horizon.objective)[0]
        begins = np.append(True, weights[1:] != weights[:-1])
        return Calendar(
            periods=self.horizon.periods,
            weights=self.horizon.weights / self.turns,
            hours=np.arange(len(weights), dtype=np.int64),
            stretches=(np.cumsum(begins) - 1).astype(np.int64),
            repeats=weights[begins] * self.turns,
        )

    def demand(self) -> dict[str, Array]:
        """Return what all loads of each bus take, [period, hour], MW."""
        table, shape = self.tables["Load"], (len(self.horizon.periods), -1)
        demand = {
            str(bus): np.zeros_like(self.horizon.objective).reshape(shape)
            for bus in self.network.components["Bus"].static.index
        }
        for name in table.names:
            taken = -table.number(name, "sign") * table.series(name, "p_set").reshape(shape)
            demand[str(table.value(name, "bus"))] += taken * table.stands(name)[:, None]
        return demand

    def dearest(self) -> float:
        """Return the cost of the dearest MWh and of the dearest MW, were it built for one hour, EUR / MWh."""
        hour, size = 1.0, 0.0
        for kind, table in self.tables.items():
            for name in table.names:
                if table.has("marginal_cost"):
                    hour = max(hour, float(np.abs(table.series(name, "marginal_cost")).max()))
                if table.is_extendable(name):
                    size = max(size, self.periodic_cost(kind, name))
        return hour + size / float(self.horizon.objective.min())

    def emission_limit(self) -> Array:
        """Return the tightest limit of each period, tonnes a year."""
        limit = np.full(len(self.horizon.periods), np.inf)
        for _, one in self.network.components["GlobalConstraint"].static.iterrows():
            inside = np.ones(len(limit), dtype=bool)
            if self.horizon.multi:
                inside = np.asarray(self.horizon.periods) == one["investment_period"]
            limit = np.where(inside, np.minimum(limit, float(one["constant"]) / self.horizon.years), limit)
        return limit * self.turns

    def called(self, name: str, kind: str) -> str:
        """Return the name of a thing in the system, where kinds do not keep names apart."""
        own = name if name not in self.taken else f"{name} ({kind})"
        self.taken.add(own)
        return own

    def periodic_cost(self, kind: str, name: str) -> float:
        """Return what a MW or MWh costs in each period, EUR."""
        return float(self.tables[kind].component.periodized_cost.sel(name=name))

    def size(self, table: Table, name: str) -> tuple[Array, Array, Build | None]:
        """Return what stands of a component [period], its fixed cost [period], and what may be built of it."""
        stands, nominal = table.stands(name), NOMINAL[table.kind]
        if not table.is_extendable(name):
            return np.asarray(stands * table.number(name, nominal)), np.zeros(1), None
        cost = self.periodic_cost(table.kind, name) * self.turns
        least, most = (table.number(name, f"{nominal}_{side}") for side in ("min", "max"))
        first = int(np.flatnonzero(stands)[0])
        limit = np.zeros(len(stands))
        limit[first] = max(most - least, 0.0)
        overnight = table.number(name, "overnight_cost") if table.has("overnight_cost") else np.nan
        build = Build(
            annual_cost=np.full(1, cost),
            overnight_cost=np.full(1, np.nan_to_num(overnight)),
            limit=limit,
            total_limit=np.inf,
            lifetime=np.inf,
        )
        if self.horizon.multi:
            end = table.number(name, "build_year") + table.number(name, "lifetime")
            build = replace(build, lifetime=end - self.horizon.periods[first])
        return np.asarray(stands * least), np.full(1, cost), build

    def generators(self, name: str) -> list[Generator]:
        """Return a generator; as two or three where it must run, or may take, by a course of its own."""
        table = self.tables["Generator"]
        capacity, fixed_cost, build = self.size(table, name)
        least, most = (self.horizon.by_period(table.series(name, f"p_{side}_pu")) for side in ("min", "max"))
        cost, share = self.horizon.by_period(table.series(name, "marginal_cost")), minimum_share(table, name)
        summed = table.number(name, "e_sum_max") * self.turns
        sign, committed = int(table.number(name, "sign")), bool(table.value(name, "committable"))
        whole = Generator(
            name=self.called(name, "generator"),
            zone=str(table.value(name, "bus")),
            technology=str(table.value(name, "carrier")),
            capacity=capacity,
            availability=most,
            cost=cost,
            minimum=share,
            emission=self.emission(name),
            fixed_cost=fixed_cost,
            ramp=ramp_of(table, name),
            start_cost=self.start_cost(name),
            committed=committed,
            energy_limit=np.where(table.stands(name), summed, np.inf),
            sign=sign,
            build=build,
        )
        if not np.isnan(share):
            return [whole]
        always, taking = np.maximum(least, 0.0), np.maximum(-least, 0.0)
        parts = [replace(whole, availability=most - always, minimum=0.0)]
        if always.any():
            called = self.called(f"{name} always", "generator")
            parts.append(replace(whole, name=called, availability=always, minimum=1.0))
        if taking.any():
            called, back = self.called(f"{name} taking", "generator"), -whole.emission
            parts.append(
                replace(whole, name=called, availability=taking, minimum=0.0, cost=-cost, emission=back, sign=-sign)
            )
        return parts

    def emission(self, name: str) -> float:
        """Return tonnes / MWh of what a generator gives."""
        table, carriers = self.tables["Generator"], self.network.components["Carrier"].static
        carrier = table.value(name, "carrier")
        if carrier not in carriers.index:
            return 0.0
        return float(carriers.at[carrier, "co2_emissions"]) / float(table.series(name, "efficiency")[0])

    def start_cost(self, name: str) -> float:
        """Return the cost of a start, EUR / MW; PyPSA counts each once, whatever its hour stands for."""
        table = self.tables["Generator"]
        available = table.number(name, "p_nom") * float(table.series(name, "p_max_pu")[0])
        if not starts_at_cost(table, name) or available == 0:
            return 0.0
        weight = float(self.horizon.weights[0] * self.horizon.objective[0])
        return float(table.series(name, "start_up_cost")[0]) / available / weight

    def storage_unit(self, name: str) -> Storage:
        """Return a storage unit, which goes around all hours of a period."""
        table = self.tables["StorageUnit"]
        capacity, fixed_cost, build = self.size(table, name)
        hours = float(table.series(name, "max_hours")[0])
        inflow = self.horizon.by_period(table.series(name, "inflow")) * table.stands(name)[:, None]
        hours = hours / self.horizon.step
        return Storage(
            name=self.called(name, "storage unit"),
            zone=str(table.value(name, "bus")),
            technology=str(table.value(name, "carrier")),
            charge_capacity=capacity,
            discharge_capacity=capacity,
            energy_capacity=capacity * hours,
            efficiency_charge=float(table.series(name, "efficiency_store")[0]),
            efficiency_discharge=float(table.series(name, "efficiency_dispatch")[0]),
            inflow=inflow,
            cost=self.horizon.by_period(table.series(name, "marginal_cost"))[:, 0],
            charge_profile=-self.horizon.by_period(table.series(name, "p_min_pu")),
            discharge_profile=self.horizon.by_period(table.series(name, "p_max_pu")),
            fixed_cost=fixed_cost,
            build=build,
            build_charge=1.0,
            build_hours=hours,
            spill_limit=1.0,
            **self.holding(table, name, "state_of_charge_set"),
        )

    def holding(self, table: Table, name: str, held: str) -> dict[str, Any]:
        """Return how a storage holds its level: around what, from what on, at what loss and cost."""
        cycle, step = table.cycle(name), self.horizon.step
        initial = table.stands(name) * table.number(name, INITIAL[table.kind]) / step
        level = self.horizon.by_period(table.series(name, held)) / step if table.has(held) else np.full((1, 1), np.nan)
        return {
            "cycle": cycle,
            "standing_loss": 1 - (1 - float(table.series(name, "standing_loss")[0])) ** step,
            "initial_level": initial if cycle == "open" else np.zeros(1),
            "level_set": np.where(table.stands(name)[:, None], level, np.nan),
            "holding_cost": self.horizon.by_period(table.series(name, "marginal_cost_storage"))[:, 0] * step,
        }

    def store(self, name: str) -> Storage:
        """Return a store: a storage that fills in a snapshot at most, and can be emptied in one.

        A megawatt of it holds a megawatt hour, and gives it within a snapshot.
        """
        table, step = self.tables["Store"], self.horizon.step
        energy, fixed_cost, build = self.size(table, name)
        used = energy * self.horizon.by_period(table.series(name, "e_max_pu"))[:, 0]
        holding = self.holding(table, name, "e_set")
        # It may begin with more than it can hold an hour later, and the cost is of its size alone.
        emptied = used + holding["initial_level"] * step
        within = np.full((1, 1), 1 / step)
        return Storage(
            name=self.called(name, "store"),
            zone=str(table.value(name, "bus")),
            technology=str(table.value(name, "carrier")),
            charge_capacity=used,
            discharge_capacity=emptied,
            energy_capacity=used / step,
            efficiency_charge=1.0,
            efficiency_discharge=1.0,
            inflow=np.zeros((1, 1)),
            cost=np.zeros(1),
            charge_profile=within,
            discharge_profile=within,
            fixed_cost=fixed_cost * used / np.where(emptied > 0, emptied, 1.0),
            build=build,
            build_charge=1.0,
            build_hours=1 / step,
            **holding,
        )

    def link(self, name: str) -> Link:
        """Return a link, or both ways of it."""
        table = self.tables["Link"]
        capacity, fixed_cost, build = self.size(table, name)
        least, most = (self.horizon.by_period(table.series(name, f"p_{side}_pu")) for side in ("min", "max"))
        return Link(
            name=self.called(name, "link"),
            from_zone=str(table.value(name, "bus0")),
            to_zone=str(table.value(name, "bus1")),
            capacity=capacity,
            backward=capacity,
            efficiency=float(table.series(name, "efficiency")[0]),
            cost=float(table.series(name, "marginal_cost")[0]),
            build=build,
            profile=most,
            backward_profile=-least,
            fixed_cost=fixed_cost,
        )

    def lines(self) -> list[Link]:
        """Return lines and transformers: links with a reactance."""
        if not any(self.tables[kind].names for kind in PASSIVE):
            return []
        known = impedances(self.network)
        return [
            self.line(self.tables[kind], name, known[kind, name][0])
            for kind in PASSIVE
            for name in self.tables[kind].names
        ]

    def line(self, table: Table, name: str, impedance: float) -> Link:
        """Return a line or a transformer."""
        capacity, fixed_cost, build = self.size(table, name)
        profile = self.horizon.by_period(table.series(name, "s_max_pu"))
        return Link(
            name=self.called(name, table.kind.lower()),
            from_zone=str(table.value(name, "bus0")),
            to_zone=str(table.value(name, "bus1")),
            capacity=capacity,
            backward=capacity,
            build=build,
            profile=profile,
            backward_profile=profile,
            fixed_cost=fixed_cost,
            reactance=impedance,
        )
