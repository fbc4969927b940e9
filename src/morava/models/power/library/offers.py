"""Everything of a program that the hours of a period hold, as offers: generators, then both sides of storages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.models.power.library.entries import row_places
from morava.models.power.parts import THOUSAND, Layout
from morava.models.power.program import Program
from morava.models.power.system import Generator, Storage, System

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Keeper:
    """A storage in the units of the program, GW, GWh and million EUR; arrays [period, hour] but for those named.

    `value_rows`, `charge_rows` and so on are the numbers of its rows, empty where it has none. `after` [hour] is the
    hour whose row the level enters next (-1: none); `length` the hours of a cycle. `built` is which of what is built
    widens it (-1: none); `start` 0 where it is open (what it
    begins with flows in), else -1; `standing` [period] the GW that stand of it without that.
    """

    one: Storage
    built: int
    most_charge: Array
    most_discharge: Array
    most_level: Array
    most_spill: Array
    inflow: Array
    hold: Array
    cost: Array
    after: Numbers
    length: int
    start: float
    standing: Array
    value_rows: Numbers
    level_rows: Numbers


@dataclass(frozen=True)
class Offers:
    """The offers of all hours; `price`, `low`, `high` are [period, hour, offer], million EUR / GWh and GW.

    Parameters
    ----------
    generators : first offers, in this order; then unserved energy; then of each storage charge and discharge
    names : of all that may be built, in the order in which `slot` counts
    slot : [offer], which of these widens it; -1 for none
    share : [period, hour, slot of `sides`]: of a GW built, what is there
    side : [offer], which share it has; -1 for none
    low_rate, high_rate : [offer], by how much a GW that is there moves both ends
    most_rows, least_rows : by offer, [period, hour], the rows that hold it; empty where its bounds do
    """

    generators: tuple[Generator, ...]
    keepers: tuple[Keeper, ...]
    names: tuple[str, ...]
    price: Array
    low: Array
    high: Array
    slot: Numbers
    side: Numbers
    share: Array
    low_rate: Array
    high_rate: Array
    sign: Array
    demand: Array
    balance_rows: Numbers
    columns: tuple[Numbers, ...]
    most_rows: tuple[Numbers, ...]
    least_rows: tuple[Numbers, ...]

    @property
    def without_storages(self) -> int:
        """Return how many offers there are before those of storages."""
        return len(self.generators) + 1


def limits_at(keeper: Keeper, period: int, added: Array) -> tuple[Array, Array, Array]:
    """Return what a storage can charge, discharge and hold where so much is built; added is [name]."""
    one, shape = keeper.one, keeper.hold.shape
    more = float(added[keeper.built]) if keeper.built >= 0 else 0.0
    charge = np.broadcast_to(one.charge_profile, shape)[period] * (one.build_charge * more)
    discharge = np.broadcast_to(one.discharge_profile, shape)[period] * more
    return (
        keeper.most_charge[period] + charge,
        keeper.most_discharge[period] + discharge,
        keeper.most_level[period] + one.build_hours * more,
    )


def fits(system: System) -> bool:
    """Return whether a system is of the kind that can be answered so: one zone, all hours, no commitment."""
    return (
        len(system.zones) == 1
        and not system.links
        and system.calendar.is_whole
        and not any(one.committed for one in system.generators)
        and all(np.isnan(one.level_set).all() for one in system.storages)
    )


def make_offers(system: System, program: Program, layout: Layout) -> Offers:
    """Return the offers of a system that `fits`, read from its program."""
    zone = system.zones[0]
    shape = layout.balance[zone].shape
    count = len(system.generators) + 1 + 2 * len(system.storages)
    names = tuple(layout.added)
    price, low, high = (np.zeros((count, *shape)) for _ in range(3))
    slot, side = np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    low_rate, high_rate, sign = np.zeros(count), np.zeros(count), np.ones(count)
    shares: list[Array] = []
    columns: list[Numbers] = []
    most_rows: list[Numbers] = []
    least_rows: list[Numbers] = []

    def offer(
        places: Numbers, kind: float, name: str, share: Array, rows: tuple[str, str], rates: tuple[float, float]
    ) -> None:
        """Add an offer of columns; `kind` is 1 for what feeds and -1 for what takes."""
        at = len(columns)
        columns.append(places)
        most, least = (row_places(program.rows, row) for row in rows)
        ends = [program.lower[places], program.upper[places]]
        if most.size:
            slot[at], side[at] = names.index(name), len(shares)
            shares.append(np.broadcast_to(share, shape))
            ends[1] = program.row_upper[most]
            if least.size:
                ends[0] = program.row_lower[least]
        else:
            rates = (0.0, 0.0)
        most_rows.append(most)
        least_rows.append(least)
        price[at], sign[at] = kind * program.cost[places], kind
        bounds, moved = (ends, rates) if kind > 0 else ([-ends[1], -ends[0]], (-rates[1], -rates[0]))
        low[at], high[at] = bounds
        low_rate[at], high_rate[at] = moved

    for one in system.generators:
        offer(
            layout.output[one.name], float(one.sign), one.name, one.availability,
            (f"available_{one.name}", f"minimum_{one.name}"), (one.minimum, 1.0),
        )  # fmt: skip
    offer(layout.unserved[zone], 1.0, "", np.ones((1, 1)), ("", ""), (0.0, 0.0))
    for keeper in system.storages:
        name = keeper.name
        offer(
            layout.charge[name], -1.0, name, keeper.charge_profile * keeper.build_charge,
            (f"charge_most_{name}", ""), (0.0, 1.0),
        )  # fmt: skip
        offer(
            layout.discharge[name], 1.0, name, keeper.discharge_profile, (f"discharge_most_{name}", ""), (0.0, 1.0)
        )  # fmt: skip
    by_hour = tuple(np.ascontiguousarray(np.moveaxis(values, 0, -1)) for values in (price, low, high))
    keepers = tuple(
        _keeper(program, layout, one, at, (columns, most_rows), high, names)
        for one, at in zip(system.storages, range(len(system.generators) + 1, count, 2), strict=True)
    )
    stacked = np.stack(shares, axis=-1) if shares else np.zeros((*shape, 1))
    return Offers(
        generators=system.generators, keepers=keepers, names=names,
        price=by_hour[0], low=by_hour[1], high=by_hour[2], slot=slot, side=side,
        share=np.ascontiguousarray(stacked), low_rate=low_rate, high_rate=high_rate, sign=sign,
        demand=np.ascontiguousarray(program.row_lower[layout.balance[zone]]),
        balance_rows=layout.balance[zone],
        columns=tuple(columns), most_rows=tuple(most_rows), least_rows=tuple(least_rows),
    )  # fmt: skip


def _keeper(
    program: Program,
    layout: Layout,
    one: Storage,
    at: int,
    rows: tuple[list[Numbers], list[Numbers]],
    high: Array,
    names: tuple[str, ...],
) -> Keeper:
    name, shape = one.name, layout.level[one.name].shape
    level = layout.level[name]
    level_rows = row_places(program.rows, f"level_most_{name}")
    value_rows = row_places(program.rows, f"storage_{name}")
    hours = shape[1]
    after = np.arange(1, hours + 1, dtype=np.int64)
    length = HOURS_A_DAY if one.cycle == "day" else hours
    if one.cycle == "open":
        after[-1] = -1
    else:
        starts = np.arange(0, hours, length)
        after[np.minimum(starts + length, hours) - 1] = starts
    most_charge = program.row_upper[rows[1][at]] if rows[1][at].size else program.upper[rows[0][at]]
    spill = program.upper[layout.spill[name]] if name in layout.spill else np.zeros(shape)
    return Keeper(
        one=one,
        built=names.index(name) if name in layout.added else -1,
        most_charge=most_charge,
        most_discharge=high[at + 1],
        most_level=program.row_upper[level_rows] if level_rows.size else program.upper[level],
        most_spill=spill,
        inflow=program.row_lower[value_rows],
        hold=program.cost[level],
        cost=program.cost[layout.discharge[name]],
        after=after,
        length=length,
        start=0.0 if one.cycle == "open" else -1.0,
        standing=np.broadcast_to(one.discharge_capacity, (shape[0],)) / THOUSAND,
        value_rows=value_rows,
        level_rows=level_rows,
    )
