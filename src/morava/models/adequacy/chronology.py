"""Loss of load hour by hour: units that fail and are repaired, storages, water, and neighbours short when we are.

Nothing here knows of countries, plans, futures or files. Rules and equations in `docs/models/adequacy.md`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy import signal, special, stats

from morava.errors import Problems

Array = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
FITS = 1e-6
"""MW by which a margin may lie below zero and still be none: sums of decimals are exact to far less than that."""
BATCH = 100
"""Sample years held in memory at a time; results do not depend on it."""
WORDS = 4
"""Numbers that one step of a Philox counter gives."""
SMALLEST = 2.0**-54
"""Stands for a uniform number of exactly zero, whose normal quantile is infinite."""
NORMAL_95 = float(special.ndtri(0.975))


@dataclass(frozen=True)
class RepairableUnits:
    """Units that are either at work or out of order, each a continuous Markov chain of its own.

    Parameters
    ----------
    names : [unit], unlike each other: the name of a unit chooses its random numbers
    capacity : [unit], MW
    outage : [unit], 1: share of the time out of order
    repair : [unit], hour: mean time to repair
    """

    names: tuple[str, ...]
    capacity: Array
    outage: Array
    repair: Array


@dataclass(frozen=True)
class Storage:
    """Something that holds energy: a battery or pumped storage, or (no charging, inflow) a reservoir.

    Parameters
    ----------
    charge, discharge : MW
    energy : MWh
    efficiency_charge, efficiency_discharge : 1
    inflow : [1 or hour], MW; what does not fit is spilled
    """

    charge: float
    discharge: float
    energy: float
    efficiency_charge: float = 1.0
    efficiency_discharge: float = 1.0
    inflow: Array = field(default_factory=lambda: np.zeros(1))


@dataclass(frozen=True)
class Neighbours:
    """Borders, and how much neighbours have to give.

    Parameters
    ----------
    names : [border], unlike each other
    capacity : [border], MW of import
    outage : [border], 1: share of the time in which the border is out of order
    repair : [border], hour: mean time to repair
    mean_share : 1: mean share of capacity that a neighbour can give, over all hours
    correlation : 1: of the latent stress of any two neighbours, and of each with our own residual load; 0 to 1
    persistence : hour: time in which the memory of what is random in stress falls to 1/e
    """

    names: tuple[str, ...] = ()
    capacity: Array = field(default_factory=lambda: np.zeros(0))
    outage: Array = field(default_factory=lambda: np.zeros(0))
    repair: Array = field(default_factory=lambda: np.zeros(0))
    mean_share: float = 0.0
    correlation: float = 0.0
    persistence: float = 0.0


@dataclass(frozen=True)
class HourlySystem:
    """A power system of one year.

    Parameters
    ----------
    units : what fails and is repaired
    residual : [hour], MW: load less wind, sun and rivers; below zero it can fill storages
    storages : in the order in which they are used and filled
    neighbours : where imports come from
    """

    units: RepairableUnits
    residual: Array
    storages: tuple[Storage, ...] = ()
    neighbours: Neighbours = field(default_factory=Neighbours)


@dataclass(frozen=True)
class Estimate:
    """A mean over sample years, its standard error, and the bounds of its 95 % interval."""

    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Losses:
    """What was lost in each sample year.

    Parameters
    ----------
    hours : [sample], hour / year: hours with a shortage
    energy : [sample], MWh / year: what was not served
    alone : [sample], hour / year: hours with a shortage of the units without storages, water and neighbours
    """

    hours: Array
    energy: Array
    alone: Array


@dataclass(frozen=True)
class NMinusOne:
    """What is lost when one border, or the largest unit, is out of order all year, the rest failing as ever.

    `without` goes by name; `border` is the one that is missed most, `unit` the largest; effects are hours added.
    """

    intact: Losses
    without: Mapping[str, Losses]
    border: str
    border_effect: Estimate
    unit: str
    unit_effect: Estimate


def estimate(values: Array) -> Estimate:
    """Return a mean over sample years with its error; the interval of a loss does not reach below zero.

    Examples
    --------
    >>> estimate(np.array([0.0, 2.0, 4.0])).value
    2.0
    """
    value, error = float(values.mean()), float(values.std(ddof=1) / math.sqrt(len(values)))
    return Estimate(value, error, max(value - NORMAL_95 * error, 0.0), value + NORMAL_95 * error)


def simulate(system: HourlySystem, samples: int, seed: int, batch: int = BATCH) -> Losses:
    """Return what a system loses in sample years.

    Parameters
    ----------
    system
        What stands.
    samples
        Sample years, two at least.
    seed
        From 0 to 2**64 - 1. The random numbers of a unit or border in a sample year follow from seed, its name and the
        number of the year alone.
    batch
        Sample years held in memory at a time.

    Raises
    ------
    MoravaError
        All that is wrong with the system.

    Identity
    --------
    A unit more, and a storage more behind the others, never raise what is lost in any sample year.

    Examples
    --------
    >>> unit = RepairableUnits(("a",), np.array([10.0]), np.array([0.0]), np.array([50.0]))
    >>> simulate(HourlySystem(unit, np.array([9.0, 12.0, 10.0])), samples=2, seed=1).energy.tolist()
    [2.0, 2.0]
    """
    return simulate_without(system, (), samples, seed, batch)[""]


def n_minus_one(system: HourlySystem, samples: int, seed: int, batch: int = BATCH) -> NMinusOne:
    """Return what a system loses without each border, one at a time, and without its largest unit.

    All cases share their random numbers, so that an effect is a mean of differences, year by year.
    """
    units, borders = system.units, system.neighbours.names
    largest = units.names[int(np.argmax(units.capacity))] if units.names else ""
    found = simulate_without(system, (*borders, *([largest] if largest else [])), samples, seed, batch)
    intact = found[""]
    worst = max(borders, key=lambda name: (found[name].hours.sum(), found[name].energy.sum()), default="")
    return NMinusOne(
        intact=intact,
        without={name: losses for name, losses in found.items() if name},
        border=worst,
        border_effect=estimate(found[worst].hours - intact.hours),
        unit=largest,
        unit_effect=estimate(found[largest].hours - intact.hours),
    )


def simulate_without(
    system: HourlySystem, names: Sequence[str], samples: int, seed: int, batch: int = BATCH
) -> dict[str, Losses]:
    """Return what a system loses with everything there (under no name), and without each of some units and borders."""
    _refuse(system, names, samples)
    parts = []
    for first in range(0, samples, batch):
        draws = Draws(seed, first, min(batch, samples - first), len(system.residual))
        parts.append(_lose(system, names, draws))
    return {
        name: Losses(*(np.concatenate(columns) for columns in zip(*(part[name] for part in parts), strict=True)))
        for name in ("", *names)
    }


@dataclass(frozen=True)
class Draws:
    """Random numbers of some consecutive sample years: a stream a name, a stretch of its counter a year."""

    seed: int
    first: int
    samples: int
    hours: int

    def uniform(self, name: str) -> Array:
        """Return numbers from zero up to one, [sample, hour]."""
        stream = int.from_bytes(blake2b(name.encode(), digest_size=np.uint64().nbytes).digest(), "little")
        steps = -(-self.hours // WORDS)
        philox = np.random.Philox(key=[self.seed, stream], counter=self.first * steps)
        return np.random.Generator(philox).random((self.samples, steps * WORDS))[:, : self.hours]

    def at_work(self, name: str, outage: float, repair: float) -> Truths:
        """Return in which hours a two-state unit is at work, [sample, hour].

        Within an hour such a chain forgets its state with chance 1 - exp(-(failure rate + repair rate)) and is then in
        either state as often as in the long run; else it keeps it. That is its exact law at full hours.
        """
        rest = repair * (1 - outage)
        forgets = -math.expm1(-1 / rest) if rest > 0 else 1.0
        drawn = self.uniform(name)
        anew = drawn < forgets
        anew[:, 0] = True
        places = np.flatnonzero(anew)
        level = np.where(places % self.hours == 0, 1 - outage, forgets * (1 - outage))
        state = drawn[anew] < level
        return np.repeat(state, np.diff(places, append=anew.size)).reshape(anew.shape)

    def persistent(self, name: str, persistence: float) -> Array:
        """Return a standard normal process whose memory fades over some hours, [sample, hour]."""
        kept = math.exp(-1 / persistence) if persistence > 0 else 0.0
        shocks = special.ndtri(np.maximum(self.uniform(name), SMALLEST))
        fresh = math.sqrt(-math.expm1(-2 / persistence)) if persistence > 0 else 1.0
        shocks[:, 1:] *= fresh
        return np.asarray(signal.lfilter([1.0], [1.0, -kept], shocks, axis=-1))


def _lose(system: HourlySystem, names: Sequence[str], draws: Draws) -> dict[str, tuple[Array, Array, Array]]:
    """Return hours, energy and hours of the units alone that are lost in the sample years of one batch."""
    units, neighbours = system.units, system.neighbours
    output = np.zeros((draws.samples, draws.hours))
    taken: dict[str, Array] = {}
    for place, name in enumerate(units.names):
        running = draws.at_work(f"outage of {name}", float(units.outage[place]), float(units.repair[place]))
        gives = np.asarray(running * float(units.capacity[place]))
        output += gives
        if name in names:
            taken[name] = gives.T
    alone = np.ascontiguousarray(output.T) - system.residual[:, None]
    margin: Array = alone.copy()
    for name, gives in _imports(neighbours, system.residual, draws):
        margin += gives.T
        if name in names:
            taken[name] = gives.T
    margins = np.concatenate([margin, *(margin - taken[name] for name in names)], axis=1)
    hours, energy = (found.reshape(-1, draws.samples) for found in _run_year(margins, system.storages))
    short = np.asarray((alone < -FITS).sum(axis=0), dtype=float)
    return {name: (hours[place], energy[place], short) for place, name in enumerate(("", *names))}


def _imports(neighbours: Neighbours, residual: Array, draws: Draws) -> list[tuple[str, Array]]:
    """Return what each border can bring, [sample, hour], MW.

    The stress of a neighbour is c x + sqrt(c (1 - c)) g + sqrt(1 - c) e, where x is our residual load as a normal
    score, g is common to neighbours and e is its own: any two, and each with x, have correlation c. Its share is
    Phi(-stress) ** ((1 - f) / f), whose mean is f because Phi(-stress) is uniform.
    """
    if not neighbours.names:
        return []
    firm, c = neighbours.mean_share, neighbours.correlation
    scores = special.ndtri((stats.rankdata(residual) - 0.5) / len(residual))
    common = draws.persistent("stress of all neighbours", neighbours.persistence)
    shared = c * scores + math.sqrt(c * (1 - c)) * common
    found: list[tuple[str, Array]] = []
    for place, name in enumerate(neighbours.names):
        own = draws.persistent(f"stress beyond {name}", neighbours.persistence)
        plenty = special.ndtr(-(shared + math.sqrt(1 - c) * own))
        share = plenty ** ((1 - firm) / firm) if firm > 0 else 0.0 * plenty
        works = draws.at_work(f"outage of {name}", float(neighbours.outage[place]), float(neighbours.repair[place]))
        found.append((name, np.asarray(share * works * float(neighbours.capacity[place]))))
    return found


def _run_year(margins: Array, storages: tuple[Storage, ...]) -> tuple[Array, Array]:
    """Return hours and energy lost, [column], in a year that begins with storages as full as it ends.

    The levels at the end of a year that began full are those with which the year counted here begins.
    """
    full = np.array([storage.energy for storage in storages])[:, None]
    levels = np.repeat(full, margins.shape[1], axis=1)
    hours, energy = _walk(margins, storages, levels)
    behind = np.asarray((levels != full).any(axis=0))
    if behind.any():
        hours[behind], energy[behind] = _walk(margins[:, behind], storages, levels[:, behind])
    return hours, energy


def _walk(margins: Array, storages: tuple[Storage, ...], levels: Array) -> tuple[Array, Array]:
    """Return hours and energy lost, [column]; move the levels, [storage, column], to where they end."""
    short = np.asarray((margins < 0).any(axis=1))
    hours, energy = np.zeros(margins.shape[1]), np.zeros(margins.shape[1])
    full = False
    for hour, margin in enumerate(margins):
        if full and not short[hour]:
            continue  # every storage is full and none is asked for: nothing moves
        need = -margin
        for place, storage in enumerate(storages):
            need = _use(storage, levels, place, hour, need)
        lost = np.where(need > FITS, need, 0.0)
        hours += lost > 0
        energy += lost
        full = not short[hour] and all(
            (level == storage.energy).all() for level, storage in zip(levels, storages, strict=True)
        )
    return hours, energy


def _use(storage: Storage, levels: Array, place: int, hour: int, need: Array) -> Array:
    """Return the need (below zero: what is to spare) that a storage leaves; move its level."""
    held = levels[place] + storage.inflow[hour % len(storage.inflow)]
    given = np.minimum(np.minimum(np.maximum(need, 0.0), storage.discharge), held * storage.efficiency_discharge)
    rest = np.maximum(held - given / storage.efficiency_discharge, 0.0)
    offered = np.minimum(np.maximum(-need, 0.0), storage.charge)
    # Water fills the room first: charging takes what is left of it, and a full storage is full to the last bit.
    charged = np.minimum(offered, np.maximum(storage.energy - rest, 0.0) / storage.efficiency_charge)
    levels[place] = np.minimum(rest + offered * storage.efficiency_charge, storage.energy)
    return np.asarray(need - given + charged)


def _refuse(system: HourlySystem, names: Sequence[str], samples: int) -> None:
    units, neighbours = system.units, system.neighbours
    known = (*units.names, *neighbours.names)
    found = [f"two units or borders are called {name}" for name in sorted(set(known)) if known.count(name) > 1]
    found += [f"{name} is neither a unit nor a border" for name in sorted(set(names) - set(known))]
    for kind, rows in (("unit", units), ("border", neighbours)):
        for what, good in (
            ("a capacity below zero", rows.capacity >= 0),
            ("an outage rate outside 0 to 1", (rows.outage >= 0) & (rows.outage <= 1)),
            ("a time to repair that is not above zero", rows.repair > 0),
        ):
            if len(good) != len(rows.names):
                found.append(f"not every {kind} has all its numbers")
            elif not good.all():
                found.append(f"a {kind} has {what}")
    for place, storage in enumerate(system.storages, 1):
        sizes = (storage.charge, storage.discharge, storage.energy, float(np.min(storage.inflow)))
        sides = (storage.efficiency_charge, storage.efficiency_discharge)
        if not (min(sizes) >= 0 and 0 < min(sides) <= max(sides) <= 1):
            found.append(f"storage {place} has a size or an efficiency out of range")
        if len(storage.inflow) not in (1, len(system.residual)):
            found.append(f"storage {place} has neither one inflow nor one an hour")
    shares = (neighbours.mean_share, neighbours.correlation)
    if not (0 <= min(shares) <= max(shares) <= 1 and neighbours.persistence >= 0):
        found.append("firm share, correlation or persistence of neighbours is out of range")
    if samples < 2:
        found.append("fewer than two sample years leave no interval")
    if not (len(system.residual) and np.isfinite(system.residual).all()):
        found.append("the residual load has no hours, or a hole")
    problems = Problems()
    for what in dict.fromkeys(found):
        problems.add(what, "hourly system", "mend the input that says so")
    problems.raise_if_any()
