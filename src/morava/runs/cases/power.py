"""Cases P2, P5 and P6: programs that other people printed the objective of, through the records of the power system.

Numbers of P5 are cases of goods and dollars in the place of MW and EUR / MWh; one hour stands for itself.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise, product
from typing import Any

import numpy as np

from morava.models.power.program import Builder, solve_program
from morava.models.power.solve import solve_system
from morava.models.power.system import Calendar, Generator, Link, Solution, System
from morava.runs.cases.readings import Array, Reading

Inputs = Mapping[str, Any]
Unit = Mapping[str, float]
THOUSAND = 1000.0
UNSERVED_PRICE = 1e6
"""EUR / MWh: more than anything that the cases could do instead."""
OBJECTIVE = "objective"


def _system(calendar: Calendar, demand: Mapping[str, Array], generators: Sequence[Generator], **other: Any) -> System:
    given: dict[str, Any] = {"links": ()} | other
    return System(
        name="case", calendar=calendar, zones=tuple(demand), demand=demand, generators=tuple(generators), storages=(),
        unserved_price=UNSERVED_PRICE, emission_limit=np.full(1, np.inf), reserve_margin=np.nan, reserve_price=0.0,
        **given,
    )  # fmt: skip


def _calendar(hours: int, repeats: float = 1.0) -> Calendar:
    """Return so many hours of one year in one stretch, each worth one hour however often the stretch is said to stand.

    A stretch that stands once is a year, whose first hour follows its last; any other begins and ends.
    """
    return Calendar(
        periods=(2030,),
        weights=np.full(1, 1 / repeats),
        hours=np.arange(hours, dtype=np.int64),
        stretches=np.zeros(hours, dtype=np.int64),
        repeats=np.full(1, repeats),
    )


def transport(inputs: Inputs) -> Reading:
    """Return the cost of Dantzig's transport problem, thousand dollars: plants and markets are zones, routes links."""
    plants, markets = inputs["supply"], inputs["demand"]
    level = {plant: np.zeros((1, 1)) for plant in plants} | {
        market: np.full((1, 1), float(taken)) for market, taken in markets.items()
    }
    generators = [
        Generator(plant, plant, plant, np.full(1, float(most)), np.ones((1, 1)), np.zeros((1, 1)))
        for plant, most in plants.items()
    ]
    links = tuple(
        Link(
            name=f"{plant} to {market}",
            from_zone=plant,
            to_zone=market,
            capacity=np.full(1, np.inf),
            backward=np.zeros(1),
            cost=inputs["freight"] * inputs["distance"][plant][market],
        )
        for plant, market in product(plants, markets)
    )
    return Reading(solve_system(_system(_calendar(1), level, generators, links=links)).objective / THOUSAND)


def dense(inputs: Inputs) -> Reading:
    """Return the least sum of 2 x + y over a square of so many rows, where x - y >= i and x + y >= 0."""
    size = inputs["size"]
    places = (range(1, size + 1), range(1, size + 1))
    builder = Builder("dense")
    least = -np.inf if inputs["free"] else 0.0
    x, y = builder.columns("x", places, least, cost=2.0), builder.columns("y", places, least, cost=1.0)
    apart = builder.rows("apart", places, np.arange(1.0, size + 1)[:, None])
    builder.add(apart, x, 1)
    builder.add(apart, y, -1)
    together = builder.rows("together", places, 0.0)
    builder.add(together, x, 1)
    builder.add(together, y, 1)
    return Reading(solve_program(builder.program()).objective)


def _plant(name: str, unit: Unit, availability: Array, cost: Array, **other: Any) -> Generator:
    return Generator(
        name=name, zone="bus", technology=name, capacity=np.full(1, float(unit["capacity"])),
        availability=availability[None, :], cost=cost[None, :], minimum=unit.get("least", 0.0), **other,
    )  # fmt: skip


def committed(inputs: Inputs, label: str) -> Reading:
    """Return the objective, or what a unit gives in each hour, with every unit either on or off.

    The power program has no integers: here it dispatches every pattern of units on and off that can serve the load,
    and the least sum of its cost and the cost of the pattern is taken.
    """
    cost, found = _cheapest(inputs)
    if label == OBJECTIVE:
        return Reading(cost)
    name, hour = label.rsplit(" in hour ", 1)
    return Reading(float(found.output[name][0, int(hour) - 1]))


def _cheapest(inputs: Inputs) -> tuple[float, Solution]:
    units: Mapping[str, Unit] = inputs["units"]
    load = np.asarray(inputs["load"], dtype=float)
    answers = []
    for pattern in _patterns(units, load):
        plants = [_plant(name, unit, pattern[name], np.full(len(load), unit["cost"])) for name, unit in units.items()]
        found = solve_system(_system(_calendar(len(load)), {"bus": load[None, :]}, plants))
        answers.append((found.objective + sum(_switching(units[name], on) for name, on in pattern.items()), found))
    return min(answers, key=lambda answer: answer[0])


def _patterns(units: Mapping[str, Unit], load: Array) -> Iterator[dict[str, Array]]:
    """Yield which units are on in each hour, where they can serve the load and stay on for as long as they must."""
    states = [(1.0,) if "before" not in unit else (0.0, 1.0) for unit in units.values()]
    most = np.array([unit["capacity"] for unit in units.values()])
    least = most * np.array([unit.get("least", 0.0) for unit in units.values()])
    hourly = [[on for on in product(*states) if least @ np.array(on) <= taken <= most @ np.array(on)] for taken in load]
    for chosen in product(*hourly):
        pattern = dict(zip(units, np.array(chosen).T, strict=True))
        if all(_stays(units[name], on) for name, on in pattern.items()):
            yield pattern


def _with_before(unit: Unit, on: Array) -> list[float]:
    return [unit.get("before", 1.0), *on.tolist()]


def _stays(unit: Unit, on: Array) -> bool:
    """Return whether a unit stays on for its least time, or to the end, after each start."""
    hours = int(unit.get("least_time", 0))
    starts = [hour for hour, (before, here) in enumerate(pairwise(_with_before(unit, on))) if here > before]
    return all(on[start : start + hours].all() for start in starts)


def _switching(unit: Unit, on: Array) -> float:
    """Return what starts and stops cost, EUR."""
    changes = [here - before for before, here in pairwise(_with_before(unit, on))]
    return changes.count(1.0) * unit.get("start", 0.0) + changes.count(-1.0) * unit.get("stop", 0.0)


def linear(inputs: Inputs) -> Reading:
    """Return the objective with a linear on-line capacity of each unit, as the power program has it."""
    return Reading(_linear(inputs["units"], np.asarray(inputs["load"], dtype=float)))


def linear_many(inputs: Inputs, label: str) -> Reading:
    """Return the objective of many units in linear form, or its ratio to the printed one of whole units."""
    value = _linear(_read_units(inputs["file"]), np.repeat(np.array(inputs["load"], dtype=float), inputs["days"]))
    return Reading(value if label == OBJECTIVE else value / inputs["whole"])


@cache
def _read_units(name: str) -> Mapping[str, Unit]:
    text = files("morava.runs").joinpath("cases", "data", name).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {str(place): {key: float(value) for key, value in row.items()} for place, row in enumerate(rows)}


def _linear(units: Mapping[str, Unit], load: Array) -> float:
    """Return the objective of the linear form.

    An hour before the first one holds what was on: nothing runs there that was not, what was may, at no cost, and
    somebody takes it. The hours do not go around, so that stopping at the end is free.
    """
    hours = len(load) + 1
    first = np.arange(hours) == 0
    plants = [
        _plant(
            name,
            unit,
            np.where(first, unit.get("before", 0.0), 1.0),
            np.where(first, 0.0, unit["cost"]),
            committed=True,
            start_cost=unit.get("start", 0.0) / unit["capacity"],
        )
        for name, unit in units.items()
    ]
    most = {"capacity": sum(unit["capacity"] for unit in units.values())}
    taker = _plant("taken before", most, np.where(first, 1.0, 0.0), np.zeros(hours), sign=-1)
    return solve_system(
        _system(_calendar(hours, repeats=2.0), {"bus": np.append(0.0, load)[None, :]}, [*plants, taker])
    ).objective
