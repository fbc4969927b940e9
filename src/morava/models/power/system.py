"""A power system of one future, ready to become a program: records in MW, MWh, EUR (the country's money), tonnes.

Every array over `period` has one number a period of the calendar; every array over `hour` one number a chosen hour.
Shapes that do not vary over a dimension have length one there. Nothing here knows of countries, futures or files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

CYCLES = ("year", "stretch", "day", "open")
"""Over what a storage returns to its level: the whole year (carried across stretches), a stretch of hours, a day.

An open one does not: it begins every stretch at its initial level and ends it at any.
"""


@dataclass(frozen=True)
class Calendar:
    """Which years and hours are solved, and what each stands for.

    The chosen hours form stretches of consecutive hours; a stretch stands `repeats` times in a year, so that an hour
    weighs as much as its stretch. Full hours are one stretch that stands once.

    Parameters
    ----------
    periods : [period], years in order
    weights : [period], 1: present value of a yearly payment made in all the years that the period stands for
    hours : [hour], position in the year (0 to 8759), whole days, in order
    stretches : [hour], number of the stretch from 0, not falling
    repeats : [stretch], 1
    """

    periods: tuple[int, ...]
    weights: Array
    hours: Numbers
    stretches: Numbers
    repeats: Array

    @property
    def hour_weights(self) -> Array:
        """Return how many hours of the year each chosen hour stands for, [hour]."""
        return self.repeats[self.stretches]

    @property
    def is_whole(self) -> bool:
        """Return whether the hours are one stretch that stands once."""
        return len(self.repeats) == 1 and bool(self.repeats[0] == 1)


@dataclass(frozen=True)
class Build:
    """That more of a thing may be built in a period.

    Parameters
    ----------
    annual_cost : [period], EUR / MW / year: annuity and fixed cost of what is built in that period
    overnight_cost : [period], EUR / MW: what a budget counts
    limit : [period], MW: most that may be added in that period
    total_limit : MW: most that may stand of what was built, at any time (infinity where there is none)
    lifetime : years: what is built in year y stands in periods before y + lifetime
    """

    annual_cost: Array
    overnight_cost: Array
    limit: Array
    total_limit: float
    lifetime: float


@dataclass(frozen=True)
class Generator:
    """Something that feeds a zone, or (sign -1) takes from it: a fleet of plants, one side of a border, a response.

    Parameters
    ----------
    capacity : [period], MW: what stands without being built by the program
    availability : [1 or period, 1 or hour], 1: most output per capacity
    minimum : share of the available capacity that always runs; with `committed`, of the capacity that is on line
    cost : [period, 1 or hour], EUR / MWh of output: fuel, carbon, variable cost; for a taker, less what it pays
    emission : tonnes / MWh of output
    fixed_cost : [period], EUR / MW / year of what stands
    ramp : share of capacity by which output may rise or fall in an hour; infinity where free
    start_cost : EUR / MW brought on line; only with `committed`
    committed : whether the fleet has a linear on-line capacity between zero and what is available
    energy_limit : [period], MWh / year: most output; infinity where free
    reserve_credit : share of capacity that the reserve margin counts
    border, direction : the neighbour and `import` or `export`, blank elsewhere
    """

    name: str
    zone: str
    technology: str
    capacity: Array
    availability: Array
    cost: Array
    minimum: float = 0.0
    emission: float = 0.0
    fixed_cost: Array = field(default_factory=lambda: np.zeros(1))
    ramp: float = np.inf
    start_cost: float = 0.0
    committed: bool = False
    energy_limit: Array = field(default_factory=lambda: np.full(1, np.inf))
    reserve_credit: float = 0.0
    sign: int = 1
    border: str = ""
    direction: str = ""
    build: Build | None = None


@dataclass(frozen=True)
class Storage:
    """Something that holds energy: a reservoir, a pumped storage, a battery, or a load that can be shifted.

    Its level: level[t] = level[t-1] * (1 - standing_loss) + inflow + charge * efficiency_charge
    - discharge / efficiency_discharge - spill.
    What is built by the program adds discharge capacity, charge capacity and energy in the proportion given.

    Parameters
    ----------
    charge_capacity, discharge_capacity : [period], MW
    energy_capacity : [period], MWh
    inflow : [1 or period, hour], MW; spilling costs nothing
    cycle : one of CYCLES
    charge_profile, discharge_profile : [1 or period, 1 or hour], 1: availability of each side
    cost : [period], EUR / MWh discharged
    build_charge, build_hours : MW of charging, and MWh, that come with each MW of discharge built
    standing_loss : share of the level that is lost from one hour to the next
    initial_level : [period], MWh that an open storage holds as a stretch begins
    level_set : [1 or period, 1 or hour], MWh that it must hold at the end of an hour; NaN where free
    spill_limit : most that may be spilled in an hour, as a share of its inflow; infinity where free
    holding_cost : [period], EUR / MWh held for an hour
    """

    name: str
    zone: str
    technology: str
    charge_capacity: Array
    discharge_capacity: Array
    energy_capacity: Array
    efficiency_charge: float
    efficiency_discharge: float
    inflow: Array
    cycle: str
    cost: Array
    charge_profile: Array = field(default_factory=lambda: np.ones((1, 1)))
    discharge_profile: Array = field(default_factory=lambda: np.ones((1, 1)))
    fixed_cost: Array = field(default_factory=lambda: np.zeros(1))
    reserve_credit: float = 0.0
    build: Build | None = None
    build_charge: float = 1.0
    build_hours: float = 0.0
    standing_loss: float = 0.0
    initial_level: Array = field(default_factory=lambda: np.zeros(1))
    level_set: Array = field(default_factory=lambda: np.full((1, 1), np.nan))
    spill_limit: float = np.inf
    holding_cost: Array = field(default_factory=lambda: np.zeros(1))


@dataclass(frozen=True)
class Link:
    """A line between two zones.

    Without a reactance the program chooses what flows, like on a cable with converters. Lines with one obey Kirchhoff's
    voltage law together: around every circle of them the flows, each times its reactance, add up to nothing. They do so
    in every period, whatever stands of them, and what is built of one does not change its reactance.

    Parameters
    ----------
    capacity, backward : [period], MW, forward and the other way
    efficiency : what arrives of a MW that enters
    cost : EUR / MWh that enters
    profile, backward_profile : [1 or period, 1 or hour], 1: what of the capacity is there, also of what is built; with
        a profile of zero backward, a line runs one way
    fixed_cost : [period], EUR / MW / year of what stands forward
    reactance : in any unit, the same for all lines: only proportions count; for direct current the resistance
    """

    name: str
    from_zone: str
    to_zone: str
    capacity: Array
    backward: Array
    efficiency: float = 1.0
    cost: float = 0.0
    build: Build | None = None
    profile: Array = field(default_factory=lambda: np.ones((1, 1)))
    backward_profile: Array = field(default_factory=lambda: np.ones((1, 1)))
    fixed_cost: Array = field(default_factory=lambda: np.zeros(1))
    reactance: float = np.nan


@dataclass(frozen=True)
class Budget:
    """A sum for what is built in periods from `first` to `last`: reported, or (`binding`) a constraint with a price.

    `committed` is what initiatives already take of it. All in EUR, overnight, not discounted.
    """

    name: str
    first: int
    last: int
    amount: float
    committed: float
    binding: bool


@dataclass(frozen=True)
class System:
    """Everything that a program of one future is built from.

    Parameters
    ----------
    demand : zone to [period, hour], MW at the busbar of the net (own use and losses included where they are load)
    unserved_price : EUR / MWh
    emission_limit : [period], tonnes / year; infinity where there is none
    reserve_margin : share of peak demand above it that credited capacity must cover; the shortfall costs
        `reserve_price`, EUR / MW / year, and is reported. NaN where no margin is asked
    peak : [period], MW: peak demand of the whole year, where the chosen hours may miss it
    """

    name: str
    calendar: Calendar
    zones: tuple[str, ...]
    demand: Mapping[str, Array]
    generators: tuple[Generator, ...]
    storages: tuple[Storage, ...]
    links: tuple[Link, ...]
    unserved_price: float
    emission_limit: Array
    reserve_margin: float
    reserve_price: float
    budgets: tuple[Budget, ...] = ()
    peak: Array | None = None


@dataclass(frozen=True)
class Solution:
    """What the program answered, and how far it is proved.

    `bound` is what every point of the program costs at least, by the prices alone; `gap` is the distance of objective
    and bound over max(1, |objective|); residuals are the largest violations in the program's own (scaled) units. Hourly
    arrays are [period, hour], by name; capacities and built [period], MW.
    """

    status: str
    objective: float
    bound: float
    gap: float
    primal_residual: float
    dual_residual: float
    output: Mapping[str, Array]
    charge: Mapping[str, Array]
    discharge: Mapping[str, Array]
    level: Mapping[str, Array]
    spill: Mapping[str, Array]
    flow: Mapping[str, Array]
    unserved: Mapping[str, Array]
    price: Mapping[str, Array]
    built: Mapping[str, Array]
    capacity: Mapping[str, Array]
    reserve_shortfall: Array
    emission: Array
    emission_price: Array
    budget_spent: Mapping[str, float]
    budget_price: Mapping[str, float]
