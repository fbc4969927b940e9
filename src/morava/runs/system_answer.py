"""One power system solved by itself: what it costs, how far that is proved, and what each zone has of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from morava.models.power import OWN, Solution, System, solve_system

MW_IN_GW, EUR_IN_MILLION = 1000.0, 1e6


@dataclass(frozen=True)
class ZoneAnswer:
    """A zone in one solved year: GWh of load, made, unserved and net imports (over lines and borders); EUR / MWh."""

    zone: str
    year: int
    load: float
    made: float
    unserved: float
    net_import: float
    mean_price: float


@dataclass(frozen=True)
class SystemAnswer:
    """What a system costs at least, million, what is proved of it, and its zones.

    `solver` says who found it. `cost` is a present value over all years that the solved ones stand for.
    """

    name: str
    hours: int
    cost: float
    bound: float
    gap: float
    residual: float
    solver: str
    zones: tuple[ZoneAnswer, ...]

    def document(self) -> dict[str, object]:
        """Return it as plain data."""
        return asdict(self)


def answer_system(system: System) -> SystemAnswer:
    """Return the answer of a system.

    Raises
    ------
    MoravaError
        When it has none, or none was proved.
    """
    solution = solve_system(system)
    return SystemAnswer(
        name=system.name,
        hours=len(system.calendar.hours),
        cost=solution.objective / EUR_IN_MILLION,
        bound=solution.bound / EUR_IN_MILLION,
        gap=solution.gap,
        residual=max(solution.primal_residual, solution.dual_residual),
        solver="the engine" if solution.status == OWN else f"HiGHS, {solution.status.lower()}",
        zones=tuple(row for zone in system.zones for row in _zone(system, solution, zone)),
    )


def _zone(system: System, solution: Solution, zone: str) -> list[ZoneAnswer]:
    hours = system.calendar.hour_weights
    shape = (len(system.calendar.periods), len(hours))
    load = np.broadcast_to(system.demand[zone], shape)
    made = np.zeros(shape)
    for one in system.generators:
        if one.zone == zone and not one.border:
            made += one.sign * solution.output[one.name]
    for store in system.storages:
        if store.zone == zone:
            made += solution.discharge[store.name] - solution.charge[store.name]
    unserved = solution.unserved[zone]
    price = solution.price[zone]
    rows = []
    for place, year in enumerate(system.calendar.periods):
        energy = {name: float(values[place] @ hours) / MW_IN_GW for name, values in (("load", load), ("made", made))}
        missing = float(unserved[place] @ hours) / MW_IN_GW
        # What neither is made nor missing came over lines and borders: the balance of the zone says so.
        rows.append(
            ZoneAnswer(
                zone,
                year,
                energy["load"],
                energy["made"],
                missing,
                energy["load"] - energy["made"] - missing,
                float((price[place] * load[place]) @ hours / max(float(load[place] @ hours), 1e-9)),
            )
        )
    return rows
