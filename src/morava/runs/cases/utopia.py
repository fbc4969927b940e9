"""Case P1: UTOPIA of OSeMOSYS, a whole energy system over 21 years, through the records of the power system.

A fuel is a zone and a technology a link between two; a time slice is a stretch of one hour that stands for a share of
the year. In place of MW and MWh stand TJ a year, in place of EUR dollars: the program works in PJ and million dollars.
What no record holds is left freer than in the original, and `borrowed` shows that the optimum makes no use of that
freedom: then it is the optimum of the original too.

- A link that is built carries both ways, a technology only forward: behind each lies a gate that lets nothing back.
- The refinery makes diesel and petrol of each unit of oil in fixed parts; here in any, and it does not run.
- The filled dam is a free source with the capacity of its turbines; in the original it may also be charged.
- The annual reserve margin cannot bind and is left out: 1.18 times 0.8, the highest capacity factor, is less than one.
  In its place the reserve holds the least hydro capacity of each year.
- Transport, which may be served at any time of the year, is a steady load behind a storage without losses or limits.
- River water has the same price in every slice and year, and enters through the cost of its turbines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from morava.models.power.parts import standing
from morava.models.power.solve import solve_system
from morava.models.power.system import Build, Calendar, Generator, Link, Solution, Storage, System
from morava.runs.cases.readings import Array, Reading

Inputs = Mapping[str, Any]
SCALE = 1000.0
"""TJ in a PJ; dollars / TJ in a million dollars / PJ."""
MILLION = 1e6
AMPLE = 1e6
"""PJ a year that nothing comes near to."""
REFINED = "refined"


@dataclass(frozen=True)
class Technology:
    """One technology, all years: what goes in for a unit that comes out, PJ a year of a unit of capacity, and costs.

    `running` in million dollars / PJ that comes out, `fixed` and `capital` in million dollars / unit; `held` is what
    stands in any case, `room` what may be built above it, both in units by year.
    """

    name: str
    origin: str
    target: str
    use: float
    output: float
    running: float
    fixed: float
    capital: Array
    life: int
    held: Array
    room: Array

    @property
    def flow(self) -> float:
        """Return what goes in at most, TJ a year for each unit of capacity."""
        return self.output * self.use * SCALE


@dataclass(frozen=True)
class Utopia:
    """What was read, in years and slices."""

    years: tuple[int, ...]
    discount: float
    slices: tuple[str, ...]
    shares: Array
    demand: Mapping[str, Array]
    anytime: tuple[str, ...]
    sources: Mapping[str, float]
    unmet_price: float
    filled: float
    technologies: Mapping[str, Technology]
    least: Mapping[str, Array]

    @property
    def weights(self) -> Array:
        """Return the present value of a payment in the middle of each year."""
        return np.asarray((1 + self.discount) ** -(np.arange(len(self.years)) + 0.5))


@cache
def _read(name: str) -> Utopia:
    data = yaml.safe_load(files("morava.runs").joinpath("cases", "data", name).read_text(encoding="utf-8"))
    years = tuple(range(data["first"], data["first"] + data["years"]))
    shares = np.array(list(data["slices"].values()))
    demand = {}
    for fuel, one in data["demand"].items():
        annual = np.array(one["annual"])[:, None]
        flat = one["profile"] == "anytime"
        demand[fuel] = (
            annual * np.ones(len(shares)) if flat else annual * np.array(list(one["profile"].values())) / shares
        )
    technologies = {name: _technology(name, one, len(years)) for name, one in data["technologies"].items()}
    least = {name: np.array(one["least"]) for name, one in data["technologies"].items() if "least" in one}
    return Utopia(
        years=years,
        discount=data["discount"],
        slices=tuple(data["slices"]),
        shares=shares,
        demand=demand,
        anytime=tuple(fuel for fuel, one in data["demand"].items() if one["profile"] == "anytime"),
        sources=data["sources"],
        unmet_price=data["unmet_price"],
        filled=data["filled"],
        technologies=technologies,
        least=least,
    )


def _technology(name: str, one: Mapping[str, Any], years: int) -> Technology:
    def by_year(key: str, otherwise: float) -> Array:
        return np.broadcast_to(np.asarray(one.get(key, otherwise), dtype=float), (years,))

    held = by_year("standing", 0.0)
    return Technology(
        name=name,
        origin=one["from"],
        target=one["to"],
        use=one["use"],
        output=float(np.prod(one["output"])),
        running=one["running"],
        fixed=one["fixed"],
        capital=by_year("capital", 0.0),
        life=one["life"],
        held=held,
        room=by_year("most", np.inf) - held,
    )


def _annual_cost(utopia: Utopia, one: Technology) -> Array:
    """Return the yearly payment, while it stands, for a unit built in each year, [year], million dollars.

    Capital is paid at the start of its year; what outlives the last year is handed back after it, less the part that a
    sinking fund has gathered.
    """
    rate, count = 1 + utopia.discount, len(utopia.years)
    year = np.arange(count)
    outlives = year + one.life > count
    gathered = (rate ** (count - year) - 1) / (rate**one.life - 1)
    salvage = np.where(outlives, one.capital * (1 - gathered), 0.0) * rate**-count
    payments = standing(utopia.years, one.life).T @ utopia.weights
    return np.asarray(one.fixed + (one.capital * rate**-year - salvage) / payments)


def _builds(utopia: Utopia, one: Technology, held: Array) -> Iterator[tuple[str, Build]]:
    """Yield what may be built: one part for each year from which more room is there, since a part has one limit."""
    room = one.room + one.held - held
    before = 0.0
    for place, most in enumerate(room):
        if most <= before:
            continue
        over = np.arange(len(room)) >= place
        yield (
            f"{one.name} from {utopia.years[place]}",
            Build(
                annual_cost=_annual_cost(utopia, one) * MILLION / one.flow,
                overnight_cost=one.capital * MILLION / one.flow,
                limit=np.where(over, np.inf, 0.0),
                total_limit=(most - before) * one.flow,
                lifetime=one.life,
            ),
        )
        before = most
        if np.isinf(most):
            return


def _system(utopia: Utopia) -> System:
    refinery, river, dam = (utopia.technologies[name] for name in ("SRE", "E31", "E51"))
    # What must stand from the first year on and outlives the last is no choice.
    forced = np.full(len(utopia.years), utopia.least[refinery.name][0])
    paid = {one.name: one.fixed * one.held for one in utopia.technologies.values()}
    paid[refinery.name] = forced * _annual_cost(utopia, refinery)[0]
    links = [
        piece
        for one in utopia.technologies.values()
        if one not in (river, dam)
        for piece in _links(utopia, one, forced if one is refinery else one.held)
    ]
    links += [_open_link(f"{REFINED} to {fuel}", REFINED, fuel) for fuel in ("DSL", "GSL")]
    ends = {end for one in links for end in (one.from_zone, one.to_zone)}
    zero = np.zeros((len(utopia.years), len(utopia.slices)))
    return System(
        name="utopia",
        calendar=Calendar(
            periods=utopia.years,
            weights=utopia.weights,
            hours=np.arange(len(utopia.slices), dtype=np.int64),
            stretches=np.arange(len(utopia.slices), dtype=np.int64),
            repeats=utopia.shares,
        ),
        zones=tuple(sorted(ends)),
        demand={end: utopia.demand[end] * SCALE if end in utopia.demand else zero for end in ends},
        generators=(
            *(_source(fuel, price) for fuel, price in utopia.sources.items() if fuel in ends),
            *_turbines(utopia, river, utopia.sources["HYD"] * river.use, 1.0),
            *_turbines(utopia, dam, utopia.sources["DAM"] * dam.use, 0.0),
            _what_stands("ELC", sum(paid.values(), np.zeros(len(utopia.years)))),
        ),
        storages=tuple(_waiting(fuel) for fuel in utopia.anytime),
        links=tuple(links),
        unserved_price=utopia.unmet_price * SCALE,
        emission_limit=np.full(1, np.inf),
        reserve_margin=0.0,
        reserve_price=utopia.unmet_price * SCALE,
        peak=utopia.least[river.name] * river.output * SCALE,
    )


def _links(utopia: Utopia, one: Technology, held: Array) -> Iterator[Link]:
    """Yield what carries a fuel into what a technology makes, and the gate behind it that lets nothing back."""
    cost = one.running * SCALE / one.use
    nothing = np.zeros(1)
    made = f"made by {one.name}"
    yield Link(one.name, one.origin, made, held * one.flow, nothing, 1 / one.use, cost)
    for name, build in _builds(utopia, one, held):
        yield Link(name, one.origin, made, nothing, nothing, 1 / one.use, cost, build)
    yield _open_link(f"gate of {one.name}", made, one.target)


def _open_link(name: str, origin: str, target: str) -> Link:
    return Link(name, origin, target, np.full(1, AMPLE * SCALE), np.zeros(1))


def _source(fuel: str, price: float) -> Generator:
    return Generator(
        name=fuel,
        zone=fuel,
        technology=fuel,
        capacity=np.full(1, AMPLE * SCALE),
        availability=np.ones((1, 1)),
        cost=np.full((1, 1), price * SCALE),
    )


def _what_stands(zone: str, paid: Array) -> Generator:
    """Return what costs so many million dollars in each year and does nothing: links have no cost of standing."""
    nothing = np.zeros((1, 1))
    name = "what stands"
    return Generator(name, zone, name, np.ones(1), nothing, nothing, fixed_cost=paid * MILLION)


def _turbines(utopia: Utopia, one: Technology, fuel_cost: float, credit: float) -> Iterator[Generator]:
    """Yield what makes electricity by itself: what stands, and each part that may be built."""
    parts: list[tuple[str, Array, Build | None]] = [(one.name, one.held * one.flow, None)]
    parts += [(name, np.zeros(1), build) for name, build in _builds(utopia, one, one.held)]
    for name, capacity, build in parts:
        yield Generator(
            name=name,
            zone=one.target,
            technology=one.name,
            capacity=capacity,
            availability=np.full((1, 1), 1 / one.use),
            cost=np.full((1, 1), (one.running + fuel_cost) * SCALE),
            reserve_credit=credit / one.use,
            build=build,
        )


def _waiting(fuel: str) -> Storage:
    ample = np.full(1, AMPLE * SCALE)
    return Storage(
        name=f"{fuel} at any time", zone=fuel, technology=fuel, charge_capacity=ample, discharge_capacity=ample,
        energy_capacity=ample, efficiency_charge=1.0, efficiency_discharge=1.0, inflow=np.zeros((1, 1)), cycle="year",
        cost=np.zeros(1),
    )  # fmt: skip


@cache
def _solved(name: str) -> tuple[System, Solution]:
    system = _system(_read(name))
    return system, solve_system(system)


def _parts(found: Mapping[str, Array], label: str) -> list[Array]:
    """Return what belongs to a technology: what stands, and what may be built from any year."""
    return [values for name, values in found.items() if name == label or name.startswith(f"{label} from ")]


def objective(inputs: Inputs) -> Reading:
    """Return the discounted cost of all years, million dollars."""
    return Reading(_solved(inputs["system"])[1].objective / MILLION)


def new_capacity(inputs: Inputs, label: str) -> Reading:
    """Return what stands of a technology in the last year and was built, GW (or PJ a year)."""
    utopia = _read(inputs["system"])
    one = utopia.technologies[label]
    found = _solved(inputs["system"])[1].built
    built = sum(_parts(found, label), np.zeros(len(utopia.years)))
    return Reading(float(standing(utopia.years, one.life)[-1] @ built / one.flow))


def capital(inputs: Inputs, label: str) -> Reading:
    """Return what was paid for building a technology in all years, not discounted, million dollars."""
    utopia = _read(inputs["system"])
    one = utopia.technologies[label]
    built = sum(_parts(_solved(inputs["system"])[1].built, label), np.zeros(len(utopia.years)))
    return Reading(float(one.capital @ built / one.flow))


def activity(inputs: Inputs, label: str) -> Reading:
    """Return what a technology gives in all years together, PJ."""
    utopia = _read(inputs["system"])
    _, found = _solved(inputs["system"])
    given = sum(values.sum(axis=0) @ utopia.shares for values in _parts(found.output, label))
    carried = sum(values.sum(axis=0) @ utopia.shares for values in _parts(found.flow, label))
    return Reading(float(given + carried / utopia.technologies[label].use) / SCALE)


def borrowed(inputs: Inputs) -> Reading:
    """Return all use of what the original does not allow, in PJ or PJ a year: nothing where the optimum is its own."""
    _, found = _solved(inputs["system"])
    backward = sum(float(np.maximum(-flow, 0).sum()) for flow in found.flow.values())
    refined = sum(float(flow.sum()) for name, flow in found.flow.items() if name.startswith(REFINED))
    beyond = max(0.0, activity(inputs, "E51").value - _read(inputs["system"]).filled)
    missing = float(found.reserve_shortfall.sum())
    return Reading((backward + refined + missing) / SCALE + beyond)
